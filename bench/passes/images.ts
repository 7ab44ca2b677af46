/** The nine images of the measured store card, drawn in code so that every machine measures the same bytes. */
import { crc32, deflateSync } from 'node:zlib';

const sizes: readonly (readonly [name: string, width: number, height: number])[] = [
  ['icon.png', 29, 29],
  ['icon@2x.png', 58, 58],
  ['icon@3x.png', 87, 87],
  ['logo.png', 160, 50],
  ['logo@2x.png', 320, 100],
  ['logo@3x.png', 480, 150],
  ['strip.png', 375, 144],
  ['strip@2x.png', 750, 288],
  ['strip@3x.png', 1125, 432],
];

/** All nine by name; about 97 kB together. */
export function drawImages(): Map<string, Buffer> {
  return new Map(sizes.map(([name, width, height]) => [name, drawImage(width, height)]));
}

/** A soft gradient with sparse grain: shrinks about as well as a photographed strip reduced for a phone. */
function drawImage(width: number, height: number): Buffer {
  const rowLength = 1 + width * 3;
  const pixels = Buffer.alloc(rowLength * height);
  let state = 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const grain = state >>> 24 < grainThreshold ? (state >>> 16) & 7 : 0;
      const at = y * rowLength + 1 + x * 3;
      pixels[at] = 60 + (y * 48) / height + grain;
      pixels[at + 1] = 20 + (y * 32) / height + grain;
      pixels[at + 2] = 20 + (y * 16) / height + grain;
    }
  }
  return encodePng(width, height, pixels);
}

const grainThreshold = 12;

function encodePng(width: number, height: number, pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = 2;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(pixels, { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), whole.length - 4);
  return whole;
}
