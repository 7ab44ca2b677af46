import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { runsOf } from '../../../platform/paper/fonts.ts';
import { type LayoutName, layouts, placeOf } from '../../../platform/paper/layouts.ts';
import { drawSheet } from './draw-sheet.ts';

beforeAll(() => {
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const { buffer, byteOffset, byteLength } = readFileSync(file);
  const wasmBinary = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  prepareZXingModule({ overrides: { wasmBinary } });
});

async function* numbersOf(count: number): AsyncGenerator<string> {
  for (let at = 0; at < count; at += 1) yield String(482_109_375_000 + at);
}

const now = Temporal.Instant.from('2026-03-01T09:00Z');
const sheet = (layout: LayoutName, count: number, company = 'Траттория «Чайка» & Café') =>
  drawSheet({ layout, company, title: 'Серия', now }, numbersOf(count));

async function draw(layout: LayoutName, count: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await sheet(layout, count)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What the pages draw, page by page. */
function pagesOf(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  const streams = [...text.matchAll(/\/Filter \/FlateDecode\s*>>\s*stream\r?\n([\s\S]*?)\r?\nendstream/g)];
  return streams
    .map(([, body = '']) => inflateSync(Buffer.from(body, 'latin1')).toString('latin1'))
    .filter((content) => content.includes(' re\n'));
}

const POINTS_A_MILLIMETRE = 72 / 25.4;
const PIXELS_A_POINT = 4;

/** Puts the dark rectangles of a page on paper. */
async function paint(content: string) {
  const [width, height] = [Math.ceil(595.28 * PIXELS_A_POINT), Math.ceil(841.89 * PIXELS_A_POINT)];
  const pixels = Buffer.alloc(width * height, 255);
  for (const match of content.matchAll(/^(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re$/gm)) {
    const [x, y, w, h] = match.slice(1).map((one) => Number(one) * PIXELS_A_POINT) as [number, number, number, number];
    for (let row = Math.round(y); row < Math.round(y + h); row += 1) {
      pixels.fill(0, row * width + Math.round(x), row * width + Math.round(x + w));
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 1 } });
}

async function readPlace(content: string, layout: LayoutName, index: number): Promise<string | undefined> {
  const place = placeOf(layouts[layout], index);
  const at = (millimetres: number) => Math.round(millimetres * POINTS_A_MILLIMETRE * PIXELS_A_POINT);
  const { width, height } = layouts[layout];
  const painted = await paint(content);
  const cut = { left: at(place.x), top: Math.max(0, at(place.y)), width: at(width), height: at(height) };
  const picture = await painted.extract(cut).png().toBuffer();
  const [code] = await readBarcodes(new Blob([new Uint8Array(picture)]), { formats: ['QRCode'] });
  return code?.text;
}

describe('a sheet', () => {
  test.each([
    ['labels', 24],
    ['cards', 10],
  ] as const)('of %s has %i places a page, each with a code that a scanner reads', async (layout, places) => {
    const pages = pagesOf(await draw(layout, places + 1));
    expect(pages).toHaveLength(2);
    expect(await readPlace(pages[0]!, layout, 0)).toBe('482109375000');
    expect(await readPlace(pages[0]!, layout, places - 1)).toBe(String(482_109_375_000 + places - 1));
    expect(await readPlace(pages[1]!, layout, 0)).toBe(String(482_109_375_000 + places));
    expect(await readPlace(pages[1]!, layout, 1)).toBeUndefined();
  });

  test('carries the fonts of its texts, and says when it was made', async () => {
    const text = (await draw('labels', 1)).toString('latin1');
    expect(text).toMatch(/\/BaseFont \/[A-Z]{6}\+GolosText/);
    expect(text).toContain('D:20260301');
    expect(text.endsWith('%%EOF\n')).toBe(true);
  });

  test('without a number is an empty page, not a broken file', async () => {
    expect((await draw('cards', 0)).toString('latin1')).toContain('/Count 1');
  });

  test('waits for a slow reader instead of filling the memory', async () => {
    const stream = await sheet('labels', 3_000);
    stream.once('data', () => stream.pause());
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(stream.readableLength).toBeLessThan(1_500_000);
    stream.destroy();
  });
});

test('a text is set from the parts of the font that have its letters', () => {
  expect(runsOf('Кафе «Чайка» 漢')).toEqual([
    { font: 'cyrillic', text: 'Кафе' },
    { font: 'latin', text: ' «' },
    { font: 'cyrillic', text: 'Чайка' },
    { font: 'latin', text: '» ?' },
  ]);
  // Sums as we write them: narrow spaces, minus signs, signs of currencies.
  const sums = runsOf('−1\u202f250 ₽, 5\u202f000 ₸, 12 €, № 7');
  expect(sums.map(({ text }) => text).join('')).toBe('−1\u00a0250 ₽, 5\u00a0000 ₸, 12 €, № 7');
  expect(runsOf('Қазақ').map(({ font }) => font)).toEqual(['cyrillic-ext', 'cyrillic', 'cyrillic-ext']);
});
