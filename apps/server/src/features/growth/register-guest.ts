import { type Result, refuse, succeed } from '@tessera/contract';
import type { Language } from '@tessera/contract/messages';
import type { Tenant } from '../../platform/database/index.ts';
import {
  type Consent,
  type ConsentPurpose,
  confirmPhoneCode,
  currentConsentText,
  issuePhoneCode,
  recordConsent,
  tillSettingsOf,
  verifyIdentifier,
} from '../guests/index.ts';
import type { Journal } from '../journal/index.ts';
import { findAccount, type LoyaltyPlatform, noteVisit, openAccount } from '../loyalty/index.ts';
import { queueSms } from '../messaging/index.ts';
import type { Form, RegistrationInput } from './model.ts';
import {
  deleteUnfinished,
  finishRegistration,
  type Registration,
  selectRegistration,
  setRegistrationCode,
  upsertRegistration,
} from './store.ts';

export type GrowthPlatform = LoyaltyPlatform & {
  /** Gives the account its card of a design, and the address of it. Told by the wallet feature. */
  readonly issueCard: (
    tenant: Tenant,
    accountId: number,
    designId: number,
    source: string,
  ) => Promise<{ guid: string }>;
  readonly journal: Journal;
};

/** Where a visit comes from: kept with the consents, as their proof. */
export type Visitor = { address: string | null; agent: string | null; language: Language };

type SealedProfile = Omit<RegistrationInput, 'attempt' | 'phone'> & Pick<Visitor, 'address' | 'agent'>;

const sealContext = (tenant: Tenant, attempt: string): string => `registration:${tenant.companyId}:${attempt}`;

/** What was typed and never confirmed is nobody's. */
const UNFINISHED_KEPT_HOURS = 24;

/**
 * Takes a filled form: keeps it sealed and sends a code to the phone. Nothing of it tells whether the phone is known.
 * @returns code_too_often; 'done' when this attempt has its card already (a page sent twice)
 */
export async function beginRegistration(
  platform: GrowthPlatform,
  tenant: Tenant,
  form: Form,
  input: RegistrationInput,
  visitor: Visitor,
): Promise<Result<'code_sent' | 'done'>> {
  const { attempt, phone, ...profile } = input;
  const before = await broughtBefore(platform, tenant, form, attempt);
  const invite = profile.invite ?? before.invite;
  const source = profile.source ?? before.source;
  const sealed: SealedProfile = { ...profile, invite, source, address: visitor.address, agent: visitor.agent };
  const now = platform.clock.now();
  await deleteUnfinished(tenant, now.subtract({ hours: UNFINISHED_KEPT_HOURS }));
  const kept = await upsertRegistration(
    tenant,
    {
      attempt,
      formId: form.formId,
      language: visitor.language,
      phone,
      profileSealed: platform.vault.seal(JSON.stringify(sealed), sealContext(tenant, attempt)),
    },
    now,
  );
  if (!kept) return succeed('done');
  if (invite) await noteVisit(platform, tenant, { ...invite, phone });
  const registration = await selectRegistration(tenant, form.formId, attempt);
  // The same page sent twice in a moment: the code is on its way already.
  if (registration?.codeId && (await isFresh(platform, tenant, registration))) return succeed('code_sent');
  const sent = await sendCode(platform, tenant, { attempt, phone, visitor });
  return sent.ok ? succeed('code_sent') : sent;
}

/** «Change the number» leads back to a form that has lost the link: the attempt still knows it. */
async function broughtBefore(
  platform: GrowthPlatform,
  tenant: Tenant,
  form: Form,
  attempt: string,
): Promise<Pick<SealedProfile, 'invite' | 'source'>> {
  const registration = await selectRegistration(tenant, form.formId, attempt);
  if (!registration || registration.guid) return {};
  return openProfile(platform, tenant, registration);
}

const openProfile = (platform: GrowthPlatform, tenant: Tenant, registration: Registration): SealedProfile =>
  JSON.parse(platform.vault.open(registration.profileSealed, sealContext(tenant, registration.attempt)).toString());

/** As long as no second code would be sent anyway. */
async function isFresh(platform: GrowthPlatform, tenant: Tenant, registration: Registration): Promise<boolean> {
  const { pin } = await tillSettingsOf(tenant);
  return registration.updatedAt.until(platform.clock.now()).total('seconds') < pin.pauseSeconds;
}

