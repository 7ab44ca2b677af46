import type { AccountState } from '../account.ts';
import { sumOf } from '../amounts.ts';
import type { EpochMs } from '../business-day.ts';
import type { Earned } from '../earn.ts';
import type { CheckContext, EarnLine } from '../earn-conditions.ts';
import { earnOn } from '../earn-total.ts';
import { indexOfStanding, standingIndex } from '../levels/climb.ts';
import { measureOf, measureOfCheck } from '../levels/measure.ts';
import { earnBaseOf, earns } from '../pricing.ts';
import type { Level, Rules } from '../rules.ts';
import type { SaleLine, SaleRecord, SoldGoods } from '../sale-record.ts';
import type { BudgetRoom } from '../tally/standing.ts';
import { standingOf } from '../tally/standing.ts';

/** A sale of the past as it is stored, with what stands beside its record. */
export type PastSale = {
  readonly sale: SaleRecord;
  /** The first entry that was written with it: what the account was before is what came before this entry. */
  readonly firstEntryId: number;
  /** Where it was sold and to whom, as far as its record does not say. */
  readonly context: CheckContext;
};

/** Both versions of the rules that a simulation compares. */
export type Versions = { readonly live: Rules; readonly draft: Rules };

/** More than any budget holds: what a budget of that time had left is not known any more. */
const UNLIMITED = 10n ** 15n;

/** When a sale counts as earned. */
export function earnedAtOf({ earning, occurredAt, recordedAt }: SaleRecord): EpochMs {
  return earning?.at ?? Math.min(occurredAt.epochMilliseconds, recordedAt.epochMilliseconds);
}

/** What a past sale earns under a version of the rules, on the account as it was. A fixed accrual is never priced. */
export function earnAgain(
  past: PastSale,
  state: AccountState,
  { rules, level, budgets }: { readonly rules: Rules; readonly level: Level; readonly budgets: readonly BudgetRoom[] },
): Earned {
  const { sale } = past;
  const at = earnedAtOf(sale);
  const standing = standingOf(state, { at, spend: sale.spent, budgets }, rules);
  const adds = measureOfCheck(rules, { money: sale.money, earned: 0n, withinVisit: sale.withinVisit });
  const context = { ...past.context, ...sale.earning?.context };
  const facts = { ...standing, at, context, level, measure: measureOf(state, rules, at), adds };
  return earnOn(
    sale.lines.map((line, index) => earnLineOf(line, sale.earning?.lines[index], rules)),
    facts,
    rules,
  );
}

const PLAIN: SoldGoods = { eligible: true, kind: 'goods', discount: 0n, itemId: null, groups: [] };

function earnLineOf(line: SaleLine, goods: SoldGoods = PLAIN, { earning }: Rules): EarnLine {
  const { money, amount: price, quantityThousandths } = line;
  const { discount, itemId, groups } = goods;
  const base = earns(goods, earning) ? earnBaseOf({ money, price, discount }, earning) : 0n;
  return { base, quantityThousandths, itemId, groups };
}

/** The level on which the account stands under the draft: its own where the ladder is the same, else the deserved one. */
export function levelUnder(state: AccountState, { live, draft }: Versions, at: EpochMs): Level {
  const index = sameLadder(live, draft) ? indexOfStanding(state, draft) : standingIndex(state, draft, at);
  return draft.levels[index]!;
}

function sameLadder(live: Rules, draft: Rules): boolean {
  const bounds = ({ levels, ladder, levelUpgrade }: Rules): string =>
    JSON.stringify([levels.map(({ id, fromTurnover }) => [id, String(fromTurnover)]), ladder, levelUpgrade]);
  return bounds(live) === bounds(draft);
}

/** What budgets had for the sale: all that is needed, or where they were short, what they paid. */
export function budgetsThen(
  sale: SaleRecord,
  { live, draft }: Versions,
  freely: (budgets: readonly BudgetRoom[]) => Earned,
): readonly BudgetRoom[] {
  const named = [...live.earning.rules, ...draft.earning.rules].flatMap(({ budgetId }) => budgetId ?? []);
  const unlimited = [...new Set(named)].map((budgetId) => ({ budgetId, points: UNLIMITED }));
  if (unlimited.length === 0 || sale.rulesId !== live.id) return unlimited;
  const paid = sale.earning?.standing.budgets ?? [];
  const wanted = sumOf(freely(unlimited).drawn, ({ points }) => points);
  return wanted > sumOf(paid, ({ points }) => points) ? paid : unlimited;
}
