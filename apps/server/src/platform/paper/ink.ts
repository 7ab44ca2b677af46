import bwip from 'bwip-js/node';
import type PDFDocument from 'pdfkit';
import { type CodeFormat, symbologies } from '../barcode.ts';
import { registerFonts, runsOf } from './fonts.ts';

const POINTS_A_MILLIMETRE = 72 / 25.4;
/** Millimetres as points of a page. */
export const points = (millimetres: number): number => millimetres * POINTS_A_MILLIMETRE;

export type Document = typeof PDFDocument.prototype;
/** Millimetres from the upper left corner of the page. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/**
 * An empty document with our font; pages are added by whoever draws. The library is loaded with the first one: it and its
 * font engine are 15 MB that most processes never need.
 */
export async function openDocument({
  title,
  now,
  language,
}: {
  title: string;
  now: Temporal.Instant;
  language?: string;
}): Promise<Document> {
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    ...(language ? { lang: language } : {}),
    info: { Title: title, CreationDate: new Date(now.epochMilliseconds) },
  });
  registerFonts(document);
  return document;
}

/** What waits in memory for a slow reader; then drawing waits, too. */
const WAITING_BYTES_MAX = 512 * 1024;
const PAUSE_MILLISECONDS = 20;

/** Waits until the reader of a streamed document has caught up. */
export async function caughtUp(document: Document): Promise<void> {
  while (document.readableLength > WAITING_BYTES_MAX && !document.destroyed) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
}

type Matrix = { pixs: number[]; pixx: number; pixy: number };
type Bars = { sbs: number[] };
type Modules = { readonly dark: readonly number[][]; readonly width: number; readonly height: number };

/** The dark parts of a code in modules: rows of neighbours as one rectangle each, and the size of the whole. */
function modulesOf(format: CodeFormat, text: string, columns?: number): Modules {
  const options = { bcid: symbologies[format], text, ...(columns ? { columns } : {}) };
  const [symbol] = bwip.raw(options) as unknown as (Matrix | Bars)[];
  if ('sbs' in symbol!) return barsOf(symbol);
  const { pixs, pixx, pixy } = symbol!;
  const dark: number[][] = [];
  const rows = pixs.length / pixx;
  // A row of PDF417 is three modules high and is given once.
  const high = pixy / rows;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < pixx; column += 1) {
      if (!pixs[row * pixx + column]) continue;
      const begin = column;
      while (column < pixx && pixs[row * pixx + column]) column += 1;
      dark.push([begin, row * high, column - begin, high]);
    }
  }
  return { dark, width: pixx, height: pixy };
}

/** Bars and spaces take turns, a bar first. */
function barsOf({ sbs }: Bars): Modules {
  const dark: number[][] = [];
  let at = 0;
  for (const [index, width] of sbs.entries()) {
    if (index % 2 === 0 && width > 0) dark.push([at, 0, width, 1]);
    at += width;
  }
  return { dark, width: at, height: 1 };
}

const COLUMNS_MAX = 8;

/** PDF417 may be long and low or short and high: the shape whose modules come out largest in the box. */
function bestFit(box: Box, format: CodeFormat, text: string): Modules {
  const usual = modulesOf(format, text);
  if (format !== 'pdf417') return usual;
  const zone = 2 * quietModules(format);
  const moduleIn = ({ width, height }: Modules) => Math.min(box.width / (width + zone), box.height / (height + zone));
  let best = usual;
  for (let columns = 2; columns <= COLUMNS_MAX; columns += 1) {
    const shape = modulesOf(format, text, columns);
    if (moduleIn(shape) > moduleIn(best)) best = shape;
  }
  return best;
}

/** Light modules around a code without which scanners do not find it (the standards of the codes; Aztec needs none). */
const quietModules = (format: CodeFormat): number => ({ qr: 4, pdf417: 2, aztec: 1 })[format as 'qr'] ?? 10;

