import { readFileSync } from 'node:fs';
import type PDFDocument from 'pdfkit';

// The font comes in parts by script; a line is set from as many as it needs.
const parts: readonly (readonly [name: string, has: RegExp])[] = [
  ['latin', /[\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018-\u201e\u2022\u2026\u2039\u203a\u20ac\u2122\u2212]/],
  ['cyrillic', /[\u0400-\u045f\u0490\u0491\u04b0\u04b1\u2116]/],
  ['cyrillic-ext', /[\u0460-\u052f]/],
  ['latin-ext', /[\u0100-\u024f\u2020\u20b8\u20bd]/],
];
const fileOf = (name: string): Buffer =>
  readFileSync(new URL(`./font/golos-text-${name}-400-normal.woff`, import.meta.url));

/** Makes the font known to a document. */
export function registerFonts(document: typeof PDFDocument.prototype): void {
  for (const [name] of parts) document.registerFont(name, fileOf(name));
}

export type Run = { font: string; text: string };

/** Spaces and signs without a shape of their own that the font lacks: a narrow space, invisible joiners. */
const replaced: ReadonlyMap<string, string> = new Map([
  ['\u202f', '\u00a0'],
  ['\u2009', '\u00a0'],
  ['\u200b', ''],
  ['\u2060', ''],
  ['\ufeff', ''],
]);

/** A text in runs of one part of the font; what none of them has becomes a question mark. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  for (const written of text) {
    const character = replaced.get(written) ?? written;
    if (character === '') continue;
    const font = parts.find(([, has]) => has.test(character))?.[0];
    const shown = font ? character : '?';
    const last = runs.at(-1);
    if (last && last.font === (font ?? 'latin')) last.text += shown;
    else runs.push({ font: font ?? 'latin', text: shown });
  }
  return runs;
}
