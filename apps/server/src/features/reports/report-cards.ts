import {
  type CardStanding,
  type CardStatistics,
  type CardStatisticsQuery,
  type Result,
  refuse,
  succeed,
} from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { countsOf, periodsBetween, type Unit, wholeMonths } from './model.ts';
import { selectByGroup, selectByPeriod, selectState } from './statistics.store.ts';

/** Points of a plot: two years of days, ten of weeks, and months without end. */
const PERIODS_MAX = 740;

const NOTHING: CardStanding = {
  cards: 0,
  inPhones: 0,
  behind: 0,
  devices: { apple: 0, android: 0, google: 0, web: 0 },
};

/**
 * How cards came, were used and went in a period, by day, week or month and by design, form of card or source. Read from
 * the daily figures, which are up to a minute behind.
 * @returns value_invalid for days that are none, in the wrong order or too many
 */
export async function reportCards(
  tenant: Tenant,
  timeZone: string,
  { from, to, unit = 'day', by = 'design', designId, platform, source }: CardStatisticsQuery,
): Promise<Result<CardStatistics>> {
  const starts = readPeriods(from, to, unit);
  if (!starts) return refuse('value_invalid', { field: 'from, to', value: `${from} … ${to}` });
  const wish = {
    months: wholeMonths(from, to),
    first: from,
    last: to,
    designId: designId ?? null,
    platform: platform ?? null,
    source: source ?? null,
  };
  const [state, periods, groups] = await Promise.all([
    selectState(tenant),
    selectByPeriod(tenant, wish, unit),
    selectByGroup(tenant, wish, by),
  ]);
  const byStart = Map.groupBy(periods, ({ start }) => start);
  const byKey = Map.groupBy(groups, ({ key }) => key);
  return succeed({
    from,
    to,
    unit,
    by,
    timeZone,
    countedUntil: state?.countedUntil.toString() ?? null,
    standing: state?.standing ?? NOTHING,
    total: countsOf(periods),
    periods: starts.map((start) => ({ start, counts: countsOf(byStart.get(start) ?? []) })),
    groups: [...byKey].map(([key, rows]) => ({ key, name: rows[0]!.name ?? '', counts: countsOf(rows) })),
  });
}

function readPeriods(from: string, to: string, unit: Unit): string[] | null {
  try {
    const [first, last] = [from, to].map((day) => Temporal.PlainDate.from(day, { overflow: 'reject' }));
    if (Temporal.PlainDate.compare(first!, last!) > 0 || first!.until(last!, { largestUnit: 'years' }).years > 50)
      return null;
    const starts = periodsBetween(first!, last!, unit);
    return starts.length > PERIODS_MAX ? null : starts.map(String);
  } catch {
    return null;
  }
}
