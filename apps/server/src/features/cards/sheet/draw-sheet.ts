import type { Readable } from 'node:stream';
import {
  caughtUp,
  type Document,
  drawCodeIn,
  drawLine,
  linesOf,
  openDocument,
  points,
  widthOf,
} from '../../../platform/paper/ink.ts';
import { cutMarks, type LayoutName, layouts, placeOf, type SheetLayout } from '../../../platform/paper/layouts.ts';
import { inGroups } from '../../guests/index.ts';

export type Sheet = { layout: LayoutName; company: string; title: string; now: Temporal.Instant };

/**
 * Draws QR codes of card numbers for printing, each with its digits and the company's name, as a stream: a page is done
 * and gone before the next one begins. Codes are shapes, not pictures, so that any printer keeps their edges.
 * @param numbers in the order of the sheet
 */
export async function drawSheet(sheet: Sheet, numbers: AsyncIterable<string>): Promise<Readable> {
  const document = await openDocument(sheet);
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
  drawCodeIn(document, { x: x + INSET, y: top, width: code, height: code }, 'qr', number);
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
