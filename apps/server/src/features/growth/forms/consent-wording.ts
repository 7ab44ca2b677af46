import { sha256 } from '../../../platform/crypto/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import type { ConsentPurpose } from '../../guests/index.ts';
import { insertWording } from './answers.store.ts';
import { type ConsentAsked, type FormBody, wordsOf } from './form-body.ts';

const askedOf = (form: FormBody, purpose: ConsentPurpose): ConsentAsked =>
  (purpose === 'personal_data' ? form.personalData : form.marketing) ?? {};

const HASH_CHARACTERS = 16;

/** What was shown, if it is not our own: the words and where they led. */
function shown(form: FormBody, purpose: ConsentPurpose, language: 'ru' | 'en') {
  const asked = askedOf(form, purpose);
  const wording = wordsOf(form, asked.wording, language) ?? '';
  const documentUrl = asked.documentUrl ?? null;
  if (wording === '' && documentUrl === null) return null;
  const hash = sha256(JSON.stringify([wording, documentUrl]))
    .toString('hex')
    .slice(0, HASH_CHARACTERS);
  return { wording, documentUrl, hash };
}

/**
 * The version that a consent is kept with: that of the published text, and behind it the hash of the words beside the
 * box where they were the form's own. A document elsewhere stands for the published text.
 */
export function versionOfConsent(
  form: FormBody,
  purpose: ConsentPurpose,
  language: 'ru' | 'en',
  published: string,
): string {
  const own = shown(form, purpose, language);
  if (!own) return published;
  return own.documentUrl === null ? `${published}+${own.hash}` : `url+${own.hash}`;
}

/** Keeps the words of a form for good: a consent from today must be told in ten years. */
export async function keepWordings(tenant: Tenant, form: FormBody, now: Temporal.Instant): Promise<void> {
  for (const purpose of ['personal_data', 'marketing'] as const) {
    for (const language of form.languages) {
      const own = shown(form, purpose, language);
      if (own) await insertWording(tenant, own, now);
    }
  }
}
