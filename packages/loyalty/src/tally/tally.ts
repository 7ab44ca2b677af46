import type { EpochMs } from '../business-day.ts';

/** One point in the unit in which remainders are kept: of what rounding leaves, nothing that anybody could count is lost. */
export const CARRY_UNIT = 10n ** 12n;

/** Checks to which a rule with limits gave something, as far back as its limits look. */
export type RuleUses = {
  readonly ruleId: string;
  /** Rising. */
  readonly times: readonly EpochMs[];
  /** Ever. */
  readonly total: number;
};

/** What the rules of earning count of a member besides days, net of returns. */
export type Tally = {
  /**
   * What rounding has left of a minor unit of points, in millionths of millionths of it. Below 0 after the return of a
   * check whose remainder has meanwhile made a point: the next checks fill it up first.
   */
  readonly carry: bigint;
  readonly uses: readonly RuleUses[];
  /** Year of the last birthday that was given a present. */
  readonly birthdayYear: number | null;
};

export type UseChange = {
  readonly ruleId: string;
  /** When the check earned. */
  readonly at: EpochMs;
  readonly by: 1 | -1;
  /** No limit of the rule looks further back than this. */
  readonly keptFrom: EpochMs;
};

/** By how much an entry changes the tally. */
export type TallyChange = {
  readonly carry: bigint;
  readonly uses: readonly UseChange[];
  readonly birthdayYear: number | null;
};

const EMPTY: Tally = { carry: 0n, uses: [], birthdayYear: null };

/** The tally after a change; `null` when nothing is counted. */
export function changeTally(before: Tally | null, change: TallyChange): Tally | null {
  const { carry, uses, birthdayYear } = before ?? EMPTY;
  const after: Tally = {
    carry: carry + change.carry,
    uses: change.uses.reduce(changeUses, uses),
    birthdayYear: change.birthdayYear ?? birthdayYear,
  };
  return after.carry === 0n && after.uses.length === 0 && after.birthdayYear === null ? null : after;
}

function changeUses(uses: readonly RuleUses[], change: UseChange): readonly RuleUses[] {
  const before = uses.find((one) => one.ruleId === change.ruleId) ?? { times: [], total: 0 };
  const others = uses.filter((one) => one.ruleId !== change.ruleId);
  const total = Math.max(before.total + change.by, 0);
  if (total === 0) return others;
  const after = { ruleId: change.ruleId, times: changeTimes(before.times, change), total };
  return [...others, after].sort((a, b) => (a.ruleId < b.ruleId ? -1 : 1));
}

function changeTimes(times: readonly EpochMs[], { at, by, keptFrom }: UseChange): readonly EpochMs[] {
  if (by === 1) return [...times, at].filter((time) => time >= keptFrom).sort((a, b) => a - b);
  const index = times.indexOf(at);
  return index === -1 ? times : times.toSpliced(index, 1);
}
