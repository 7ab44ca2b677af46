import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import { createServer } from 'vite';
import config from '../vite.config.ts';

/**
 * Walks through the till against the made-up server and takes a picture of every screen:
 * `node apps/till/dev/pictures.ts [folder] [only]`, where `only` is a part of a set's name such as `360-dark-ru`.
 */
const folder = process.argv[2] ?? join(import.meta.dirname, '../dist/pictures');
const only = process.argv[3] ?? '';

const sets = [
  { width: 360, height: 640, scheme: 'dark', lang: 'ru' },
  { width: 390, height: 844, scheme: 'light', lang: 'ru' },
  { width: 360, height: 740, scheme: 'light', lang: 'en' },
  { width: 320, height: 568, scheme: 'light', lang: 'ru' },
  { width: 1440, height: 900, scheme: 'light', lang: 'ru' },
  { width: 1440, height: 900, scheme: 'dark', lang: 'en' },
] as const;

type Shot = (name: string) => Promise<void>;

async function typeSum(page: Page, sum: string): Promise<void> {
  for (const key of sum) await page.keyboard.press(key, { delay: 60 });
  await page.waitForTimeout(600);
}

async function findGuest(page: Page, query: string): Promise<void> {
  await page.fill('[data-query]', query);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.guest');
  await page.waitForTimeout(450);
}

async function walk(page: Page, shot: Shot): Promise<void> {
  await page.waitForSelector('.sign-in');
  await shot('01-sign-in');
  await page.fill('input[type=email]', 'kassa@example.com');
  await page.fill('#password', 'wrong');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.notice');
  await shot('02-sign-in-wrong');
  await page.fill('#password', 'right');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.find');
  await shot('03-find');
  await page.fill('[data-query]', '8 (916) 000-00-00');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.notice');
  await shot('04-not-found');
  await sell(page, shot);
  await break_(page, shot);
  await others(page, shot);
}

async function sell(page: Page, shot: Shot): Promise<void> {
  await page.fill('[data-query]', 'анна');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.choices');
  await shot('05-names');
  await page.click('.choice-guest >> nth=0');
  await page.waitForSelector('.guest');
  await page.waitForTimeout(450);
  await shot('05-guest');
  await page.click('[data-more]');
  await page.waitForSelector('dialog[open]');
  await shot('05-guest-more');
  await page.click('[data-stamp]');
  await page.waitForSelector('.went');
  await shot('05-guest-stamped');
  await page.click('dialog .button-icon');
  await itemise(page, shot);
  await typeSum(page, '1250,5');
  await shot('06-sum');
  await page.click('.button-coupon');
  await page.waitForSelector('dialog[open]');
  await shot('06-coupons');
  await page.fill('#coupon-code', 'НЕТТАКОГО');
  await page.click('dialog .button-main');
  await page.waitForSelector('dialog .notice');
  await shot('06-coupon-unknown');
  await page.fill('#coupon-code', 'GIFT-CARD');
  await page.click('dialog .button-main');
  await page.waitForSelector('dialog[open]', { state: 'detached' });
  await page.click('.button-coupon');
  await page.click('dialog .coupon-choice');
  await page.waitForTimeout(700);
  await shot('06-coupon-taken');
  await page.click('.button-coupon');
  await page.click('dialog .coupon-choice >> nth=1');
  await page.waitForTimeout(700);
  await shot('06-coupon-misfit');
  await page.click('.button-coupon');
  await shot('06-coupons-taken');
  await page.click('dialog .coupon-choice >> nth=1');
  for (const code of [0, 2]) {
    await page.click('.button-coupon');
    await page.click(`dialog .coupon-choice >> nth=${code}`);
  }
  await page.waitForTimeout(600);
  await page.click('.row-actions .button-two >> nth=0');
  await page.waitForTimeout(200);
  await shot('07-spend');
  await page.click('.spend .row .button >> nth=1');
  await page.waitForTimeout(700);
  await shot('08-spend-all');
  await typeSum(page, '900');
  await shot('09-spend-too-much');
  if (await page.isVisible('.only-low')) await page.click('.only-low');
  await page.keyboard.press('Delete');
  await typeSum(page, '300');
  await shot('09-spend-own');
  await page.click('[data-confirm]');
  await page.waitForSelector('.end-done');
  await page.waitForTimeout(500);
  await shot('10-done');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.find');
}

async function itemise(page: Page, shot: Shot): Promise<void> {
  await page.click('[data-lines]');
  await page.waitForSelector('dialog[open]');
  await shot('05-lines-empty');
  for (const [name, price] of [
    ['Латте', '250'],
    ['Медовик', '400,50'],
  ] as const) {
    await page.fill('.new-line input >> nth=0', name);
    await page.fill('.new-line input >> nth=1', price);
    await page.click('.stepper button >> nth=1');
    await page.keyboard.press('Tab');
    await page.click('.new-line .button');
  }
  await shot('05-lines');
  await page.click('[data-done]');
  await page.waitForTimeout(600);
  await shot('05-lines-sale');
  await page.click('[data-lines]');
  await page.click('dialog .row .button-plain');
  await page.click('[data-done]');
}

