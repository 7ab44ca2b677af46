import type { AccountState } from './account.ts';
import { allocate, BASIS_POINTS, moneyPerPoint, sumOf } from './amounts.ts';
import type { EpochMs } from './business-day.ts';
import { countsDays, dayNameOf } from './day-counts.ts';
import type { Earned } from './earn.ts';
import type { CheckContext, EarnLine } from './earn-conditions.ts';
import { earnOn } from './earn-total.ts';
import type { Earning, LineKind } from './earning-rules.ts';
import type { Hold } from './hold.ts';
import { findHold } from './hold-steps.ts';
import { levelOf } from './levels/climb.ts';
import { measureOf, measureOfCheck } from './levels/measure.ts';
import type { Refusal } from './refusal.ts';
import { refusal } from './refusal.ts';
import type { Level, Rules } from './rules.ts';
import type { BudgetRoom, EarnStanding } from './tally/standing.ts';
import { standingOf } from './tally/standing.ts';
import { isCheckedIn } from './visits/checked-in.ts';

/** One line of a check, after discounts and before points. */
export type CheckLine = {
  readonly id: string;
  /** Price of the whole line, minor units of money. */
  readonly amount: bigint;
  /** Quantity in thousandths; 1000 (one piece) when absent. */
  readonly quantityThousandths?: number | undefined;
  /** What rules of earning know the goods by. */
  readonly itemId?: string | undefined;
  readonly groups?: readonly string[] | undefined;
  /** `goods` when absent. Which kinds earn is a setting of the rules. */
  readonly kind?: LineKind | undefined;
  /** What was taken off the price before, minor units of money; counts where rules earn on the price before discounts. */
  readonly discount?: bigint | undefined;
  /** Absent means yes. */
  readonly eligibleForEarn?: boolean | undefined;
  /** Absent means yes. */
  readonly eligibleForSpend?: boolean | undefined;
};

/** Which of the limits decided how much may be spent. */
export type SpendLimitReason =
  | 'balance'
  | 'percent'
  | 'min_money'
  | 'per_check'
  | 'per_day'
  | 'daily_count'
  | 'step'
  | 'below_minimum'
  | 'nothing_eligible'
  /** A coupon of the check does not go with points. */
  | 'offer';

export type SpendLimit = {
  /** Most points that may be spent on this basket. */
  readonly maxSpend: bigint;
  /** The limit that decided. */
  readonly reason: SpendLimitReason;
  /** For `below_minimum`: points that are missing to the least spend; otherwise 0. */
  readonly missing: bigint;
};

/** What a check is paid from: the balance, or a hold that was opened for it. */
export type SpendSource = {
  readonly points: bigint;
  readonly hold: Hold | null;
  /** Spent today, other open holds included. */
  readonly spentToday: bigint;
  readonly spendsToday: number;
};

/** The source of a spend, or why there is none. Apply what is due first. */
export function spendSourceOf(
  state: AccountState,
  holdKey: string | null,
  rules: Rules,
  nowMs: EpochMs,
): SpendSource | Refusal {
  const hold = holdKey === null ? null : findHold(state, holdKey);
  if (hold !== null && 'code' in hold) return hold;
  const others = state.holds.filter((open) => open !== hold);
  const day = countsDays(rules) ? dayNameOf(nowMs, rules) : null;
  const today = state.counts.find((count) => count.day === day);
  return {
    points: hold?.amount ?? state.available,
    hold,
    spentToday: (today?.spent ?? 0n) + sumOf(others, (open) => open.amount),
    spendsToday: (today?.spends ?? 0) + others.length,
  };
}

