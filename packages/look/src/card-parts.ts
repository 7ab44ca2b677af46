import { isSquareCode } from './card-layout.ts';
import type { CardCodeFormat, CardField, CardModel } from './card-model.ts';
import { type Html, html, safeUrl } from './html.ts';

/** A picture of a card; its meaning is told by the texts, so it has no name of its own. */
export function picture(url: string | undefined, className: string): Html | undefined {
  const address = safeUrl(url, 'image');
  return address === undefined ? undefined : html`<img class="${className}" src="${address}" alt="">`;
}

/** A label over its value. */
export function smallField(field: CardField): Html {
  const aligned = field.alignment === undefined || field.alignment === 'natural' ? '' : ` t-card-${field.alignment}`;
  return html`<div class="t-card-field${aligned}"><dt>${field.label}</dt><dd>${field.value}</dd></div>`;
}

export const shapeOf = (format: CardCodeFormat): 'square' | 'wide' => (isSquareCode(format) ? 'square' : 'wide');

/** The code on its white ground; a card that ended shows none. */
export const barcode = (model: CardModel, name: string): Html | undefined =>
  model.voided === true ? undefined : codeFigure(model.barcode, name);

export function codeFigure(code: CardModel['barcode'], name: string): Html | undefined {
  if (code === undefined) return undefined;
  return html`<figure class="t-card-code t-card-code-${shapeOf(code.format)}"><img src="${svgDataUrl(code.svg)}" alt="${name}">
${code.altText !== undefined && code.altText !== '' && html`<figcaption>${code.altText}</figcaption>`}</figure>`;
}

/** The colours of a card as custom properties; what is no colour falls back to dark on white. */
export function colourStyle({ colours }: CardModel): string {
  return `--card-background:${hex(colours.background, '#ffffff')};--card-foreground:${hex(colours.foreground, '#221c17')};--card-label:${hex(colours.label, '#6f655b')}`;
}

export const hex = (colour: string, fallback: string): string => (/^#[0-9a-f]{6}$/i.test(colour) ? colour : fallback);

/** Wallet finds addresses and phone numbers in back fields and makes them links; so do we. */
export function withLinks(text: string): Html[] {
  return text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)»]|\+\d[\d\s()-]{8,18}\d)/g).map((part, index) => {
    if (index % 2 === 0) return html`${part}`;
    const href = part.startsWith('+') ? `tel:${part.replace(/[^\d+]/g, '')}` : part;
    return html`<a href="${href}" rel="noopener noreferrer">${part}</a>`;
  });
}

/** A link of the card by its own name; one that no page may follow is told as plain text. */
export function namedLink({ label, url }: { readonly label: string; readonly url: string }): Html {
  const address = safeUrl(url, 'link');
  const text = label === '' ? url : label;
  return address === undefined
    ? html`<span>${text}</span>`
    : html`<a href="${address}" rel="noopener noreferrer">${text}</a>`;
}

/** An SVG document as an address for `<img>`: as a picture it can neither run scripts nor fetch anything. */
export function svgDataUrl(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg).replaceAll('%20', ' ').replaceAll('%3D', '=').replaceAll('%2F', '/').replaceAll('%3A', ':')}`;
}
