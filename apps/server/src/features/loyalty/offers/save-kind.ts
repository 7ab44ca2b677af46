import { type Result, refuse, succeed } from '@tessera/contract';
import type { OfferTerms, RulesProblem } from '@tessera/loyalty';
import { offerTermsFromJson, parseOfferTerms } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { insertCoupon } from './issue.store.ts';
import { isCodeTaken } from './issue-coupon.ts';
import {
  countAutomatic,
  insertKind,
  insertTerms,
  programmeExists,
  recountKind,
  renewOffersVersion,
  updateKind,
} from './kinds.store.ts';
import { AUTOMATIC_MAX, CODE_LENGTH_MAX, type CodeMode, isLimitedForAll, normaliseCode } from './model.ts';

const CODE_LENGTH_MIN = 3;

export type NewKind = {
  readonly programmeId: number;
  readonly name: string;
  readonly mode: CodeMode;
  readonly terms: unknown;
  /** For `shared`: the one code. */
  readonly code?: string | undefined;
};

/** What saving answers: the kind, or everything that is wrong with its terms. */
export type SavedKind =
  | { readonly kindId: number; readonly problems?: undefined }
  | { readonly problems: readonly RulesProblem[] };

class CodeTaken extends Error {}

/** Makes a kind of coupons with the first version of its terms. */
export async function createKind(platform: LoyaltyPlatform, tenant: Tenant, kind: NewKind): Promise<Result<SavedKind>> {
  const parsed = readTerms(kind.terms, kind.mode);
  if (!parsed.ok) return succeed({ problems: parsed.problems });
  if (!(await programmeExists(tenant, kind.programmeId))) return refuse('not_found');
  const code = normaliseCode(kind.code ?? '');
  if (kind.mode === 'shared' && (code.length < CODE_LENGTH_MIN || code.length > CODE_LENGTH_MAX)) {
    return refuse('value_invalid', { field: 'code' });
  }
  const { companyId } = tenant;
  if (kind.mode === 'automatic' && (await countAutomatic(tenant, companyId, kind.programmeId)) >= AUTOMATIC_MAX) {
    return refuse('value_invalid', { field: 'mode' });
  }
  const now = platform.clock.now();
  try {
    const kindId = await tenant.transaction(async (transaction) => {
      const made = await insertKind(transaction, { ...kind, now });
      const termsId = await insertTerms(transaction, made, kind.terms, now);
      if (kind.mode === 'shared') {
        const coupon = { kindId: made, termsId, code, accountId: null, usesLeft: null, expiresAt: null, origin: null };
        if ((await insertCoupon(transaction, companyId, coupon, now)) === null) throw new CodeTaken();
      }
      if (kind.mode === 'automatic') await renewOffersVersion(transaction, kind.programmeId);
      return made;
    });
    return succeed({ kindId });
  } catch (error) {
    if (error instanceof CodeTaken || isCodeTaken(error)) return refuse('coupon_code_taken');
    throw error;
  }
}

/** Changes a kind. Other terms are a further version: coupons that guests hold keep those under which they were issued. */
export async function changeKind(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  change: { kindId: number; name: string; active: boolean; terms: unknown },
): Promise<Result<SavedKind>> {
  const now = platform.clock.now();
  return tenant
    .transaction(async (transaction): Promise<Result<SavedKind>> => {
      const kind = await updateKind(transaction, { ...change, now });
      if (!kind) return refuse('coupon_kind_not_found');
      const parsed = readTerms(change.terms, kind.mode);
      if (!parsed.ok) throw new Problems(parsed.problems);
      if (wordingOf(offerTermsFromJson(kind.body)) !== wordingOf(parsed.terms)) {
        await insertTerms(transaction, change.kindId, change.terms, now);
        await recountKind(transaction, change.kindId, isLimitedForAll(parsed.terms));
      }
      if (kind.mode === 'automatic') await renewOffersVersion(transaction, kind.programmeId);
      return succeed({ kindId: change.kindId });
    })
    .catch((error: unknown) => {
      if (error instanceof Problems) return succeed({ problems: error.problems });
      throw error;
    });
}

/** Two versions of terms that say the same have the same wording. */
const wordingOf = (terms: OfferTerms): string =>
  JSON.stringify(terms, (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

class Problems extends Error {
  readonly problems: readonly RulesProblem[];
  constructor(problems: readonly RulesProblem[]) {
    super('The terms cannot be read.');
    this.problems = problems;
  }
}

/** What nobody has to ask for cannot be a ticket, a gift handed out or points: it would be used by every check. */
function readTerms(json: unknown, mode: CodeMode): ReturnType<typeof parseOfferTerms> {
  const parsed = parseOfferTerms(json);
  if (!parsed.ok || mode !== 'automatic') return parsed;
  const { effect, items } = parsed.terms;
  const priceless = effect.kind === 'ticket' || (effect.kind === 'free_item' && items === null);
  if (!priceless) return parsed;
  return { ok: false, problems: [{ path: 'effect.kind', code: 'unknown_value', expected: 'an effect on the check' }] };
}
