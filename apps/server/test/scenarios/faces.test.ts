import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DesignPreview } from '@tessera/contract';
import { renderCardOnWallpaper, renderGoogleCard } from '@tessera/look';
import { createPhone } from '@tessera/testkit';
import { launchChromium } from '@tessera/testkit/chromium';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardOnPhone } from '../../src/features/demo/card-on-phone.ts';
import { otherDemoDesigns } from '../../src/features/demo/design.ts';
import { openAccount } from '../../src/features/loyalty/index.ts';
import { createDesign, issuePass } from '../../src/features/wallet/index.ts';
import { hardCases } from '../faces/hard-cases.ts';
import { findCollisions, picturesOfPdf, type SheetPart, showSheet } from '../faces/sheet.ts';
import { newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, registerCheck, signIn } from './calls.ts';

// Every card of the demo, and designs made to break it, in every form and language, as it really comes out: the bundle
// opened by a phone, the page, the PDF. TESSERA_SCREENSHOTS=<folder> gives a sheet of pictures of each.

const folder = process.env.TESSERA_SCREENSHOTS;
const languages = ['ru', 'en'] as const;
type Language = (typeof languages)[number];

let server: TestServer;
let browser: Browser;
let context: BrowserContext;
let sheet: Page;
let cookie: string;
const guests = {} as Record<Language, number>;
const names = ['Карта гостя', ...otherDemoDesigns.map(({ name }) => name)];
const hard = await hardCases();
const cases = [...names, ...hard.map(({ name }) => name)].flatMap((name) =>
  languages.map((language) => ({ name, language })),
);

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer(), launchChromium()]);
  context = await browser.newContext({ baseURL: server.url });
  sheet = await context.newPage();
  ({ cookie } = await signIn(server, OWNER));
  for (const language of languages) guests[language] = await newGuest(language);
  await addHardCases();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function newGuest(language: Language): Promise<number> {
  const { tenant, app } = server.running;
  const [firstName, lastName] = language === 'ru' ? ['Анна', 'Берёзова'] : ['Anna', 'Birch'];
  const opened = await openAccount(app.platform, tenant, {
    groupId: 3,
    profile: {
      firstName: firstName!,
      lastName: lastName!,
      middleName: '',
      birthday: null,
      sex: null,
      email: null,
      language,
    },
    identifiers: [{ kind: 'phone', value: newPhoneNumber(), main: true, verifiedAt: null }],
  });
  if (!opened.ok) throw new Error(opened.refusal.code);
  await registerCheck(server, opened.value.accountId, 12_345);
  return opened.value.accountId;
}

async function addHardCases(): Promise<void> {
  const { tenant, app } = server.running;
  const [card] = await server.query<{ programme_id: number; credential_id: number }>(
    'select programme_id, credential_id from designs order by design_id limit 1',
  );
  for (const { name, draft, files } of hard) {
    const made = await createDesign(app.wallet, tenant, {
      name,
      programmeId: card!.programme_id,
      credentialId: card!.credential_id,
      draft,
      files,
    });
    if (!made.ok) throw new Error(`«${name}»: ${JSON.stringify(made.refusal)}`);
  }
}

/** A card of a design for the guest who speaks the language. */
async function newCard(name: string, language: Language) {
  const { tenant, app } = server.running;
  const [design] = await server.query<{ design_id: number }>('select design_id from designs where name = $1', [name]);
  const designId = design!.design_id;
  const issued = await issuePass(app.wallet, tenant, { accountId: guests[language], designId });
  if (!issued.ok) throw new Error(JSON.stringify(issued.refusal));
  return { ...issued.value, designId };
}
type NewCard = Awaited<ReturnType<typeof newCard>>;

