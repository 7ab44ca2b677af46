import type { Tenant } from '../../platform/database/index.ts';
import {
  type Consent,
  type ConsentPurpose,
  consentTextFor,
  giveIdentifier,
  guestsWithEmail,
  type Profile,
  recordConsent,
  verifyIdentifier,
} from '../guests/index.ts';
import { changeAccount, findAccount, openAccount, viewMember } from '../loyalty/index.ts';
import { queueSms } from '../messaging/index.ts';
import { type NewAnswer, upsertAnswers } from './forms/answers.store.ts';
import { versionOfConsent } from './forms/consent-wording.ts';
import { wordsOf } from './forms/form-body.ts';
import type { GrowthPlatform, SealedProfile } from './growth-platform.ts';
import type { Answer, Form } from './model.ts';
import { finishRegistration, type Registration } from './store.ts';

/** How the guest is known: by a phone that he has proved, or by nothing but this registration. */
export type Proof = { kind: 'phone'; value: string } | { kind: 'none' };

/**
 * The end of every registration: the account by the form's group, or the one that the proved phone has, what was typed,
 * and the card. Twice with the same registration leads to the same card.
 */
export async function giveCard(
  platform: GrowthPlatform,
  tenant: Tenant,
  form: Form,
  { registration, profile, proof }: { registration: Registration; profile: SealedProfile; proof: Proof },
): Promise<{ guid: string }> {
  const account = await accountFor(platform, tenant, form, { registration, profile, proof });
  const now = platform.clock.now();
  if (account.isNew || form.body.known !== 'keep') {
    await keepEmail(platform, tenant, form, { account, profile, proof });
    const answers = answersOf(form, profile, registration);
    await upsertAnswers(tenant, tenant.companyId, { guestId: account.guestId, formId: form.formId, answers }, now);
  }
  const cameFrom = `form:${form.formId}${profile.source ? `:${profile.source}` : ''}`;
  const card = await platform.issueCard(tenant, account.accountId, form.designId, cameFrom);
  const outcome = account.isNew ? 'new' : 'restored';
  await finishRegistration(tenant, registration.attempt, { guid: card.guid, outcome, now });
  platform.wake();
  return card;
}

type Given = { registration: Registration; profile: SealedProfile; proof: Proof };
type Found = { accountId: number; guestId: number; isNew: boolean };

async function accountFor(platform: GrowthPlatform, tenant: Tenant, form: Form, given: Given): Promise<Found> {
  const { registration, profile, proof } = given;
  const now = platform.clock.now();
  const consents = await consentsFor(tenant, form, registration, profile, now);
  // A guest whom nobody has proved is known by his registration, so that a page sent twice opens one account.
  const identifier =
    proof.kind === 'phone'
      ? ({ ...proof, main: true, verifiedAt: now } as const)
      : ({ kind: 'external', value: `form:${registration.attempt}`, main: false, verifiedAt: null } as const);
  const opened = await openAccount(platform, tenant, {
    groupId: form.groupId,
    // The e-mail follows, if it is free.
    profile: { ...profileOf(profile), email: null, language: registration.language },
    identifiers: [identifier],
    consents,
    // The code was noted with the phone when the form was sent.
    cameBy: proof.kind === 'phone' ? { device: profile.invite?.device } : undefined,
  });
  if (opened.ok) return { ...opened.value, isNew: true };
  const existing = await findAccount(platform, tenant, identifier.kind, identifier.value);
  if (!existing) throw new Error(`A form cannot open accounts: ${opened.refusal.code}`);
  const { accountId, guestId } = existing;
  if (proof.kind === 'none') return { accountId, guestId, isNew: true };
  // The phone has an account: whoever proved the phone gets its card back.
  await tenant.transaction(async (transaction) => {
    const { companyId } = tenant;
    // What he has agreed to counts, whoever opened his account (a till asks for no consent).
    for (const consent of consents) await recordConsent(transaction, companyId, guestId, consent);
    await verifyIdentifier(transaction, companyId, { kind: 'phone', value: proof.value, verifiedAt: now });
  });
  await changeKnown(platform, tenant, form, accountId, profile);
  return { accountId, guestId, isNew: false };
}

