export type {
  BeneficiaryFacts,
  NoRewardReason,
  Referral,
  ReferralGrant,
  ReferralRejection,
  ReferralState,
  RegistrationFacts,
  Touch,
} from './referral.ts';
export {
  attributedTouch,
  beginReferral,
  levelsAbove,
  NO_REWARD_REASONS,
  qualifyReferral,
  REFERRAL_REJECTIONS,
  REFERRAL_STATES,
  referralAfterReturn,
  referralAt,
  referralDueAt,
  rewardAbove,
} from './referral.ts';
export type { ParsedReferralSettings, ReferralMoment, ReferralReward, ReferralSettings } from './settings.ts';
export {
  DEFAULT_REFERRAL_SETTINGS,
  parseReferralSettings,
  REFERRAL_MOMENTS,
  referralSettingsToJson,
} from './settings.ts';
