import type { Calendar, EpochMs } from '../business-day.ts';
import { startOfDayAfter } from '../business-day.ts';
import type { ReferralReward, ReferralSettings } from './settings.ts';

/** Why a referral brings nobody anything. Told to the operator, never to the guest. */
export const REFERRAL_REJECTIONS = [
  /** The phone is the referrer's own. */
  'same_phone',
  /** Another identifier of the guest (a card, a number of another system) leads to the referrer's own account. */
  'own_card',
  /** The guest registers on a device on which the referrer has registered, or holds both cards on it. */
  'same_device',
  /** The guest has an account already. */
  'known_guest',
  /** Somebody has registered on this device before. */
  'known_device',
  /** The link is of another programme. */
  'other_programme',
  /** The link was touched longer ago than the settings allow. */
  'link_too_old',
  'switched_off',
  /** No check came in time. */
  'no_check',
  /** The check was returned, so that less than the minimum is left of it. */
  'check_returned',
] as const;
export type ReferralRejection = (typeof REFERRAL_REJECTIONS)[number];

/** Why somebody above a friend gets nothing for him, although the friend is rewarded. */
export const NO_REWARD_REASONS = ['monthly_cap', 'account_blocked'] as const;
export type NoRewardReason = (typeof NO_REWARD_REASONS)[number];

export const REFERRAL_STATES = ['registered', 'qualified', 'confirmed', 'rewarded', 'rejected'] as const;
export type ReferralState = (typeof REFERRAL_STATES)[number];

/** A friend's way: one referral for one friend. Before he registers there are only touches of a link. */
export type Referral = {
  readonly state: ReferralState;
  readonly reason: ReferralRejection | null;
  /** The settings as they stood when it began: what was promised holds. */
  readonly settings: ReferralSettings;
  /** From this instant on a check no longer qualifies. */
  readonly validUntil: EpochMs;
  /** The check that qualified it, `null` before. */
  readonly checkId: string | null;
  readonly qualifiedAt: EpochMs | null;
  /** From this instant on the check's return no longer undoes the rewards. */
  readonly confirmsAt: EpochMs | null;
};

const MS_PER_DAY = 86_400_000;

/** A link that a guest has followed, or a code that he has typed. */
export type Touch = { readonly at: EpochMs };

/** The touch that counts for a guest who registers at `at`, or `null` when none lies inside the window. */
export function attributedTouch<T extends Touch>(
  touches: readonly T[],
  { attributionDays, touch }: Pick<ReferralSettings, 'attributionDays' | 'touch'>,
  at: EpochMs,
): T | null {
  const counted = touches.filter((one) => one.at <= at && at - one.at < attributionDays * MS_PER_DAY);
  const inOrder = [...counted].sort((left, right) => left.at - right.at);
  return (touch === 'first' ? inOrder[0] : inOrder.at(-1)) ?? null;
}

/** What is known when a guest registers by somebody's link. */
export type RegistrationFacts = {
  readonly sameProgramme: boolean;
  /** Whether a touch lies inside the window. */
  readonly touchCounts: boolean;
  /** Whose account an identifier of the guest leads to already, and by which kind of it. */
  readonly known: { readonly referrer: boolean; readonly by: 'phone' | 'other' } | null;
  /** What is known of the device: nothing, or that it was new, the referrer's or somebody's. */
  readonly device: 'unknown' | 'new' | 'referrer' | 'somebody';
};

/** The first step: registered, or rejected with the reason. */
export function beginReferral(settings: ReferralSettings, facts: RegistrationFacts, at: EpochMs): Referral {
  const reason = rejectionOf(settings, facts);
  return {
    state: reason === null ? 'registered' : 'rejected',
    reason,
    settings,
    validUntil: at + settings.pendingDays * MS_PER_DAY,
    checkId: null,
    qualifiedAt: null,
    confirmsAt: null,
  };
}

function rejectionOf(settings: ReferralSettings, facts: RegistrationFacts): ReferralRejection | null {
  const { known, device } = facts;
  if (!settings.enabled) return 'switched_off';
  if (known !== null) return known.referrer ? (known.by === 'phone' ? 'same_phone' : 'own_card') : 'known_guest';
  if (!facts.sameProgramme) return 'other_programme';
  if (device === 'referrer') return 'same_device';
  if (device === 'somebody' && settings.knownDevices === 'reject') return 'known_device';
  return facts.touchCounts ? null : 'link_too_old';
}

