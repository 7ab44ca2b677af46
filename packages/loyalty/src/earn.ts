import { allocate, BASIS_POINTS, largest, moneyPerPoint, smallest, sumOf } from './amounts.ts';
import type { EarnCut } from './earn-caps.ts';
import { applyCaps } from './earn-caps.ts';
import type { EarnFacts, EarnLine, UnmatchedReason } from './earn-conditions.ts';
import { isAbout, whyNot } from './earn-conditions.ts';
import type { CheckSizeRate, Earning, EarnRule } from './earning-rules.ts';
import type { Rate } from './level-rate.ts';
import { levelRateOf } from './level-rate.ts';
import type { Rules } from './rules.ts';
import { wholePoints } from './tally/carry.ts';
import type { BudgetRoom } from './tally/standing.ts';

const THOUSAND = 1000n;

/** What one rule did to a check, or why it did nothing. */
export type RuleTrace = {
  readonly ruleId: string;
  readonly reason: UnmatchedReason | null;
  /** Points of a bonus; for a rate what its lines gave by it, for a multiplier what it added (both before rounding up). */
  readonly points: bigint;
};

export type Earned = {
  readonly points: bigint;
  /** By line; they add up to `points`. */
  readonly shares: readonly bigint[];
  /** Money that counted. */
  readonly base: bigint;
  /** The rate before rules; `null` where parts of the check had rates of their own. */
  readonly rateBasisPoints: number | null;
  /** Whether nothing but the rate of the level decided. */
  readonly plain: boolean;
  readonly trace: readonly RuleTrace[];
  readonly cuts: readonly EarnCut[];
  /** Change of the remainder that waits for a point, in `CARRY_UNIT`s. */
  readonly carried: bigint;
  /** Points that campaign budgets pay for. */
  readonly drawn: readonly BudgetRoom[];
  /** Whether a threshold or a cap had a say, so that a return has to price what remains. */
  readonly thresholds: boolean;
};

type Bonus = { readonly rule: EarnRule; readonly exact: Rate; readonly weights: readonly bigint[] };

/**
 * What lines earn: exclusions, the base rate, rates of rules, multipliers, bonuses, one rounding for the check, shares
 * by largest remainder, caps of lines, check and days. Bounds are inclusive; the minimum is measured on the earn base.
 * @param barred rules that do nothing here, because nobody pays for them
 */
export function earnByRules(
  given: readonly EarnLine[],
  facts: EarnFacts,
  rules: Rules,
  barred: ReadonlySet<EarnRule> = NOBODY,
): Earned {
  const { earning } = rules;
  const lines = withoutExcluded(given, facts, rules);
  const base = sumOf(lines, (line) => line.base);
  const reasons = earning.rules.map((rule) => {
    // An exclusion has already been applied, so it is judged by the lines as they were.
    const judged = rule.effect.kind === 'exclude' ? given : lines;
    const judgedBase = sumOf(judged, (line) => line.base);
    const reason = whyNot(rule, facts, judged, judgedBase, rules);
    return reason ?? closedBy(rule, facts, barred);
  });
  const matched = earning.rules.filter((_rule, index) => reasons[index] === null);
  const byLevel = levelRateOf(facts, rules);
  // A rate that was agreed with the member stands above what the size of the check would bring.
  const checkSize = facts.ownRate === null ? earning.checkSize : null;
  const crosses = byLevel.crosses && checkSize === null;
  const baseRate = checkSize === null ? byLevel.rate : baseRateOf(checkSize, base);
  const plain = matched.length === 0 && checkSize === null && !crosses;
  const exact = lines.map((line) => exactPoints(line, baseRate, matched, earning));
  const scale = exact.reduce((common, one) => largest(common, one.scale), 1n);
  const weights = exact.map((one) => one.numerator * (scale / one.scale));
  const denominator = BASIS_POINTS * moneyPerPoint(rules) * baseRate.denominator * scale;
  const bonuses = matched.flatMap((rule) => bonusOf(rule, lines, matched, earning));
  const enough = base >= earning.minCheck;
  const sum = exactSum(weights, denominator, bonuses);
  const { points, carried } = enough ? wholePoints(sum, facts.carry, rules) : NO_POINTS;
  const shares = shareOut(points, weights, bonuses, lines);
  const capped = applyCaps(shares, earning.caps, facts.used);
  return {
    points: sumOf(capped.shares, (share) => share),
    shares: capped.shares,
    base,
    rateBasisPoints: baseRate.denominator === 1n ? Number(baseRate.numerator) : null,
    plain: plain && capped.cuts.length === 0 && enough,
    trace: earning.rules.map((rule, index) => {
      const points = enough && reasons[index] === null ? pointsOf(rule, lines, baseRate, bonuses, matched, rules) : 0n;
      return { ruleId: rule.id, reason: reasons[index]!, points };
    }),
    cuts: enough ? capped.cuts : ['minimum_check'],
    carried,
    drawn: [],
    thresholds:
      earning.carryRemainder ||
      checkSize !== null ||
      crosses ||
      earning.minCheck > 0n ||
      capped.cuts.length > 0 ||
      matched.some(({ effect, condition }) => effect.kind === 'bonus' || condition.minCheck > 0n),
  };
}

