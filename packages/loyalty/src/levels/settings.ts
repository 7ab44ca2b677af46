import type { Field } from '../rules-reader.ts';

/**
 * What carries a guest up the ladder: money paid, checks, points that checks earned, all three net of returns; or the
 * points that stand on the account, held ones included.
 */
export const MEASURES = ['turnover', 'visits', 'points_earned', 'points_balance'] as const;
export type Measure = (typeof MEASURES)[number];

export const LADDER_PERIODS = ['month', 'quarter', 'half_year', 'year'] as const;
export type LadderPeriod = (typeof LADDER_PERIODS)[number];

/** Which of it counts. All windows are made of whole business days. */
export type LadderWindow =
  | { readonly kind: 'lifetime' }
  /** A day counts up to the same day so many months later, inclusive. */
  | { readonly kind: 'rolling'; readonly months: number }
  | { readonly kind: 'calendar'; readonly period: LadderPeriod }
  /** Years of membership, from the day of joining. */
  | { readonly kind: 'anniversary' };

export const DOWNGRADES = ['never', 'period_end', 'one_step', 'at_once'] as const;
/**
 * When a level is lost that the measure no longer reaches: never; at the end of a period, to the highest level that is
 * still deserved or one step only; or as soon as the measure has fallen. The period is that of the window, a month
 * where the window has none.
 */
export type Downgrade = (typeof DOWNGRADES)[number];

export type Ladder = {
  readonly measure: Measure;
  readonly window: LadderWindow;
  readonly downgrade: Downgrade;
  /** How many business days a level is kept beyond the instant at which it would be lost. */
  readonly graceDays: number;
  /** Whether the last of these days moves to the end of its month. */
  readonly graceToMonthEnd: boolean;
  /** Whether a return has the level judged at once (never below the level before that sale), or leaves it as it is. */
  readonly onReturn: 'at_once' | 'keep';
};

export const LEVEL_UPGRADES = ['next_check', 'whole_check', 'split_check', 'next_period', 'nightly'] as const;
/**
 * From when a level that the measure has reached holds: the next check, this whole check, its part above the bound,
 * the next period, or the next business day.
 */
export type LevelUpgrade = (typeof LEVEL_UPGRADES)[number];

/** Days are kept for rolling windows, so their length is bounded. */
const MAX_ROLLING_MONTHS = 24;
const MAX_GRACE_DAYS = 366;

/** Reads the settings of the ladder. Absent, it counts the turnover of a lifetime and takes no level away. */
export function readLadder(field: Field): Ladder {
  const measure = field.oneOf('measure', MEASURES, 'turnover');
  const window = readWindow(field.object('window'));
  const downgrade = field.oneOf('downgrade', DOWNGRADES, 'never');
  const grace = field.object('grace');
  const ladder: Ladder = {
    measure,
    window,
    downgrade,
    graceDays: grace.integer('days', 0, MAX_GRACE_DAYS, 0),
    graceToMonthEnd: grace.flag('toMonthEnd', false),
    onReturn: field.oneOf('onReturn', ['at_once', 'keep'], 'at_once'),
  };
  grace.refuseUnknown();
  if (measure === 'points_balance' && window.kind !== 'lifetime') {
    field.problem('window', 'unknown_value', 'lifetime, because a balance has no window');
  }
  if (downgrade === 'at_once' && ladder.onReturn === 'keep') {
    field.problem('onReturn', 'unknown_value', 'at_once, because the level falls at once');
  }
  field.refuseUnknown();
  return ladder;
}

/** Which upgrades a measure allows: a check cannot earn by the points that it is about to earn. */
export function upgradesOf(measure: Measure): readonly LevelUpgrade[] {
  if (measure === 'turnover') return LEVEL_UPGRADES;
  const whole: readonly LevelUpgrade[] = measure === 'visits' ? ['whole_check'] : [];
  return ['next_check', ...whole, 'next_period', 'nightly'];
}

function readWindow(field: Field): LadderWindow {
  const kind = field.oneOf('kind', ['lifetime', 'rolling', 'calendar', 'anniversary'], 'lifetime');
  let window: LadderWindow = { kind: 'lifetime' };
  if (kind === 'anniversary') window = { kind };
  if (kind === 'rolling') window = { kind, months: field.integer('months', 1, MAX_ROLLING_MONTHS, undefined) };
  if (kind === 'calendar') window = { kind, period: field.oneOf('period', LADDER_PERIODS, 'year') };
  field.refuseUnknown();
  return window;
}
