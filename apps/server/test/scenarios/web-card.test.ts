import { launchChromium } from '@tessera/testkit/chromium';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pagesOf, readCodes } from '../paper.ts';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, registerCheck, registerGuest, signIn } from './calls.ts';

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

test('the page travels packed, and its script with it', async () => {
  const encodingOf = async (path: string, accepted: string) =>
    (await call(server, { path, headers: { 'accept-encoding': accepted } })).headers.get('content-encoding');
  const script = /src="(\/assets\/guest\/card\.js[^"]*)"/.exec(await pageFor(IPHONE))![1]!;
  for (const path of [`/c/${guest.guid}`, script]) {
    expect(await encodingOf(path, 'gzip, deflate, br')).toBe('br');
    expect(await encodingOf(path, 'gzip')).toBe('gzip');
    expect(await encodingOf(path, 'identity')).toBeNull();
  }
});

test('the largest paint waits for no picture: the page brings a sketch of it along', async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 412, height: 823 } });
    // As on a line so slow that the pictures are still on their way.
    await page.route(/\/assets\/\d+\//, () => {});
    await page.goto(`${server.url}/c/${guest.guid}?lang=ru`, { waitUntil: 'domcontentloaded' });
    const largest = await page.evaluate<string>(
      `new Promise((tell) => new PerformanceObserver((list) => tell(list.getEntries().at(-1).element?.className ?? ''))
        .observe({ type: 'largest-contentful-paint', buffered: true }))`,
    );
    expect(largest).toBe('t-card-strip-image');
  } finally {
    await browser.close();
  }
});

test('each phone finds its own way first', async () => {
  const first = (page: string) => /<div class="card-actions">(.*?)<\/a>/s.exec(page)![1]!;
  expect(first(await pageFor(IPHONE))).toContain(`/c/${guest.guid}.pkpass`);
  const inside = first(await pageFor(TELEGRAM));
  expect(inside).toContain('Откройте карту в Safari');
  expect(inside).toContain(`${server.url}/c/${guest.guid}`);
  expect(await pageFor(DESK)).toContain('Откройте на телефоне');
});

test('a card whose design forbids sharing keeps its address to itself', async () => {
  const forbid = (forbidden: boolean) =>
    server.query(
      `update designs set body = jsonb_set(body, '{sharingProhibited}', '${forbidden}')
       where design_id = (select design_id from passes where guid = '${guest.guid}')`,
    );
  const share = `data-share="${server.url}/c/${guest.guid}"`;
  expect(await pageFor(IPHONE)).toContain(share);
  await forbid(true);
  for (const agent of [IPHONE, TELEGRAM]) {
    const page = await pageFor(agent);
    expect(page).toContain('Эта карта — только ваша');
    expect(page).not.toContain(share);
    expect(page).not.toContain('data-copy');
  }
  await forbid(false);
});

describe('on paper', () => {
  const pdfAt = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(server.url + path, { headers });
    return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
  };

  test('the guest’s card carries the code that tills know, and no balance', async () => {
    const link = /href="(\/c\/[^"]+\.pdf[^"]*)"/.exec(await pageFor(IPHONE))![1]!;
    const { status, headers, bytes } = await pdfAt(link);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(headers.get('content-disposition')).not.toContain(guest.guid);
    const [page] = pagesOf(bytes);
    expect((await readCodes(page!)).map(({ text }) => text)).toEqual([guest.serial]);
    expect(pagesOf((await pdfAt(`/c/${guest.guid}.pdf?size=card`)).bytes)).toHaveLength(2);
    expect((await pdfAt('/c/00000000-0000-4000-8000-000000000000.pdf')).status).toBe(404);
  });

  test('the poster leads to the form, and a sheet holds the cards of a company and nobody else', async () => {
    const { cookie } = await signIn(server, OWNER);
    const poster = await pdfAt('/api/v1/forms/chaika/poster.pdf?lang=en', { cookie });
    expect(poster.status).toBe(200);
    expect((await readCodes(pagesOf(poster.bytes)[0]!))[0]?.text).toBe(`${server.url}/n/chaika`);
    const atDoor = await pdfAt('/api/v1/forms/chaika/poster.pdf?source=door', { cookie });
    expect((await readCodes(pagesOf(atDoor.bytes)[0]!))[0]?.text).toBe(`${server.url}/n/chaika?s=door`);
    expect((await pdfAt('/api/v1/forms/chaika/poster.pdf?source=A%20door', { cookie })).status).toBe(400);
    expect((await pdfAt('/api/v1/forms/nobody/poster.pdf', { cookie })).status).toBe(404);
    expect((await pdfAt('/api/v1/forms/chaika/poster.pdf')).status).toBe(401);

    const sheet = await pdfAt(`/api/v1/passes/print-sheet?guids=${guest.guid}`, { cookie });
    expect((await readCodes(pagesOf(sheet.bytes)[0]!)).map(({ text }) => text)).toEqual([guest.serial]);
    const many = await pdfAt('/api/v1/passes/print-sheet?limit=12', { cookie });
    expect(pagesOf(many.bytes)).toHaveLength(2);
    expect(many.headers.get('x-next')).toMatch(/^\d+$/);
    // One sheet goes on where the one before has ended, to the last card, and each card is on one of them.
    const codes: string[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const part = await pdfAt(`/api/v1/passes/print-sheet?limit=10${after && `&after=${after}`}`, { cookie });
      expect(part.status).toBe(200);
      codes.push(...(await readCodes(pagesOf(part.bytes)[0]!)).map(({ text }) => text));
      after = part.headers.get('x-next');
    }
    const [living] = await server.query<{ count: number }>(
      'select count(*)::integer as count from passes where not voided and deleted_at is null',
    );
    expect(codes).toHaveLength(living!.count);
    expect(new Set(codes).size).toBe(codes.length);
    const found = await pdfAt(`/api/v1/passes/print-sheet?search=${guest.serial}`, { cookie });
    expect((await readCodes(pagesOf(found.bytes)[0]!)).map(({ text }) => text)).toEqual([guest.serial]);
    for (const none of ['search=nobody', 'designId=99999', `guids=${'0'.repeat(36)}`]) {
      const refused = await call(server, { path: `/api/v1/passes/print-sheet?${none}`, headers: { cookie } });
      expect(refused).toMatchObject({ status: 409, body: { error: { code: 'nothing_to_print' } } });
    }
    expect((await pdfAt('/api/v1/passes/print-sheet?limit=501', { cookie })).status).toBe(400);
    expect((await pdfAt('/api/v1/passes/print-sheet')).status).toBe(401);
  });
});
