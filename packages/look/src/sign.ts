import { escapeHtml } from './html.ts';

/**
 * The sign: a rounded square token broken in two by one uneven line, the halves a hair apart.
 * Drawn on a 32 × 32 grid; below 20 px a plainer drawing with a wider gap takes over, so that the break still reads at 16 px.
 */
export interface SignOptions {
  /** Edge in CSS pixels. */
  readonly size?: number;
  /** `two` fills the halves with clay and a darker clay, `one` uses the text colour for both. */
  readonly colour?: 'two' | 'one';
  /** Plays the closing motion once when it appears (needs sign.css). Off with prefers-reduced-motion. */
  readonly closing?: boolean;
  /** The name read aloud; without it the sign is decoration and hidden from screen readers. */
  readonly title?: string;
}

const FULL = {
  left: 'M9 2h8.6l-1.5 6.4 2.3 5-3.6 6.3 1.5 4.6-1.9 5.7H9a7 7 0 0 1-7-7V9a7 7 0 0 1 7-7Z',
  right: 'M19.3 2H23a7 7 0 0 1 7 7v14a7 7 0 0 1-7 7h-7l1.9-5.7-1.5-4.6 3.6-6.3-2.3-5L19.3 2Z',
} as const;

const SMALL = {
  left: 'M8 2h9l-2 9 3 4-4 8 1 7H8a6 6 0 0 1-6-6V8a6 6 0 0 1 6-6Z',
  right: 'M20.5 2H24a6 6 0 0 1 6 6v16a6 6 0 0 1-6 6h-5.5l-1-7 4-8-3-4 2-9Z',
} as const;

/** The sign as an SVG string. */
export function renderSign(options: SignOptions = {}): string {
  const size = options.size ?? 32;
  const shape = size < 20 ? SMALL : FULL;
  const two = (options.colour ?? 'two') === 'two';
  const names =
    options.title === undefined ? 'aria-hidden="true"' : `role="img" aria-label="${escapeHtml(options.title)}"`;
  const motion = options.closing === true ? ' t-sign-closing' : '';
  const left = two ? 'var(--clay, #B4532A)' : 'currentColor';
  const right = two ? 'var(--clay-pressed, #97421E)' : 'currentColor';
  return (
    `<svg class="t-sign${motion}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="${size}" height="${size}" ${names}>` +
    `<path class="t-sign-left" fill="${left}" d="${shape.left}"/><path class="t-sign-right" fill="${right}" d="${shape.right}"/></svg>`
  );
}

/** The favicon as an SVG document: lighter clay on dark tab bars. */
export function faviconSvg(): string {
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>path{fill:#B4532A}' +
    '@media(prefers-color-scheme:dark){path{fill:#E07F52}}</style>' +
    `<path d="${SMALL.left}"/><path d="${SMALL.right}"/></svg>`
  );
}

/** The favicon as a `data:` address, so that a page needs no further request for it. */
export function faviconDataUrl(): string {
  return `data:image/svg+xml,${encodeURIComponent(faviconSvg())}`;
}
