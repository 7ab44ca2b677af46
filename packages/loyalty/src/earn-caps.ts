import { allocate, sumOf } from './amounts.ts';
import type { EarnUsed } from './day-counts.ts';
import type { EarnCaps } from './earning-rules.ts';

/** A limit that left less than the rules gave. */
export type EarnCut =
  | 'minimum_check'
  | 'daily_count'
  | 'per_line'
  | 'per_check'
  | 'per_day'
  | 'per_week'
  | 'per_month'
  | 'budget'
  | 'max_balance';

type Capped = { readonly shares: readonly bigint[]; readonly cuts: readonly EarnCut[] };

/** Applies the caps in their order: count of the day, lines, check, day, week, month. */
export function applyCaps(given: readonly bigint[], caps: EarnCaps, used: EarnUsed): Capped {
  const { perLine, behaviour } = caps;
  const nothing = given.map(() => 0n);
  if (sumOf(given, (share) => share) === 0n) return { shares: given, cuts: [] };
  if (caps.accrualsPerDay !== null && used.accruals >= caps.accrualsPerDay) {
    return { shares: nothing, cuts: ['daily_count'] };
  }
  const cuts: EarnCut[] = [];
  let shares = given;
  if (perLine !== null && shares.some((share) => share > perLine)) {
    cuts.push('per_line');
    shares = shares.map((share) => (share <= perLine ? share : behaviour === 'truncate' ? perLine : 0n));
  }
  const whole: [EarnCut, bigint | null, bigint][] = [
    ['per_check', caps.perCheck, 0n],
    ['per_day', caps.perDay, used.day],
    ['per_week', caps.perWeek, used.week],
    ['per_month', caps.perMonth, used.month],
  ];
  for (const [name, cap, before] of whole) {
    if (cap === null) continue;
    const room = cap > before ? cap - before : 0n;
    if (sumOf(shares, (share) => share) <= room) continue;
    cuts.push(name);
    shares = behaviour === 'truncate' ? allocate(room, shares) : nothing;
  }
  return { shares, cuts };
}
