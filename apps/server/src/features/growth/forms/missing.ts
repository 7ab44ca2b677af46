import type { Tenant } from '../../../platform/database/index.ts';
import { consentTextFor } from '../../guests/index.ts';
import type { FormBody } from './form-body.ts';

export type Missing = 'personal_data' | 'marketing' | 'template';

/**
 * What a form needs before it may ask anybody for anything: the document of each consent, here or elsewhere, and a group
 * that opens accounts. Without them it is closed to guests.
 */
export async function missingOf(
  tenant: Tenant,
  { body, opensAccounts }: { body: FormBody; opensAccounts: boolean },
): Promise<Missing[]> {
  const [language] = body.languages;
  const lacks = async (purpose: 'personal_data' | 'marketing'): Promise<boolean> =>
    language !== undefined && (await consentTextFor(tenant, purpose, language)) === null;
  const { personalData, marketing } = body;
  return [
    ...(personalData.documentUrl === undefined && (await lacks('personal_data')) ? (['personal_data'] as const) : []),
    ...(marketing && marketing.documentUrl === undefined && (await lacks('marketing')) ? (['marketing'] as const) : []),
    ...(opensAccounts ? [] : (['template'] as const)),
  ];
}
