import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '@tessera/testkit/chromium';
import { type FakeGoogleWallet, startFakeGoogleWallet } from '@tessera/testkit/google-wallet';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type InUse, useEverything } from '../rooms/company-in-use.ts';
import { rooms } from '../rooms/rooms.ts';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { looks, openLook, picture } from './looks.ts';

// Every room of the console, in use, in headless Chromium: with TESSERA_SCREENSHOTS=<folder> pictured in all looks.

let server: TestServer;
let google: FakeGoogleWallet;
let browser: Browser;
let company: InUse;
let axe: string;

beforeAll(async () => {
  const clock = () => server.running.app.platform.clock.now();
  google = await startFakeGoogleWallet({ clock, plainHosts: ['127.0.0.1', 'localhost'] });
  [server, browser, axe] = await Promise.all([
    startTestServer({ GOOGLE_URL: google.url }),
    launchChromium(),
    readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8'),
  ]);
  company = await useEverything(server, google);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await google?.stop();
});

describe.each(looks)('at $width px, $scheme, $language', (one) => {
  const faults: string[] = [];
  let context: BrowserContext;

  beforeAll(async () => {
    context = await openLook(browser, server, one, faults);
  });
  afterAll(() => context?.close());

  test('every room fits its page, has a heading and a title of its own, and axe finds nothing grave', async () => {
    const page = await context.newPage();
    const quiet = watchRequests(page);
    await signIn(page);
    await page.evaluate(axe);
    const found: string[] = [];
    for (const { name, path } of rooms(company)) {
      await goInside(page, `/console${path}`);
      await page.locator('main h1').waitFor();
      await quiet();
      await picture(page, `rooms-${name}`, one);
      // On a busy machine a room may be drawn after its answers have come.
      for (let tries = 0; tries < 20 && (await strayTitle(page)).length > 0; tries++) await page.waitForTimeout(100);
      found.push(...(await strayTitle(page)).map((what) => `${name}: ${what}`));
      found.push(...(await gravest(page)).map((violation) => `${name}: ${violation}`));
    }
    expect(found).toEqual([]);
    expect(faults).toEqual([]);
  }, 400_000);
});

async function signIn(page: Page): Promise<void> {
  await page.goto('/console/accounts');
  await page.fill('input[name=email]', OWNER.email);
  await page.fill('input[name=password]', OWNER.password);
  await page.click('button[type=submit]');
  await page.waitForURL(/\/console\/accounts/);
}

/** To another address of the console as a link in it leads there: the page is not loaded anew. */
async function goInside(page: Page, address: string): Promise<void> {
  // Under a key of its own, else the router takes the scrolling of the page before over.
  const state = JSON.stringify({ __TSR_key: address });
  await page.evaluate(
    `history.pushState(${state}, '', ${JSON.stringify(address)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
}

/** Waits until every answer that the page asked for has come. */
function watchRequests(page: Page): () => Promise<void> {
  const open = new Set<unknown>();
  page.on('request', (request) => open.add(request));
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return async () => {
    for (let still = 0; still < 3; still = open.size === 0 ? still + 1 : 0) await page.waitForTimeout(40);
  };
}

/** The title of the browser's tab, if it is not of what is read on the page. */
async function strayTitle(page: Page): Promise<string[]> {
  const title = await page.title();
  const heading = (await page.locator('main h1').allInnerTexts()).join(' | ');
  return title.startsWith(heading) ? [] : [`the title ${title} is not of ${heading}`];
}

type Violation = { id: string; impact: string | null; nodes: { html: string }[] };

/** What axe calls serious or critical. Cards look as the phones draw them: their colours are not ours. */
async function gravest(page: Page): Promise<string[]> {
  const run = `axe.run({ exclude: [['.t-card'], ['.t-back'], ['iframe']] }, { resultTypes: ['violations'] })`;
  const { violations } = (await page.evaluate(run)) as { violations: Violation[] };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}, ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
}
