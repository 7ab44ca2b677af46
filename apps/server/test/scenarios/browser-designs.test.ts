import { launchChromium } from '@tessera/testkit/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { registerGuest } from './calls.ts';
import { looks, openLook, picture } from './looks.ts';

// The owner draws cards in the console, in headless Chromium: everything by clicking, nothing by the API.

let server: TestServer;
let browser: Browser;
let photo: Buffer;

beforeAll(async () => {
  const scene =
    '<svg width="900" height="600"><rect width="900" height="600" fill="#2a6f8f"/><circle cx="600" cy="220" r="150" fill="#ffe3b8"/></svg>';
  [server, browser, photo] = await Promise.all([
    startTestServer(),
    launchChromium(),
    sharp(Buffer.from(scene)).png().toBuffer(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe.each(looks)('at $width px, $scheme, $language', (one) => {
  const { language, width, scheme } = one;
  const faults: string[] = [];
  let context: BrowserContext;
  let page: Page;
  const say = <Word>(ru: Word, en: Word): Word => (language === 'ru' ? ru : en);
  const press = (ru: string, en: string) => page.getByRole('button', { name: say(ru, en), exact: true }).click();
  const section = (ru: string, en: string) =>
    page
      .getByRole('navigation', { name: say('Разделы дизайна', 'Sections of the design') })
      .getByRole('link', { name: new RegExp(`^${say(ru, en)}`) })
      .click();
  const preview = () => page.getByRole('complementary', { name: say('Как это увидит гость', 'What the guest sees') });
  /** Where form and card do not fit side by side, they take turns. */
  const turnTo = async (pane: 'form' | 'card'): Promise<void> => {
    const turns = page.getByRole('radiogroup', { name: say('Что на экране', 'What is shown') });
    const word = pane === 'card' ? say('Карта', 'Card') : say('Правка', 'Edit');
    if (width < 1_100) await turns.locator('label', { hasText: word }).click();
    else expect(await turns.isVisible()).toBe(false);
  };
  const name = `${say('Купон', 'Coupon')} ${width} ${scheme}`;
  const saved = (where = page) => where.getByText(say(/^Сохранено/, /^Saved/)).waitFor();

  beforeAll(async () => {
    context = await openLook(browser, server, one, faults);
    context.setDefaultTimeout(30_000);
    page = await context.newPage();
    await page.goto('/console/designs');
    await page.fill('input[name=email]', OWNER.email);
    await page.fill('input[name=password]', OWNER.password);
    await page.click('button[type=submit]');
    await page.waitForURL(/\/console\/designs/);
  });
  afterAll(() => context?.close());

  test('a design is made from a template, and its card follows what is typed', async () => {
    await page.getByRole('link', { name: say('Новый дизайн', 'New design') }).click();
    await page.getByLabel(say('Название дизайна', 'Name of the design')).fill(name);
    await page.getByText(say('Купон', 'Coupon'), { exact: true }).first().click();
    await picture(page, '60-design-new', one);
    await press('Создать и править', 'Make and edit');
    await page.waitForURL(/designs\/\d+/);
    await turnTo('card');
    await preview().getByText(say('Десерт в подарок', 'A free dessert')).waitFor();
    await turnTo('form');
    await page.getByLabel(say('Надпись рядом с логотипом', 'Text beside the logo'), { exact: true }).fill('Seagull');
    await turnTo('card');
    await preview().getByText('Seagull').waitFor();
    await picture(page, '61-design-look', one);
    // What is typed waits while one is elsewhere, and so does what was shown.
    await page.goto('/console/devices');
    await page.goBack();
    await preview().getByText('Seagull').waitFor();
    await press('Сохранить', 'Save');
    await saved();
    await page.reload();
    await preview().getByText('Seagull').waitFor();
    await turnTo('form');
  });

  test('who looks at the card while typing finds the form where he left it', async () => {
    const typed = page.getByLabel(say('Описание для экранного чтеца', 'Description for screen readers'));
    await typed.fill('Seagull');
    await typed.scrollIntoViewIfNeeded();
    await page.evaluate('scrollBy(0, 120)');
    const place = await typed.evaluate((input) => input.getBoundingClientRect().top);
    await turnTo('card');
    await preview().locator('.t-card').waitFor();
    expect(await typed.isVisible()).toBe(width >= 1_100);
    // What is saved is in sight beside the card as well.
    await page.getByRole('button', { name: say('Сохранить', 'Save'), exact: true }).waitFor();
    await turnTo('form');
    await typed.waitFor();
    await expect.poll(() => typed.evaluate((input) => input.getBoundingClientRect().top)).toBeCloseTo(place, 0);
    expect(await typed.inputValue()).toBe('Seagull');
    await picture(page, '61-design-typed', one);
    await press('Сохранить', 'Save');
    await saved();
  });

  test('a field takes a variable, and its message is shown as the phone will say it', async () => {
    await section('Поля', 'Fields');
    await press('Добавить поле: Вверху справа', 'Add a field: Top right');
    const body = page.locator('main details[open]').first();
    await body.getByLabel(say('Подпись', 'Label'), { exact: true }).fill(say('баллы', 'points'));
    await body.getByLabel(say('Вставить переменную: Текст', 'Insert a variable: Text')).selectOption('LoyaltyValue#');
    expect(await body.getByLabel(say('Текст', 'Text'), { exact: true }).inputValue()).toBe('LoyaltyValue#');
    await body.getByLabel(say('Сообщение об изменении', 'Change message')).fill(say('Стало: %@', 'Now: %@'));
    await body.getByText(/(Стало|Now): 1.250/).waitFor();
    await picture(page, '62-design-fields', one);
    await turnTo('card');
    await preview().getByLabel(say('Где карта', 'Where the card is')).selectOption('push');
    await preview()
      .getByText(/(Стало|Now): 1.250/)
      .waitFor();
    await preview().getByLabel(say('Где карта', 'Where the card is')).selectOption('google');
    await preview().locator('.t-card-google').waitFor();
    await picture(page, '63-design-google', one);
    await turnTo('form');
  });

  test('a picture is cut to the shape of its place, and shown on the card', async () => {
    await section('Картинки', 'Pictures');
    await turnTo('card');
    expect(await preview().locator('.t-google-hero, .t-card-strip-image').count()).toBeGreaterThan(0);
    await turnTo('form');
    await page.getByTestId('file-strip').setInputFiles({ name: 'scene.png', mimeType: 'image/png', buffer: photo });
    const dialog = page.getByRole('dialog');
    await dialog.locator('input[type=range]').fill('30');
    await dialog.getByRole('group').press('ArrowLeft');
    await picture(page, '64-design-crop', one);
    await dialog.getByRole('button', { name: say('Взять эту часть', 'Take this part') }).click();
    await dialog.waitFor({ state: 'detached' });
    await turnTo('card');
    await preview().getByLabel(say('Где карта', 'Where the card is')).selectOption('apple');
    await preview().locator('.t-card-strip-image').waitFor();
    await press('Сохранить', 'Save');
    await saved();
    await turnTo('form');
    const rows = await server.query<{ images: Record<string, string> }>(
      `select coalesce(saved_body, body) -> 'images' as images from designs where name = '${name}'`,
    );
    expect(Object.keys(rows[0]!.images)).toEqual(expect.arrayContaining(['strip.png', 'strip@2x.png', 'strip@3x.png']));
  });

  test('what a phone would refuse is told with the way to its field', async () => {
    await section('Где и когда', 'Where and when');
    await press('Вставить списком', 'Paste a list');
    const dialog = page.getByRole('dialog');
    await dialog.locator('textarea').fill('55.751244, 37.618423\nhello\n91.5, 37.6');
    await dialog.getByRole('status').getByText('1').waitFor();
    await dialog.getByRole('button', { name: say('Добавить', 'Add'), exact: true }).click();
    await page.getByLabel(say('Широта', 'Latitude')).fill('95');
    await section('Вид', 'Look');
    await turnTo('card');
    const problem = preview().getByRole('button', { name: say('Это не похоже на число', 'This is no number') });
    await problem.click();
    await expect.poll(() => page.locator(':focus').getAttribute('id')).toBe('at-places-0-latitude');
    expect(await page.getByRole('button', { name: say('Сохранить', 'Save'), exact: true }).isDisabled()).toBe(true);
    await picture(page, '65-design-problem', one);
    await page.getByLabel(say('Широта', 'Latitude')).fill('55.75, 37.61');
    expect(await page.getByLabel(say('Долгота', 'Longitude')).inputValue()).toBe('37.61');
    await press('Сохранить', 'Save');
    await saved();
  });

  test('saved and pushed, the new look is on the phone of a guest', async () => {
    const guest = await registerGuest(server);
    const phone = server.newPhone(`designs-${width}`);
    await phone.installFrom(`${server.url}/c/${guest.guid}.pkpass`);
    const [row] = await server.query<{ design_id: number }>(
      `select design_id from passes where guid = '${guest.guid}'`,
    );
    await page.goto(`/console/designs/${row!.design_id}`);
    const logoText = `${say('Маяк', 'Beacon')} ${width}`;
    await page.getByLabel(say('Надпись рядом с логотипом', 'Text beside the logo'), { exact: true }).fill(logoText);
    await turnTo('card');
    await preview().getByText(logoText).first().waitFor();
    await turnTo('form');
    await press('Сохранить и обновить карты', 'Save and push');
    await picture(page, '66-design-push', one);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('Обновить', 'Push') })
      .click();
    await page.getByText(say('Сохранено и отправлено', 'Saved and pushed')).waitFor();
    await server.quiet(phone);
    const card = phone.snapshot().cards.find(({ serialNumber }) => serialNumber === guest.serial);
    expect(card?.pass).toMatchObject({ logoText });
    await phone.stop();
  });

  test('of two who edit at once the second is told, and nothing typed is lost', async () => {
    const other = await context.newPage();
    await page.goto('/console/designs');
    const href = await page.getByRole('link', { name, exact: true }).getAttribute('href');
    await page.goto(href!);
    await other.goto(href!);
    const description = say('Описание для экранного чтеца', 'Description for screen readers');
    await other.getByLabel(description).fill('theirs');
    await page.getByLabel(description).fill('mine');
    await other.getByRole('button', { name: say('Сохранить', 'Save'), exact: true }).click();
    await saved(other);
    await other.close();
    faults.length = 0;
    await press('Сохранить', 'Save');
    await page.getByText(say('сохранил кто-то ещё', 'Somebody else saved')).waitFor();
    expect(await page.getByLabel(description).inputValue()).toBe('mine');
    await picture(page, '67-design-race', one);
    await press('Сохранить мои поверх', 'Save mine over it');
    await saved();
    await page.reload();
    expect(await page.getByLabel(description).inputValue()).toBe('mine');
    // That somebody was faster is no fault of the page, though the browser notes the answer.
    expect(faults.splice(0).filter((fault) => !fault.includes('409'))).toEqual([]);
  });

  test('the menu of a design leads to a new card and to a card by its number, and says what it refuses', async () => {
    const guest = await registerGuest(server);
    const [given] = await server.query<{ name: string; design_id: number }>(
      `select d.name, d.design_id from passes p join designs d using (company_id, design_id) where p.guid = '${guest.guid}'`,
    );
    const menu = page.getByRole('button', {
      name: say(`Действия с дизайном «${given!.name}»`, `Actions for ${given!.name}`),
      exact: true,
    });
    await page.goto('/console/designs');
    await menu.click();
    await page.getByRole('link', { name: say('Добавить карту', 'Add a card') }).click();
    await page.waitForURL(/passes\/new/);
    await expect
      .poll(() => page.getByLabel(say('Дизайн', 'Design'), { exact: true }).inputValue())
      .toBe(String(given!.design_id));
    await picture(page, '71-design-add-card', one);

    await page.goto('/console/designs');
    await menu.click();
    await press('Править карту по номеру', 'Edit a card by its number');
    const number = page.getByRole('dialog').getByLabel(say('Номер карты', 'Card number'));
    const go = () => press('Открыть карту', 'Open the card');
    await number.fill('0000');
    await go();
    await page.getByText(say('нет карты с таким номером', 'has no card with this number')).waitFor();
    await picture(page, '72-design-no-card', one);
    await number.fill(guest.serial);
    await go();
    await page.getByRole('heading', { name: guest.serial }).waitFor();

    await page.goto('/console/designs');
    await menu.click();
    await press('В архив', 'Archive');
    await page.getByRole('alert').waitFor();
    await picture(page, '73-design-refused', one);
    await menu.click();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    expect(faults.splice(0).filter((fault) => !/status of 40[49]/.test(fault))).toEqual([]);
  });

  test('a design is copied, archived, brought back and deleted from its menu', async () => {
    const menu = (of: string) =>
      page.getByRole('button', { name: say(`Действия с дизайном «${of}»`, `Actions for ${of}`), exact: true });
    const copy = say(`${name} — копия`, `${name} (copy)`);
    await page.goto('/console/designs');
    await menu(name).press('Enter');
    await picture(page, '68-design-menu', one);
    await page.keyboard.press('Escape');
    expect(await menu(name).evaluate((button) => button.ownerDocument.activeElement === button)).toBe(true);
    await menu(name).click();
    await press('Скопировать', 'Copy');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('Скопировать', 'Copy') })
      .click();
    await page.waitForURL(/designs\/\d+/);
    await page.getByRole('heading', { name: copy }).waitFor();
    await page.goto('/console/designs?view=statistics');
    await menu(copy).click();
    await picture(page, '69-design-statistics', one);
    await press('В архив', 'Archive');
    await menu(copy).waitFor({ state: 'detached' });
    await page.goto('/console/designs?view=archived');
    await menu(copy).click();
    await press('Вернуть из архива', 'Restore');
    await menu(copy).waitFor({ state: 'detached' });
    await page.goto('/console/designs');
    await menu(copy).click();
    await press('Удалить', 'Delete');
    await picture(page, '70-design-delete', one);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('Удалить', 'Delete'), exact: true })
      .click();
    await menu(copy).waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
  });
});
