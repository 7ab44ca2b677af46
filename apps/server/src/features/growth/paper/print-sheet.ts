import type { Readable } from 'node:stream';
import { caughtUp, type Document, openDocument, points } from '../../../platform/paper/ink.ts';
import { cutMarks, PAGE, placeOf, type SheetLayout } from '../../../platform/paper/layouts.ts';
import type { PaperCard } from '../../wallet/index.ts';
import { CARD, drawBack, drawFront, type Pictures } from './card-face.ts';

/** Ten cards on a page of A4, edge to edge: one cut parts two of them. */
const LAYOUT: SheetLayout = { columns: 2, rows: 5, ...CARD, code: 0, nameSize: 0, numberSize: 0 };
const PLACES = LAYOUT.columns * LAYOUT.rows;

export type PrintSheet = {
  readonly title: string;
  readonly language: string;
  /** Adds a page of backs behind each page of fronts, for printers that print on both sides. */
  readonly backs: boolean;
  readonly now: Temporal.Instant;
};

/** Draws cards for printing and cutting, as a stream: a page is done and gone before the next one begins. */
export async function drawPrintSheet(sheet: PrintSheet, cards: AsyncIterable<PaperCard>): Promise<Readable> {
  const document = await openDocument(sheet);
  drawAll(document, sheet, cards).catch((error: unknown) => document.destroy(error as Error));
  return document;
}

async function drawAll(document: Document, { backs }: PrintSheet, cards: AsyncIterable<PaperCard>): Promise<void> {
  const pictures: Pictures = new Map();
  let page: PaperCard[] = [];
  let drawn = 0;
  const flush = async () => {
    await caughtUp(document);
    drawPage(document, page, (box, card) => drawFront(document, box, card, pictures));
    // Turned over its long edge, the sheet is mirrored: the first card's back lies in the last column.
    if (backs) drawPage(document, page, (box, card) => drawBack(document, mirrored(box), card));
    drawn += page.length;
    page = [];
  };
  for await (const card of cards) {
    if (document.destroyed) return;
    page.push(card);
    if (page.length === PLACES) await flush();
    // A sheet of hundreds takes a while; the tills must not wait for it.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (page.length > 0) await flush();
  if (drawn === 0) document.addPage();
  document.end();
}

type Place = { x: number; y: number; width: number; height: number };
const mirrored = (box: Place): Place => ({ ...box, x: PAGE.width - box.x - box.width });

function drawPage(document: Document, cards: readonly PaperCard[], draw: (box: Place, card: PaperCard) => void): void {
  document.addPage({ size: 'A4', margin: 0 }).lineWidth(0.25).strokeColor('#999999');
  for (const [x1, y1, x2, y2] of cutMarks(LAYOUT)) {
    document.moveTo(points(x1), points(y1)).lineTo(points(x2), points(y2));
  }
  document.stroke();
  for (const [index, card] of cards.entries()) draw({ ...placeOf(LAYOUT, index), ...CARD }, card);
}
