import { type CouponExample, type CouponExampleAnswer, type Result, refuse, succeed } from '@tessera/contract';
import type { RulesProblem } from '@tessera/loyalty';
import { ANY_CIRCUMSTANCES, applyOffers, NOTHING_USED_YET, parseOfferTerms } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { Translate } from '../../../platform/texts.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { selectProgrammesOfKinds } from './kinds.store.ts';
import { refusalOf } from './model.ts';

export type Tried =
  | { readonly example: CouponExampleAnswer; readonly problems?: undefined }
  | { readonly problems: readonly RulesProblem[] };

/**
 * What terms would do to a check now, by the code that makes sales. An example asks for no particular day, place or
 * guest, so those conditions are left out.
 */
export async function tryTerms(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { programmeId, terms, lines }: CouponExample,
  t: Translate,
): Promise<Result<Tried>> {
  const parsed = parseOfferTerms(terms);
  if (!parsed.ok) return succeed({ problems: parsed.problems });
  const programme = (await selectProgrammesOfKinds(tenant)).find((one) => one.programmeId === programmeId);
  if (!programme) return refuse('not_found');
  const now = platform.clock.now();
  const rules = await platform.rules.of(tenant, programme.rules, now);
  const { minCheck } = parsed.terms.condition;
  const offer = {
    id: 'example',
    kindId: 'example',
    terms: { ...parsed.terms, condition: { ...ANY_CIRCUMSTANCES, minCheck, newGuestsOnly: false } },
    named: true,
    validFromMs: null,
    expiresAtMs: null,
    usage: NOTHING_USED_YET,
  };
  const basket = lines.map((line, index) => ({ ...line, id: String(index), amount: BigInt(line.amount) }));
  const applied = applyOffers(basket, [offer], { at: now.epochMilliseconds }, rules);
  const [unused] = applied.unused;
  const refusal = unused ? refusalOf(unused.reason, '', unused.missing) : null;
  const example = {
    discount: Number(applied.discount),
    points: Number(applied.used[0]?.points ?? 0n),
    lines: applied.lines.map(({ amount }) => Number(amount)),
    reason: refusal && t(`errors:${refusal.code}`, refusal.params),
  };
  return succeed({ example });
}
