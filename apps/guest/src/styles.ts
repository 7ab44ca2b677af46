/** The pages carry their styles inline: one answer, no further request before the first view. Read once, squeezed a little. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

function read(address: string): string {
  const css = readFileSync(fileURLToPath(address), 'utf8');
  const whole = css.replace(/^@import "(\.\/[\w-]+\.css)";$/gm, (_, name: string) => read(new URL(name, address).href));
  return squeeze(whole);
}

/** Drops comments and the white space that CSS does not need. Our own files only: no strings with braces or double spaces in them. */
export function squeeze(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
    .trim();
}

const own = (name: string): string => read(new URL(`./styles/${name}.css`, import.meta.url).href);
const look = (name: string): string => read(import.meta.resolve(`@tessera/look/${name}.css`));

export const baseCss = look('tokens') + own('base');
export const cardCss = look('card');
export const signCss = look('sign');
export const formCss = own('form');
export const cardPageCss = own('card-page');
export const cardSetCss = own('card-set');
export const receiptCss = own('receipt');
export const clockCss = own('clock');
export const landingCss = own('landing');
export const phoneCss = own('phone');
export const messagesCss = own('messages');
export const proseCss = own('prose');
