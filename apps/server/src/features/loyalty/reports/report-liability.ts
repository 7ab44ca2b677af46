import { type LiabilityReport, type Result, refuse, succeed } from '@tessera/contract';
import type { RollForward } from '@tessera/loyalty';
import { changeOf, moneyPerPoint, movementsOf, rollForward, startOfDay } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { selectProgrammeRules } from '../earning/programmes.store.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { selectPosted } from './liability.store.ts';

const DAYS_MAX = 366;

/**
 * What a programme owes in points, day by day: opening, what moved it, closing. The last closing is what the ledger holds
 * at the end of its day; nothing is estimated here.
 * @returns programme_not_found, or value_invalid for days that are none, in the wrong order or more than 366
 */
export async function reportLiability(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  asked: { programmeId: number; from: string; to: string },
): Promise<Result<LiabilityReport>> {
  const { programmeId } = asked;
  const days = daysBetween(asked.from, asked.to);
  if (!days) return refuse('value_invalid', { field: 'from, to', value: `${asked.from} … ${asked.to}` });
  const inForce = await selectProgrammeRules(tenant, programmeId);
  if (!inForce) return refuse('programme_not_found');
  const rules = await platform.rules.of(tenant, inForce, platform.clock.now());
  const starts = [...days, days.at(-1)!.add({ days: 1 })].map((day) =>
    Temporal.Instant.fromEpochMilliseconds(startOfDay(day, rules)),
  );
  const { rows, outstanding } = await selectPosted(tenant, programmeId, starts);
  // What has moved since the first day leads back from what is owed now to what was owed then.
  let opening = outstanding - changeOf(movementsOf(rows));
  const columns = days.map((day, index) => {
    const of = rollForward(opening, movementsOf(rows.filter(({ bucket }) => bucket === index + 1)));
    opening = of.closing;
    return { day: day.toString(), ...toNumbers(of) };
  });
  const within = rows.filter(({ bucket }) => bucket <= days.length);
  return succeed({
    ...asked,
    days: columns,
    total: toNumbers(rollForward(BigInt(columns[0]!.opening), movementsOf(within))),
    outstanding: Number(outstanding),
    worth: Number(outstanding * moneyPerPoint(rules)),
  });
}

function daysBetween(from: string, to: string): Temporal.PlainDate[] | null {
  try {
    const first = Temporal.PlainDate.from(from);
    const count = first.until(Temporal.PlainDate.from(to)).days + 1;
    if (count < 1 || count > DAYS_MAX) return null;
    return Array.from({ length: count }, (_day, index) => first.add({ days: index }));
  } catch {
    return null;
  }
}

const toNumbers = (of: RollForward): Record<keyof RollForward, number> => ({
  opening: Number(of.opening),
  earned: Number(of.earned),
  earnedReversed: Number(of.earnedReversed),
  redeemed: Number(of.redeemed),
  redeemedGivenBack: Number(of.redeemedGivenBack),
  expired: Number(of.expired),
  manual: Number(of.manual),
  settled: Number(of.settled),
  closing: Number(of.closing),
});
