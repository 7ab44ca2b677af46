import { launchChromium } from '@tessera/testkit/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

  test('nothing that the browser complained of', () => expect(faults).toEqual([]));
});
