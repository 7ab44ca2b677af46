import { type Result, refuse, succeed } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { confirmPhoneCode, issuePhoneCode, tillSettingsOf } from '../guests/index.ts';
import { noteVisit } from '../loyalty/index.ts';
import { queueSms } from '../messaging/index.ts';
import { giveCard } from './give-card.ts';
import type { GrowthPlatform, SealedProfile, Visitor } from './growth-platform.ts';
import type { Form, RegistrationInput } from './model.ts';
import {
  deleteUnfinished,
  type Registration,
  selectRegistration,
  setRegistrationCode,
  upsertRegistration,
} from './store.ts';

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
  const { attempt, phone } = input;
  const before = await broughtBefore(platform, tenant, form, attempt);
  const invite = input.invite ?? before.invite;
  const source = input.source ?? before.source;
  const kept = await keepTyped(platform, tenant, form, { ...input, invite, source }, visitor);
  if (!kept) return succeed('done');
  if (invite) await noteVisit(platform, tenant, { ...invite, phone });
  const registration = await selectRegistration(tenant, form.formId, attempt);
  // The same page sent twice in a moment: the code is on its way already.
  if (registration?.codeId && (await isFresh(platform, tenant, registration))) return succeed('code_sent');
  const sent = await sendCode(platform, tenant, { attempt, phone, visitor });
  return sent.ok ? succeed('code_sent') : sent;
}

/** Keeps what was typed, sealed; false when this attempt has its card already. */
async function keepTyped(
  platform: GrowthPlatform,
  tenant: Tenant,
  form: Form,
  input: RegistrationInput,
  visitor: Visitor,
): Promise<boolean> {
  const { attempt, phone, ...typed } = input;
  const isKey = form.body.phone === 'code';
  const profile: SealedProfile = {
    ...typed,
    address: visitor.address,
    agent: visitor.agent,
    ...(isKey || phone === '' ? {} : { contact: phone }),
  };
  const now = platform.clock.now();
  await deleteUnfinished(tenant, now.subtract({ hours: UNFINISHED_KEPT_HOURS }));
  const registration = {
    attempt,
    formId: form.formId,
    language: visitor.language,
    phone: isKey ? phone : '',
    source: input.source ?? '',
    profileSealed: platform.vault.seal(JSON.stringify(profile), sealContext(tenant, attempt)),
  };
  return upsertRegistration(tenant, registration, now);
}

/**
 * Takes a filled form that asks for no code: the card is made at once. A phone that was typed stays a contact; it opens
 * nobody's account and shows nobody's card, whoever has it.
 */
export async function registerAtOnce(
  platform: GrowthPlatform,
  tenant: Tenant,
  form: Form,
  input: RegistrationInput,
  visitor: Visitor,
): Promise<Result<{ guid: string }>> {
  await keepTyped(platform, tenant, form, input, visitor);
  const registration = await selectRegistration(tenant, form.formId, input.attempt);
  if (!registration) return refuse('not_found');
  if (registration.guid) return succeed({ guid: registration.guid });
  const profile = openProfile(platform, tenant, registration);
  return succeed(await giveCard(platform, tenant, form, { registration, profile, proof: { kind: 'none' } }));
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
  const profile = openProfile(platform, tenant, registration);
  const proof = { kind: 'phone', value: confirmed.value.phone } as const;
  return succeed(await giveCard(platform, tenant, form, { registration, profile, proof }));
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
