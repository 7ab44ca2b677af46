import { launchChromium } from '@tessera/testkit/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { registerCheck, registerGuest } from './calls.ts';
import { looks, openLook, picture } from './looks.ts';

// A manager erases a guest in the console: what goes, what stays, the end of the phone, and then what is left. In headless
// Chromium.

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchChromium()]);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const words = {
  ru: { begin: 'Удалить гостя…', erase: 'Удалить навсегда', wrong: 'Не совпадает.', gone: 'Что исчезло' },
  en: { begin: 'Erase guest…', erase: 'Erase for good', wrong: 'This does not match.', gone: 'What has gone' },
} as const;

describe.each(looks)('at $width px, $scheme, $language', (one) => {
  const said = words[one.language];
  const faults: string[] = [];
  let office: BrowserContext;
  let page: Page;
  let guest: Awaited<ReturnType<typeof registerGuest>>;
  beforeAll(async () => {
    server.clock.advance({ hours: 2 });
    guest = await registerGuest(server, { name: 'Павлина Заозёрская' });
    await registerCheck(server, guest.accountId, 250_000);
    office = await openLook(browser, server, one, faults);
    office.setDefaultTimeout(30_000);
    page = await office.newPage();
    await page.goto('/console/');
    await page.fill('input[type=email]', OWNER.email);
    await page.fill('input[type=password]', OWNER.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/console\/accounts/);
  }, 120_000);
  afterAll(() => office?.close());

  test('a guest is erased once the end of his phone is typed, and nothing of him is left on the page', async () => {
    await page.goto(`/console/accounts/${guest.accountId}`);
    await page.getByRole('button', { name: said.begin }).click();
    const confirm = page.locator('form input[inputmode=numeric]');
    await confirm.fill('0');
    await page.getByRole('button', { name: said.erase }).click();
    await page.getByText(said.wrong).waitFor();
    await picture(page, 'erasure-1-form', one);
    await confirm.fill(guest.phone.slice(-4));
    await page.getByRole('button', { name: said.erase }).click();
    await page.getByText(said.gone).waitFor();
    await picture(page, 'erasure-2-done', one);
    const left = ((await page.locator('main').textContent()) ?? '').replace(/\s/g, '');
    for (const word of ['Павлина', 'Заозёрская', guest.phone.slice(-7)]) expect(left).not.toContain(word);
    expect(faults).toEqual([]);
  });
});
