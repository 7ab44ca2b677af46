import type { EpochMs } from '../business-day.ts';
import { businessDayOf } from '../business-day.ts';
import type { EarnRule, RuleLimits } from '../earning-rules.ts';
import type { Rules } from '../rules.ts';
import type { RuleUses, Tally } from './tally.ts';

const MS_PER_HOUR = 3_600_000;
/** Every day that belongs to the week and the month of some day lies this near to it. */
const WINDOW_MS = 32 * 24 * MS_PER_HOUR;

/** Why what has been counted keeps a rule from a check. */
export type ClosedReason = 'first_visits' | 'cooldown' | 'times';

export type ClosedRule = { readonly ruleId: string; readonly reason: ClosedReason };

/** The rules that counts keep from a check of this instant. `visits` are the checks before it. */
export function closedRules(
  rules: Rules,
  { visits, tally }: { readonly visits: number; readonly tally: Tally | null },
  at: EpochMs,
): readonly ClosedRule[] {
  const closed: ClosedRule[] = [];
  for (const rule of rules.earning.rules) {
    const reason = closedBy(rule, visits, tally, at, rules);
    if (reason !== null) closed.push({ ruleId: rule.id, reason });
  }
  return closed;
}

function closedBy(
  { id, condition, limits }: EarnRule,
  visits: number,
  tally: Tally | null,
  at: EpochMs,
  rules: Rules,
): ClosedReason | null {
  if (condition.firstVisits !== null && visits >= condition.firstVisits) return 'first_visits';
  const used = limits === null ? undefined : tally?.uses.find((one) => one.ruleId === id);
  if (limits === null || used === undefined) return null;
  const cooldown = (limits.cooldownHours ?? 0) * MS_PER_HOUR;
  // A check that comes late may lie before one that has already been counted.
  if (used.times.some((time) => Math.abs(at - time) < cooldown)) return 'cooldown';
  return isUsedUp(limits, used, at, rules) ? 'times' : null;
}

function isUsedUp(limits: RuleLimits, { times, total }: RuleUses, at: EpochMs, rules: Rules): boolean {
  if (limits.total !== null && total >= limits.total) return true;
  if (limits.perDay === null && limits.perWeek === null && limits.perMonth === null) return false;
  const day = businessDayOf(at, rules);
  const monday = mondayOf(day);
  const days = times.map((time) => businessDayOf(time, rules));
  const many = (limit: number | null, counts: (one: Temporal.PlainDate) => boolean): boolean =>
    limit !== null && days.filter(counts).length >= limit;
  return (
    many(limits.perDay, (one) => one.equals(day)) ||
    many(limits.perWeek, (one) => mondayOf(one).equals(monday)) ||
    many(limits.perMonth, (one) => one.year === day.year && one.month === day.month)
  );
}

function mondayOf(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

/** Uses before this instant are of no interest to any limit of the rule. */
export function keptFrom(limits: RuleLimits, at: EpochMs): EpochMs {
  const counts = [limits.perDay, limits.perWeek, limits.perMonth].some((limit) => limit !== null);
  return at - Math.max((limits.cooldownHours ?? 0) * MS_PER_HOUR, counts ? WINDOW_MS : 0);
}
