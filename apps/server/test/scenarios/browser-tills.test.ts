import { randomUUID } from 'node:crypto';
import { launchChromium } from '@tessera/testkit/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HERO_PHONE } from '../../src/features/demo/index.ts';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, signIn } from './calls.ts';
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

  test('a till is added and connected by the address of its QR code; the page turns by itself', async () => {
    const name = say('Бар', 'Bar') + one.width + one.scheme;
    await server.query('update stations set revoked_at = now() where revoked_at is null');
    await page.goto('/console/tills');
    await page.locator('main h2').first().waitFor();
    await picture(page, '30-tills-empty', one);
    await press('Добавить кассу', 'Add a till');
    await page.getByLabel(say('Название', 'Name'), { exact: true }).fill(name);
    await page.reload();
    await press('Добавить кассу', 'Add a till');
    const typed = page.getByLabel(say('Название', 'Name'), { exact: true });
    expect(await typed.inputValue()).toBe(name);
    await page.getByLabel(say('Где стоит', 'Where it stands')).selectOption('new');
    await page.getByLabel(say('Код заведения', 'Venue code')).fill('77');
    await page.getByLabel(say('Название заведения', 'Name of the venue')).fill(say('На Тверской', 'Main street'));
    await picture(page, '31-till-new', one);
    await page
      .locator('form')
      .getByRole('button', { name: say('Добавить кассу', 'Add a till') })
      .click();
    await page.getByRole('img', { name: say('QR-код подключения', 'QR code to connect') }).waitFor();
    await picture(page, '32-till-pairing', one);
    await page.locator('main summary').click();
    const address = (await page.locator('main details pre').textContent()) ?? '';
    const device = await openLook(browser, server, one, faults);
    const till = await device.newPage();
    await till.goto(address);
    await till.locator('.button-main').click();
    await page.getByText(say('Подключено: ', 'Connected: ')).waitFor();
    await picture(page, '33-till-paired', one);
    await device.close();
    await press('Готово', 'Done');
    await press('Ключ для программы', 'Key for a program');
    await press('Сделать ключ', 'Make the key');
    await page.locator('main pre').waitFor();
    const token = ((await page.locator('main pre').textContent()) ?? '').replace('Authorization: Bearer ', '');
    expect(token.length).toBeGreaterThan(40);
    await picture(page, '34-till-key', one);
    await press('Скопировано, скрыть', 'Copied, hide it');
    await press('Отключить', 'Disconnect');
    await picture(page, '35-till-disconnect', one);
    await press('Отключить насовсем', 'Disconnect for good');
    await page.getByText(name, { exact: true }).waitFor({ state: 'detached' });
  });

  test('a cashier is added with a name and a PIN alone, gets another PIN, is blocked and let in again', async () => {
    const name = `${say('Ольга', 'Olga')} ${one.width} ${one.scheme}`;
    await page.goto('/console/tills/staff');
    await page.locator('main li').first().waitFor();
    await press('Добавить сотрудника', 'Add a staff member');
    const form = page.locator('main form');
    const add = form.getByRole('button', { name: say('Добавить сотрудника', 'Add a staff member') });
    await form.getByLabel(say('Имя', 'Name'), { exact: true }).fill(name);
    const pin = form.getByRole('textbox', { name: 'PIN' });
    await pin.fill('1111');
    await add.click();
    await form.getByRole('alert').waitFor();
    await picture(page, '36-staff-new', one);
    await press('Придумать', 'Suggest one');
    expect(await pin.inputValue()).toMatch(/^\d{4}$/);
    await add.click();
    await form.waitFor({ state: 'detached' });
    const card = page.locator('main li').filter({ hasText: name });
    await card.getByText(say('PIN задан', 'PIN is set')).waitFor();
    await card.getByRole('button', { name: say('Новый PIN', 'New PIN') }).click();
    await picture(page, '37-staff-pin', one);
    await card.locator('input').fill('4821');
    await card.getByRole('button', { name: say('Задать PIN', 'Set the PIN') }).click();
    await card.locator('form').waitFor({ state: 'detached' });
    const block = say('Заблокировать', 'Block');
    await card.getByRole('button', { name: block, exact: true }).click();
    await card.locator('form').getByRole('button', { name: block, exact: true }).click();
    await card.getByText(say('Заблокирован', 'Blocked'), { exact: true }).waitFor();
    await picture(page, '38-staff', one);
  });

  test('cards are numbered in a row, and from a file whose bad lines are told; a sheet of their codes is drawn', async () => {
    const name = `${say('Пластик', 'Plastic')} ${one.width} ${one.scheme}`;
    const first = 40_000_000 + looks.indexOf(one) * 1000;
    if (looks.indexOf(one) === 0) {
      await page.goto('/console/tills/cards');
      await page.locator('main h2').first().waitFor();
      await picture(page, '50-cards-empty', one);
    }
    await page.goto('/console/tills/cards/new');
    const label = (ru: string, en: string) => page.getByLabel(say(ru, en), { exact: true });
    await label('Название', 'Name').fill(name);
    await label('Первый номер', 'First number').fill(String(first));
    await label('Последний номер', 'Last number').fill(String(first - 1));
    await press('Создать диапазон', 'Make the range');
    await page.getByText(say('Выберите группу', 'Choose a group')).waitFor();
    await picture(page, '51-cards-new-wrong', one);
    await label('Группа гостей', 'Group of guests').selectOption({ index: 1 });
    await label('Последний номер', 'Last number').fill(String(first + 99));
    await press('Создать диапазон', 'Make the range');
    await page.waitForURL(/\/tills\/cards\/\d+/);
    await page.locator('main tbody tr').first().waitFor();
    await picture(page, '52-cards-range', one);
    await press('Номера из файла', 'Numbers from a file');
    const lines = ['number;note', String(first + 500), String(first), 'x12', String(first + 500)].join('\n');
    const file = { name: 'cards.csv', mimeType: 'text/csv', buffer: Buffer.from(lines) };
    await page.locator('main input[type=file]').setInputFiles(file);
    await press('Загрузить', 'Load');
    await page
      .getByText(say('Добавлено 1, было раньше 1, с ошибками 2.', 'Added 1, here before 1, wrong 2.'))
      .waitFor();
    await picture(page, '53-cards-file', one);
    const sheet = page.locator('main a[href*="sheet.pdf"]').first();
    const pdf = await page.request.get(new URL((await sheet.getAttribute('href'))!, server.url).href);
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await page.locator('main tbody').last().getByRole('button').first().click();
    await page.getByText(say('закрыта', 'blocked'), { exact: true }).waitFor();
    await page.goto('/console/tills/cards');
    await page.getByRole('link', { name }).waitFor();
    await picture(page, '54-cards', one);
  });

  test('when a PIN is asked, how it arrives and how long it lives are set; what is beyond its bounds is told', async () => {
    await page.goto('/console/tills/codes');
    const mode = page.getByLabel(say('Для всех касс', 'At all tills'));
    await mode.waitFor();
    await picture(page, '45-codes', one);
    await mode.selectOption('to_spend');
    await page.getByLabel(say('Исключение для сотрудника…', 'An exception for somebody…')).selectOption({ index: 1 });
    const tries = page.getByLabel(say('Попыток', 'Tries'), { exact: true });
    await tries.fill('11');
    await page.getByText(say('От 2 до 10', 'From 2 to 10')).waitFor();
    await picture(page, '46-codes-wrong', one);
    await tries.fill('4');
    await page
      .getByRole('button', { name: /^(Выше|Up):/ })
      .last()
      .click();
    const order = await page.locator('main ol').textContent();
    await press('Сохранить', 'Save');
    await page.getByText(say('Сохранено', 'Saved'), { exact: true }).waitFor();
    await page.reload();
    await expect.poll(() => mode.inputValue()).toBe('to_spend');
    expect(await tries.inputValue()).toBe('4');
    expect(await page.locator('main ol').textContent()).toBe(order);
    await server.query('delete from till_settings');
  });

  test('ProBonus: what is wrong with a mapping is told at its place; the comparison needs an address; no secret is kept', async () => {
    await page.goto('/console/tills/probonus');
    const names = page.locator('main textarea');
    await names.waitFor();
    await picture(page, '70-probonus', one);
    await names.fill('{"accounts/nothing": {}}');
    const save = page.getByRole('button', { name: say('Сохранить', 'Save'), exact: true });
    await save.first().click();
    await page.getByText('methods.accounts/nothing', { exact: true }).waitFor();
    await picture(page, '71-probonus-problems', one);
    await names.fill('{}');
    await page.getByLabel(say('Суммы', 'Sums')).selectOption('roubles');
    await save.first().click();
    await page.getByText(say('Сохранено', 'Saved'), { exact: true }).waitFor();
    await page.getByLabel(say('Сравнивать', 'Compare'), { exact: true }).check();
    await save.last().click();
    await page.getByText(say('Нужен адрес, который', 'This takes an address that')).waitFor();
    await page.getByLabel(say('Адрес старого сервера', 'Address of the old server')).fill('https://old.example/api/v0');
    await page.getByLabel(say('Токен', 'Token'), { exact: true }).fill('the-old-token');
    await save.last().click();
    await page.getByText(say('Доступ сохранён.', 'Access is stored.')).waitFor();
    expect(JSON.stringify(await page.evaluate('({ ...sessionStorage, ...localStorage })'))).not.toContain('old-token');
    await picture(page, '72-probonus-shadow', one);
    await server.query('delete from probonus_settings');
  });

  test('a sale that a till sent later is booked for the guest that was meant', async () => {
    await page.goto('/console/tills/offline');
    await page.locator('main h2').first().waitFor();
    await picture(page, '60-offline-empty', one);
    const { cookie } = await signIn(server, server.cashier);
    const now = server.clock.now().toString();
    const kept = await call(server, {
      method: 'POST',
      path: '/api/v1/till/queued-sales',
      body: { operationKey: randomUUID(), query: '+79990009988', amount: 125_000, occurredAt: now, sentAt: now },
      headers: { cookie, origin: server.url },
    });
    expect(kept.body.state).toBe('kept');
    await page.reload();
    await press('Провести на гостя', 'Book for a guest');
    await page.locator('main input[type=search]').fill(HERO_PHONE);
    await page.locator('main input[type=radio]').first().check();
    await picture(page, '61-offline-choose', one);
    await page.locator('main form button[type=submit]').click();
    await page.locator('main form').waitFor({ state: 'detached' });
    await page.getByText(say('Разбирать нечего', 'Nothing to sort out')).waitFor();
  });

  test('nothing that the browser complained of', () => expect(faults).toEqual([]));
});