/**
 * Draws a code as shapes, not as a picture, so that any printer keeps its edges. It fills the width or the height of the
 * box and stands in its middle. Of plain bars only the widths mean something: they are as high as the box.
 * @param quiet whether the quiet zone lies within the box; else it is the caller's
 */
export function drawCodeIn(document: Document, box: Box, format: CodeFormat, text: string, quiet = false): void {
  const { dark, width, height } = bestFit(box, format, text);
  const linear = height === 1;
  const zone = quiet ? 2 * quietModules(format) : 0;
  const across = box.width / (width + zone);
  const module = linear ? across : Math.min(across, box.height / (height + zone));
  const rowHeight = linear ? box.height : module;
  const x = box.x + (box.width - module * width) / 2;
  const y = box.y + (box.height - rowHeight * height) / 2;
  for (const [column, row, wide, high] of dark as readonly [number, number, number, number][]) {
    const [left, top] = [points(x + column * module), points(y + row * rowHeight)];
    document.rect(left, top, points(wide * module), points(high * rowHeight));
  }
  document.fill('#000000');
}

export const widthOf = (document: Document, text: string, size: number): number =>
  runsOf(text).reduce((sum, run) => sum + document.font(run.font, size).widthOfString(run.text), 0);

/** Words in lines that are no wider than `most` points; a longer word is cut. Line breaks of the text are kept. */
export function linesOf(document: Document, text: string, size: number, most: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.split(/[^\S\u00a0\u202f]+/).filter(Boolean)) {
      const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
      if (lines.length > 0 && widthOf(document, longer, size) <= most) lines.splice(-1, 1, longer);
      else lines.push(shortened(document, word, size, most));
    }
    return lines;
  });
}

/** A text that fits in so many points, with its end cut off where it must be. */
export function shortened(document: Document, text: string, size: number, most: number): string {
  let shown = text;
  while (shown.length > 1 && widthOf(document, shown, size) > most) shown = `${[...shown].slice(0, -2).join('')}…`;
  return shown;
}

/** A line that gets smaller until it fits in so many points, and only then is cut off. */
export function fitLine(
  document: Document,
  text: string,
  { size, smallest, width }: { size: number; smallest: number; width: number },
) {
  const wide = Math.max(1, widthOf(document, text, size));
  const fitting = Math.max(smallest, Math.min(size, (size * width) / wide));
  return { text: shortened(document, text, fitting, width + 0.01), size: fitting };
}

export type Ink = { readonly colour?: string; readonly bold?: boolean };

/** The font comes in one weight: a bold line is drawn with an edge of its own colour. */
const BOLD_EDGE = 0.028;

/** One line of text with its upper left corner at x and y, in points. */
export function drawLine(
  document: Document,
  text: string,
  size: number,
  x: number,
  y: number,
  { colour = '#000000', bold = false }: Ink = {},
): void {
  let at = x;
  if (bold) document.lineWidth(size * BOLD_EDGE).strokeColor(colour);
  for (const run of runsOf(text)) {
    document.font(run.font, size).fillColor(colour);
    document.text(run.text, at, y, { lineBreak: false, ...(bold ? { fill: true, stroke: true } : {}) });
    at += document.widthOfString(run.text);
  }
}

const LEADING = 1.28;

/** Lines of a text below one another, at most `linesMax`; the last one tells with an ellipsis that there was more. */
export function drawLines(
  document: Document,
  text: string,
  {
    x,
    y,
    width,
    size,
    linesMax,
    ...ink
  }: Ink & {
    x: number;
    y: number;
    width: number;
    size: number;
    linesMax: number;
  },
): number {
  const lines = linesOf(document, text, size, width);
  const shown = lines.slice(0, linesMax);
  if (lines.length > linesMax && shown.length > 0) {
    shown.push(shortened(document, `${shown.pop()}…`, size, width));
  }
  for (const [at, line] of shown.entries()) drawLine(document, line, size, x, y + at * size * LEADING, ink);
  return y + shown.length * size * LEADING;
}
