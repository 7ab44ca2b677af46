import type { Readable } from 'node:stream';
import { type Document, drawLines, openDocument, points } from '../../../platform/paper/ink.ts';
import { PAGE } from '../../../platform/paper/layouts.ts';
import type { PaperCard } from '../../wallet/index.ts';
import { CARD, drawBack, drawFront, type Pictures } from './card-face.ts';

export type CardPdf = {
  readonly card: PaperCard;
  /** `fold`: an A4 page to cut out and fold. `card`: two pages of the card's own size, for its screen or a card printer. */
  readonly form: 'fold' | 'card';
  readonly title: string;
  readonly language: string;
  /** How to cut and fold, and why there is no balance. */
  readonly words: { readonly cut: string; readonly balance: string };
  readonly now: Temporal.Instant;
};

/** A card on paper, both sides. */
export async function drawCardPdf(input: CardPdf): Promise<Readable> {
  const document = await openDocument(input);
  if (input.form === 'card') drawCardPages(document, input.card);
  else drawFoldPage(document, input);
  document.end();
  return document;
}

function drawCardPages(document: Document, card: PaperCard): void {
  const size: [number, number] = [points(CARD.width), points(CARD.height)];
  const whole = { x: 0, y: 0, ...CARD };
  document.addPage({ size, margin: 0 });
  drawFront(document, whole, card, new Map());
  document.addPage({ size, margin: 0 });
  drawBack(document, whole, card);
}

const TOP = 30;
const MARK = 4;
const GAP = 1;

/** Front and back stand side by side: folded backwards along the line between them, both read upright. */
function drawFoldPage(document: Document, { card, words }: CardPdf): void {
  document.addPage({ size: 'A4', margin: 0 });
  const left = (PAGE.width - 2 * CARD.width) / 2;
  const pictures: Pictures = new Map();
  drawFront(document, { x: left, y: TOP, ...CARD }, card, pictures);
  drawBack(document, { x: left + CARD.width, y: TOP, ...CARD }, card);
  document.lineWidth(0.3).strokeColor('#8a8178');
  const middle = left + CARD.width;
  const stroke = (x1: number, y1: number, x2: number, y2: number) =>
    document.moveTo(points(x1), points(y1)).lineTo(points(x2), points(y2)).stroke();
  for (const y of [TOP, TOP + CARD.height]) {
    stroke(left - GAP - MARK, y, left - GAP, y);
    stroke(left + 2 * CARD.width + GAP, y, left + 2 * CARD.width + GAP + MARK, y);
  }
  for (const x of [left, left + 2 * CARD.width]) {
    stroke(x, TOP - GAP - MARK, x, TOP - GAP);
    stroke(x, TOP + CARD.height + GAP, x, TOP + CARD.height + GAP + MARK);
  }
  document.roundedRect(points(left), points(TOP), points(2 * CARD.width), points(CARD.height), 2).stroke();
  document.dash(3, { space: 2 });
  stroke(middle, TOP - MARK, middle, TOP + CARD.height + MARK);
  document.undash();
  const text = { x: points(left), width: points(2 * CARD.width), size: 10, linesMax: 4, colour: '#6f655b' };
  const below = drawLines(document, words.cut, { ...text, y: points(TOP + CARD.height + 10) });
  drawLines(document, words.balance, { ...text, y: below + 6 });
}
