import type { Readable } from 'node:stream';
import { readableOn } from '@tessera/look';
import {
  type Document,
  drawCodeIn,
  drawLine,
  drawLines,
  linesOf,
  openDocument,
  points,
  widthOf,
} from '../../../platform/paper/ink.ts';
import { PAGE } from '../../../platform/paper/layouts.ts';

export type Poster = {
  readonly company: string;
  readonly heading: string;
  readonly lead: string;
  /** Three things to do, in order. */
  readonly steps: readonly [string, string, string];
  /** What the code holds. */
  readonly url: string;
  /** The address for whoever has no camera, as people type it. */
  readonly address: string;
  /** `#rrggbb` each. */
  readonly colours: { readonly background: string; readonly foreground: string };
  /** PNG. */
  readonly logo: Buffer | null;
  readonly language: string;
  readonly now: Temporal.Instant;
};

const SIDE = 18;
const BAND = 108;
const CODE = { side: 104, top: 92 } as const;
const STEPS_TOP = 212;
const INK = '#221c17';

/** A sheet of A4 for a table or a door: what one gets, the code that leads to the form, three steps. */
export async function drawPoster(poster: Poster): Promise<Readable> {
  const document = await openDocument({ ...poster, title: `${poster.heading} · ${poster.company}` });
  document.addPage({ size: 'A4', margin: 0 });
  drawBand(document, poster);
  drawCode(document, poster);
  drawSteps(document, poster);
  document.end();
  return document;
}

const HEADING_SIZES = [46, 40, 34, 28, 24];

function drawBand(document: Document, { colours, company, heading, lead, logo }: Poster): void {
  const { background } = colours;
  const colour = readableOn(colours.foreground, background);
  document.rect(0, 0, points(PAGE.width), points(BAND)).fill(background);
  let y = 16;
  if (logo) {
    document.image(logo, points(SIDE), points(y), { fit: [points(70), points(16)] });
    y += 21;
  } else {
    drawLines(document, company, { ...wide(), y: points(y), size: 20, linesMax: 1, colour });
    y += 13;
  }
  const most = points(PAGE.width - 2 * SIDE);
  const size = HEADING_SIZES.find((one) => linesOf(document, heading, one, most).length <= 2) ?? 24;
  const below = drawLines(document, heading, { ...wide(), y: points(y), size, linesMax: 2, colour, bold: true });
  // The code stands over the lower edge of the band: what is above it has to end before.
  const room = points(CODE.top - 4) - below - 4;
  const linesMax = Math.max(0, Math.min(3, Math.floor(room / (17 * 1.28))));
  drawLines(document, lead, { ...wide(), y: below + 4, size: 17, linesMax, colour });
}

const wide = () => ({ x: points(SIDE), width: points(PAGE.width - 2 * SIDE) });

function drawCode(document: Document, { url }: Poster): void {
  const box = { x: (PAGE.width - CODE.side) / 2, y: CODE.top, width: CODE.side, height: CODE.side };
  document.roundedRect(points(box.x), points(box.y), points(box.width), points(box.height), points(6));
  document.lineWidth(1).fillAndStroke('#ffffff', '#d9cfc4');
  drawCodeIn(document, box, 'qr', url, true);
}

const CIRCLE = 7;

function drawSteps(document: Document, { steps, colours, address }: Poster): void {
  const width = (PAGE.width - 2 * SIDE) / steps.length;
  for (const [index, step] of steps.entries()) {
    const x = SIDE + index * width;
    document.circle(points(x + CIRCLE), points(STEPS_TOP + CIRCLE), points(CIRCLE)).fill(colours.background);
    const number = String(index + 1);
    const left = points(x + CIRCLE) - widthOf(document, number, 22) / 2;
    const colour = readableOn(colours.foreground, colours.background);
    drawLine(document, number, 22, left, points(STEPS_TOP + CIRCLE) - 13, { colour, bold: true });
    const text = { x: points(x), width: points(width - 6), size: 14, linesMax: 5, colour: INK };
    drawLines(document, step, { ...text, y: points(STEPS_TOP + 2 * CIRCLE + 5) });
  }
  const size = Math.min(15, (15 * points(PAGE.width - 2 * SIDE)) / Math.max(1, widthOf(document, address, 15)));
  const left = (points(PAGE.width) - widthOf(document, address, size)) / 2;
  drawLine(document, address, size, left, points(PAGE.height - 22), { colour: '#6f655b' });
}