/** The most points that may be spent on these lines from this source, and why not more. */
export function spendLimitOf(source: SpendSource, lines: readonly CheckLine[], rules: Rules): SpendLimit {
  const limits = rules.spendLimits;
  const perPoint = moneyPerPoint(rules);
  const total = sumOf(lines, (line) => line.amount);
  const eligible = sumOf(lines, (line) => (line.eligibleForSpend === false ? 0n : line.amount));
  if (eligible === 0n) return { maxSpend: 0n, reason: 'nothing_eligible', missing: 0n };
  if (isCountReached(source, rules)) return { maxSpend: 0n, reason: 'daily_count', missing: 0n };
  const stillInMoney = limits.minMoney - (total - eligible);
  const besideMoney = eligible - (stillInMoney > 0n ? stillInMoney : 0n);
  const bounds: [SpendLimitReason, bigint][] = [
    ['balance', source.points],
    ['percent', (eligible * BigInt(limits.maxPercentBasisPoints)) / (BASIS_POINTS * perPoint)],
    ['min_money', besideMoney > 0n ? besideMoney / perPoint : 0n],
  ];
  if (limits.maxPerCheck !== null) bounds.push(['per_check', limits.maxPerCheck]);
  if (limits.maxPerDay !== null) bounds.push(['per_day', leftToday(limits.maxPerDay, source)]);
  let [reason, bound] = bounds[0]!;
  for (const [name, value] of bounds) {
    if (value < bound) [reason, bound] = [name, value];
  }
  const maxSpend = bound - (bound % limits.step);
  if (maxSpend < bound) reason = 'step';
  if (maxSpend > 0n && maxSpend < limits.minRedeem) {
    return { maxSpend: 0n, reason: 'below_minimum', missing: limits.minRedeem - maxSpend };
  }
  return { maxSpend, reason, missing: 0n };
}

function isCountReached({ spendsToday }: SpendSource, { spendLimits }: Rules): boolean {
  return spendLimits.spendsPerDay !== null && spendsToday >= spendLimits.spendsPerDay;
}

function leftToday(maxPerDay: bigint, { spentToday }: SpendSource): bigint {
  return maxPerDay > spentToday ? maxPerDay - spentToday : 0n;
}

/** Why the limits of the day allow no write-off of this many points; `null` when they do. */
export function refuseToday(source: SpendSource, wanted: bigint, rules: Rules): Refusal | null {
  const { maxPerDay, spendsPerDay } = rules.spendLimits;
  if (isCountReached(source, rules)) {
    return refusal('daily_count', { limit: spendsPerDay ?? 0, used: source.spendsToday });
  }
  if (maxPerDay === null || wanted <= leftToday(maxPerDay, source)) return null;
  return refusal('over_spend_limit', { limit: leftToday(maxPerDay, source), wanted, reason: 'per_day' });
}

/** Why this many points may not be spent on this basket; `null` when they may. */
export function refuseSpend(
  spend: bigint,
  source: SpendSource,
  lines: readonly CheckLine[],
  rules: Rules,
): Refusal | null {
  if (spend === 0n) return null;
  const { minRedeem, step } = rules.spendLimits;
  const tooMuch = refuseMoreThan(source, spend);
  if (tooMuch !== null) return tooMuch;
  if (isCountReached(source, rules)) return refuseToday(source, spend, rules);
  if (spend < minRedeem) {
    return refusal('below_minimum', { minimum: minRedeem, wanted: spend, missing: minRedeem - spend });
  }
  const { maxSpend, reason } = spendLimitOf(source, lines, rules);
  if (spend > maxSpend) return refusal('over_spend_limit', { limit: maxSpend, wanted: spend, reason });
  return spend % step === 0n ? null : refusal('not_a_step', { step, wanted: spend });
}

/** Refuses more than the source has: the sentence differs, because a hold is not the balance. */
export function refuseMoreThan({ points, hold }: SpendSource, wanted: bigint): Refusal | null {
  if (wanted <= points) return null;
  if (hold === null) return insufficientPoints(points, wanted);
  return refusal('over_hold', { held: points, wanted, missing: wanted - points });
}

export function insufficientPoints(available: bigint, wanted: bigint): Refusal {
  return refusal('insufficient_points', { available, wanted, missing: wanted - available });
}

/** What one line paid and earned. */
export type PricedLine = {
  readonly id: string;
  readonly amount: bigint;
  readonly quantityThousandths: number;
  /** Part paid in money, minor units of money. */
  readonly money: bigint;
  /** Part paid by points, in minor units of money, so that it is exact for points with fewer decimal places too. */
  readonly paidByPoints: bigint;
  /** Points earned. */
  readonly earned: bigint;
};

export type PricedCheck = {
  readonly lines: readonly PricedLine[];
  readonly money: bigint;
  readonly earned: bigint;
  readonly level: Level;
  /** How the earned points came about, also beside an accrual that the caller fixed. */
  readonly byRules: Earned;
  /** How the limits of earning stood before. */
  readonly standing: EarnStanding;
  /** Whether its visit had been counted before it came. */
  readonly withinVisit: boolean;
};

