import type { EpochMs } from '../business-day.ts';
import type { DayNumber } from './periods.ts';

/** What one day, month or year of membership adds to the measure, net of returns. Never below 0. */
export type LadderCount = { readonly from: DayNumber; readonly amount: bigint };

/** What an account remembers for a ladder that looks at windows of time or takes levels away. */
export type LadderState = {
  /** What the counts are of. Rules that count something else begin anew. */
  readonly basis: string;
  /** By rising `from`. */
  readonly counts: readonly LadderCount[];
  /** Up to this instant the level has been judged. */
  readonly judgedMs: EpochMs;
  readonly joinedOn: DayNumber;
  /** The level is lost at this instant unless the measure reaches it again; `null` when nothing threatens it. */
  readonly graceUntilMs: EpochMs | null;
};

/** A level held by decision of the staff, whatever the measure says. A higher level by the measure wins over it. */
export type LevelPin = {
  readonly level: string;
  /** Holds while `t < untilMs`; `null` until it is taken off. */
  readonly untilMs: EpochMs | null;
};

/** What an entry changes of them. */
export type LadderChange = {
  readonly judgedMs?: EpochMs;
  /** Begins to count, or begins anew. */
  readonly begins?: { readonly basis: string; readonly joinedOn: DayNumber };
  /** So much more (or less) under these days. */
  readonly counts?: readonly LadderCount[];
  /** What lies before this day is dropped. */
  readonly keptFrom?: DayNumber;
  readonly graceUntilMs?: EpochMs | null;
  readonly pin?: LevelPin | null;
};

/** The state after a change. A change of something that is no longer kept is lost. */
export function changeLadder(before: LadderState | null, change: LadderChange): LadderState | null {
  const { begins, judgedMs = 0, keptFrom } = change;
  const state = begins === undefined ? before : { ...begins, counts: [], judgedMs, graceUntilMs: null };
  if (state === null) return null;
  let counts = state.counts;
  for (const count of change.counts ?? []) counts = addCount(counts, count);
  if (keptFrom !== undefined) counts = counts.filter((count) => count.from >= keptFrom);
  return {
    ...state,
    counts,
    judgedMs: Math.max(state.judgedMs, judgedMs),
    graceUntilMs: change.graceUntilMs === undefined ? state.graceUntilMs : change.graceUntilMs,
  };
}

function addCount(counts: readonly LadderCount[], { from, amount }: LadderCount): readonly LadderCount[] {
  const same = counts.find((count) => count.from === from);
  const sum = (same?.amount ?? 0n) + amount;
  const before = counts.filter((count) => count.from < from);
  const after = counts.filter((count) => count.from > from);
  return sum > 0n ? [...before, { from, amount: sum }, ...after] : [...before, ...after];
}