/** The referral as it stands at `now`: what time alone has decided is applied. */
export function referralAt(referral: Referral, now: EpochMs): Referral {
  if (referral.state === 'registered' && now >= referral.validUntil) {
    return { ...referral, state: 'rejected', reason: 'no_check' };
  }
  const confirms = referral.state === 'qualified' && referral.confirmsAt !== null && now >= referral.confirmsAt;
  return confirms ? { ...referral, state: 'confirmed' } : referral;
}

/** When time alone will change the referral next; `null` for never. */
export function referralDueAt(referral: Referral): EpochMs | null {
  if (referral.state === 'registered') return referral.validUntil;
  return referral.state === 'qualified' ? referral.confirmsAt : null;
}

/** Points for one of the two sides: when they were earned and when they can be spent. */
export type ReferralGrant = {
  readonly points: bigint;
  readonly earnedAt: EpochMs;
  readonly activatesAt: EpochMs;
  readonly lifetimeDays: number | null;
};

/**
 * What a check does to an open referral: `null` when it does not qualify it (too little money, too late, not open).
 * @param check money paid, not counting points, and when it was written
 */
export function qualifyReferral(
  referral: Referral,
  check: { readonly checkId: string; readonly money: bigint; readonly at: EpochMs },
  calendar: Calendar,
): { readonly referral: Referral; readonly referee: ReferralGrant | null } | null {
  const { settings } = referral;
  if (referralAt(referral, check.at).state !== 'registered') return null;
  if (check.money <= 0n || check.money < settings.minimumCheck) return null;
  const confirmsAt = startOfDayAfter(check.at, settings.returnWindowDays, calendar);
  const qualified: Referral = {
    ...referral,
    state: 'qualified',
    checkId: check.checkId,
    qualifiedAt: check.at,
    confirmsAt: Math.max(confirmsAt, check.at),
  };
  return { referral: qualified, referee: settings.referee && grantOf(qualified, settings.referee) };
}

function grantOf(referral: Referral, { points, moment, lifetimeDays }: ReferralReward): ReferralGrant {
  const earnedAt = referral.qualifiedAt!;
  return { points, earnedAt, activatesAt: moment === 'at_once' ? earnedAt : referral.confirmsAt!, lifetimeDays };
}

/** What is known of somebody above a friend when he is to be rewarded. */
export type BeneficiaryFacts = {
  readonly blocked: boolean;
  /** Friends of the same level who have brought him a reward in the month of this one, not counting those undone. */
  readonly rewardsOfMonth: number;
};

/**
 * The reward of somebody above the friend.
 * @param level 1 is the referrer, 2 the one who had invited him
 * @returns the points; or why there are none; `null` when the settings give this level nothing
 */
export function rewardAbove(
  referral: Referral,
  level: number,
  facts: BeneficiaryFacts,
): ReferralGrant | { readonly none: NoRewardReason } | null {
  const { settings } = referral;
  const { referrer } = settings;
  if (referrer === null || level < 1) return null;
  const points = level === 1 ? referrer.points : settings.upperLevels[level - 2];
  if (points === undefined) return null;
  if (facts.blocked) return { none: 'account_blocked' };
  if (settings.monthlyCap !== null && facts.rewardsOfMonth >= settings.monthlyCap) return { none: 'monthly_cap' };
  return grantOf(referral, { ...referrer, points });
}

/** How many levels above the friend the settings reward. */
export const levelsAbove = ({ referrer, upperLevels }: ReferralSettings): number =>
  referrer === null ? 0 : 1 + upperLevels.length;

/**
 * What the return of goods does: `null` when the rewards stay; else the rejected referral, and all rewards of it are
 * revoked. Once the window is over, a return changes nothing any more.
 * @param moneyLeft money of the check that has not gone back
 */
export function referralAfterReturn(
  referral: Referral,
  { checkId, moneyLeft, at }: { readonly checkId: string; readonly moneyLeft: bigint; readonly at: EpochMs },
): Referral | null {
  if (referralAt(referral, at).state !== 'qualified' || referral.checkId !== checkId) return null;
  const enough = moneyLeft > 0n && moneyLeft >= referral.settings.minimumCheck;
  return enough ? null : { ...referral, state: 'rejected', reason: 'check_returned' };
}