/** The card as a phone of that language shows the bundle that it has downloaded. */
async function onPhone({ guid }: NewCard, language: Language) {
  const phone = createPhone({
    deviceId: `faces-${language}-${guid}`,
    clock: () => server.running.app.platform.clock.now(),
    random: () => 0.5,
    rootCertificates: [server.world.chain.root.certificatePem],
    language,
    http: { allowPlainHttp: true },
  });
  const installed = await phone.installFrom(`${server.url}/c/${guid}.pkpass`);
  const [view] = phone.snapshot().cards;
  if (!view) throw new Error(`The phone refused the card: ${JSON.stringify(installed)}`);
  await phone.remove(view);
  await phone.stop();
  return cardOnPhone(view);
}

/** What the console shows of it, which is what Google is told. */
async function previewOf({ designId, serial }: NewCard, language: Language) {
  const design = await call(server, { path: `/api/v1/designs/${designId}`, headers: { cookie } });
  const { body } = design.body;
  const seen = await call(server, {
    path: '/api/v1/designs/preview',
    body: { body, designId, serial },
    headers: { cookie },
  });
  const { faces } = seen.body as unknown as DesignPreview;
  const face = faces?.find((one) => one.language === language);
  if (!face) throw new Error(`No preview: ${seen.text.slice(0, 300)}`);
  return face;
}

/** The page as it is served, on a narrow phone. */
async function webPage({ guid }: NewCard, language: Language): Promise<string> {
  const page = await context.newPage();
  try {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`/c/${guid}?lang=${language}`);
    const png = await page.screenshot({ clip: { x: 0, y: 0, width: 360, height: 1_000 }, fullPage: true });
    return `data:image/png;base64,${png.toString('base64')}`;
  } finally {
    await page.close();
  }
}

async function pdf(path: string, dotsPerInch: number): Promise<string[]> {
  const answer = await fetch(server.url + path, { headers: { cookie } });
  return answer.ok ? picturesOfPdf(Buffer.from(await answer.arrayBuffer()), dotsPerInch) : [];
}

/** What takes time and only eyes can judge. */
const onlyToLookAt = async (card: NewCard, language: Language): Promise<SheetPart[]> => [
  { title: 'Web', width: 360, pictures: [await webPage(card, language)] },
  { title: 'Print', width: 407, pictures: await pdf(`/c/${card.guid}.pdf?size=card&lang=${language}`, 200) },
  { title: 'To fold', width: 407, pictures: await pdf(`/c/${card.guid}.pdf?lang=${language}`, 90) },
];

const drawn = (title: string, html: string): SheetPart => ({ title, width: 407, html });

test.each(cases)('nothing lies over anything else on «$name» in $language', async ({ name, language }) => {
  const card = await newCard(name, language);
  const [model, face] = [await onPhone(card, language), await previewOf(card, language)];
  const look = { lang: language, wallpaper: 'light' } as const;
  const apple = { ...look, platform: 'apple' } as const;
  const print = { ...look, platform: 'print' } as const;
  const parts: SheetPart[] = [
    drawn('Apple', renderCardOnWallpaper(model, apple)),
    drawn('Apple: back', renderCardOnWallpaper(model, { ...apple, side: 'back' })),
    ...(model.poster ? [drawn('Apple: poster', renderCardOnWallpaper(model, { ...apple, poster: true }))] : []),
    drawn('Google', renderGoogleCard(face.google, look)),
    drawn('Google: details', renderGoogleCard(face.google, { ...look, side: 'back', wallpaper: 'dark' })),
    drawn('Web', renderCardOnWallpaper(face.card, { ...look, platform: 'web' })),
    drawn('Print: preview', renderCardOnWallpaper(face.card, print)),
    drawn('Print: preview, back', renderCardOnWallpaper(face.card, { ...print, side: 'back' })),
    ...(folder ? await onlyToLookAt(card, language) : []),
  ];
  await showSheet(sheet, `${name} · ${language}`, parts);
  if (folder) {
    await mkdir(folder, { recursive: true });
    const file = `face-${name.replaceAll(/[« »]+/g, '-')}-${language}.png`;
    await sheet.screenshot({ path: join(folder, file), fullPage: true });
  }
  expect(await findCollisions(sheet)).toEqual([]);
});
