import {
  type Box,
  type Document,
  drawCodeIn,
  drawLine,
  drawLines,
  fitLine,
  points,
  shortened,
  widthOf,
} from '../../../platform/paper/ink.ts';
import type { PaperCard, PaperField } from '../../wallet/index.ts';

/** A card for a purse, ISO/IEC 7810 ID-1, millimetres. */
export const CARD = { width: 85.6, height: 54 } as const;

const PADDING = 4.2;
const CORNER = 3.18;
const ART_OPACITY = 0.22;
const FIELDS_MAX = 3;
const BACK_FIELDS_MAX = 4;
/** The white ground of a code: a QR code with its quiet zone is then 25 mm wide, which any phone reads at arm's length. */
const SQUARE_GROUND = { width: 34, height: 38 } as const;
const WIDE_GROUND_HEIGHT = 19;
const NUMBER_HEIGHT = 4.2;
const PAPER = { ground: '#ffffff', ink: '#221c17', quiet: '#6f655b' } as const;

/** Pictures of one document, by their bytes: a thousand cards of one design carry its logo once. */
export type Pictures = Map<Buffer, ReturnType<Document['openImage']>>;

/** The front of a card: the look, names that last, and the code on white. */
export function drawFront(document: Document, box: Box, card: PaperCard, pictures: Pictures): void {
  document.save();
  document.roundedRect(points(box.x), points(box.y), points(box.width), points(box.height), points(CORNER)).clip();
  document.rect(points(box.x), points(box.y), points(box.width), points(box.height)).fill(card.colours.background);
  drawArt(document, box, card.strip, pictures);
  const wide = card.barcode !== null && !['qr', 'aztec'].includes(card.barcode.format);
  drawGround(document, box, card, wide);
  const room = {
    x: box.x + PADDING,
    y: box.y + PADDING,
    width: box.width - 2 * PADDING - (wide || !card.barcode ? 0 : SQUARE_GROUND.width + PADDING),
    height: box.height - 2 * PADDING - (wide ? WIDE_GROUND_HEIGHT + PADDING : 0),
  };
  drawName(document, room, card, pictures);
  drawFields(document, room, card, wide);
  document.restore();
}

function pictureOf(document: Document, bytes: Buffer, pictures: Pictures) {
  const known = pictures.get(bytes) ?? document.openImage(bytes);
  pictures.set(bytes, known);
  // The types know files and bytes only; an opened picture is what saves embedding it again.
  return known as unknown as Buffer;
}

function drawArt(document: Document, { x, y, width, height }: Box, strip: Buffer | null, pictures: Pictures): void {
  if (!strip) return;
  document.save().opacity(ART_OPACITY);
  const cover: [number, number] = [points(width), points(height)];
  document.image(pictureOf(document, strip, pictures), points(x), points(y), { cover, align: 'center' });
  document.restore();
}

function drawGround(document: Document, box: Box, { barcode }: PaperCard, wide: boolean): void {
  if (!barcode) return;
  const width = wide ? box.width - 2 * PADDING : SQUARE_GROUND.width;
  const height = wide ? WIDE_GROUND_HEIGHT : SQUARE_GROUND.height;
  const x = box.x + box.width - PADDING - width;
  const y = box.y + box.height - PADDING - height;
  document.roundedRect(points(x), points(y), points(width), points(height), points(1.5)).fill(PAPER.ground);
  // Around a wide code there is room above it and between it and its number: bars fill whatever height they are given.
  const [above, below] = wide ? [2, 1] : [0, 0];
  const code = { x, y: y + above, width, height: height - NUMBER_HEIGHT - above - below };
  drawCodeIn(document, code, barcode.format, barcode.message, true);
  const text = barcode.altText || barcode.message;
  const number = fitLine(document, text, { size: 9, smallest: 5, width: points(width - 3) });
  const left = points(x) + (points(width) - widthOf(document, number.text, number.size)) / 2;
  drawLine(document, number.text, number.size, left, points(y + height - NUMBER_HEIGHT - 0.4), { colour: PAPER.ink });
}

