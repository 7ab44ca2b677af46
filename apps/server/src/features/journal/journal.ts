import type { Clock } from '../../platform/clock.ts';
import type { Platform } from '../../platform/context.ts';
import type { TenantTransaction } from '../../platform/database/index.ts';
import { foldEvent } from './fold-event.ts';
import { type EventRow, hourOf, type NewEvent } from './model.ts';
import { upsertEvents } from './store.ts';

/**
 * The events of this process that are not written yet. They go to the database together, a fifth of a second later at
 * the latest: a page does not wait for its note, and a thousand notes of one moment are one statement.
 */
export type Journal = {
  /** Takes an event to be written soon; never fails and never waits. */
  readonly take: (companyId: number, event: NewEvent, now: Temporal.Instant) => void;
  /** Writes what is waiting. Afterwards all that was noted before stands in the table, unless the database is away. */
  readonly settle: () => Promise<void>;
  /** Writes what is waiting and ends. */
  readonly close: () => Promise<void>;
};

export const PACE = {
  /** What a crash can lose. */
  delayMilliseconds: 200,
  /** After a failure, doubling up to the greatest. */
  retryMilliseconds: 1_000,
  retryMillisecondsMax: 30_000,
  /** Rows in one statement. */
  batch: 1_000,
  /** Rows that wait while the database is away: some 20 MB. What comes then is dropped, counted and logged. */
  waitingMax: 50_000,
  /** Different visitors of a company in an hour of whom network and browser are kept; the others are counted together. */
  visitorsMax: 2_000,
} as const;

export type Pace = { readonly [name in keyof typeof PACE]: number };

/** Opens the journal of this process. `pace` is for tests. */
export function openJournal(platform: Pick<Platform, 'database' | 'log'>, pace: Pace = PACE): Journal {
  const waiting = createWaiting(pace);
  const visitors = createVisitors(pace.visitorsMax);
  const { later, stop } = createTimer(() => void write());
  let retry = pace.retryMilliseconds;
  let failing = false;
  let writing: Promise<void> | null = null;

  const writeAll = async (): Promise<void> => {
    failing = false;
    for (const [companyId, rows] of waiting.takeAll()) {
      for (let start = 0; start < rows.length; start += pace.batch) {
        const batch = rows.slice(start, start + pace.batch);
        const kept = failing ? false : await tryToWrite(platform, companyId, batch);
        if (kept) continue;
        failing = true;
        for (const row of batch) waiting.put(companyId, row);
      }
    }
    const dropped = waiting.forgetDropped();
    if (dropped > 0) platform.log.error({ events: dropped }, 'events were dropped: too many waited');
    retry = failing ? Math.min(retry * 2, pace.retryMillisecondsMax) : pace.retryMilliseconds;
    if (waiting.size() > 0) later(failing ? retry : 0);
  };

  // One write at a time: what fails goes back behind what has come since.
  const write = (): Promise<void> => {
    writing ??= writeAll().finally(() => {
      writing = null;
    });
    return writing;
  };

  const settle = async (): Promise<void> => {
    await writing;
    await write();
  };

  return {
    take(companyId, event, now) {
      waiting.put(companyId, foldEvent(visitors.limit(companyId, event, now), now));
      if (!failing) later(waiting.size() >= pace.batch ? 0 : pace.delayMilliseconds);
    },
    settle,
    async close() {
      await settle();
      stop();
      if (waiting.size() > 0)
        platform.log.error({ events: waiting.size() }, 'events were lost: no database at the stop');
    },
  };
}

/** false: later perhaps. What the database will never take is dropped, so that it does not block the others. */
async function tryToWrite(
  { database, log }: Pick<Platform, 'database' | 'log'>,
  companyId: number,
  rows: readonly EventRow[],
): Promise<boolean> {
  try {
    await upsertEvents(database.tenant(companyId), companyId, rows);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const hopeless = /^(22|23)/.test(code);
    log.warn({ error, companyId, rows: rows.length, hopeless }, 'events could not be written');
    return hopeless;
  }
}

