import { launchChromium } from '@tessera/testkit/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { looks, openLook, picture } from './looks.ts';

// The owner sets the tills up in the console, in headless Chromium: everything by clicking, nothing by the API.

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const russian = (language: 'ru' | 'en') => language === 'ru';

describe.each(looks)('at $width px, $scheme, $language', (one) => {
  const { language } = one;
  const faults: string[] = [];
  let context: BrowserContext;
  let page: Page;
  const say = (ru: string, en: string): string => (russian(language) ? ru : en);
  const press = (ru: string, en: string) => page.getByRole('button', { name: say(ru, en), exact: true }).click();

  beforeAll(async () => {
    context = await openLook(browser, server, one, faults);
    page = await context.newPage();
    await page.goto('/console/tills');
    await page.fill('input[name=email]', OWNER.email);
    await page.fill('input[name=password]', OWNER.password);
    await page.click('button[type=submit]');
    await page.waitForURL(/\/console\/tills/);
  });
  afterAll(() => context?.close());

  test('r_keeper is connected: its address is told once, and a call of the station shows by itself', async () => {
    await server.query('delete from farcards_settings');
    server.clock.advance({ minutes: 2 });
    await page.goto('/console/tills/r-keeper');
    await page.locator('main h2').first().waitFor();
    await picture(page, '40-r-keeper-empty', one);
    await press('Подключить', 'Connect');
    const lines = page.locator('main pre');
    await lines.waitFor();
    await page.getByText(say('Станции ещё не обращались', 'No station has called yet')).waitFor();
    await picture(page, '41-r-keeper-connected', one);
    const address = /^Address=(.*)\/$/m.exec((await lines.textContent()) ?? '')?.[1];
    const call = (to: string) => fetch(`${to}/LicenseInfo`, { method: 'POST', body: '<ROOT/>' });
    expect((await call(address!)).status).toBe(200);
    // Away and back: still there until it is put away, and the call shows.
    await page.goto('/console/tills/r-keeper');
    await page.getByText(say('Станция обращалась', 'A station called')).waitFor();
    expect(await lines.count()).toBe(0);
    await press('Новый адрес', 'New address');
    await picture(page, '42-r-keeper-ask', one);
    await press('Сделать новый адрес', 'Make a new address');
    await lines.waitFor();
    expect((await call(address!)).status).toBe(404);
    await press('Вставлено, скрыть', 'Done, hide it');
    await lines.waitFor({ state: 'detached' });
  });

  test('codes of levels, restaurants and addresses are saved; what is typed is kept until then', async () => {
    await page.goto('/console/tills/r-keeper');
    await page.locator('main table input').first().fill('12');
    await press('Добавить ресторан', 'Add a restaurant');
    const row = page.locator('main fieldset fieldset').nth(2).locator('input');
    await row.nth(0).fill('7001');
    const addresses = page.locator('main textarea');
    await addresses.fill('till.example');
    await page.getByText(say('Нужен IP-адрес', 'This takes an IP address')).waitFor();
    await picture(page, '43-r-keeper-wrong', one);
    await page.reload();
    await expect.poll(() => addresses.inputValue()).toBe('till.example');
    await row.nth(1).fill('2');
    await addresses.fill('127.0.0.0/8');
    await press('Сохранить', 'Save');
    await page.getByText(say('Сохранено', 'Saved'), { exact: true }).waitFor();
    await picture(page, '44-r-keeper-saved', one);
    await page.reload();
    await expect.poll(() => addresses.inputValue()).toBe('127.0.0.0/8');
    expect(await row.nth(0).inputValue()).toBe('7001');
    expect(await page.locator('main table input').first().inputValue()).toBe('12');
  });

  test('nothing that the browser complained of', () => expect(faults).toEqual([]));
});
