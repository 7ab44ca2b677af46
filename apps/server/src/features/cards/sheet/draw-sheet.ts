import type { Readable } from 'node:stream';
import bwip from 'bwip-js/node';
import PDFDocument from 'pdfkit';
import { inGroups } from '../../guests/index.ts';
import { registerFonts, runsOf } from './fonts.ts';
import { type LayoutName, layouts, PAGE, placeOf, type SheetLayout } from './layouts.ts';

const POINTS_A_MILLIMETRE = 72 / 25.4;
const points = (millimetres: number): number => millimetres * POINTS_A_MILLIMETRE;
type Document = typeof PDFDocument.prototype;

/** What waits in memory for a slow reader; then drawing waits, too. */
const WAITING_BYTES_MAX = 512 * 1024;
const PAUSE_MILLISECONDS = 20;

export type Sheet = { layout: LayoutName; company: string; title: string; now: Temporal.Instant };

/**
 * Draws QR codes of card numbers for printing, each with its digits and the company's name, as a stream: a page is done
 * and gone before the next one begins. Codes are shapes, not pictures, so that any printer keeps their edges.
 * @param numbers in the order of the sheet
 */
export function drawSheet(sheet: Sheet, numbers: AsyncIterable<string>): Readable {
  const document = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    info: { Title: sheet.title, CreationDate: new Date(sheet.now.epochMilliseconds) },
  });
  registerFonts(document);
  drawAll(document, sheet, numbers).catch((error: unknown) => document.destroy(error as Error));
  return document;
}

async function drawAll(document: Document, { layout: name, company }: Sheet, numbers: AsyncIterable<string>) {
  const layout: SheetLayout = layouts[name];
  const places = layout.columns * layout.rows;
  const cuts = cutMarks(layout);
  let index = 0;
  for await (const number of numbers) {
    if (document.destroyed) return;
    if (index % places === 0) {
      await caughtUp(document);
      document.addPage().lineWidth(0.25).strokeColor('#999999');
      for (const [x1, y1, x2, y2] of cuts) document.moveTo(points(x1), points(y1)).lineTo(points(x2), points(y2));
      document.stroke();
    }
    drawCard(document, layout, placeOf(layout, index % places), company, number);
    index += 1;
    // A sheet of thousands takes a while; the tills must not wait for it.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (index === 0) document.addPage();
  document.end();
}

async function caughtUp(document: Document): Promise<void> {
  while (document.readableLength > WAITING_BYTES_MAX && !document.destroyed) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  }
}

const MARK = 2;

/** Short strokes across every corner of the grid, as x1, y1, x2, y2. */
function cutMarks(layout: SheetLayout): [number, number, number, number][] {
  const { x: left, y: top } = placeOf(layout, 0);
  const marks: [number, number, number, number][] = [];
  for (let column = 0; column <= layout.columns; column += 1) {
    for (let row = 0; row <= layout.rows; row += 1) {
      const [x, y] = [left + column * layout.width, top + row * layout.height];
      marks.push([Math.max(0, x - MARK), y, Math.min(PAGE.width, x + MARK), y], [x, y - MARK, x, y + MARK]);
    }
  }
  return marks;
}

const INSET = 5;
const NAME_LINES = 2;

function drawCard(
  document: Document,
  layout: SheetLayout,
  { x, y }: { x: number; y: number },
  company: string,
  number: string,
): void {
  const { code, width, height, nameSize, numberSize } = layout;
  const top = y + (height - code) / 2;
  drawCode(document, { x: x + INSET, y: top, side: code }, number);
  const textX = x + INSET + code + INSET;
  const most = points(x + width - INSET / 2 - textX);
  const lines = linesOf(document, company, nameSize, most).slice(0, NAME_LINES);
  for (const [at, line] of lines.entries()) {
    drawLine(document, line, nameSize, points(textX), points(top) + at * nameSize * 1.25);
  }
  const groups = inGroups(number);
  const size = Math.min(numberSize, (numberSize * most) / widthOf(document, groups, numberSize));
  drawLine(document, groups, size, points(textX), points(top + code) - size * 1.1);
}

type Symbol = { pixs: number[]; pixx: number; pixy: number };

/** The dark modules of a QR code, each row's neighbours in one rectangle. */
function drawCode(document: Document, { x, y, side }: { x: number; y: number; side: number }, text: string): void {
  const [symbol] = bwip.raw({ bcid: 'qrcode', text }) as unknown as Symbol[];
  const { pixs, pixx, pixy } = symbol!;
  const module = points(side) / pixx;
  for (let row = 0; row < pixy; row += 1) {
    for (let column = 0; column < pixx; column += 1) {
      if (!pixs[row * pixx + column]) continue;
      const begin = column;
      while (column < pixx && pixs[row * pixx + column]) column += 1;
      document.rect(points(x) + begin * module, points(y) + row * module, (column - begin) * module, module);
    }
  }
  document.fill('#000000');
}

const widthOf = (document: Document, text: string, size: number): number =>
  runsOf(text).reduce((sum, run) => sum + document.font(run.font, size).widthOfString(run.text), 0);

/** Words in lines that are no wider than that; a longer word is cut. */
function linesOf(document: Document, text: string, size: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(document, longer, size) <= most) lines.splice(-1, 1, longer);
    else lines.push(shortened(document, word, size, most));
  }
  return lines;
}

function shortened(document: Document, word: string, size: number, most: number): string {
  let shown = word;
  while (shown.length > 1 && widthOf(document, shown, size) > most) shown = `${[...shown].slice(0, -2).join('')}…`;
  return shown;
}

function drawLine(document: Document, text: string, size: number, x: number, y: number): void {
  let at = x;
  for (const run of runsOf(text)) {
    document.font(run.font, size).fillColor('#000000').text(run.text, at, y, { lineBreak: false });
    at += document.widthOfString(run.text);
  }
}
