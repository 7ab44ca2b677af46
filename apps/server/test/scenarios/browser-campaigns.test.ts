import { launchChromium } from '@tessera/testkit/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { registerGuest } from './calls.ts';
import { looks, openLook, picture } from './looks.ts';

// The owner writes to guests from the console, in headless Chromium: planned, seen beforehand, sent, taken back.

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

type Guest = Awaited<ReturnType<typeof registerGuest>>;

describe.each(looks)('at $width px, $scheme, $language', (one) => {
  const faults: string[] = [];
  let context: BrowserContext;
  let page: Page;
  let willing: Guest;
  let silent: Guest;
  const say = (ru: string, en: string): string => (one.language === 'ru' ? ru : en);
  const button = (ru: string, en: string) => page.getByRole('button', { name: say(ru, en), exact: true });
  const seen = (ru: string, en: string) => page.getByText(say(ru, en)).first().waitFor();

  beforeAll(async () => {
    willing = await registerGuest(server, { name: 'Анна', agrees: true });
    silent = await registerGuest(server, { name: 'Пётр' });
    context = await openLook(browser, server, one, faults);
    context.setDefaultTimeout(20_000);
    page = await context.newPage();
    await page.goto('/console/campaigns');
    await page.fill('input[name=email]', OWNER.email);
    await page.fill('input[name=password]', OWNER.password);
    await page.click('button[type=submit]');
    await page.waitForURL(/\/console\/campaigns/);
  });
  afterAll(() => context?.close());

  /** Finds a card by its number and picks it: on a phone by a tick, else by the button between the lists. */
  async function pick({ serial }: Guest): Promise<void> {
    await page.getByLabel(say('Имя, телефон или номер карты', 'Name, phone or card number')).fill(serial);
    await page.getByLabel(serial).check();
    if (one.width > 700) await button('Добавить', 'Add').click();
  }

  test('what a message reaches and replaces is seen while it is typed', async () => {
    await page
      .locator('main')
      .getByRole('link', { name: say('Новая рассылка', 'New campaign') })
      .click();
    await page.locator('main').getByText(say('Карты', 'Cards'), { exact: true }).click();
    await pick(willing);
    await pick(silent);
    await seen('Получит 1 карта', '1 card will receive it');
    await seen('1 карта не получит: гость не согласился на рекламу', 'has not agreed to advertising');
    const text = page.getByLabel(say('Текст', 'Text'), { exact: true });
    await text.fill(say('Ждём вас, FistName#', 'See you soon, FistName#'));
    await seen('Такой переменной нет: FistName#', 'There is no such variable: FistName#');
    await text.fill(say('Ждём вас, ', 'See you soon, '));
    await page.getByLabel(say('Вставить переменную: Текст', 'Insert a variable: Text')).selectOption('FirstName#');
    await seen('Ждём вас, Анна', 'See you soon, Анна');
    await page.getByLabel(say('Дата и время', 'Date and time')).fill('2026-12-31T23:30');
    await seen('В это время люди обычно отдыхают', 'People tend to rest');
    await picture(page, '80-campaign-new', one);
  }, 60_000);

  test('one that waits for its hour goes out when somebody says so, reaches who agreed, and is taken back', async () => {
    const phone = server.newPhone(`of-${willing.guid}`);
    await phone.installFrom(`${server.url}/c/${willing.guid}.pkpass`);
    const day = server.clock.now().add({ hours: 240 }).toString().slice(0, 10);
    await page.getByLabel(say('Дата и время', 'Date and time')).fill(`${day}T12:00`);
    await button('Создать расписание', 'Create schedule').click();
    await seen('Уйдёт сама в назначенное время', 'It goes out by itself');
    await picture(page, '81-campaign-planned', one);
    await button('Отправить сейчас', 'Send now').click();
    await seen('не дожидаясь времени', 'without waiting for its time');
    await button('Отправить сейчас', 'Send now').click();
    await seen('Сообщение на картах', 'The message is on the cards');
    await server.quiet(phone);
    expect(phone.snapshot().messages.map(({ text }) => text)).toContain(say('Ждём вас, Анна', 'See you soon, Анна'));
    await page.reload();
    await seen('телефон забрал новый текст', 'the phone has fetched the new text');
    await picture(page, '82-campaign-sent', one);
    await button('Вернуть как было', 'Put back what was there').click();
    await button('Вернуть как было', 'Put back what was there').click();
    await seen('снова то, что было до рассылки', 'say again what they said before');
    await phone.stop();
    await picture(page, '83-campaign-undone', one);
  }, 60_000);

  test('sending at once asks first, with the number of cards; an earlier campaign is repeated with its plan', async () => {
    await page.getByRole('link', { name: say('Повторить', 'Repeat') }).click();
    // She has heard the one that was taken back.
    await seen('1 карта не получит: за последние 24 ч', '1 card will not: it was written to in the last 24 h');
    await page.getByLabel(say('Не беспокоить тех', 'Leave alone those')).fill('0');
    await seen('Получит 1 карта', '1 card will receive it');
    await page.getByLabel(say('О самой карте гостя', 'The guest’s own card')).check();
    await seen('Получат 2 карты', '2 cards will receive it');
    await button('Отправить сейчас', 'Send now').click();
    await seen('Сообщение получат 2 карты.', '2 cards will receive the message.');
    await picture(page, '84-campaign-confirm', one);
    await button('Отправить', 'Send').click();
    await seen('Сообщение на картах', 'The message is on the cards');
    await page.goto('/console/campaigns');
    await seen('отправлена', 'sent');
    await picture(page, '85-campaigns', one);
    expect(faults).toEqual([]);
  }, 60_000);
});
