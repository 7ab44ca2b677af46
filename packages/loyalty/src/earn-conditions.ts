import type { EpochMs } from './business-day.ts';
import { circumstanceUnmet } from './circumstances.ts';
import type { EarnRule, ItemSet } from './earning-rules.ts';
import type { Level, Rules } from './rules.ts';
import type { ClosedReason } from './tally/rule-limits.ts';
import type { EarnStanding } from './tally/standing.ts';

/** Where and to whom a check is sold, as far as rules ask. */
export type CheckContext = {
  readonly venue?: string | undefined;
  readonly channel?: string | undefined;
  readonly segments?: readonly string[] | undefined;
};

export type EarnFacts = EarnStanding & {
  readonly at: EpochMs;
  readonly level: Level;
  readonly context: CheckContext;
  /** What carries the guest up the ladder, before the check. */
  readonly measure: bigint;
  /** What the check adds to it. */
  readonly adds: bigint;
};

/** A line as the earning sees it. */
export type EarnLine = {
  /** Money that counts for earning; 0 for a line that does not. */
  readonly base: bigint;
  readonly quantityThousandths: number;
  readonly itemId: string | null;
  readonly groups: readonly string[];
};

/** Why a rule gave nothing. */
export type UnmatchedReason =
  | 'not_active'
  | 'weekday'
  | 'hour'
  | 'venue'
  | 'channel'
  | 'segment'
  | 'level'
  | 'minimum_check'
  | 'items'
  | ClosedReason
  /** The campaign budget that would pay for it has nothing left for this check. */
  | 'budget';

/** Whether a line is one of a set; a rule without a set is about every line. */
export function isAbout(set: ItemSet | null, line: Pick<EarnLine, 'itemId' | 'groups'>): boolean {
  if (set === null) return true;
  return (
    (line.itemId !== null && set.items.includes(line.itemId)) || line.groups.some((one) => set.groups.includes(one))
  );
}

/** Why a rule does not hold for this check; `null` when it does. `base` is the earn base of the whole check. */
export function whyNot(
  rule: EarnRule,
  facts: EarnFacts,
  lines: readonly EarnLine[],
  base: bigint,
  rules: Rules,
): UnmatchedReason | null {
  const { condition } = rule;
  const { at, context, level } = facts;
  const unmet = circumstanceUnmet(condition, { ...context, at, level: level.id }, rules);
  if (unmet !== null) return unmet === 'not_yet' || unmet === 'over' ? 'not_active' : unmet;
  if (base < condition.minCheck) return 'minimum_check';
  return lines.some((line) => line.base > 0n && isAbout(rule.items, line)) ? null : 'items';
}
