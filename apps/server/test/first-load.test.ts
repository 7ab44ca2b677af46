import { expect, test } from 'vitest';
import { firstLoad } from '../../console/dev/first-load.ts';
import { buildBrowserApps } from '../src/browser-apps.routes.ts';

test('a first visit to the console costs no more than 250 kB over the wire', async () => {
  await buildBrowserApps(() => undefined);
  const files = firstLoad();
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  expect(bytes, files.map((file) => `${file.bytes} ${file.file}`).join('\n')).toBeLessThanOrEqual(250_000);
}, 120_000);
