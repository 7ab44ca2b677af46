import { allocate, sumOf } from './amounts.ts';
import type { Earned } from './earn.ts';
import type { EarnLine } from './earn-conditions.ts';
import { earnOn } from './earn-total.ts';
import { measureOfCheck } from './levels/measure.ts';
import { earnBaseOf, earns } from './pricing.ts';
import type { ReturnPlan } from './return-plan.ts';
import type { Rules } from './rules.ts';
import type { SaleLine, SaleRecord, SoldGoods } from './sale-record.ts';

/** A return, and what remains of its sale as it was priced anew; `null` where each line just gives back its share. */
export type RecomputedPlan = { readonly plan: ReturnPlan; readonly repriced: Earned | null };

/**
 * Restates a return of a sale that thresholds or caps had a say in: what remains is priced anew by the rules of the
 * sale, and what is earned too much is spread over the lines that came back. Other sales keep their proportional plan.
 */
export function recomputed(plan: ReturnPlan, sale: SaleRecord, saleRules: Rules): RecomputedPlan {
  const { earning } = sale;
  if (earning === null || earning.proportional) return { plan, repriced: null };
  const level = saleRules.levels.find((one) => one.id === sale.before.level);
  if (saleRules.id !== sale.rulesId || level === undefined) {
    throw new Error(`The return of check ${sale.checkId} needs version ${sale.rulesId} of the rules`);
  }
  const { at, context, standing } = earning;
  const money = sumOf(plan.lines, (line) => line.money - backOf(line));
  const adds = measureOfCheck(saleRules, { money, earned: 0n, withinVisit: sale.withinVisit });
  const facts = { at, context, ...standing, level, measure: sale.before.measure, adds };
  const remaining = plan.lines.map((line, index) => remainingOf(line, earning.lines[index]!, saleRules));
  const repriced = earnOn(remaining, facts, saleRules);
  const tooMuch = sale.earned - sumOf(sale.lines, clawedOn) - repriced.points;
  const earned = tooMuch > 0n ? tooMuch : 0n;
  return { plan: { ...plan, earned, lines: spread(plan.lines, sale.lines, earned) }, repriced };
}

function remainingOf(line: SaleLine, goods: SoldGoods, { earning }: Rules): EarnLine {
  const { discount, itemId, groups } = goods;
  const back = line.returned?.done;
  const money = line.money - (back?.money ?? 0n);
  const price = money + line.paidByPoints - (back?.paidByPoints ?? 0n);
  const quantityThousandths = line.quantityThousandths - (back?.quantityThousandths ?? 0);
  const left = { money, price, discount: discountLeft(discount, price, quantityThousandths, line) };
  return { base: earns(goods, earning) ? earnBaseOf(left, earning) : 0n, quantityThousandths, itemId, groups };
}

/** By what is left of the price, or of the pieces where there was none; everything returned leaves nothing. */
function discountLeft(discount: bigint, price: bigint, quantityThousandths: number, line: SaleLine): bigint {
  if (quantityThousandths === 0) return 0n;
  if (line.amount > 0n) return (discount * price) / line.amount;
  return (discount * BigInt(quantityThousandths)) / BigInt(line.quantityThousandths);
}

function clawedOn(line: SaleLine): bigint {
  return line.returned?.done.earned ?? 0n;
}

/** By the worth of what came back now. A line may give back more than it earned: a threshold has fallen with it. */
function spread(after: readonly SaleLine[], before: readonly SaleLine[], earned: bigint): readonly SaleLine[] {
  const worth = after.map((line, index) => backOf(line) - backOf(before[index]!));
  const touched = after.map((line, index) => (line === before[index] ? 0n : 1n));
  const parts = allocate(earned, worth.some((amount) => amount > 0n) ? worth : touched);
  return after.map((line, index) => {
    if (line.returned === null) return line;
    const done = { ...line.returned.done, earned: clawedOn(before[index]!) + parts[index]! };
    return { ...line, returned: { ...line.returned, done } };
  });
}

function backOf(line: SaleLine): bigint {
  return line.returned?.done.money ?? 0n;
}
