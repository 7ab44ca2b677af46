import { launchChromium } from '@tessera/testkit/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HERO_PHONE } from '../../src/features/demo/index.ts';
import { createDesign } from '../../src/features/wallet/index.ts';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { testDraft, testFiles } from '../wallet-design.ts';
import { looks, openLook, picture } from './looks.ts';

// The owner makes a set of cards and gives a guest its link, in headless Chromium; the guest opens it.

let server: TestServer;
let browser: Browser;
let made = 0;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchChromium()]);
  const [card] = await server.query<{ programme_id: number; credential_id: number }>(
    `select d.programme_id, d.credential_id from designs d join passes p using (company_id, design_id)
     join guest_identifiers i on i.company_id = p.company_id and i.value = '${HERO_PHONE}' limit 1`,
  );
  const coupon = await createDesign(server.running.app.wallet, server.running.tenant, {
    name: 'Кофе в подарок',
    programmeId: card!.programme_id,
    credentialId: card!.credential_id,
    draft: testDraft({ logoText: 'Кофе в подарок', description: 'Купон' }),
    files: testFiles,
  });
  if (!coupon.ok) throw new Error(coupon.refusal.code);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe.each(looks)('at $width px, $scheme, $language', (one) => {
  const faults: string[] = [];
  let context: BrowserContext;
  let page: Page;
  const say = (ru: string, en: string): string => (one.language === 'ru' ? ru : en);
  const press = (ru: string, en: string) => page.getByRole('button', { name: say(ru, en), exact: true }).click();

  beforeAll(async () => {
    context = await openLook(browser, server, one, faults);
    page = await context.newPage();
    await page.goto('/console/sets');
    await page.fill('input[name=email]', OWNER.email);
    await page.fill('input[name=password]', OWNER.password);
    await page.click('button[type=submit]');
    await page.waitForURL(/\/console\/sets/);
  });
  afterAll(() => context?.close());

  test('a set is made of two cards, and a guest gets its link, which opens both', async () => {
    const name = `${say('Для новых гостей', 'For new guests')} ${++made}`;
    await press('Новый набор', 'New set');
    await press('Создать набор', 'Create the set');
    await page.getByText(say('Добавьте хотя бы одну карту.', 'Add at least one card.')).waitFor();
    await page.getByLabel(say('Название', 'Name')).fill(name);
    for (let cards = 0; cards < 2; cards++) await page.locator('main select').selectOption({ index: 1 });
    await picture(page, '60-set-new', one);
    await press('Создать набор', 'Create the set');
    await page.waitForURL(/\/console\/sets\/\d+$/);
    await page.getByLabel(say('Телефон или имя', 'Phone or name')).fill(HERO_PHONE);
    await press('Найти', 'Find');
    await page
      .getByRole('button', { name: say('Дать ссылку', 'Give the link') })
      .first()
      .click();
    await page.locator('main pre').waitFor();
    await picture(page, '61-set', one);
    const url = (await page.locator('main pre').textContent())!.trim();
    await page.goto('/console/sets');
    await page.getByText(name).waitFor();
    await picture(page, '62-sets', one);
    await page.goto(new URL(url).pathname);
    expect(await page.locator('main li').count()).toBe(2);
    await picture(page, '63-set-of-guest', one);
    expect(faults).toEqual([]);
  }, 60_000);
});