const NOBODY: ReadonlySet<EarnRule> = new Set();
const NO_POINTS = { points: 0n, carried: 0n };

function closedBy(rule: EarnRule, { closed }: EarnFacts, barred: ReadonlySet<EarnRule>): UnmatchedReason | null {
  if (barred.has(rule)) return 'budget';
  return closed.find(({ ruleId }) => ruleId === rule.id)?.reason ?? null;
}

function withoutExcluded(lines: readonly EarnLine[], facts: EarnFacts, rules: Rules): readonly EarnLine[] {
  const base = sumOf(lines, (line) => line.base);
  const exclusions = rules.earning.rules.filter(
    (rule) =>
      rule.effect.kind === 'exclude' &&
      whyNot(rule, facts, lines, base, rules) === null &&
      closedBy(rule, facts, NOBODY) === null,
  );
  if (exclusions.length === 0) return lines;
  return lines.map((line) => (exclusions.some((rule) => isAbout(rule.items, line)) ? { ...line, base: 0n } : line));
}

/** The rate in basis points as a fraction: slabs have one of the whole base that is rarely a whole number. */
function baseRateOf({ mode, steps }: CheckSizeRate, base: bigint): Rate {
  if (mode === 'whole_check' || base === 0n) {
    const step = steps.findLast(({ from }) => base >= from)!;
    return { numerator: BigInt(step.rateBasisPoints), denominator: 1n };
  }
  let numerator = 0n;
  steps.forEach(({ from, rateBasisPoints }, index) => {
    if (base <= from) return;
    const end = steps[index + 1]?.from ?? base;
    numerator += (smallest(end, base) - from) * BigInt(rateBasisPoints);
  });
  return { numerator, denominator: base };
}

/** `numerator / scale` of what a line earns, times the common denominator of the check. */
function exactPoints(
  line: EarnLine,
  baseRate: Rate,
  matched: readonly EarnRule[],
  earning: Earning,
): { readonly numerator: bigint; readonly scale: bigint } {
  const times = timesOf(multipliersFor(line, matched), earning.multipliers);
  return { numerator: line.base * rateFor(line, baseRate, matched) * times.numerator, scale: times.denominator };
}

/** The rate of a line in basis points, times the denominator of the base rate. */
function rateFor(line: EarnLine, baseRate: Rate, matched: readonly EarnRule[]): bigint {
  let highest: bigint | null = null;
  for (const { effect, items } of matched) {
    if (effect.kind !== 'rate' || !isAbout(items, line)) continue;
    const rate = BigInt(effect.rateBasisPoints) * baseRate.denominator;
    if (highest === null || rate > highest) highest = rate;
  }
  return highest ?? baseRate.numerator;
}

function multipliersFor(line: EarnLine, matched: readonly EarnRule[]): bigint[] {
  return matched.flatMap(({ effect, items }) =>
    effect.kind === 'multiply' && isAbout(items, line) ? [BigInt(effect.timesThousandths)] : [],
  );
}

function timesOf(thousandths: readonly bigint[], together: Earning['multipliers']): Rate {
  if (thousandths.length === 0) return { numerator: 1n, denominator: 1n };
  if (together === 'product') {
    const numerator = thousandths.reduce((product, one) => product * one, 1n);
    return { numerator, denominator: THOUSAND ** BigInt(thousandths.length) };
  }
  const numerator =
    together === 'best' ? thousandths.reduce(largest) : THOUSAND + sumOf(thousandths, (one) => one - THOUSAND);
  return { numerator, denominator: THOUSAND };
}

