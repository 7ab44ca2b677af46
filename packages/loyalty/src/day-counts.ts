import type { EpochMs } from './business-day.ts';
import { businessDayOf } from './business-day.ts';
import type { Rules } from './rules.ts';

/** What a member earned and spent on one business day, net of returns; in an entry, by how much it changes that. */
export type DayCount = {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly earned: bigint;
  /** Checks that earned something. */
  readonly accruals: number;
  readonly spent: bigint;
  /** Checks that spent something. */
  readonly spends: number;
};

/** A month of days is all that any limit asks for. */
const KEPT_DAYS = 31;

/** Whether a limit of these rules looks back over days. Other programmes keep no counts. */
export function countsDays({ earning, spendLimits }: Rules): boolean {
  const { perDay, perWeek, perMonth, accrualsPerDay } = earning.caps;
  return [perDay, perWeek, perMonth, accrualsPerDay, spendLimits.maxPerDay, spendLimits.spendsPerDay].some(
    (limit) => limit !== null,
  );
}

/** The business day of an instant, as counts name it. */
export function dayNameOf(at: EpochMs, rules: Rules): string {
  return businessDayOf(at, rules).toString();
}

/** The counts after changes, by rising day. A change of a day that is no longer kept is lost, and nothing falls below 0. */
export function addCounts(counts: readonly DayCount[], changes: readonly DayCount[]): readonly DayCount[] {
  const byDay = new Map(counts.map((count) => [count.day, count]));
  for (const change of changes) {
    const { day } = change;
    const before = byDay.get(day) ?? { earned: 0n, accruals: 0, spent: 0n, spends: 0 };
    const [earned, spent] = [before.earned + change.earned, before.spent + change.spent];
    byDay.set(day, {
      day,
      earned: earned > 0n ? earned : 0n,
      accruals: Math.max(before.accruals + change.accruals, 0),
      spent: spent > 0n ? spent : 0n,
      spends: Math.max(before.spends + change.spends, 0),
    });
  }
  const days = [...byDay.keys()].sort();
  const newest = days.at(-1);
  if (newest === undefined) return [];
  const oldest = Temporal.PlainDate.from(newest).subtract({ days: KEPT_DAYS }).toString();
  const kept = days.filter((day) => day >= oldest).map((day) => byDay.get(day)!);
  return kept.filter((count) => count.earned + count.spent > 0n || count.accruals + count.spends > 0);
}

/** What counts against the limits of earning on a day, before a check. */
export type EarnUsed = {
  readonly day: bigint;
  /** From Monday. */
  readonly week: bigint;
  /** The calendar month. */
  readonly month: bigint;
  readonly accruals: number;
};

export const NOTHING_USED: EarnUsed = { day: 0n, week: 0n, month: 0n, accruals: 0 };

export function earnUsedOn(day: string, counts: readonly DayCount[]): EarnUsed {
  if (counts.length === 0) return NOTHING_USED;
  const date = Temporal.PlainDate.from(day);
  const monday = date.subtract({ days: date.dayOfWeek - 1 });
  const [from, to] = [monday.toString(), monday.add({ days: 6 }).toString()];
  const used = { day: 0n, week: 0n, month: 0n, accruals: 0 };
  for (const count of counts) {
    if (count.day >= from && count.day <= to) used.week += count.earned;
    if (count.day.slice(0, 7) === day.slice(0, 7)) used.month += count.earned;
    if (count.day !== day) continue;
    used.day = count.earned;
    used.accruals = count.accruals;
  }
  return used;
}
