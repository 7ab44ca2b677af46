import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '@tessera/testkit/chromium';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildGuest } from '../build.ts';
import type { CardPageData, Translate } from '../src/index.ts';
import { cardPage, codePage, demoPhonePage, registrationPage } from '../src/index.ts';
import * as fixtures from '../src/preview/fixtures.ts';
import { translator } from '../src/preview/translator.ts';

/** A server just large enough for the pages: it remembers what was posted and can change the balance. */
const PHONE = { viewport: { width: 360, height: 740 } };
const POLICY =
  "default-src 'none'; manifest-src 'self'; script-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'self'";

let browser: Browser;
let server: Server;
let folder: string;
let base: string;
let t: Translate;
let balance = 1250n;
let down = false;
let posted: { path: string; body: Record<string, string> }[] = [];
const listeners = new Set<ServerResponse>();

beforeAll(async () => {
  t = await translator('ru');
  folder = await mkdtemp(join(tmpdir(), 'guest-pages-'));
  await buildGuest(folder);
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  posted = [];
  balance = 1250n;
  down = false;
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://x').pathname;
  if (request.method === 'POST') {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    posted.push({ path, body: Object.fromEntries(new URLSearchParams(body)) });
    response.writeHead(303, { location: '/done' }).end();
  } else if (path === '/c/worker.js' && !down) {
    response
      .writeHead(200, { 'content-type': 'text/javascript', 'service-worker-allowed': '/' })
      .end(await readFile(join(folder, 'worker.js')));
  } else if (down) {
    response.destroy();
  } else if (path.startsWith('/assets/')) {
    response
      .writeHead(200, { 'content-type': 'text/javascript' })
      .end(await readFile(join(folder, path.slice('/assets/'.length))));
  } else if (path === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
    listeners.add(response);
  } else if (path === '/state.json') {
    response
      .writeHead(200, { 'content-type': 'application/json', etag: `"${balance}"` })
      .end(JSON.stringify({ version: String(balance) }));
  } else {
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY })
      .end(page(path));
  }
}

function withoutWorker(lang: 'ru'): CardPageData {
  const { app: _, ...plain } = fixtures.cardData(lang);
  return plain;
}

function page(path: string): string {
  const site = { path, assetBase: '/assets' };
  if (path === '/form') return registrationPage({ ...fixtures.registration('ru'), site, action: '/register' }, t, 'ru');
  if (path === '/code')
    return codePage(
      { ...fixtures.code('ru'), site, action: '/check', resend: { action: '/resend', waitSeconds: 45 } },
      t,
      'ru',
    );
  if (path === '/c/7KM2') {
    const data = { ...fixtures.cardData('ru'), site, balanceMinor: balance, stateUrl: '/state.json' };
    return cardPage(data, t, 'ru');
  }
  if (path === '/c/gone') return '<!doctype html><title>gone</title>';
  if (path === '/card')
    return cardPage({ ...withoutWorker('ru'), site, balanceMinor: balance, stateUrl: '/state.json' }, t, 'ru');
  if (path === '/phone') {
    const data = fixtures.phone('ru');
    const [notice] = data.notices;
    const notices = notice === undefined ? [] : [{ ...notice, text: `На карте ${balance}` }];
    const actions = { install: '/install', remove: '/remove', refresh: '/refresh', updates: '/updates' };
    return demoPhonePage({ ...data, site, notices, actions, stateUrl: '/state.json', eventsUrl: '/events' }, t, 'ru');
  }
  return '<!doctype html><title>done</title><h1>done</h1>';
}

/** Opens a page and collects what the browser complains about, refused scripts and styles among it. */
async function open(path: string, options: BrowserContextOptions = {}): Promise<{ tab: Page; complaints: string[] }> {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const complaints: string[] = [];
  tab.on('pageerror', (error) => complaints.push(error.message));
  tab.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await tab.goto(base + path);
  return { tab, complaints };
}