/** A bonus as an exact fraction, and the lines that carry it. */
function bonusOf(rule: EarnRule, lines: readonly EarnLine[], matched: readonly EarnRule[], earning: Earning): Bonus[] {
  const { effect, items } = rule;
  if (effect.kind !== 'bonus') return [];
  const weights = lines.map((line) => (isAbout(items, line) ? line.base : 0n));
  const pieces = sumOf(lines, (line) =>
    line.base > 0n && isAbout(items, line) ? BigInt(Math.floor(line.quantityThousandths / 1000)) : 0n,
  );
  const points = effect.per === 'piece' ? effect.points * pieces : effect.points;
  const wide = matched.flatMap((other) =>
    other.effect.kind === 'multiply' && other.items === null ? [BigInt(other.effect.timesThousandths)] : [],
  );
  const times = timesOf(effect.multiplied ? wide : [], earning.multipliers);
  return [{ rule, exact: { numerator: points * times.numerator, denominator: times.denominator }, weights }];
}

function wholePointsOf({ exact }: Bonus): bigint {
  return exact.numerator / exact.denominator;
}

/** What rates and bonuses come to, before any rounding. */
function exactSum(weights: readonly bigint[], denominator: bigint, bonuses: readonly Bonus[]): Rate {
  // Every denominator of a bonus is a power of a thousand and divides the largest of them.
  const common = bonuses.reduce((scale, { exact }) => largest(scale, exact.denominator), 1n);
  const bonusSum = sumOf(bonuses, ({ exact }) => exact.numerator * (common / exact.denominator));
  return {
    numerator: sumOf(weights, (weight) => weight) * common + bonusSum * denominator,
    denominator: denominator * common,
  };
}

/** Whole points of whole bonuses to their own lines, the rest by what the lines gave. */
function shareOut(
  points: bigint,
  weights: readonly bigint[],
  bonuses: readonly Bonus[],
  lines: readonly EarnLine[],
): readonly bigint[] {
  const shares = lines.map(() => 0n);
  if (points === 0n) return shares;
  let rest = points;
  const add = (parts: readonly bigint[]): void => {
    for (const [index, part] of parts.entries()) shares[index]! += part;
  };
  for (const bonus of bonuses) {
    const whole = wholePointsOf(bonus);
    rest -= whole;
    add(allocate(whole, bonus.weights));
  }
  // An owed remainder may have left less than the bonuses alone.
  if (rest < 0n) return allocate(points, shares);
  const carried = weights.some((weight) => weight > 0n) ? weights : lines.map((line) => line.base);
  if (rest > 0n) add(allocate(rest, carried));
  return shares;
}

/** What a matched rule is told to have given. */
function pointsOf(
  rule: EarnRule,
  lines: readonly EarnLine[],
  baseRate: Rate,
  bonuses: readonly Bonus[],
  matched: readonly EarnRule[],
  rules: Rules,
): bigint {
  const { effect, items } = rule;
  if (effect.kind === 'exclude') return 0n;
  if (effect.kind === 'bonus') return wholePointsOf(bonuses.find((bonus) => bonus.rule === rule)!);
  const denominator = BASIS_POINTS * moneyPerPoint(rules) * baseRate.denominator;
  const about = lines.filter((line) => isAbout(items, line));
  const byRate = sumOf(about, (line) => line.base * rateFor(line, baseRate, matched));
  if (effect.kind === 'multiply') {
    // Under `best` a rule that another one outdoes has added nothing.
    const own = BigInt(effect.timesThousandths);
    const outdone = (line: EarnLine) =>
      rules.earning.multipliers === 'best' && multipliersFor(line, matched).some((other) => other > own);
    const added = sumOf(about, (line) => (outdone(line) ? 0n : line.base * rateFor(line, baseRate, matched)));
    return (added * (own - THOUSAND)) / (denominator * THOUSAND);
  }
  const own = BigInt(effect.rateBasisPoints) * baseRate.denominator;
  const outdone = about.some((line) => rateFor(line, baseRate, matched) > own);
  return outdone ? 0n : byRate / denominator;
}