/** Rows by company, one for the same thing within an hour. */
function createWaiting({ waitingMax }: Pace) {
  let companies = new Map<number, Map<string, EventRow>>();
  let size = 0;
  let dropped = 0;
  return {
    size: () => size,
    put(companyId: number, row: EventRow): void {
      const rows = companies.get(companyId) ?? new Map<string, EventRow>();
      companies.set(companyId, rows);
      const key = `${row.hour} ${row.fold}`;
      const known = rows.get(key);
      if (known) {
        rows.set(key, addUp(known, row));
      } else if (size >= waitingMax) {
        dropped += row.count;
      } else {
        rows.set(key, row);
        size += 1;
      }
    },
    takeAll(): [number, EventRow[]][] {
      const all = [...companies].map(([companyId, rows]): [number, EventRow[]] => [companyId, [...rows.values()]]);
      companies = new Map();
      size = 0;
      return all;
    },
    forgetDropped(): number {
      const count = dropped;
      dropped = 0;
      return count;
    },
  };
}

const addUp = (one: EventRow, other: EventRow): EventRow => ({
  ...one,
  at: isEarlier(one.at, other.at) ? one.at : other.at,
  lastAt: isEarlier(one.lastAt, other.lastAt) ? other.lastAt : one.lastAt,
  count: one.count + other.count,
});

const isEarlier = (one: string, other: string): boolean =>
  Temporal.Instant.compare(Temporal.Instant.from(one), Temporal.Instant.from(other)) < 0;

/** Cards are as many as there are; visitors of a page can be made up without end. */
function createVisitors(max: number) {
  let hour = '';
  let known = new Map<number, Set<string>>();
  return {
    limit(companyId: number, event: NewEvent, now: Temporal.Instant): NewEvent {
      if (event.card || event.accountId !== undefined || !event.detail?.network) return event;
      const thisHour = hourOf(now).toString();
      if (thisHour !== hour) {
        hour = thisHour;
        known = new Map();
      }
      const ofCompany = known.get(companyId) ?? new Set<string>();
      known.set(companyId, ofCompany);
      const { fold } = foldEvent(event, now);
      if (ofCompany.has(fold)) return event;
      if (ofCompany.size < max) {
        ofCompany.add(fold);
        return event;
      }
      // The tag is a visitor's word too.
      return { kind: event.kind, formId: event.formId };
    },
  };
}

/** One timer that fires at the earliest moment anybody asked for. */
function createTimer(fire: () => void) {
  let timer: NodeJS.Timeout | null = null;
  let due = Number.POSITIVE_INFINITY;
  let stopped = false;
  return {
    later(milliseconds: number): void {
      const at = performance.now() + milliseconds;
      if (stopped || at >= due) return;
      if (timer) clearTimeout(timer);
      due = at;
      timer = setTimeout(() => {
        timer = null;
        due = Number.POSITIVE_INFINITY;
        fire();
      }, milliseconds);
      timer.unref();
    },
    stop(): void {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}

export type JournalHouse = { readonly journal: Journal; readonly clock: Clock };

/**
 * Notes what a guest or a phone has done. Returns at once and never fails: nobody's request depends on a note. What
 * happens again within the hour is counted, not stored again. A process that is killed loses its last fifth of a second;
 * one that stops in order loses nothing.
 */
export function noteEvent(
  { journal, clock }: JournalHouse,
  tenant: { readonly companyId: number },
  event: NewEvent,
): void {
  journal.take(tenant.companyId, event, clock.now());
}

/** Notes an event in the transaction of what it tells of: both stand or neither does. */
export async function writeEvent(
  transaction: TenantTransaction,
  event: NewEvent,
  now: Temporal.Instant,
): Promise<void> {
  await upsertEvents(transaction, transaction.companyId, [foldEvent(event, now)]);
}
