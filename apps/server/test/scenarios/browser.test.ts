import { readFile } from 'node:fs/promises';
import { signPassCertificateRequest } from '@tessera/testkit';
import { launchChromium } from '@tessera/testkit/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HERO_PHONE } from '../../src/features/demo/index.ts';
import { newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { codeFor } from './calls.ts';
import { looks, openLook, picture } from './looks.ts';

// The demo as a newcomer clicks through it, in headless Chromium.

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
  const { width, scheme, language } = one;
  /** The guest and the cashier; the owner sits at a browser of his own. */
  let context: BrowserContext;
  let office: BrowserContext;
  const faults: string[] = [];

  beforeAll(async () => {
    [context, office] = [await openLook(browser, server, one, faults), await openLook(browser, server, one, faults)];
    server.clock.advance({ hours: 1 });
  });
  afterAll(async () => {
    await context?.close();
    await office?.close();
  });

  const look = (page: Page, name: string): Promise<void> => picture(page, name, one);

  test('the landing page leads to all four places', async () => {
    const page = await context.newPage();
    await page.goto('/');
    const links = await page
      .locator('a[href]')
      .evaluateAll((found) => found.map((one) => one.getAttribute('href') ?? ''));
    for (const place of ['/n/chaika', '/demo/phone', '/till/', '/console/']) {
      expect(links.some((href) => href.startsWith(place))).toBe(true);
    }
    await look(page, '01-landing');
    await page.close();
  });

  test('a guest registers and sees his card', async () => {
    const page = await context.newPage();
    await page.goto('/n/chaika');
    expect(await page.getAttribute('html', 'lang')).toBe(language);
    const phone = newPhoneNumber();
    await look(page, '02-form');
    // On a phone the form asks one question at a time; its one button leads on.
    const next = async () => {
      if (width < 560) await page.click('form [type=submit]');
    };
    await page.fill('#name', 'Мария Иванова');
    await next();
    await page.fill('#phone', phone.slice(1));
    await look(page, '02-form-phone');
    await next();
    await page.fill('#birthday', '1990-05-17');
    await next();
    await page.locator('#consent').check({ force: true });
    await look(page, '02-form-consent');
    await page.click('form [type=submit]');
    await page.waitForURL(/\/n\/chaika\/[0-9a-f-]{36}/);
    await look(page, '03-code');
    await server.quiet();
    await page.fill('#code', '000000');
    await page.locator('[role=alert]').first().waitFor();
    await look(page, '03-code-wrong');
    await page.fill('#code', codeFor(server, phone));
    await page.waitForURL(/\/c\/[0-9a-f-]{36}/);
    await page.locator('a[href$=".pkpass"]').first().waitFor();
    expect(await page.content()).toContain('Мария');
    await look(page, '04-card');
    await page.goto('/demo/messages');
    await look(page, '05-messages');
    await page.close();
  });

  test('a sale at the till changes the card on the phone, with a message on its lock screen', async () => {
    const phone = await context.newPage();
    await phone.goto('/demo/phone');
    await look(phone, '06-phone');
    const till = await context.newPage();
    await till.goto('/till/');
    await till.waitForSelector('.sign-in');
    await look(till, '07-till-sign-in');
    await till.fill('input[type=email]', server.cashier.email);
    await till.fill('#password', server.cashier.password);
    await till.keyboard.press('Enter');
    await till.waitForSelector('.find');
    await look(till, '08-till-find');
    await till.fill('[data-query]', `+${HERO_PHONE}`);
    await till.keyboard.press('Enter');
    await till.waitForSelector('.guest');
    await look(till, '09-till-guest');
    for (const key of '1250') await till.keyboard.press(key);
    await till.locator('[data-confirm]:enabled').waitFor();
    await look(till, '10-till-sum');
    const before = server.world.phone.snapshot().messages.length;
    await till.locator('[data-confirm]').click();
    await till.waitForSelector('.end-done');
    await look(till, '11-till-done');
    await server.quiet();
    const messages = server.world.phone.snapshot().messages;
    expect(messages.length).toBe(before + 1);
    const text = messages.at(-1)!.text.replace(/\s/g, ' ');
    const balance = text.replace('Баллов на карте: ', '');
    // Without a reload: the page hears of it and shows both.
    const words = () =>
      phone
        .locator('body')
        .textContent()
        .then((shown) => (shown ?? '').replace(/\s/g, ' '));
    await expect.poll(words, { timeout: 10_000 }).toContain(text);
    expect((await words()).split(balance).length).toBeGreaterThan(2);
    await look(phone, '12-phone-after');
    await till.close();
    await phone.close();
  });

  test('the console tells a cashier who comes from the till that its rooms are the owner’s', async () => {
    const page = await context.newPage();
    await page.goto('/console/');
    await page.waitForURL(/\/console\/sign-in\?/);
    await page.locator('main a[href="/till/"]').waitFor();
    await look(page, '13-console-cashier');
    await page.fill('input[name=email]', OWNER.email);
    await page.fill('input[name=password]', OWNER.password);
    await page.click('button[type=submit]');
    await page.waitForURL(/\/console\/accounts/);
    await page.close();
  });

  test('the owner finds the guest and follows his balance to the checks', async () => {
    const page = await office.newPage();
    await page.goto('/console/');
    await page.fill('input[name=email]', OWNER.email);
    await page.fill('input[name=password]', 'wrong');
    await look(page, '13-console-sign-in');
    await page.click('button[type=submit]');
    await page.locator('[role=alert]').waitFor();
    await page.fill('input[name=password]', OWNER.password);
    await page.click('button[type=submit]');
    await page.waitForURL(/\/console\/accounts/);
    await page.locator('main a[href*="/accounts/"]').first().waitFor();
    await look(page, '14-accounts');
    await page.locator('main input[type=search], main input').first().fill(HERO_PHONE.slice(-7));
    await expect.poll(() => page.locator('main a[href*="/accounts/"]').count()).toBe(1);
    await look(page, '15-accounts-search');
    await page.locator('main a[href*="/accounts/"]').first().click();
    await page.waitForURL(/\/accounts\/\d+/);
    await page.locator('h1').waitFor();
    await page.locator('a[href$="/entries"]').first().waitFor();
    await look(page, '16-account');
    await page.locator('a[href$="/entries"]').first().click();
    await page.waitForURL(/\/entries/);
    await page.locator('main li, main tbody tr').first().waitFor();
    await look(page, '17-entries');
    await page.locator('a[href$="/checks"]').first().click();
    await page.waitForURL(/\/checks/);
    await page.locator('main li, main tbody tr').first().waitFor();
    await look(page, '18-checks');
    for (const [name, path] of [
      ['19-designs', '/console/designs'],
      ['20-design', '/console/designs/1'],
      ['21-devices', '/console/devices'],
    ] as const) {
      await page.goto(path);
      await page.locator('main h1').waitFor();
      await page.waitForLoadState('networkidle');
      await look(page, name);
    }
    await page.close();
  });

  test('a certificate: the server makes key and request, the authority signs, the console takes it', async () => {
    const page = await office.newPage();
    const id = `${width}-${scheme}-${language}`;
    const authority = { ...server.world.chain, passTypeIdentifier: `pass.demo.${id}` };
    await page.goto('/console/certificates');
    await page.locator('main a[href*="/certificates/"]').first().waitFor();
    await look(page, '22-certificates');
    await page.goto('/console/certificates/new');
    await page.fill('input[name=name]', `Карты ${id}`);
    await page.fill('input[name=passTypeIdentifier]', authority.passTypeIdentifier);
    await page.fill('input[name=teamIdentifier]', authority.teamIdentifier);
    await look(page, '23-certificate-new');
    await page.click('button[value=request]');
    await page.waitForURL(/\/certificates\/\d+/);
    const link = page.locator('a[href$="request.csr"]');
    await link.waitFor();
    await look(page, '24-certificate-steps');
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    const request = await readFile(await download.path(), 'utf8');
    const signed = await signPassCertificateRequest(authority, request, server.clock.now());
    const file = (buffer: Buffer) => ({ name: 'pass.cer', mimeType: 'application/pkix-cert', buffer });
    await page.locator('input[type=file]').setInputFiles(file(Buffer.from('not a certificate')));
    await page.locator('form button[type=submit]').click();
    await page.locator('main [role=alert]').first().waitFor();
    await look(page, '25-certificate-refused');
    await page.locator('input[type=file]').setInputFiles(file(Buffer.from(signed.certificateDer)));
    await page.locator('form button[type=submit]').click();
    await page.locator('main [role=status]').first().waitFor();
    await look(page, '26-certificate-done');
    await page.close();
  });

  test('nothing that the browser complained of', () => expect(faults).toEqual([]));
});
