import { largest } from '../amounts.ts';
import type { EpochMs } from '../business-day.ts';
import type { CheckLine, CheckPlace, PricedCheck } from '../pricing.ts';
import type { Rules } from '../rules.ts';
import type { SaleEarning, SaleTally, SoldGoods } from '../sale-record.ts';
import { keptFrom } from './rule-limits.ts';
import type { BudgetRoom } from './standing.ts';
import type { TallyChange, UseChange } from './tally.ts';

/** What a sale that earns by rules changes in the tally of its member and in budgets; `null` for nothing. */
export function tallyOfSale({ earned, byRules }: PricedCheck, at: EpochMs, rules: Rules): SaleTally | null {
  const { carried, drawn, trace } = byRules;
  const uses = rules.earning.rules.flatMap(({ id, limits }, index) =>
    limits !== null && earned > 0n && trace[index]!.points > 0n ? [id] : [],
  );
  return carried === 0n && uses.length === 0 && drawn.length === 0 ? null : { at, carried, uses, drawn };
}

/** The same as an entry tells it. */
export function tallyChangeOf({ at, carried, uses }: SaleTally, rules: Rules): TallyChange | null {
  if (carried === 0n && uses.length === 0) return null;
  const changes = uses.map((ruleId): UseChange => {
    const limits = rules.earning.rules.find(({ id }) => id === ruleId)!.limits!;
    return { ruleId, at, by: 1, keptFrom: keptFrom(limits, at) };
  });
  return { carry: carried, uses: changes, birthdayYear: null };
}

/** What a return leaves of the tally of its sale, given what pricing the rest of it anew came to. */
export function tallyAfterReturn(
  before: SaleTally | null,
  repriced: { readonly carried: bigint; readonly drawn: readonly BudgetRoom[] } | null,
  whole: boolean,
): SaleTally | null {
  if (before === null || (repriced === null && !whole)) return before;
  const drawn = (repriced?.drawn ?? []).filter(({ points }) => points > 0n);
  const after = { ...before, carried: repriced?.carried ?? 0n, drawn, uses: whole ? [] : before.uses };
  return after.carried === 0n && after.uses.length === 0 && drawn.length === 0 ? null : after;
}

/** What the entry of a return changes: the way from one tally of its sale to the next. */
export function tallyChangeBetween(before: SaleTally | null, after: SaleTally | null): TallyChange | null {
  if (before === null || before === after) return null;
  const kept = after?.uses ?? [];
  const back = before.uses.filter((ruleId) => !kept.includes(ruleId));
  const carry = (after?.carried ?? 0n) - before.carried;
  if (carry === 0n && back.length === 0) return null;
  const uses = back.map((ruleId): UseChange => ({ ruleId, at: before.at, by: -1, keptFrom: before.at }));
  return { carry, uses, birthdayYear: null };
}

/** Points that budgets get back on that way. */
export function undrawnBetween(before: SaleTally | null, after: SaleTally | null): readonly BudgetRoom[] {
  return (before?.drawn ?? []).flatMap(({ budgetId, points }) => {
    const kept = after?.drawn.find((budget) => budget.budgetId === budgetId)?.points ?? 0n;
    const back = largest(points - kept, 0n);
    return back > 0n ? [{ budgetId, points: back }] : [];
  });
}

/**
 * What a sale has to remember to be priced anew. A plain one remembers nothing. Of budgets it keeps what they paid, so
 * that what remains of a check never draws more than the check did.
 */
export function rememberEarning(
  { byRules, standing }: PricedCheck,
  lines: readonly CheckLine[],
  { at, context }: CheckPlace,
): SaleEarning | null {
  const goods = lines.map(goodsOf);
  const telling = goods.some(
    ({ eligible, kind, discount, itemId, groups }) =>
      !eligible || kind !== 'goods' || discount > 0n || itemId !== null || groups.length > 0,
  );
  if (!byRules.thresholds && !telling && standing.ownRate === null) return null;
  return {
    at,
    context,
    standing: { ...standing, budgets: byRules.drawn },
    lines: goods,
    proportional: !byRules.thresholds,
  };
}

function goodsOf(line: CheckLine): SoldGoods {
  return {
    eligible: line.eligibleForEarn !== false,
    kind: line.kind ?? 'goods',
    discount: line.discount ?? 0n,
    itemId: line.itemId ?? null,
    groups: line.groups ?? [],
  };
}
