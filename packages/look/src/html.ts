/**
 * HTML that cannot be injected into: strings are escaped, only values made by `html` or `trusted` pass as they are.
 * Works in Node and in the browser.
 */

/** A piece of finished, safe HTML. Only this module makes it. */
export interface Html {
  readonly html: string;
}

type Part = string | number | bigint | Html | null | undefined | false | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes a text for use in HTML content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Marks a string as finished HTML. Only for strings that our own code has made from escaped parts. */
export function trusted(markup: string): Html {
  return { html: markup };
}

/** Tagged template: everything interpolated is escaped, nested `html` passes, `false`, `null` and `undefined` vanish. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let out = strings[0] ?? '';
  parts.forEach((part, index) => {
    out += partToHtml(part) + (strings[index + 1] ?? '');
  });
  return { html: out };
}

function partToHtml(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number' || typeof part === 'bigint') return String(part);
  if ('html' in part) return part.html;
  return part.map(partToHtml).join('');
}

/**
 * A picture or link address that is safe to put in an attribute: relative, http(s), or (for pictures) `data:image/` and `blob:`.
 * Anything else, `javascript:` above all, gives undefined.
 */
export function safeUrl(url: string | undefined, kind: 'link' | 'image'): string | undefined {
  if (url === undefined) return undefined;
  const address = url.trim();
  if (address === '' || hasControlCharacter(address)) return undefined;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === 'http' || scheme === 'https') return address;
  if (kind === 'link') return scheme === 'tel' || scheme === 'mailto' ? address : undefined;
  if (scheme === 'blob') return address;
  return /^data:image\/(png|jpeg|webp|svg\+xml|gif)[;,]/i.test(address) ? address : undefined;
}

function hasControlCharacter(text: string): boolean {
  for (const character of text) {
    if (character.charCodeAt(0) < 32) return true;
  }
  return false;
}
