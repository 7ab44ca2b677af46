import type { Field, RulesProblem } from '../rules-reader.ts';
import { readRoot } from '../rules-reader.ts';

export const REFERRAL_MOMENTS = ['at_once', 'after_return_window'] as const;
/** When a reward can be used: from the check that qualifies the friend, or once that check can no longer come back. */
export type ReferralMoment = (typeof REFERRAL_MOMENTS)[number];

/** What one side gets. */
export type ReferralReward = {
  readonly points: bigint;
  readonly moment: ReferralMoment;
  /** Own term in days from activation, last day inclusive; `null` for the programme's term. */
  readonly lifetimeDays: number | null;
};

/** How a programme rewards guests for the friends they bring. A referral keeps the settings that it began with. */
export type ReferralSettings = {
  readonly enabled: boolean;
  /** Who invites; `null` gets nothing. */
  readonly referrer: ReferralReward | null;
  /** Who is invited; `null` gets nothing. */
  readonly referee: ReferralReward | null;
  /** Points for those above the referrer: the one who had invited him first, then the one before. Empty: one level. */
  readonly upperLevels: readonly bigint[];
  /** The least money of the friend's check that counts. */
  readonly minimumCheck: bigint;
  /** Days from the touch of a link within which the friend has to register. */
  readonly attributionDays: number;
  /** Which link counts for a guest who has touched several. */
  readonly touch: 'first' | 'last';
  /** Whether a friend who registers from a device that has registered before counts as new. */
  readonly knownDevices: 'reject' | 'accept';
  /** Friends a calendar month for whom a guest is rewarded; `null` for no such limit. */
  readonly monthlyCap: number | null;
  /** Business days after which the friend's check can no longer undo the rewards. */
  readonly returnWindowDays: number;
  /** Days from registering within which the friend's check has to come. */
  readonly pendingDays: number;
};

export type ParsedReferralSettings =
  | { readonly ok: true; readonly settings: ReferralSettings }
  | { readonly ok: false; readonly problems: readonly RulesProblem[] };

const MAX_UPPER_LEVELS = 4;
const MAX_LIFETIME_DAYS = 36_500;

/** A programme that says nothing: switched off, with the terms that are usual in the field. */
export const DEFAULT_REFERRAL_SETTINGS: ReferralSettings = readSettings(readRoot({}, []));

/**
 * Reads the settings from JSON; amounts in minor units. Everything has a default; contradictions are named by path:
 * rewards for nobody while it is switched on, levels above a referrer who gets nothing.
 */
export function parseReferralSettings(json: unknown): ParsedReferralSettings {
  const problems: RulesProblem[] = [];
  const root = readRoot(json, problems);
  const settings = readSettings(root);
  root.refuseUnknown();
  if (settings.enabled && settings.referrer === null && settings.referee === null) {
    root.problem('enabled', 'out_of_range', 'a reward for at least one side');
  }
  if (settings.upperLevels.length > 0 && settings.referrer === null) {
    root.problem('upperLevels', 'out_of_range', 'a reward for the referrer first');
  }
  return problems.length === 0 ? { ok: true, settings } : { ok: false, problems };
}

/** The JSON that `parseReferralSettings` reads: amounts as numbers. */
export function referralSettingsToJson(settings: ReferralSettings) {
  const side = (reward: ReferralReward | null) => reward && { ...reward, points: Number(reward.points) };
  return {
    ...settings,
    referrer: side(settings.referrer),
    referee: side(settings.referee),
    upperLevels: settings.upperLevels.map((points) => ({ points: Number(points) })),
    minimumCheck: Number(settings.minimumCheck),
  };
}

function readSettings(root: Field): ReferralSettings {
  return {
    enabled: root.flag('enabled', false),
    referrer: readReward(root, 'referrer', 'after_return_window'),
    referee: readReward(root, 'referee', 'at_once'),
    upperLevels: root.isNullOrAbsent('upperLevels') ? [] : readLevels(root),
    minimumCheck: root.amount('minimumCheck', 0n, 0n),
    attributionDays: root.integer('attributionDays', 1, 365, 30),
    touch: root.oneOf('touch', ['first', 'last'], 'last'),
    knownDevices: root.oneOf('knownDevices', ['reject', 'accept'], 'reject'),
    monthlyCap: root.isNullOrAbsent('monthlyCap') ? null : root.integer('monthlyCap', 1, 10_000, undefined),
    returnWindowDays: root.integer('returnWindowDays', 0, 180, 14),
    pendingDays: root.integer('pendingDays', 1, 180, 180),
  };
}

function readReward(root: Field, name: string, moment: ReferralMoment): ReferralReward | null {
  if (root.isNullOrAbsent(name)) return null;
  const field = root.object(name);
  const reward: ReferralReward = {
    points: field.amount('points', 1n, undefined),
    moment: field.oneOf('moment', REFERRAL_MOMENTS, moment),
    lifetimeDays: field.isNullOrAbsent('lifetimeDays')
      ? null
      : field.integer('lifetimeDays', 1, MAX_LIFETIME_DAYS, undefined),
  };
  field.refuseUnknown();
  return reward;
}

function readLevels(root: Field): readonly bigint[] {
  return root.list('upperLevels', 0, MAX_UPPER_LEVELS).map((field) => {
    const points = field.amount('points', 1n, undefined);
    field.refuseUnknown();
    return points;
  });
}
