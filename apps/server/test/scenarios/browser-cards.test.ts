import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { launchChromium } from '@tessera/testkit/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pagesOf, readCodes } from '../paper.ts';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { registerGuest } from './calls.ts';
import { looks, openLook, picture } from './looks.ts';

// The owner looks after cards in the console, in headless Chromium: one that too many hold, and cards on paper.

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe.each(looks)('at $width px, $scheme, $language', (one) => {
  const faults: string[] = [];
  let context: BrowserContext;
  let page: Page;
  let guest: Awaited<ReturnType<typeof registerGuest>>;
  const say = (ru: string, en: string): string => (one.language === 'ru' ? ru : en);
  const press = (ru: string, en: string) => page.getByRole('button', { name: say(ru, en), exact: true }).click();

  beforeAll(async () => {
    guest = await registerGuest(server);
    context = await openLook(browser, server, one, faults);
    context.setDefaultTimeout(30_000);
    page = await context.newPage();
    await page.goto('/console/passes');
    await page.fill('input[name=email]', OWNER.email);
    await page.fill('input[name=password]', OWNER.password);
    await page.click('button[type=submit]');
    await page.waitForURL(/\/console\/passes/);
  });
  afterAll(() => context?.close());

  test('cards of a filter become a file with their codes', async () => {
    await page.goto(`/console/passes?search=${guest.serial}`);
    await page.getByRole('link', { name: say('Напечатать', 'Print'), exact: true }).click();
    await page.getByText(say('Подходит карт: 1', 'Cards that fit: 1')).waitFor();
    await page.getByText(say('Получится 1 файл PDF', 'This makes 1 PDF file')).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), press('Скачать PDF', 'Download PDF')]);
    const [sheet] = pagesOf(await buffer(createReadStream(await download.path())));
    expect((await readCodes(sheet!)).map(({ text }) => text)).toEqual([guest.serial]);
    await page.getByText(say('Скачано всё', 'Everything is downloaded')).waitFor();
    await picture(page, '74-cards-print', one);
  });

  test('a card on more devices than usual is told of on its page, and gets a new number there', async () => {
    const phones = ['own', 'old', 'partner', 'child'].map((whose) => server.newPhone(`${whose}-${guest.guid}`));
    for (const phone of phones) await phone.installFrom(`${server.url}/c/${guest.guid}.pkpass`);
    await Promise.all(phones.map((phone) => phone.stop()));
    await page.goto(`/console/passes?search=${guest.serial}`);
    await page.getByRole('link', { name: guest.serial, exact: true }).click();
    await page.getByText(say('На 4 устройствах', 'On 4 devices')).waitFor();
    await picture(page, '75-card-devices', one);
    await press('Дать новый номер', 'Give a new number');
    await press('Заменить карту', 'Replace the card');
    await page.getByText(say('Карта заменена', 'The card is replaced')).waitFor();
    await picture(page, '76-card-replaced', one);
    await page.getByRole('link', { name: say('Открыть карту', 'Open card') }).click();
    await page.getByText(guest.serial).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: say('Дать новый номер', 'Give a new number') }).waitFor();
    expect(faults).toEqual([]);
  });
});
