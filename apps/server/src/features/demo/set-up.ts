import { fiscalQrText } from '@tessera/loyalty';
import type { AppleChain } from '@tessera/testkit';
import { newUuid } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { createForm } from '../growth/index.ts';
import { publishConsentText } from '../guests/index.ts';
import {
  BONUS_PROGRAMME,
  createGroup,
  createProgramme,
  type LoyaltyPlatform,
  openAccount,
  registerCheck,
  saveReceiptSettings,
  saveReferralSettings,
  submitReceipt,
} from '../loyalty/index.ts';
import { saveSmsRuSettings } from '../messaging/index.ts';
import { addPermanentToken, addUser, CONFIGURED_TOKEN } from '../staff/index.ts';
import { addVenue, createCompany } from '../tenancy/index.ts';
import { activateCredential, createDesign, type DesignDraft, issuePass, type Wallet } from '../wallet/index.ts';
import { artFor, renderArt } from './art/index.ts';
import {
  DEMO_FORM_ID,
  DEMO_STORAGE,
  demoCompany,
  demoConsentTexts,
  demoForm,
  demoGroups,
  demoGuests,
  demoPassType,
  demoReceipts,
  demoReferral,
  demoRules,
  demoVenues,
  demoWaitingReceipts,
  phoneOfGuest,
  SELF_REGISTERED_GROUP,
} from './company.ts';
import { demoDesign, otherDemoDesigns } from './design.ts';

export type DemoSetUp = {
  owner: { email: string; password: string };
  cashier: { email: string; password: string };
  apiToken: string;
  chain: AppleChain;
  smsRuApiId: string;
};

/** Sets up the demo company on an empty database: everything by the same use cases that people call. */
export async function setUpDemo(platform: LoyaltyPlatform, wallet: Wallet, setUp: DemoSetUp): Promise<Tenant> {
  const tenant = await createCompany(platform, demoCompany);
  for (const venue of demoVenues) await addVenue(tenant, venue);
  await addUser(platform, tenant, { ...setUp.owner, name: 'Владелец', role: 'owner' });
  await addUser(platform, tenant, { ...setUp.cashier, name: 'Кассир', role: 'cashier' });
  await addPermanentToken(platform, tenant, CONFIGURED_TOKEN, setUp.apiToken);
  await saveSmsRuSettings(platform, tenant, { apiId: setUp.smsRuApiId, from: 'Chaika' });
  const programme = { name: 'Баллы «Чайки»', kind: BONUS_PROGRAMME, rules: demoRules };
  const programmeId = await createProgramme(platform, tenant, programme);
  await saveReferralSettings(platform, tenant, programmeId, demoReferral);
  await saveReceiptSettings(platform, tenant, programmeId, demoReceipts);
  for (const group of demoGroups) await createGroup(tenant, { ...group, programmeId });
  for (const text of demoConsentTexts) await publishConsentText(tenant, text, platform.clock.now());
  const designId = await setUpCard(wallet, tenant, programmeId, setUp.chain);
  await createForm(platform, tenant, {
    formId: DEMO_FORM_ID,
    designId,
    groupId: SELF_REGISTERED_GROUP,
    body: demoForm,
  });
  await setUpGuests(platform, wallet, tenant, designId);
  return tenant;
}

async function setUpCard(wallet: Wallet, tenant: Tenant, programmeId: number, chain: AppleChain): Promise<number> {
  const credential = await activateCredential(wallet, tenant, {
    name: 'Демо-сертификат',
    ...demoPassType,
    certificate: chain.leaf.certificateDer,
    privateKey: Buffer.from(chain.leaf.privateKeyPem),
    intermediate: chain.intermediate.certificateDer,
    demo: true,
  });
  if (!credential.ok) throw new Error(`The demo's certificate was refused: ${JSON.stringify(credential.refusal)}`);
  const art = await renderArt();
  const draw = async (name: string, draft: DesignDraft): Promise<number> => {
    const made = await createDesign(wallet, tenant, {
      name,
      programmeId,
      credentialId: credential.value,
      draft,
      files: artFor(draft, art),
    });
    if (!made.ok) throw new Error(`The demo's design was refused: ${JSON.stringify(made.refusal)}`);
    return made.value.designId;
  };
  const designId = await draw('Карта гостя', demoDesign);
  for (const { name, draft } of otherDemoDesigns) await draw(name, draft);
  return designId;
}

