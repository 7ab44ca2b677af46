import { launchChromium } from '@tessera/testkit/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, signIn } from './calls.ts';
import { looks, openLook, picture } from './looks.ts';

// An owner reads the figures of his cards and follows them to what they are made of.

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchChromium()]);
  const cashier = await signIn(server, server.cashier);
  const passes = await server.query<{ serial: string; guid: string }>('select serial, guid from passes limit 6');
  const { app } = server.running;
  for (let day = 0; day < 24; day++) {
    for (const { serial, guid } of passes.slice(0, 1 + ((day * 5) % passes.length))) {
      await call(server, { path: '/api/v1/till/find', body: { query: serial }, headers: cashier });
      if (day % 4 === 0) {
        const phone = server.newPhone(`phone-${day}-${serial}`);
        await phone.installFrom(`${server.url}/c/${guid}.pkpass`);
        await phone.settled();
        const [card] = phone.snapshot().cards;
        const name = card && { typeIdentifier: card.typeIdentifier, serialNumber: card.serialNumber };
        if (name && day % 8 === 0) await phone.remove(name);
        await phone.stop();
      }
    }
    const agent = { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) Version/26.0 Safari/604.1' };
    await call(server, { path: `/n/chaika?from=${day % 3 ? 'instagram' : 'table-7'}`, headers: agent });
    await app.platform.journal.settle();
    server.clock.advance({ days: 1 });
  }
  await app.jobs.runEveryMinute();
}, 400_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe.each(looks)('at $width px, $scheme, $language', (one) => {
  const { language } = one;
  const faults: string[] = [];
  let context: BrowserContext;
  let page: Page;
  const say = (ru: string, en: string): string => (language === 'ru' ? ru : en);

  beforeAll(async () => {
    context = await openLook(browser, server, one, faults);
    page = await context.newPage();
    await page.goto('/console/statistics');
    await page.fill('input[name=email]', OWNER.email);
    await page.fill('input[name=password]', OWNER.password);
    await page.click('button[type=submit]');
    await page.waitForURL(/\/console\/statistics/);
  });
  afterAll(() => context?.close());

  test('the figures stand in plots, the table is one click away, and a source narrows the page', async () => {
    await page.goto('/console/statistics');
    await page.getByRole('img', { name: say('Как пользуются', 'How they are used') }).waitFor();
    await picture(page, '80-statistics', one);
    await page.getByText(say('Таблица', 'Table'), { exact: true }).click();
    await page.waitForURL(/view=table/);
    await picture(page, '81-statistics-table', one);
    await page.getByLabel(say('По чему разложить', 'Split by')).selectOption('source');
    await page.getByRole('link', { name: /table-7/ }).click();
    await page.waitForURL(/source=/);
    await page.getByRole('link', { name: say('Показать все', 'Show all') }).click();
    await page.waitForURL((url) => !url.search.includes('source='));
    expect(faults).toEqual([]);
  });

  test('a figure leads to its events, an event to its guest; Back comes back to the same list', async () => {
    await page.goto('/console/statistics');
    await page.getByRole('link', { name: say('Показаны на кассе', 'Shown at tills') }).click();
    await page.waitForURL(/transactions.*kinds=card_scanned/);
    const rows = page.locator('main tbody tr');
    await rows.first().waitFor();
    await page.getByLabel(say('Событие', 'Event')).selectOption('');
    await page.waitForURL((url) => !url.search.includes('kinds='));
    await picture(page, '82-transactions', one);
    await page.getByLabel(say('Событие', 'Event')).selectOption('device_registered');
    await page.waitForURL(/kinds=device_registered/);
    await rows.filter({ hasText: 'Apple Wallet' }).first().locator('a').first().click();
    await page.waitForURL(/\/accounts\/\d+/);
    await page.goBack();
    await page.waitForURL(/kinds=device_registered/);
    expect(faults).toEqual([]);
  });
});
