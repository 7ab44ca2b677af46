import { launchChromium } from '@tessera/testkit/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HERO_PHONE } from '../../src/features/demo/index.ts';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, signIn } from './calls.ts';
import { type Look, looks, openLook, picture } from './looks.ts';

// A tablet becomes a till, a cashier signs in with a PIN, the network goes and comes back: in headless Chromium.

let server: TestServer;
let browser: Browser;
let owner: { cookie: string };

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchChromium()]);
  owner = await signIn(server, OWNER);
  await call(server, { method: 'PUT', path: '/api/v1/venues/42', body: { name: 'На углу' }, headers: owner });
  for (const [name, pin] of [
    ['Мария Котова', '4071'],
    ['Пётр', '5829'],
  ]) {
    const body = { name, role: 'cashier', pin };
    const made = await call(server, { path: '/api/v1/staff', body, headers: owner });
    expect(made.status, made.text).toBe(200);
  }
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function pairingAddress(name: string): Promise<string> {
  const made = await call(server, { path: '/api/v1/stations', body: { name, venueCode: 42 }, headers: owner });
  const begun = await call(server, {
    path: `/api/v1/stations/${made.body.stationId}/pairing`,
    body: {},
    headers: owner,
  });
  return String(begun.body.url);
}

async function checksOf(amount: number): Promise<number> {
  const rows = await server.query<{ count: string }>(
    `select count(*) from checks where source = 'till' and (sale->>'money')::bigint = $1 and status = 'sold'`,
    [amount],
  );
  return Number(rows[0]!.count);
}

const typePin = async (page: Page, pin: string): Promise<void> => {
  for (const digit of pin) await page.keyboard.press(digit);
  await page.keyboard.press('Enter');
};