/** When a check counts as earned, where and to whom it was sold, and what the budgets of its rules have left. */
export type CheckPlace = {
  readonly at: EpochMs;
  readonly context: CheckContext;
  readonly budgets: readonly BudgetRoom[];
};

/**
 * Divides a spend over the lines and earns by the level that held before the check: one rounding for the check, then
 * shares by largest remainder. A fixed `accrual` replaces what the rules would give.
 */
export function priceCheck(
  state: AccountState,
  lines: readonly CheckLine[],
  spend: bigint,
  accrual: bigint | undefined,
  where: CheckPlace,
  rules: Rules,
): PricedCheck {
  const perPoint = moneyPerPoint(rules);
  const paidByPoints = allocateSpend(spend * perPoint, lines);
  const money = lines.map((line, index) => line.amount - paidByPoints[index]!);
  const level = levelOf(state, rules);
  const earnLines = lines.map((line, index) => toEarnLine(line, money[index]!, rules.earning));
  const paid = sumOf(money, (amount) => amount);
  const standing = standingOf(state, { ...where, spend }, rules);
  const measure = measureOf(state, rules, where.at);
  // Points that the check earns carry nobody up while they are being worked out.
  const withinVisit = isCheckedIn(state, where.at, rules);
  const adds = measureOfCheck(rules, { money: paid, earned: 0n, withinVisit });
  const facts = { ...standing, at: where.at, context: where.context, level, measure, adds };
  const byRules = earnOn(earnLines, facts, rules);
  const earned = accrual ?? byRules.points;
  const shares = accrual === undefined ? byRules.shares : shareAccrual(accrual, earnLines, lines, money);
  return {
    lines: lines.map((line, index) => ({
      id: line.id,
      amount: line.amount,
      quantityThousandths: line.quantityThousandths ?? 1000,
      money: money[index]!,
      paidByPoints: paidByPoints[index]!,
      earned: shares[index]!,
    })),
    money: paid,
    earned,
    level,
    byRules,
    standing,
    withinVisit,
  };
}

/** A line as the earning sees it: what of it counts, by kind and by the base that the rules set. */
export function toEarnLine(line: CheckLine, money: bigint, earning: Earning): EarnLine {
  const goods = { eligible: line.eligibleForEarn !== false, kind: line.kind ?? 'goods' };
  return {
    base: earns(goods, earning)
      ? earnBaseOf({ money, price: line.amount, discount: line.discount ?? 0n }, earning)
      : 0n,
    quantityThousandths: line.quantityThousandths ?? 1000,
    itemId: line.itemId ?? null,
    groups: line.groups ?? [],
  };
}

/** Whether a line earns at all: the till allows it, and its kind is one of those that do. */
export function earns(
  { eligible, kind }: { readonly eligible: boolean; readonly kind: LineKind },
  { lineKinds }: Earning,
): boolean {
  return eligible && lineKinds.includes(kind);
}

/** What of a line, or of what is left of it, earns. The price is after discounts and before points. */
export function earnBaseOf(
  { money, price, discount }: { readonly money: bigint; readonly price: bigint; readonly discount: bigint },
  { base }: Earning,
): bigint {
  if (base === 'money') return money;
  return base === 'with_points' ? price : price + discount;
}

function shareAccrual(
  accrual: bigint,
  earnLines: readonly EarnLine[],
  lines: readonly CheckLine[],
  money: readonly bigint[],
): readonly bigint[] {
  const bases = earnLines.map((line) => line.base);
  return allocate(accrual, accrual === 0n || bases.some((base) => base > 0n) ? bases : fallbackWeights(lines, money));
}

/** Over the lines that allow points; a reported check may have paid more with points than those lines cost. */
function allocateSpend(amount: bigint, lines: readonly CheckLine[]): bigint[] {
  if (amount === 0n) return lines.map(() => 0n);
  const eligible = lines.map((line) => (line.eligibleForSpend === false ? 0n : line.amount));
  const room = sumOf(eligible, (weight) => weight);
  return allocate(amount, room >= amount ? eligible : lines.map((line) => line.amount));
}

/** A caller may fix an accrual for a check on which nothing else earns, even one that cost nothing. */
function fallbackWeights(lines: readonly CheckLine[], money: readonly bigint[]): readonly bigint[] {
  if (money.some((amount) => amount > 0n)) return money;
  return lines.map(() => 1n);
}
