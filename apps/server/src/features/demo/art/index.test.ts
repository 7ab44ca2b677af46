import sharp from 'sharp';
import { expect, test } from 'vitest';
import { artFor, renderArt } from './index.ts';

test('every picture has exactly the pixels that Apple wants, at one, two and three times', async () => {
  const art = await renderArt();
  const sizes: Record<string, string> = {};
  for (const [name, bytes] of Object.entries(artFor({ style: 'storeCard' }, art))) {
    const { format, width, height, space } = await sharp(bytes).metadata();
    sizes[name] = `${format} ${width}×${height} ${space}`;
  }
  expect(sizes).toEqual({
    'icon.png': 'png 38×38 srgb',
    'icon@2x.png': 'png 76×76 srgb',
    'icon@3x.png': 'png 114×114 srgb',
    'logo.png': 'png 62×50 srgb',
    'logo@2x.png': 'png 124×100 srgb',
    'logo@3x.png': 'png 186×150 srgb',
    'strip.png': 'png 375×144 srgb',
    'strip@2x.png': 'png 750×288 srgb',
    'strip@3x.png': 'png 1125×432 srgb',
  });
});

test('icon and strip have no transparency', async () => {
  const art = await renderArt();
  for (const name of ['icon@2x.png', 'strip@2x.png', 'club@2x.png'])
    expect((await sharp(art[name]).metadata()).hasAlpha).toBe(false);
});

test.each([
  ['strip', 104],
  ['dessert', 104],
  ['evening', 58],
])('the left half of the %s is calm: dark enough for light text, without contours', async (name, height) => {
  const { [`${name}.png`]: strip } = await renderArt();
  const left = await sharp(strip).extract({ left: 0, top: 20, width: 180, height }).toBuffer();
  const { channels } = await sharp(left).stats();
  for (const { max, stdev } of channels.slice(0, 3)) {
    expect(max).toBeLessThan(120);
    expect(stdev).toBeLessThan(14);
  }
});