const LOGO = { width: 25, height: 9 } as const;

function drawName(document: Document, room: Box, card: PaperCard, pictures: Pictures): void {
  let x = room.x;
  if (card.logo) {
    const logo = pictureOf(document, card.logo, pictures);
    const fit: [number, number] = [points(LOGO.width), points(LOGO.height)];
    document.image(logo, points(x), points(room.y), { fit, valign: 'center' });
    const { width, height } = logo as unknown as { width: number; height: number };
    x += Math.min(LOGO.width, (LOGO.height * width) / height) + 2;
  }
  const name = card.logoText || card.organizationName;
  drawLines(document, name, {
    x: points(x),
    y: points(room.y + 1.6),
    width: points(room.x + room.width - x),
    size: 12,
    linesMax: 2,
    colour: card.colours.foreground,
    bold: true,
  });
}

const FIELD_HEIGHT = 8.4;
const COLUMN_GAP = 3;
const WIDE_FIELDS_MAX = 2;

/** Above one another; over a wide code there is room for one line, which they share. */
function drawFields(document: Document, room: Box, { front, colours }: PaperCard, wide: boolean): void {
  const shown = front.slice(0, wide ? WIDE_FIELDS_MAX : FIELDS_MAX);
  const columns = wide ? Math.max(1, shown.length) : 1;
  const width = (room.width - (columns - 1) * COLUMN_GAP) / columns;
  const top = room.y + room.height - (shown.length / columns) * FIELD_HEIGHT;
  for (const [at, { label, value }] of shown.entries()) {
    const x = points(room.x + (wide ? at * (width + COLUMN_GAP) : 0));
    const y = points(top + (wide ? 0 : at * FIELD_HEIGHT));
    const line = { x, width: points(width), linesMax: 1 };
    drawLines(document, label, { ...line, y, size: 6.5, colour: colours.label });
    const text = fitLine(document, value.replace(/\s+/g, ' '), { size: 10.5, smallest: 7, width: line.width });
    drawLine(document, text.text, text.size, x, y + points(3), { colour: colours.foreground });
  }
}

/** The other side: what the card says of its rules and of where to ask, as much as there is room for. */
export function drawBack(document: Document, box: Box, card: PaperCard): void {
  document.save();
  document.roundedRect(points(box.x), points(box.y), points(box.width), points(box.height), points(CORNER)).clip();
  document.rect(points(box.x), points(box.y), points(box.width), points(box.height)).fill(PAPER.ground);
  const room = { x: box.x + PADDING, y: box.y + PADDING, width: box.width - 2 * PADDING };
  const bottom = points(box.y + box.height - PADDING - 5);
  let y = points(room.y);
  for (const field of card.back.slice(0, BACK_FIELDS_MAX)) y = drawBackField(document, room, field, y, bottom);
  const foot = points(box.y + box.height - PADDING - 3);
  const name = shortened(document, card.organizationName, 7.5, points(room.width * 0.6));
  drawLine(document, name, 7.5, points(room.x), foot, { colour: PAPER.quiet });
  const number = shortened(document, card.serial, 7.5, points(room.width * 0.38));
  const right = points(room.x + room.width) - widthOf(document, number, 7.5);
  drawLine(document, number, 7.5, right, foot, { colour: PAPER.quiet });
  document.restore();
}

const BACK_SIZE = 7;
const LABEL_SIZE = 6.5;

function drawBackField(
  document: Document,
  room: { x: number; width: number },
  { label, value }: PaperField,
  y: number,
  bottom: number,
): number {
  const line = { x: points(room.x), width: points(room.width) };
  const linesMax = Math.min(4, Math.floor((bottom - y - LABEL_SIZE * 1.28) / (BACK_SIZE * 1.28)));
  if (linesMax < 1) return y;
  const below = drawLines(document, label, { ...line, y, size: LABEL_SIZE, linesMax: 1, colour: PAPER.quiet });
  const end = drawLines(document, value, { ...line, y: below, size: BACK_SIZE, linesMax, colour: PAPER.ink });
  return end + 4;
}
