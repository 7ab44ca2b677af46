import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** A printer and a scanner for the tests: paints the filled shapes of a PDF's pages and reads the codes on them. */

const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
const { buffer, byteOffset, byteLength } = readFileSync(file);
prepareZXingModule({ overrides: { wasmBinary: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer } });

/** A page: its size in points, and what it draws. */
export type PdfPage = { readonly width: number; readonly height: number; readonly content: string };

export async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The pages of a file that our own program has made, in order. */
export function pagesOf(pdf: Buffer): PdfPage[] {
  const text = pdf.toString('latin1');
  const object = (id: string) => new RegExp(`(?:^|\\n)${id} 0 obj\\n([\\s\\S]*?)\\nendobj`).exec(text)?.[1] ?? '';
  const kids = /\/Kids \[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return [...kids.matchAll(/(\d+) 0 R/g)].map(([, id = '']) => {
    const page = object(id);
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(page) ?? [];
    const stream = object(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? '');
    // By its length: packed bytes may end in what looks like the end of a line.
    const length = Number(/\/Length (\d+)/.exec(stream)?.[1]);
    const start = stream.indexOf('stream\n') + 'stream\n'.length;
    const body = stream.slice(start, start + length);
    return {
      width: Number(width),
      height: Number(height),
      content: inflateSync(Buffer.from(body, 'latin1')).toString('latin1'),
    };
  });
}

const PIXELS_A_POINT = 5;
type Rectangle = { left: number; top: number; right: number; bottom: number };

/** Paints what is filled, each shape as the rectangle around it; texts, pictures and lines are left out. */
export function paint({ width, height, content }: PdfPage): Sharp {
  const [columns, rows] = [Math.ceil(width * PIXELS_A_POINT), Math.ceil(height * PIXELS_A_POINT)];
  const pixels = Buffer.alloc(columns * rows, 255);
  let path: Rectangle[] = [];
  let shade = 0;
  const shades: number[] = [];
  const grow = (x: number, y: number) => {
    const last = path.at(-1);
    if (!last) return;
    path[path.length - 1] = {
      left: Math.min(last.left, x),
      top: Math.min(last.top, y),
      right: Math.max(last.right, x),
      bottom: Math.max(last.bottom, y),
    };
  };
  const fill = () => {
    for (const { left, top, right, bottom } of path) {
      const from = Math.max(0, Math.round(left * PIXELS_A_POINT));
      const to = Math.min(columns, Math.round(right * PIXELS_A_POINT));
      for (
        let row = Math.max(0, Math.round(top * PIXELS_A_POINT));
        row < Math.min(rows, Math.round(bottom * PIXELS_A_POINT));
        row++
      )
        if (to > from) pixels.fill(shade, row * columns + from, row * columns + to);
    }
  };
  for (const line of content.split('\n')) {
    const words = line.trim().split(/\s+/);
    const operator = words.pop() ?? '';
    const numbers = words.map(Number);
    const [a = 0, b = 0, c = 0, d = 0] = numbers;
    if (operator === 're') path.push({ left: a, top: b, right: a + c, bottom: b + d });
    else if (operator === 'm') path.push({ left: a, top: b, right: a, bottom: b });
    else if (operator === 'l') grow(a, b);
    else if (operator === 'c') grow(numbers[4] ?? 0, numbers[5] ?? 0);
    else if (operator === 'scn' && numbers.length === 3) shade = Math.round((0.3 * a + 0.59 * b + 0.11 * c) * 255);
    else if (operator === 'q') shades.push(shade);
    else if (operator === 'Q') shade = shades.pop() ?? 0;
    else if (['f', 'B', 'f*', 'S', 'n', 'B*'].includes(operator)) {
      if (/^[fB]/.test(operator)) fill();
      path = [];
    } else if (operator === 'W' || line.includes('W n')) path = [];
  }
  return sharp(pixels, { raw: { width: columns, height: rows, channels: 1 } });
}

export type ReadCode = { readonly format: string; readonly text: string; readonly millimetres: number };

/** The codes on a page, as a scanner finds them, with the width of each on paper. */
export async function readCodes(page: PdfPage): Promise<ReadCode[]> {
  const picture = await paint(page).png().toBuffer();
  const found = await readBarcodes(new Blob([new Uint8Array(picture)]), { tryHarder: true, maxNumberOfSymbols: 20 });
  return found.map(({ format, text, position }) => ({
    format,
    text,
    millimetres: (Math.abs(position.topRight.x - position.topLeft.x) / PIXELS_A_POINT / 72) * 25.4,
  }));
}
