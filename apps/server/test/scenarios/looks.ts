import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { TestServer } from '../server.ts';

/**
 * Sizes, colours and languages that pages are looked at in. With TESSERA_SCREENSHOTS=<folder> every screen is pictured in all
 * of them, for people to look at; else the two that differ most are enough.
 */
const folder = process.env.TESSERA_SCREENSHOTS;
export type Look = { width: number; scheme: 'light' | 'dark'; language: 'ru' | 'en' };
const all: Look[] = [360, 1440].flatMap((width) =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    (['ru', 'en'] as const).map((language) => ({ width, scheme, language })),
  ),
);
export const looks = folder
  ? all
  : all.filter(({ width, scheme, language }) =>
      ['360 light ru', '1440 dark en'].includes(`${width} ${scheme} ${language}`),
    );

/** A browser of its own; what the browser itself complains of, a failed script or a broken policy, goes to `faults`. */
export async function openLook(
  browser: Browser,
  server: TestServer,
  { width, scheme, language }: Look,
  faults: string[],
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 740 : 900 },
    colorScheme: scheme,
    locale: language === 'ru' ? 'ru-RU' : 'en-GB',
    timezoneId: 'Europe/Moscow',
    reducedMotion: 'reduce',
    baseURL: server.url,
  });
  context.setDefaultTimeout(10_000);
  context.on('weberror', (error) => faults.push(error.error().message));
  context.on('console', (message) => {
    // The first look for a session is answered 401, and Chromium writes that down as an error.
    if (
      message.type() === 'error' &&
      !/status of 40[01]|net::ERR_(INTERNET_DISCONNECTED|CONNECTION_RESET)/.test(message.text())
    )
      faults.push(message.text());
  });
  return context;
}

/** A picture for people, and on every screen: nothing sticks out at the side. */
export async function picture(page: Page, name: string, { width, scheme, language }: Look): Promise<void> {
  const wide = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
  expect(wide, `${name} is too wide`).toBeLessThanOrEqual(0);
  const mains = await page.locator('main').evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth));
  expect(Math.max(0, ...mains), `${name} grows over its margins`).toBe(0);
  if (!folder) return;
  await page.locator('html').evaluate((html) => html.ownerDocument.fonts.ready.then(() => undefined));
  await page.waitForTimeout(250);
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}-${width}-${scheme}-${language}.png`), fullPage: true });
}