type Typed = Omit<Profile, 'language'>;

const profileOf = ({ firstName, lastName, middleName, birthday, sex, email }: SealedProfile): Typed => ({
  firstName,
  lastName,
  middleName,
  birthday,
  sex,
  email,
});

/** A guest who proved that the profile is his own may fill it in, or change it, where the form says so. */
async function changeKnown(
  platform: GrowthPlatform,
  tenant: Tenant,
  { body: { known } }: Form,
  accountId: number,
  profile: SealedProfile,
): Promise<void> {
  if (known === 'keep') return;
  const member = await viewMember(platform, tenant, accountId);
  if (!member) return;
  // The e-mail has a way of its own: another guest may have it.
  const { email: _email, ...typed } = profileOf(profile);
  const change = Object.fromEntries(
    Object.entries(typed).filter(([name, value]) => {
      const before = member.guest[name as keyof typeof typed];
      return value && (known === 'replace' || !before);
    }),
  );
  const nobody = { addCards: [], dropCards: [] };
  if (Object.keys(change).length > 0) await changeAccount(platform, tenant, accountId, { profile: change, ...nobody });
}

/**
 * Writes the e-mail into the profile. Where e-mails are unique, one that another guest has is not written: its owner is
 * told by SMS how to get back the card that he has, and the page answers just as it always does, so that nobody learns
 * here who is registered.
 */
async function keepEmail(
  platform: GrowthPlatform,
  tenant: Tenant,
  form: Form,
  { account, profile, proof }: { account: Found; profile: SealedProfile; proof: Proof },
): Promise<void> {
  const { email } = profile;
  if (email === null) return;
  const { accountId, guestId } = account;
  if (form.body.uniqueEmail) {
    const others = (await guestsWithEmail(tenant, email)).filter((one) => one.guestId !== guestId);
    const wish = { kind: 'email', value: email, now: platform.clock.now() } as const;
    const free = others.length === 0 && (await giveIdentifier(tenant, tenant.companyId, guestId, wish));
    // Only who has proved a phone of his own sets off a message: else anybody could have them sent by the hundred.
    if (!free) return proof.kind === 'phone' ? tellOwner(platform, tenant, form, others[0]?.phone ?? null) : undefined;
  }
  const member = account.isNew ? null : await viewMember(platform, tenant, accountId);
  if (member?.guest.email && form.body.known !== 'replace') return;
  await changeAccount(platform, tenant, accountId, { profile: { email }, addCards: [], dropCards: [] });
}

/** Leads whoever has the e-mail already to his own card: by the phone that he proved, and nobody else sees it. */
async function tellOwner(platform: GrowthPlatform, tenant: Tenant, form: Form, phone: string | null): Promise<void> {
  if (phone === null) return;
  const owner = await findAccount(platform, tenant, 'phone', phone);
  const language = owner && (await viewMember(platform, tenant, owner.accountId))?.guest.language;
  if (!language) return;
  const url = `${platform.publicUrl}/n/${form.formId}`;
  const text = platform.texts(language)('server:sms.emailKnown', { url });
  await queueSms(platform, tenant, { phone, text, purpose: 'email_known', address: null });
}

function answersOf(form: Form, profile: SealedProfile, { language }: Registration): NewAnswer[] {
  const words = (answer: Answer): NewAnswer => {
    const question = form.body.questions.find(({ key }) => key === answer.key);
    const label = wordsOf(form.body, question?.label, language) ?? answer.key;
    return { question: answer.key, label, text: answer.text };
  };
  const contact = profile.contact ? [{ question: 'phone', label: '', text: profile.contact }] : [];
  // `phone` is no key of a question: keys of questions stand behind `q-` in the page, and this one is taken.
  return [...contact, ...profile.answers.filter(({ key }) => key !== 'phone').map(words)];
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
    const text = await consentTextFor(tenant, purpose, language);
    const textVersion = versionOfConsent(form.body, purpose, language, text?.version ?? 'none');
    return { purpose, textVersion, language, source: `form:${form.formId}`, address, agent, givenAt };
  });
  return Promise.all(consents);
}
