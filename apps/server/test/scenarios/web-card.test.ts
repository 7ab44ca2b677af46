import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../server.ts';
import { call, registerCheck, registerGuest } from './calls.ts';

// The web card of a guest, as a browser and a printer see it.

let server: TestServer;
let guest: Awaited<ReturnType<typeof registerGuest>>;

beforeAll(async () => {
  server = await startTestServer();
  guest = await registerGuest(server);
  await registerCheck(server, guest.accountId, 100_000);
  await server.quiet();
});
afterAll(() => server?.stop());

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const TELEGRAM =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148';
const DESK = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36';

const pageFor = async (agent: string): Promise<string> =>
  (await call(server, { path: `/c/${guest.guid}?lang=ru`, headers: { 'user-agent': agent } })).text;

test('the page is an app: manifest, icons of the design, a worker that rules over cards alone', async () => {
  const page = await pageFor(IPHONE);
  const manifest = /<link rel="manifest" href="([^"]+)">/.exec(page)![1]!;
  const told = await call(server, { path: manifest });
  expect(told.headers.get('content-type')).toContain('application/manifest+json');
  expect(told.headers.get('x-robots-tag')).toBe('noindex');
  expect(told.body).toMatchObject({
    start_url: `/c/${guest.guid}?lang=ru`,
    scope: `/c/${guest.guid}`,
    display: 'standalone',
    short_name: 'Чайка',
  });
  expect(told.body.theme_color).toMatch(/^#[0-9a-f]{6}$/i);
  for (const { src, sizes } of told.body.icons as { src: string; sizes: string }[]) {
    const icon = await fetch(server.url + src);
    const { width, height, format } = await sharp(Buffer.from(await icon.arrayBuffer())).metadata();
    expect(`${width}x${height} ${format}`).toBe(`${sizes} png`);
  }
  const worker = await call(server, { path: '/c/worker.js' });
  expect(worker.headers.get('content-type')).toContain('javascript');
  expect(worker.headers.get('cache-control')).toBe('no-cache');
  expect((await call(server, { path: `/c/${guest.guid}/icon-4000.png` })).status).toBe(404);
  expect((await call(server, { path: '/c/00000000-0000-4000-8000-000000000000/app.webmanifest' })).status).toBe(404);
});

test('the page gives nothing of its address away', async () => {
  const page = await call(server, { path: `/c/${guest.guid}` });
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(page.text).toContain('<meta name="referrer" content="no-referrer">');
  expect(page.text).toContain('<meta name="yandex" content="noindex">');
  expect(page.text.replace(/<a [^>]*>/g, '')).not.toMatch(/(?:src|href)="https?:/);
});

test('each phone finds its own way first', async () => {
  const first = (page: string) => /<div class="card-actions">(.*?)<\/a>/s.exec(page)![1]!;
  expect(first(await pageFor(IPHONE))).toContain(`/c/${guest.guid}.pkpass`);
  const inside = first(await pageFor(TELEGRAM));
  expect(inside).toContain('Откройте карту в Safari');
  expect(inside).toContain(`${server.url}/c/${guest.guid}`);
  expect(await pageFor(DESK)).toContain('Откройте на телефоне');
});
