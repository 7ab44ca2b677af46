import type { EpochMs } from '../business-day.ts';
import { businessDayOf, startOfDay } from '../business-day.ts';
import type { Rules } from '../rules.ts';

/** What a profile says of a birthday. */
export type BirthdayFacts = {
  readonly month: number;
  readonly day: number;
  /** When it was last filled in or edited. */
  readonly filledAt: EpochMs;
};

/** One celebration: the year of the birthday, and the window in which the present can be spent, half-open. */
export type Celebration = { readonly year: number; readonly opensAt: EpochMs; readonly endsAt: EpochMs };

/**
 * The celebration whose window is open at an instant, or the next one to come; `null` where the programme gives no
 * present. There is one a calendar year, the year of the birthday, however often the profile is edited; 29 February is
 * celebrated on 28 February in common years.
 * @param givenYear year of the last birthday that was given a present
 */
export function nextCelebration(
  facts: BirthdayFacts,
  givenYear: number | null,
  rules: Rules,
  at: EpochMs,
): Celebration | null {
  const { birthday: gift } = rules;
  if (gift === null) return null;
  const filledOn = businessDayOf(facts.filledAt, rules);
  // A window may have opened last year, and a profile filled too late waits for the year after next at most.
  const firstYear = businessDayOf(at, rules).year - 1;
  for (let year = Math.max(firstYear, (givenYear ?? 0) + 1); year <= firstYear + 4; year++) {
    const birthday = Temporal.PlainDate.from({ year, month: facts.month, day: facts.day }, { overflow: 'constrain' });
    const endsAt = startOfDay(birthday.add({ days: gift.daysAfter + 1 }), rules);
    const filledInTime = Temporal.PlainDate.compare(filledOn.add({ days: gift.filledDaysAhead }), birthday) <= 0;
    if (endsAt <= at || !filledInTime) continue;
    return { year, opensAt: startOfDay(birthday.subtract({ days: gift.daysBefore }), rules), endsAt };
  }
  return null;
}