describe('the registration form', () => {
  test('asks one question at a time on a phone, goes back, keeps what was typed, and sends all at the end', async () => {
    const { tab, complaints } = await open('/form', PHONE);
    await tab.getByLabel('Как к вам обращаться').fill('Анна');
    expect(await tab.getByLabel('Телефон').isVisible()).toBe(false);
    await tab.keyboard.press('Enter');
    await tab.getByLabel('Телефон').pressSequentially('9123456789');
    expect(await tab.getByLabel('Телефон').inputValue()).toBe('+7 912 345-67-89');
    await tab.goBack();
    expect(await tab.getByLabel('Как к вам обращаться').inputValue()).toBe('Анна');
    await tab.getByRole('button', { name: 'Дальше' }).click();
    await tab.getByRole('button', { name: 'Дальше' }).click();
    await tab.getByLabel('День рождения').fill('1990-03-12');
    await tab.getByRole('button', { name: 'Дальше' }).click();
    await tab.getByRole('button', { name: 'Получить код' }).click();
    await tab.getByText('Без согласия нам нельзя').waitFor();
    expect(posted).toEqual([]);
    await tab.locator('#consent').check();
    await tab.getByRole('button', { name: 'Получить код' }).click();
    await tab.getByText('done').waitFor();
    expect(posted).toEqual([
      {
        path: '/register',
        body: {
          attempt: 'a1b2c3',
          lang: 'ru',
          name: 'Анна',
          phone: '+7 912 345-67-89',
          birthday: '1990-03-12',
          consent: 'on',
        },
      },
    ]);
    expect(complaints).toEqual([]);
  });

  test('works without scripts, all questions on one page', async () => {
    const { tab } = await open('/form', { ...PHONE, javaScriptEnabled: false });
    await tab.getByLabel('Как к вам обращаться').fill('Анна');
    await tab.getByLabel('Телефон').fill('89123456789');
    await tab.locator('#consent').check();
    await tab.getByRole('button', { name: 'Получить код' }).click();
    await tab.getByText('done').waitFor();
    expect(posted[0]?.body).toMatchObject({ name: 'Анна', phone: '89123456789', consent: 'on' });
  });

  test('correcting a digit in the middle of the phone does not move the cursor', async () => {
    const { tab } = await open('/form');
    const phone = tab.getByLabel('Телефон');
    await phone.pressSequentially('9123456789');
    await phone.evaluate((input: HTMLInputElement) => input.setSelectionRange(5, 5));
    await tab.keyboard.press('Backspace');
    await tab.keyboard.press('5');
    expect(await phone.evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(5);
    expect(await phone.inputValue()).toBe('+7 952 345-67-89');
  });

  test('what was typed survives a reload; the consent does not', async () => {
    const { tab } = await open('/form');
    await tab.getByLabel('Как к вам обращаться').fill('Анна');
    await tab.locator('#consent').check();
    await tab.goto(`${base}/done`);
    await tab.goto(`${base}/form`);
    expect(await tab.getByLabel('Как к вам обращаться').inputValue()).toBe('Анна');
    expect(await tab.locator('#consent').isChecked()).toBe(false);
  });
});

test('the code is sent once, as soon as it is complete; asking again has to wait', async () => {
  const { tab, complaints } = await open('/code', PHONE);
  expect(await tab.getByRole('button', { name: 'Прислать код ещё раз' }).isVisible()).toBe(false);
  await tab.getByText('через 0:4').waitFor();
  await tab.locator('#code').pressSequentially('48-21');
  await tab.getByText('done').waitFor();
  expect(posted).toEqual([{ path: '/check', body: { attempt: 'a1b2c3', lang: 'ru', code: '4821' } }]);
  expect(complaints).toEqual([]);
});

test('the card page shows a new balance without a reload', async () => {
  const { tab, complaints } = await open('/card', PHONE);
  await tab.evaluate(() => document.body.setAttribute('data-same', 'yes'));
  await tab.waitForResponse('**/state.json');
  balance = 1313n;
  await tab.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await tab.locator('.figure strong', { hasText: '1\u202F313' }).waitFor();
  expect(await tab.locator('body').getAttribute('data-same')).toBe('yes');
  expect(await tab.locator('.balance-sign.met .t-sign-closing').count()).toBe(1);
  expect(complaints).toEqual([]);
});

describe('the card as an app', () => {
  const kept = (tab: Page) => tab.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);

  test('opens without a network as it was seen last, says so, and is fresh again with one', async () => {
    const { tab, complaints } = await open('/c/7KM2', PHONE);
    await expect.poll(() => kept(tab)).toBe('activated');
    balance = 1313n;
    await tab.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await tab.locator('.figure strong', { hasText: '1\u202F313' }).waitFor();
    expect(await tab.locator('#stale').isVisible()).toBe(false);
    down = true;
    await tab.reload();
    expect(await tab.locator('.figure strong').textContent()).toBe('1\u202F313');
    expect(await tab.locator('#code-picture img').count()).toBe(1);
    expect(await tab.getByText('Десерт к кофе').isVisible()).toBe(true);
    await tab.getByText('Нет связи. Здесь то, что было').waitFor();
    down = false;
    balance = 1400n;
    await tab.reload();
    await tab.locator('.figure strong', { hasText: '1\u202F400' }).waitFor();
    expect(await tab.locator('#stale').isVisible()).toBe(false);
    expect(complaints.filter((one) => !/Failed to load|ERR_/.test(one))).toEqual([]);
  });

  test('is kept apart from other cards of the same phone', async () => {
    const { tab } = await open('/c/7KM2', PHONE);
    await expect.poll(() => kept(tab)).toBe('activated');
    expect(await tab.evaluate(() => caches.keys())).toEqual(['card:/c/7KM2']);
    const scopes = await tab.evaluate(async () =>
      (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname),
    );
    expect(scopes).toEqual(['/c/7KM2']);
    down = true;
    const other = await tab.context().newPage();
    await expect(other.goto(`${base}/c/gone`)).rejects.toThrow();
  });
});

