import { type Result, refuse, succeed } from '@tessera/contract';
import type { MovableClock } from '../../platform/clock.ts';
import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import { prolongStay } from '../staff/index.ts';
import { demoCompany } from './company.ts';
import { writeClockAhead } from './store.ts';

/** The make-believe certificate of the demo's cards is good for longer than this. */
export const CLOCK_AHEAD_MAX_YEARS = 5;

export type DemoTime = {
  /** What the demo takes for now. */
  now: string;
  /** How far that is ahead of the real clock, ISO 8601. */
  ahead: string;
};

export type DemoClockParts = { platform: Platform; tenant: Tenant; clock: MovableClock; jobs: Jobs };

export function tellTime(clock: MovableClock): DemoTime {
  const ahead = Temporal.Duration.from({ milliseconds: clock.aheadMilliseconds() });
  return { now: clock.now().toString(), ahead: ahead.round({ largestUnit: 'hours' }).toString() };
}

/**
 * Puts the demo's clock ahead by an ISO 8601 duration (days and months are those of the company's time zone), and does
 * at once what a job would do every minute: points become usable or burn, levels change, cards follow. Survives a
 * restart. People who are signed in stay so: time has passed for guests, not for them.
 * @returns the new time, or clock_advance_invalid
 */
export async function advanceClock(parts: DemoClockParts, advance: string): Promise<Result<DemoTime>> {
  const { platform, tenant, clock, jobs } = parts;
  const milliseconds = millisecondsOf(advance, clock.now());
  if (milliseconds === null) return refuse('clock_advance_invalid', { years: CLOCK_AHEAD_MAX_YEARS });
  const ahead = clock.aheadMilliseconds() + milliseconds;
  if (ahead > CLOCK_AHEAD_MAX_YEARS * 366 * 86_400_000) {
    return refuse('clock_advance_invalid', { years: CLOCK_AHEAD_MAX_YEARS });
  }
  await writeClockAhead(platform.database.platform, ahead);
  await prolongStay(tenant, milliseconds);
  clock.putAhead(ahead);
  await jobs.runEveryMinute();
  platform.wake();
  return succeed(tellTime(clock));
}

/** null for what is no duration, goes back, or stands still. */
function millisecondsOf(advance: string, now: Temporal.Instant): number | null {
  try {
    const before = now.toZonedDateTimeISO(demoCompany.timeZone);
    const after = before.add(Temporal.Duration.from(advance));
    const milliseconds = after.epochMilliseconds - before.epochMilliseconds;
    return milliseconds > 0 ? milliseconds : null;
  } catch {
    return null;
  }
}
