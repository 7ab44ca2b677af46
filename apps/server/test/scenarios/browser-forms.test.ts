import { launchChromium } from '@tessera/testkit/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { codeFor } from './calls.ts';
import { looks, openLook, picture } from './looks.ts';

// An owner makes a registration form from nothing; a guest registers with it and gets his card. In headless Chromium.

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const words = {
  ru: { heading: 'Карта «Маяка»', question: 'Откуда вы о нас знаете', place: 'Плакат у входа' },
  en: { heading: 'The Lighthouse card', question: 'How did you find us', place: 'Poster at the door' },
} as const;

describe.each(looks)('at $width px, $scheme, $language', (one) => {
  const { width, scheme, language } = one;
  const formId = `mayak-${width}-${scheme}-${language}`;
  const said = words[language];
  let office: BrowserContext;
  let street: BrowserContext;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    [office, street] = [await openLook(browser, server, one, faults), await openLook(browser, server, one, faults)];
    office.setDefaultTimeout(30_000);
    street.setDefaultTimeout(30_000);
    page = await office.newPage();
  });
  afterAll(async () => {
    await office?.close();
    await street?.close();
  });

  const look = (of: Page, name: string): Promise<void> => picture(of, `forms-${name}`, one);
  const preview = () => page.frameLocator('iframe');

  test('the owner makes a form in three steps, and sees it while he writes', async () => {
    await page.goto('/console/');
    await page.fill('input[type=email]', OWNER.email);
    await page.fill('input[type=password]', OWNER.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/console\/accounts/);
    await page.goto('/console/forms');
    await page.locator('main a[href$="/forms/new"]').first().waitFor();
    await look(page, '1-list');
    await page.goto('/console/forms/new');
    await page.locator('input[name=design]').first().waitFor();
    await look(page, '2-design');
    await page.locator('main button[type=submit]').click();
    await page.fill('input[name=formId]', formId);
    await page.locator(`input[lang=${language}]`).first().fill(said.heading);
    await preview().getByText(said.heading).waitFor();
    await look(page, '3-words');
    await page.locator('main button[type=submit]').click();
    await page.locator('main select').first().waitFor();
    await look(page, '4-fields');
    await page.locator('main button[type=submit]').click();
    await page.waitForURL(new RegExp(`/console/forms/${formId}$`));
  });

  test('he adds a question and saves', async () => {
    await page.locator('main fieldset').nth(1).waitFor();
    await page.getByRole('button', { name: language === 'ru' ? 'Добавить вопрос' : 'Add a question' }).click();
    const question = page.locator('fieldset fieldset').first();
    await question.locator(`input[lang=${language}]`).fill(said.question);
    await question.locator('input[type=checkbox]').check();
    await preview().getByText(said.question).waitFor();
    await look(page, '5-setup');
    await page.locator('main button[type=submit]').click();
    const saved = async () =>
      (await server.query<{ revision: number }>('select revision from forms where form_id = $1', [formId]))[0]
        ?.revision;
    await expect.poll(saved, { timeout: 10_000 }).toBe(2);
  });

  test('and a link for one more place, with its code', async () => {
    await page.goto(`/console/forms/${formId}?view=links`);
    await page.fill('input[name=sourceName]', said.place);
    await page.fill('input[name=sourceTag]', 'door');
    await page.locator('main form button[type=submit]').click();
    await page.getByRole('heading', { name: said.place }).waitFor();
    const codes = () =>
      page
        .locator('main img')
        .evaluateAll((all) => all.map((one) => (one as unknown as { naturalWidth: number }).naturalWidth > 0));
    await expect.poll(codes, { timeout: 15_000 }).toEqual([true, true]);
    const poster = page.locator('main li', { hasText: said.place }).locator('a[href*="poster.pdf"]');
    expect(await poster.getAttribute('href')).toBe(
      `/api/v1/forms/${formId}/poster.pdf?lang=${one.language}&source=door`,
    );
    await look(page, '6-links');
  });

  test('a guest registers by that link and gets the card', async () => {
    const guest = await street.newPage();
    const phone = newPhoneNumber();
    await guest.goto(`/n/${formId}?s=door`);
    expect(await guest.textContent('h1')).toBe(said.heading);
    await look(guest, '7-guest');
    const next = async () => {
      if (width < 560) await guest.click('form [type=submit]');
    };
    await guest.fill('#name', 'Анна Белова');
    await next();
    await guest.fill('#phone', phone.slice(1));
    await next();
    await next();
    await guest.fill('#q-question-1', 'Instagram');
    await next();
    await guest.locator('#consent').check({ force: true });
    await guest.click('form [type=submit]');
    await guest.waitForURL(/\/n\/[\w-]+\/[0-9a-f-]{36}/);
    await server.quiet();
    await guest.fill('#code', codeFor(server, phone));
    await guest.waitForURL(/\/c\/[0-9a-f-]{36}/);
    await guest.locator('a[href$=".pkpass"]').first().waitFor();
    expect(await guest.content()).toContain('Анна');
    await guest.close();
  });

  test('the owner sees where he came from and what he answered', async () => {
    await server.running.app.platform.journal.settle();
    await page.goto(`/console/forms/${formId}?view=links`);
    const link = page.locator('main li', { hasText: said.place });
    await expect
      .poll(() => link.locator('dd').allTextContents(), { timeout: 15_000 })
      .toEqual(['1', '1', '0', '100\u00a0%']);
    await page.goto(`/console/forms/${formId}?view=answers`);
    await page.getByText('Instagram').waitFor();
    await look(page, '8-answers');
    expect(faults).toEqual([]);
  });
});