test('the code for the till fills the screen and closes again without scripts', async () => {
  const { tab } = await open('/card', { ...PHONE, javaScriptEnabled: false });
  await tab.getByRole('link', { name: 'Показать код на кассе' }).click();
  expect(await tab.locator('#code img').isVisible()).toBe(true);
  await tab.getByRole('link', { name: 'Закрыть' }).click();
  expect(await tab.locator('#code img').isVisible()).toBe(false);
});

test('the demo phone follows the server’s events, and its buttons act in place', async () => {
  const { tab, complaints } = await open('/phone');
  await expect.poll(() => listeners.size).toBeGreaterThan(0);
  balance = 1400n;
  for (const listener of listeners) listener.write('event: change\ndata: {}\n\n');
  await tab.getByText('На карте 1400').waitFor();
  await tab.getByRole('button', { name: 'Потянуть и обновить' }).click();
  await expect.poll(() => posted.map((one) => one.path)).toEqual(['/refresh']);
  expect(new URL(tab.url()).pathname).toBe('/phone');
  expect(complaints).toEqual([]);
});

test('a card on the demo’s phone has the proportions of an Apple store card', async () => {
  const { tab } = await open('/phone', PHONE);
  const box = async (selector: string): Promise<{ x: number; y: number; width: number; height: number }> => {
    const found = await tab.locator(selector).first().boundingBox();
    if (found === null) throw new Error(`${selector} is not on the page.`);
    return found;
  };
  const [face, strip, code] = [await box('.t-card-face'), await box('.t-card-strip'), await box('.t-card-code')];
  expect(face.height / face.width).toBeCloseTo(490 / 375, 2);
  expect(strip.height / strip.width).toBeCloseTo(144 / 375, 2);
  expect((strip.y - face.y) / face.width).toBeCloseTo(70 / 375, 2);
  expect(code.width / face.width).toBeCloseTo(170 / 375, 2);
  expect(code.x + code.width / 2).toBeCloseTo(face.x + face.width / 2, 0);
});

test('on its own page a card cuts nothing off, and its code is larger', async () => {
  const { tab } = await open('/card', PHONE);
  const cut = await tab
    .locator('#card-picture :is(dt, dd, .t-card-logo-text)')
    .evaluateAll((texts) => texts.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent));
  expect(cut).toEqual([]);
  const [face, code] = [tab.locator('.t-card-face'), tab.locator('.t-card-code')];
  const width = async (of: typeof face) => (await of.first().boundingBox())?.width ?? 0;
  expect((await width(code)) / (await width(face))).toBeCloseTo(220 / 375, 2);
});
