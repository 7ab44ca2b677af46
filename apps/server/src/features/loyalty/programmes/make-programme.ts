import { type Refusal, type Result, refuse, succeed } from '@tessera/contract';
import type { ProgrammeKind } from '@tessera/loyalty';
import { isUniqueViolation, type Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { checkRulesOf, isPublishable, type RulesCheck } from './check-rules.ts';
import { firstRules } from './first-rules.ts';
import { PROGRAMMES_MAX, type RulesBody, withoutNumber } from './model.ts';
import { insertProgramme, insertPublication, insertVersion, selectCreation, setVersions } from './programmes.store.ts';

export type ProgrammeWish = {
  key: string;
  name: string;
  kind: ProgrammeKind;
  rules?: RulesBody | undefined;
  userId: number | null;
  timeZone: string;
  language: 'ru' | 'en';
};

/** Refused rules come with what is wrong in them. */
export type WithCheck<T> = Result<T> | { readonly ok: false; readonly refusal: Refusal; readonly check: RulesCheck };

/**
 * Makes a programme with its first version of rules, live at once. The same key again finds what it has made.
 * @returns draft_contradictory (with the check), programme_limit, idempotency_mismatch for a key of another programme
 */
export async function makeProgramme(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: ProgrammeWish,
): Promise<WithCheck<{ programmeId: number }>> {
  const { count, made } = await selectCreation(tenant, wish.key);
  if (made) {
    const same = made.name === wish.name && made.kind === wish.kind;
    return same ? succeed({ programmeId: made.programmeId }) : refuse('idempotency_mismatch');
  }
  if (count >= PROGRAMMES_MAX) return refuse('programme_limit', { limit: PROGRAMMES_MAX });
  const now = platform.clock.now();
  const body = wish.rules ? withoutNumber(wish.rules) : firstRules(wish.kind, wish);
  const coming = { programmeId: null, kind: wish.kind };
  const check = await checkRulesOf(tenant, tenant.companyId, coming, { body, at: now });
  if (!isPublishable(check)) return { ...refuse('draft_contradictory'), check };
  try {
    return succeed({ programmeId: await writeProgramme(tenant, wish, body, now) });
  } catch (error) {
    // A twin with the same key was first.
    if (!isUniqueViolation(error)) throw error;
    return makeProgramme(platform, tenant, wish);
  }
}

function writeProgramme(tenant: Tenant, wish: ProgrammeWish, body: RulesBody, now: Temporal.Instant): Promise<number> {
  const { companyId } = tenant;
  return tenant.transaction(async (transaction) => {
    const programmeId = await insertProgramme(transaction, companyId, wish, now);
    const rulesId = await insertVersion(transaction, companyId, { programmeId, body }, now);
    await setVersions(transaction, companyId, programmeId, { rulesId, next: null });
    const publication = { programmeId, rulesId, previousRulesId: null, restoredRulesId: null, effectiveAt: now };
    await insertPublication(transaction, companyId, { ...publication, userId: wish.userId, key: null }, now);
    return programmeId;
  });
}
