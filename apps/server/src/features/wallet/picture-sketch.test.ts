import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { drawSketch } from './picture-sketch.ts';

const raw = { width: 750, height: 288, channels: 3 } as const;

/** As a photo: large forms with detail upon them. `grain` is the share of detail. */
async function photo(grain: number): Promise<Buffer> {
  const at = (x: number, y: number, colour: number) => {
    const form = 90 + 60 * Math.sin(x / 90 + colour) + 40 * Math.cos(y / 50);
    const detail = ((x * 7_919 + y * 104_729 + colour * 31) % 127) - 63;
    return Math.max(0, Math.min(255, form + grain * detail));
  };
  const pixels = Buffer.from(
    Array.from({ length: raw.width * raw.height * 3 }, (_, index) => {
      const pixel = Math.floor(index / 3);
      return at(pixel % raw.width, Math.floor(pixel / raw.width), index % 3);
    }),
  );
  return sharp(pixels, { raw }).png().toBuffer();
}

describe('the sketch of a picture', () => {
  test('has a pixel to the point and weighs at most 4 kB, whatever it shows', async () => {
    for (const grain of [0, 0.3]) {
      const sketch = await drawSketch(await photo(grain));
      expect(sketch?.length).toBeLessThanOrEqual(4_000);
      expect(await sharp(sketch!).metadata()).toMatchObject({ format: 'webp', width: 375, height: 144 });
    }
  });

  test('is not made of what cannot be light, nor of what would shine through', async () => {
    expect(await drawSketch(await photo(3))).toBeNull();
    const clear = { create: { width: 750, height: 288, channels: 4, background: '#1b364180' } } as const;
    expect(await drawSketch(await sharp(clear).png().toBuffer())).toBeNull();
  });

  test('a small picture is not enlarged', async () => {
    const small = { create: { width: 120, height: 46, channels: 3, background: '#1b3641' } } as const;
    const sketch = await drawSketch(await sharp(small).png().toBuffer());
    expect(await sharp(sketch!).metadata()).toMatchObject({ width: 120, height: 46 });
  });
});
