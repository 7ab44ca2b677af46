import { allocate, sumOf } from './amounts.ts';
import { earnOn } from './earn.ts';
import type { EarnLine } from './earn-conditions.ts';
import type { ReturnPlan } from './return-plan.ts';
import type { Rules } from './rules.ts';
import type { SaleLine, SaleRecord } from './sale-record.ts';

/**
 * Restates a return of a sale that thresholds or caps had a say in: what remains is priced anew by the rules of the
 * sale, and what is earned too much is spread over the lines that came back. Other sales keep their proportional plan.
 */
export function recomputed(plan: ReturnPlan, sale: SaleRecord, saleRules: Rules): ReturnPlan {
  const { earning } = sale;
  if (earning === null) return plan;
  const level = saleRules.levels.find((one) => one.id === sale.before.level);
  if (saleRules.id !== sale.rulesId || level === undefined) {
    throw new Error(`The return of check ${sale.checkId} needs version ${sale.rulesId} of the rules`);
  }
  const { at, context, used } = earning;
  const money = sumOf(plan.lines, (line) => line.money - backOf(line));
  const facts = { at, context, used, level, turnover: sale.before.turnover, money };
  const remaining = plan.lines.map((line, index): EarnLine => {
    const { eligible, itemId, groups } = earning.lines[index]!;
    const back = line.returned?.done;
    return {
      base: eligible ? line.money - (back?.money ?? 0n) : 0n,
      quantityThousandths: line.quantityThousandths - (back?.quantityThousandths ?? 0),
      itemId,
      groups,
    };
  });
  const clawedSoFar = sumOf(sale.lines, clawedOn);
  const tooMuch = sale.earned - clawedSoFar - earnOn(remaining, facts, saleRules).points;
  const earned = tooMuch > 0n ? tooMuch : 0n;
  return { ...plan, earned, lines: spread(plan.lines, sale.lines, earned) };
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