describe.each(looks)('at $width px, $scheme, $language', (one: Look) => {
  let context: BrowserContext;
  let page: Page;
  const faults: string[] = [];
  const look = (name: string) => picture(page, name, one);

  beforeAll(async () => {
    context = await openLook(browser, server, one, faults);
    page = await context.newPage();
    server.clock.advance({ hours: 2 });
    owner = await signIn(server, OWNER);
  });
  afterAll(() => context?.close());

  test('the address of the QR pairs the device, and its secret stays nowhere', async () => {
    const address = await pairingAddress(`Бар ${one.width} ${one.scheme} ${one.language}`);
    await page.goto(address);
    await page.waitForSelector('.pair');
    expect(page.url()).not.toContain('pair');
    await look('40-till-pair');
    await page.click('.pair .button-main');
    await page.waitForSelector('.name-tile');
    await look('41-till-names');
    const again = await context.newPage();
    await again.goto(address);
    await again.click('.pair .button-main');
    await again.locator('[role=alert]').waitFor();
    await again.close();
  });

  test('a cashier types a PIN; a wrong one is wiped, the right one opens the till with its place in sight', async () => {
    await page.locator('.name-tile', { hasText: 'Мария Котова' }).click();
    const key = await page.locator('.keypad .key').first().boundingBox();
    expect(key!.height).toBeGreaterThanOrEqual(56);
    await typePin(page, '9999');
    await page.locator('[role=alert]').waitFor();
    await look('42-till-pin-wrong');
    await page.keyboard.press('4');
    await page.keyboard.press('0');
    await look('43-till-pin');
    await page.keyboard.press('Delete');
    await typePin(page, '4071');
    await page.waitForSelector('.find');
    expect(await page.locator('.header-place').textContent()).toContain('На углу');
    await look('44-till-paired');
  });

  test('another takes over without pairing anew', async () => {
    await page.locator('.header-button').last().click();
    await look('45-till-menu');
    await page.locator('dialog .button-plain', { hasText: /Сменить кассира|Change cashier/ }).click();
    await page.locator('.name-tile', { hasText: 'Пётр' }).click();
    await typePin(page, '5829');
    await page.waitForSelector('.find');
  });

  /** Sums of this look's own, so that the looks do not see each other's checks. */
  const sum = looks.indexOf(one) * 10;
  const roubles = (some: number) => String(some + sum);
  const typeKeys = async (keys: string) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const later = async (query: string, keys: string) => {
    await page.fill('[data-query]', query);
    await page.keyboard.press('Enter');
    await page.locator('.late-bar').click();
    await page.waitForSelector('.later');
    await typeKeys(keys);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.end-kept');
  };
  const next = async () => {
    await page.click('.end-kept .button-main');
    await page.waitForSelector('.find');
  };
  const queued = () => page.locator('.header-queue').textContent();

  test('sells; without a network what spends is refused in words, before anything is sent', async () => {
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await page.fill('[data-query]', `+${HERO_PHONE}`);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.guest');
    await typeKeys(roubles(700));
    await page.locator('[data-confirm]:enabled').waitFor();
    await page.click('.row-actions .button-two >> nth=0');
    await page.click('.spend .row .button >> nth=1');
    await page.waitForTimeout(800);
    await context.setOffline(true);
    await page.click('[data-confirm]');
    await page.locator('[role=alert]').first().waitFor();
    expect(await page.locator('[role=alert]').first().textContent()).toMatch(
      /Без связи не списать|Nothing can be spent/,
    );
    await look('46-till-offline-spend');
    expect(await checksOf((700 + sum) * 100)).toBe(0);
    await page.reload();
  });

  test('opens without a network, keeps two sales and a third that is taken back, through a reload', async () => {
    await page.waitForSelector('.guest, .find');
    for (const _ of 'back') await page.keyboard.press('Escape');
    await page.waitForSelector('.find');
    await page.fill('[data-query]', `+${HERO_PHONE}`);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.late-bar');
    await look('47-till-offline-find');
    await page.locator('.late-bar').click();
    await page.waitForSelector('.later');
    for (const _ of '0000000') await page.keyboard.press('Backspace');
    await typeKeys(roubles(1100));
    await look('48-till-later');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.end-kept');
    await look('49-till-kept');
    await next();
    await later(`+${HERO_PHONE}`, roubles(1200));
    await next();
    await later('+7 912 000 00 99', roubles(1300));
    await next();
    await later(`+${HERO_PHONE}`, roubles(1400));
    await next();
    expect(await queued()).toBe('4');
    await page.click('.header-queue');
    await look('50-till-queue');
    const mistaken = page.locator('.queue-row').last();
    await mistaken.locator('.button').click();
    await mistaken.locator('.button-bad').click();
    await expect.poll(queued).toBe('3');
    await page.reload();
    await page.waitForSelector('.find');
    expect(await queued()).toBe('3');
  });

  test('with the network back sends each once, also when an answer is lost after the server has written', async () => {
    let lost = 0;
    await context.route('**/api/v1/till/queued-sales', async (route) => {
      const answer = await route.fetch();
      lost += 1;
      if (lost === 1) await route.abort('connectionreset');
      else await route.fulfill({ response: answer });
    });
    await context.setOffline(false);
    await expect.poll(queued, { timeout: 30_000 }).toBe('1');
    await expect.poll(() => lost).toBeGreaterThan(2);
    expect(await checksOf((1100 + sum) * 100)).toBe(1);
    expect(await checksOf((1200 + sum) * 100)).toBe(1);
    expect(await checksOf((1400 + sum) * 100)).toBe(0);
    await context.unrouteAll({ behavior: 'wait' });
  });

  test('what could not be booked stays in sight with its sum, and in the manager’s list', async () => {
    await page.click('.header-queue');
    const row = page.locator('.queue-row');
    await row.locator('.word-look').waitFor();
    await look('51-till-queue-kept');
    const list = await call(server, { path: '/api/v1/till-queue/sales', headers: owner });
    expect(list.body.items).toContainEqual(
      expect.objectContaining({ query: '+7 912 000 00 99', amount: (1300 + sum) * 100, seller: 'Пётр' }),
    );
    await row.locator('.button').click();
    await expect.poll(() => page.locator('.header-queue').count()).toBe(0);
  });

  test('the browser would install it', async () => {
    const inspector = await context.newCDPSession(page);
    const { installabilityErrors } = await inspector.send('Page.getInstallabilityErrors');
    // A browser context of a test is a private window, which installs nothing for that reason alone.
    const wrong = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
    expect(wrong).toEqual([]);
    const { data = '{}' } = await inspector.send('Page.getAppManifest');
    const manifest = JSON.parse(data) as { icons: { src: string }[]; shortcuts: { url: string }[] };
    for (const { src } of manifest.icons) {
      expect((await fetch(new URL(src, `${server.url}/till/`))).headers.get('content-type')).toMatch(/^image/);
    }
    expect(manifest.shortcuts.map(({ url }) => url)).toEqual(['/till/#sales']);
  });

  test('nothing that the browser complained of', () => expect(faults).toEqual([]));
});