/** Guests with a past: their checks are rung up on the days on which they came, by a clock that walks through them. */
async function setUpGuests(platform: LoyaltyPlatform, wallet: Wallet, tenant: Tenant, designId: number): Promise<void> {
  for (const [index, guest] of demoGuests.entries()) {
    const days = 30 + ((index * 53) % 240);
    const past = platform.clock.now().subtract({ hours: 24 * days });
    const opened = await openAccount({ ...platform, clock: { now: () => past } }, tenant, {
      groupId: SELF_REGISTERED_GROUP,
      profile: {
        firstName: guest.firstName,
        lastName: guest.lastName,
        middleName: '',
        birthday: guest.birthday,
        sex: null,
        email: null,
        language: 'ru',
      },
      identifiers: [{ kind: 'phone', value: phoneOfGuest(index), main: true, verifiedAt: past }],
      consents: [
        {
          purpose: 'personal_data',
          textVersion: '1',
          language: 'ru',
          source: `form:${DEMO_FORM_ID}`,
          address: null,
          agent: null,
          givenAt: past,
        },
      ],
    });
    if (!opened.ok) throw new Error(`A demo guest was refused: ${opened.refusal.code}`);
    const { accountId } = opened.value;
    for (let visit = 0; visit < guest.visits; visit++) {
      const hours = ((days * 24 - 30) * (visit + 1)) / (guest.visits + 1);
      const day = past.add({ minutes: Math.round(hours * 60) });
      await ringUp(platform, tenant, { accountId, at: whileOpen(day, index + visit), index, visit });
    }
    if (index % 3 !== 2) await issuePass(wallet, tenant, { accountId, designId, source: 'demo' });
    for (const receipt of demoWaitingReceipts.filter((one) => one.guest === index)) {
      await sendReceipt(platform, tenant, accountId, receipt);
    }
  }
}

async function sendReceipt(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  accountId: number,
  { hoursAgo, sum, document, sign }: (typeof demoWaitingReceipts)[number],
): Promise<void> {
  const at = platform.clock.now().subtract({ hours: hoursAgo }).toZonedDateTimeISO(demoCompany.timeZone);
  const localTime = at.toPlainDateTime().toString({ smallestUnit: 'minute' });
  const qr = fiscalQrText({ localTime, sum, storage: DEMO_STORAGE, document, sign });
  const sent = await submitReceipt(platform, tenant, { accountId, source: 'card', qr });
  if (!sent.ok) throw new Error(`A demo receipt was refused: ${sent.refusal.code}`);
}

/** That day between 11 and 22 o'clock: the restaurant is closed at night. Days lie further apart than that. */
function whileOpen(day: Temporal.Instant, turn: number): Temporal.Instant {
  const local = day.toZonedDateTimeISO(demoCompany.timeZone);
  return local.with({ hour: 11 + ((turn * 5) % 11) }).toInstant();
}

type Visit = { accountId: number; at: Temporal.Instant; index: number; visit: number };

async function ringUp(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { accountId, at, index, visit }: Visit,
): Promise<void> {
  const average = demoGuests[index]!.averageCheck;
  const money = average + ((visit * 17_300 + index * 4_100) % average);
  const sold = await registerCheck({ ...platform, clock: { now: () => at } }, tenant, {
    mode: 'reported',
    accountId,
    source: 'probonus',
    externalId: newUuid(platform.random),
    money: BigInt(money - (money % 100)),
    spend: visit > 2 && visit % 3 === 0 ? 5_000n : 0n,
    number: String(1_000 + index * 20 + visit),
    venueCode: 1 + (visit % 2),
  });
  // A guest without enough points simply pays with money.
  if (!sold.ok && sold.refusal.code !== 'insufficient_points') {
    throw new Error(`A demo check was refused: ${sold.refusal.code}`);
  }
}