/** Sends a (new) code for a registration. */
export async function sendCode(
  platform: GrowthPlatform,
  tenant: Tenant,
  { attempt, phone, visitor }: { attempt: string; phone: string; visitor: Visitor },
): Promise<Result<null>> {
  const issued = await issuePhoneCode(platform, tenant, { phone, address: visitor.address });
  if (!issued.ok) return issued;
  const { codeId, code } = issued.value;
  await setRegistrationCode(tenant, attempt, codeId, platform.clock.now());
  const host = new URL(platform.publicUrl).hostname;
  // The last line lets a phone fill the field by itself (WebOTP: an origin-bound one-time code).
  const text = `${platform.texts(visitor.language)('server:sms.code', { code })}\n\n@${host} #${code}`;
  await queueSms(platform, tenant, { phone, text, purpose: 'phone_code', address: visitor.address });
  return succeed(null);
}

/**
 * Confirms the code: opens the account by the form's group, or finds the one that the phone has, and gives its card.
 * Done twice it leads to the same card.
 * @returns code_wrong, code_spent, code_expired, not_found (no such attempt)
 */
export async function confirmRegistration(
  platform: GrowthPlatform,
  tenant: Tenant,
  form: Form,
  { attempt, code }: { attempt: string; code: string },
): Promise<Result<{ guid: string }>> {
  const registration = await selectRegistration(tenant, form.formId, attempt);
  if (!registration) return refuse('not_found');
  if (registration.guid) return succeed({ guid: registration.guid });
  if (!registration.codeId) return refuse('code_expired');
  const confirmed = await confirmPhoneCode(platform, tenant, { codeId: registration.codeId, code });
  if (!confirmed.ok) {
    const guid = confirmed.refusal.params?.used ? await cardOfTwin(tenant, form, attempt) : null;
    return guid ? succeed({ guid }) : confirmed;
  }
  const accountId = await accountFor(platform, tenant, form, registration, confirmed.value.phone);
  const { source } = openProfile(platform, tenant, registration);
  const cameFrom = `form:${form.formId}${source ? `:${source}` : ''}`;
  const card = await platform.issueCard(tenant, accountId, form.designId, cameFrom);
  await finishRegistration(tenant, attempt, card.guid, platform.clock.now());
  platform.wake();
  return succeed(card);
}

const TWIN_TRIES = 10;
const TWIN_PAUSE_MILLISECONDS = 150;

/** A page sent twice: the first one has used the code and is making the card; the second one waits for it. */
async function cardOfTwin(tenant: Tenant, form: Form, attempt: string): Promise<string | null> {
  for (let tries = 0; tries < TWIN_TRIES; tries++) {
    const registration = await selectRegistration(tenant, form.formId, attempt);
    if (registration?.guid) return registration.guid;
    await new Promise((resolve) => setTimeout(resolve, TWIN_PAUSE_MILLISECONDS));
  }
  return null;
}

async function accountFor(
  platform: GrowthPlatform,
  tenant: Tenant,
  form: Form,
  registration: Registration,
  phone: string,
): Promise<number> {
  const profile = openProfile(platform, tenant, registration);
  const now = platform.clock.now();
  const consents = await consentsFor(tenant, form, registration, profile, now);
  const opened = await openAccount(platform, tenant, {
    groupId: form.groupId,
    profile: {
      firstName: profile.firstName,
      lastName: profile.lastName,
      middleName: '',
      birthday: profile.birthday,
      sex: null,
      email: null,
      language: registration.language,
    },
    identifiers: [{ kind: 'phone', value: phone, main: true, verifiedAt: now }],
    consents,
    // The code was noted with the phone when the form was sent.
    cameBy: { device: profile.invite?.device },
  });
  if (opened.ok) return opened.value.accountId;
  // The phone has an account: whoever proved the phone gets its card back.
  const existing = await findAccount(platform, tenant, 'phone', phone);
  if (!existing) throw new Error(`A form cannot open accounts: ${opened.refusal.code}`);
  // What he has agreed to counts, whoever opened his account (a till asks for no consent).
  await tenant.transaction(async (transaction) => {
    const { companyId } = tenant;
    for (const consent of consents) await recordConsent(transaction, companyId, existing.guestId, consent);
    await verifyIdentifier(transaction, companyId, { kind: 'phone', value: phone, verifiedAt: now });
  });
  return existing.accountId;
}

async function consentsFor(
  tenant: Tenant,
  form: Form,
  { language }: Registration,
  profile: SealedProfile,
  givenAt: Temporal.Instant,
): Promise<Consent[]> {
  const purposes: ConsentPurpose[] = profile.marketing ? ['personal_data', 'marketing'] : ['personal_data'];
  const { address, agent } = profile;
  const consents = purposes.map(async (purpose): Promise<Consent> => {
    const text = await currentConsentText(tenant, purpose, language);
    const source = `form:${form.formId}`;
    return { purpose, textVersion: text?.version ?? 'none', language, source, address, agent, givenAt };
  });
  return Promise.all(consents);
}
