import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '@tessera/testkit/chromium';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cameraArguments, filmCode, type PrintedCode } from '../film-code.ts';
import { startTestServer, type TestServer } from '../server.ts';
import { registerGuest } from './calls.ts';

// A cashier points the till's camera at a guest's card: the four codes of wallets, and printed plastic. This Chromium has no
// reader of its own, so the one that the till brings along is tried, under the policy that the server sends.

const PLASTIC = '4607012345677';
let server: TestServer;
let folder: string;
let serial: string;

beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), 'tessera-camera-'));
  const guest = await registerGuest(server, { name: 'Анна Лебедева' });
  const found = await server.query<{ serial: string; company_id: number; guest_id: string }>(
    `select p.serial, a.company_id, a.guest_id from passes p
     join accounts a on a.company_id = p.company_id and a.account_id = p.account_id where a.account_id = $1`,
    [guest.accountId],
  );
  const { company_id, guest_id } = found[0]!;
  serial = found[0]!.serial;
  await server.query(
    `insert into guest_identifiers (company_id, kind, value, guest_id, main, created_at)
     values ($1, 'card', $2, $3, false, now())`,
    [company_id, PLASTIC, guest_id],
  );
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const codes: [PrintedCode['symbology'], () => string][] = [
  ['qrcode', () => serial],
  ['pdf417', () => serial],
  ['azteccode', () => serial],
  ['code128', () => serial],
  ['ean13', () => PLASTIC],
];

describe.each(codes)('%s', (symbology, textOf) => {
  test('before the camera leads to the guest', async () => {
    const film = join(folder, `${symbology}.y4m`);
    await filmCode(film, { symbology, text: textOf() });
    const browser = await launchChromium(cameraArguments(film));
    try {
      const context = await browser.newContext({
        baseURL: server.url,
        viewport: { width: 390, height: 844 },
        locale: 'ru',
      });
      const faults: string[] = [];
      context.on('weberror', (error) => faults.push(error.error().message));
      context.on('console', (message) => {
        if (message.type() === 'error' && !/status of 40[01]/.test(message.text())) faults.push(message.text());
      });
      const page = await context.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto('/till/');
      await page.waitForSelector('.sign-in');
      await page.fill('input[type=email]', server.cashier.email);
      await page.fill('#password', server.cashier.password);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.find');
      // Who never opens the camera never loads what reads codes.
      expect(asked.some((url) => /decoder|\.wasm/.test(url))).toBe(false);
      await page.click('[data-scan]');
      await page.waitForSelector('.guest', { timeout: 20_000 });
      expect(await page.textContent('.guest-name')).toContain('Анна Л.');
      expect(asked.filter((url) => !url.startsWith(server.url) && !url.startsWith('blob:'))).toEqual([]);
      expect(faults).toEqual([]);
      await context.close();
    } finally {
      await browser.close();
    }
  });
});
