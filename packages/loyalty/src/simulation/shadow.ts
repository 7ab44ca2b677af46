import type { AccountState } from '../account.ts';
import type { EpochMs } from '../business-day.ts';
import type { DayCount } from '../day-counts.ts';
import { addCounts, countsDays, dayNameOf } from '../day-counts.ts';
import type { Earned } from '../earn.ts';
import type { Rules } from '../rules.ts';
import { keptFrom } from '../tally/rule-limits.ts';
import type { TallyChange, UseChange } from '../tally/tally.ts';
import { changeTally } from '../tally/tally.ts';
import type { Versions } from './past-sale.ts';

/**
 * By how much the draft would have counted otherwise than what really happened. An equal draft differs in nothing, so
 * that replaying the live version comes to exactly what it gave.
 */
export type Shadow = {
  readonly counts: readonly DayCount[];
  readonly tally: readonly TallyChange[];
  /** Points that the draft gave more, all in all. */
  readonly points: bigint;
};

export const NO_SHADOW: Shadow = { counts: [], tally: [], points: 0n };

/** The account as it would have been counted under the draft. */
export function underShadow(state: AccountState, { counts, tally, points }: Shadow): AccountState {
  if (counts.length === 0 && tally.length === 0 && points === 0n) return state;
  const available = state.available + points;
  return {
    ...state,
    available: available > 0n ? available : 0n,
    counts: counts.length === 0 ? state.counts : addCounts(state.counts, counts),
    tally: tally.reduce(changeTally, state.tally),
  };
}

/** The shadow after one more check. */
export function afterCheck(
  shadow: Shadow,
  { live, draft }: Versions,
  at: EpochMs,
  earned: { readonly live: Earned; readonly draft: Earned },
): Shadow {
  const points = earned.draft.points - earned.live.points;
  const count = dayDifference(live, draft, at, earned);
  const change = tallyDifference(live, draft, at, earned);
  return {
    counts: count === null ? shadow.counts : [...shadow.counts, count],
    tally: change === null ? shadow.tally : [...shadow.tally, change],
    points: shadow.points + points,
  };
}

function dayDifference(
  live: Rules,
  draft: Rules,
  at: EpochMs,
  earned: { readonly live: Earned; readonly draft: Earned },
): DayCount | null {
  if (!countsDays(draft)) return null;
  // Where the live version counts no days, all of the draft is new.
  const known = countsDays(live) ? earned.live.points : 0n;
  const [before, after] = [known > 0n ? 1 : 0, earned.draft.points > 0n ? 1 : 0];
  const points = earned.draft.points - known;
  if (points === 0n && before === after) return null;
  return { day: dayNameOf(at, draft), earned: points, accruals: after - before, spent: 0n, spends: 0 };
}

function tallyDifference(
  live: Rules,
  draft: Rules,
  at: EpochMs,
  earned: { readonly live: Earned; readonly draft: Earned },
): TallyChange | null {
  const [before, after] = [usesOf(earned.live, live), usesOf(earned.draft, draft)];
  const carry = earned.draft.carried - (draft.earning.carryRemainder ? earned.live.carried : 0n);
  const uses = draft.earning.rules.flatMap(({ id, limits }): UseChange[] => {
    if (limits === null || before.has(id) === after.has(id)) return [];
    return [{ ruleId: id, at, by: after.has(id) ? 1 : -1, keptFrom: keptFrom(limits, at) }];
  });
  return carry === 0n && uses.length === 0 ? null : { carry, uses, birthdayYear: null };
}

function usesOf({ trace, points }: Earned, { earning }: Rules): ReadonlySet<string> {
  const used = earning.rules.filter(({ limits }, index) => limits !== null && points > 0n && trace[index]!.points > 0n);
  return new Set(used.map(({ id }) => id));
}
