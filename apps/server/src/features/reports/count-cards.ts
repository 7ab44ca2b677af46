import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { dayOf, daysFrom, periodsBetween } from './model.ts';
import {
  lowerCountedUntil,
  recountDays,
  recountMonths,
  recountTotals,
  selectCountedUntil,
  selectStanding,
  upsertState,
} from './statistics.store.ts';

/** What is written late is seen by the next count: a note waits a moment, a transaction takes one. */
const OVERLAP = { hours: 1 } as const;
/** Days in one transaction. */
const CHUNK = 31;
/** The standing is a look at every card. */
const STANDING_MINUTES = 5;
const NIGHTLY_DAYS = 3;

/**
 * Brings the daily figures of a company up to now. Days are counted anew from what happened in them, so a run that was
 * broken off, or that two processes begin at once, changes nothing.
 */
export async function countCards({ clock }: Pick<Platform, 'clock'>, tenant: Tenant, timeZone: string): Promise<void> {
  for (let done = false; !done; ) {
    done = await tenant.transaction(async (transaction) => {
      const now = clock.now();
      const state = await selectCountedUntil(transaction);
      if (!state) return true;
      const { countedUntil, standingAt } = state;
      const first = dayOf(countedUntil.subtract(OVERLAP), timeZone);
      const today = dayOf(now, timeZone);
      // A demo's clock may have been put back.
      if (Temporal.PlainDate.compare(first, today) > 0) return true;
      const days = daysFrom(first, today, timeZone);
      const chunk = days.slice(0, CHUNK);
      await recountDays(transaction, chunk);
      await recountTotals(
        transaction,
        chunk.map(({ day }) => day),
      );
      const last = Temporal.PlainDate.from(chunk.at(-1)!.day);
      await recountMonths(transaction, periodsBetween(first, last, 'month').map(String));
      const ended = chunk.length === days.length;
      const fresh = standingAt !== null && standingAt.until(now).total('minutes') < STANDING_MINUTES;
      const standing = fresh ? null : await selectStanding(transaction, tenant.companyId);
      // The next chunk begins with the day after: past the overlap.
      const until = ended ? now : chunk.at(-1)!.ends.add(OVERLAP);
      await upsertState(transaction, { countedUntil: until, standing, now });
      return ended;
    });
  }
}

/** Counts the last days once more: what came later than an hour stands in its day by the morning. */
export async function recountLastDays(house: Pick<Platform, 'clock'>, tenant: Tenant, timeZone: string): Promise<void> {
  await lowerCountedUntil(tenant, house.clock.now().subtract({ hours: NIGHTLY_DAYS * 24 }));
  await countCards(house, tenant, timeZone);
}