async function break_(page: Page, shot: Shot): Promise<void> {
  await findGuest(page, '9035550102');
  await typeSum(page, '409');
  await page.click('[data-confirm]');
  await page.waitForSelector('.notice');
  await page.waitForTimeout(500);
  await shot('11-refused');
  await page.keyboard.press('Delete');
  await typeSum(page, '404,04');
  await page.click('[data-confirm]');
  await page.waitForSelector('.end-uncertain');
  await shot('12-uncertain');
  await page.click('.end-act .row .button >> nth=1');
  await page.waitForSelector('.pending');
  await shot('13-pending');
  await page.reload();
  await page.waitForSelector('.end-done');
  await page.waitForTimeout(500);
  await shot('14-resumed-after-reload');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.find');
}

async function others(page: Page, shot: Shot): Promise<void> {
  for (const [name, query] of [
    ['15-debt', '9260000003'],
    ['15-discount', '9260000006'],
    ['16-long', '9260000004'],
    ['17-blocked', '9260000005'],
  ] as const) {
    await findGuest(page, query);
    if (name === '16-long') await typeSum(page, '1234567,89');
    if (name === '15-discount') await typeSum(page, '1250');
    await shot(name);
    // A sum stays for the next guest.
    if (name === '15-discount') for (const _ of '1250') await page.keyboard.press('Backspace');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.find');
  }
  await page.click('.header-button >> nth=-1');
  await page.waitForSelector('dialog[open]');
  await shot('18-menu');
  await page.click('dialog .button-plain:not(.button-icon)');
  await page.waitForSelector('.sale-row');
  await shot('19-sales');
  await page.click('.sale-row .button >> nth=1');
  await page.waitForSelector('dialog[open]');
  await page.waitForTimeout(700);
  await shot('20-return');
  if (await page.isVisible('dialog [data-lines]')) {
    await page.click('dialog [data-lines]');
    await page.click('.stepper button >> nth=1');
    await page.waitForTimeout(700);
    await shot('20-return-lines');
  } else {
    await page.click('dialog [data-amount]');
    await page.fill('dialog .field input', '100');
    await page.waitForTimeout(700);
    await shot('20-return-amount');
  }
  await page.click('dialog .button-bad');
  await page.waitForSelector('dialog .end-words');
  await page.waitForTimeout(500);
  await shot('21-returned');
  await page.click('dialog .button-main');
  await page.click('.sticky-act .button');
  await page.waitForSelector('.find');
  await page.click('[data-newcomer]');
  await page.waitForSelector('.form-code img');
  await shot('22-newcomer');
  await page.click('[data-card]');
  await page.fill('#card-number', '2200 1234 5678');
  await shot('23-card');
}

async function take(browser: Browser, address: string, set: (typeof sets)[number]): Promise<void> {
  const name = `${set.width}-${set.scheme}-${set.lang}`;
  if (!name.includes(only)) return;
  const phone = set.width < 900;
  const context = await browser.newContext({
    viewport: { width: set.width, height: set.height },
    deviceScaleFactor: phone ? 2 : 1,
    colorScheme: set.scheme,
    locale: set.lang,
    hasTouch: phone,
  });
  await context.addInitScript(`localStorage.setItem('tessera.till.preferences', '{"lang":"${set.lang}"}')`);
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && console.log(name, message.text()));
  page.on('pageerror', (error) => console.log(name, error.message));
  await page.goto(address);
  await walk(page, async (shot) => {
    await page.screenshot({ path: join(folder, `${name}-${shot}.png`) });
    const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    const tall = await page.evaluate('document.documentElement.scrollHeight - innerHeight');
    if (Number(over) > 0 || Number(tall) > 0) console.log(name, shot, 'too wide by', over, 'too tall by', tall);
  });
  await context.request.delete(new URL('/api/v1/session', address).href);
}

await mkdir(folder, { recursive: true });
const server = await createServer({ ...config, configFile: false, logLevel: 'warn', server: { port: 0 } });
await server.listen();
const address = server.resolvedUrls?.local[0] ?? '';
try {
  for (const set of sets) {
    // One browser per set: the packaged Chromium runs as a single process and does not outlive its first context.
    const browser = await playwright.launch({ args: chromium.args, executablePath: await chromium.executablePath() });
    await take(browser, address, set).finally(() => browser.close());
  }
} finally {
  await server.close();
}
