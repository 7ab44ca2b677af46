import type { EpochMs } from './business-day.ts';
import type { Lot, LotAmount, LotTerms } from './lots.ts';

/** Points of one lot that a hold has locked, with everything needed to open that lot again. */
export type HoldUse = { readonly terms: LotTerms; readonly amount: bigint };

/** Points set aside for a payment that is under way. They stand in `held` and in no lot until the hold ends. */
export type Hold = {
  /** Chosen by the caller; identifies the hold within the account. */
  readonly key: string;
  readonly amount: bigint;
  /** Good while `t < untilMs`; at exactly this instant it is over. */
  readonly untilMs: EpochMs;
  /** The entry that opened it. */
  readonly openedBy: number;
  /** In order of consumption, which is also the order of the capture. */
  readonly uses: readonly HoldUse[];
};

export const HOLD_ENDS = ['captured', 'released', 'timed_out'] as const;
export type HoldEnd = (typeof HOLD_ENDS)[number];

/** What became of a hold, remembered so that a late word about it gets the right answer. */
export type EndedHold = {
  readonly key: string;
  readonly end: HoldEnd;
  /** The check that captured it. */
  readonly checkId: string | null;
};

/** What an entry does to a hold: opens it until an instant, or ends it. */
export type HoldChange =
  | { readonly key: string; readonly untilMs: EpochMs }
  | { readonly key: string; readonly end: HoldEnd };

const MOST_ENDED_HOLDS = 20;

/** The parts of an entry that matter here. */
type HoldEntry = { readonly id: number; readonly checkId: string | null; readonly lots: readonly LotAmount[] };
type Holds = { readonly holds: readonly Hold[]; readonly endedHolds: readonly EndedHold[] };

/** The holds after an entry that changes one. `lots` are those before the entry: they say what is being locked. */
export function changeHolds(
  { holds, endedHolds }: Holds,
  lots: readonly Lot[],
  entry: HoldEntry,
  change: HoldChange,
): Holds {
  if ('untilMs' in change) {
    const uses = entry.lots.map((movement) => lockedBy(movement.lotId, -movement.amount, lots));
    const amount = uses.reduce((sum, use) => sum + use.amount, 0n);
    const hold: Hold = { key: change.key, amount, untilMs: change.untilMs, openedBy: entry.id, uses };
    return { holds: [...holds, hold], endedHolds };
  }
  const ended: EndedHold = { key: change.key, end: change.end, checkId: entry.checkId };
  return {
    holds: holds.filter((hold) => hold.key !== change.key),
    endedHolds: [...endedHolds, ended].slice(-MOST_ENDED_HOLDS),
  };
}

/** What a movement takes from an open lot, with everything needed to open that lot again. */
export function lockedBy(lotId: number, amount: bigint, lots: readonly Lot[]): HoldUse {
  const lot = lots.find((open) => open.id === lotId);
  if (lot === undefined) throw new Error(`Lot ${lotId} is not open and cannot be held`);
  const { remaining: _remaining, active: _active, ...terms } = lot;
  return { terms, amount };
}
