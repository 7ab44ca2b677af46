import { randomUUID } from 'node:crypto';
import { launchChromium } from '@tessera/testkit/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, registerGuest, signIn } from './calls.ts';

// A cashier at the counter, in headless Chromium on the smallest of phones: a name, a note, a stamp, a visit, lines, a
// return in part, a newcomer.

const milestones = [{ at: 6, name: 'Кофе в подарок', reward: { kind: 'points', points: 10_000 } }];
const wallets = [{ id: 'coffee', kind: 'stamps', name: 'Кофейная карта', slots: 6, milestones }];

let server: TestServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const faults: string[] = [];

async function prepare(): Promise<void> {
  const headers = { ...(await signIn(server, OWNER)), 'accept-language': 'ru' };
  const ask = async (path: string, body?: unknown, method?: string) =>
    (await call(server, { path, headers, ...(body ? { body } : {}), ...(method ? { method } : {}) })).body;
  const anna = await registerGuest(server, { name: 'Аделаида Лебедева', phone: newPhoneNumber() });
  await registerGuest(server, { name: 'Аделаида Воронова', phone: newPhoneNumber() });
  const account = (await ask(`/api/v1/accounts/${anna.accountId}`)) as {
    programme: { id: number };
    guest: { guestId: number };
  };
  await ask(`/api/v1/guests/${account.guest.guestId}/note`, { note: 'Аллергия на орехи' }, 'PUT');
  const path = `/api/v1/programmes/${account.programme.id}`;
  const draft = (await ask(`${path}/draft`)) as { version: number; body: Record<string, unknown> };
  const saved = (await ask(`${path}/draft`, { version: draft.version, body: { ...draft.body, wallets } }, 'PUT')) as {
    version: number;
  };
  await ask(`${path}/publish`, { key: randomUUID(), version: saved.version });
}

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchChromium()]);
  await prepare();
  context = await browser.newContext({
    viewport: { width: 360, height: 640 },
    locale: 'ru-RU',
    baseURL: server.url,
    hasTouch: true,
  });
  context.setDefaultTimeout(10_000);
  context.on('weberror', (error) => faults.push(error.error().message));
  page = await context.newPage();
  await page.goto('/till/');
  await page.waitForSelector('.sign-in');
  await page.fill('input[type=email]', server.cashier.email);
  await page.fill('#password', server.cashier.password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.find');
});
afterAll(async () => {
  await context?.close();
  await browser?.close();
  await server?.stop();
});

const standsStill = async () => {
  const over = await page.locator('html').evaluate((html) => html.scrollHeight - html.clientHeight);
  expect(over).toBeLessThanOrEqual(0);
};

test('a typed name offers those who have it, and the note stands beside the one that is taken', async () => {
  await page.fill('[data-query]', 'аделаида');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.choices');
  expect(await page.locator('.choice-guest strong').allTextContents()).toEqual(
    expect.arrayContaining(['Аделаида Л.', 'Аделаида В.']),
  );
  await page.click('.choice-guest:has-text("Аделаида Л.")');
  await page.waitForSelector('.guest');
  expect(await page.textContent('.word-note')).toContain('Аллергия на орехи');
  await standsStill();
});

test('a stamp with one tap and a visit need no sum, and a second visit of the day is refused in words', async () => {
  await page.click('[data-more]');
  await page.click('[data-stamp]');
  await page.waitForSelector('.went:has-text("1 из 6")');
  await page.waitForSelector('.stamp-row:has-text("1 из 6")');
  await page.click('[data-visit]');
  await page.waitForSelector('.went:has-text("Визит засчитан")');
  await page.click('[data-visit]:enabled');
  await page.waitForSelector('dialog .notice:has-text("уже засчитан")');
  await page.keyboard.press('Escape');
});

test('lines make the sum, and the sale stands still on the smallest phone', async () => {
  await page.click('[data-lines]');
  for (const [name, price] of [
    ['Латте', '250'],
    ['Медовик', '400,50'],
  ] as const) {
    await page.fill('.new-line input >> nth=0', name);
    await page.fill('.new-line input >> nth=1', price);
    await page.click('.new-line .stepper button >> nth=1');
    await page.click('.new-line [type=submit]');
  }
  await page.click('[data-done]');
  await page.waitForSelector('[data-confirm]:enabled:has-text("1 301")');
  await standsStill();
  await page.click('[data-confirm]');
  await page.waitForSelector('.end-done');
  await page.click('.end-done .button-main');
  await page.waitForSelector('.find');
});

test('one piece of a line goes back for what the till said beforehand', async () => {
  await page.click('.header-button >> nth=-1');
  await page.click('dialog .button-plain:has-text("Продажи и возврат")');
  await page.click('.sale-row .button >> nth=0');
  await page.click('dialog [data-lines]');
  await page.click('dialog .lines li:has-text("Латте") .stepper button >> nth=1');
  await page.waitForSelector('[data-return]:enabled:has-text("Вернуть 250")');
  await page.click('[data-return]');
  await page.waitForSelector('dialog .end-words:has-text("Часть чека возвращена")');
  expect(await page.textContent('dialog .end-words .figure')).toContain('250');
  await page.click('dialog .button-main');
  await page.waitForSelector('.sale-row .word-look');
  await page.click('.sticky-act .button');
});

test('a guest without a card is shown the form as a code', async () => {
  await page.click('[data-newcomer]');
  await page.waitForSelector('.form-code img');
  expect(await page.textContent('.form-address')).toContain('/n/chaika');
  const shown = Number(await page.evaluate("document.querySelector('.form-code img').naturalWidth"));
  expect(shown).toBeGreaterThan(0);
  expect(faults).toEqual([]);
});
