export type { AccountState, Balance, Totals, WalletState } from './account.ts';
export { balanceOf, evolve, newAccountState, newWalletState, replay, walletIn } from './account.ts';
export type { Rounding } from './amounts.ts';
export { allocate, divideRounded, MAX_AMOUNT, moneyPerPoint } from './amounts.ts';
export type { Begin } from './begin.ts';
export type { BirthdayFacts, Celebration } from './birthday/celebration.ts';
export { nextCelebration } from './birthday/celebration.ts';
export type { BirthdayGift } from './birthday/settings.ts';
export type { Calendar, EpochMs, RoundUpTo, Term, YearDay } from './business-day.ts';
export { businessDayOf, endOfTerm, lastValidDay, startOfDay } from './business-day.ts';
export { TOTAL_LINE_ID } from './check-input.ts';
export { ANY_CIRCUMSTANCES, type Circumstances } from './circumstances.ts';
export type { CloseAccount, CloseOutcome } from './closing/close-account.ts';
export type { Claim } from './coalition/clearing.ts';
export { agreedValue, claimChanges, claimsOf } from './coalition/clearing.ts';
export type { CardDiscount, CardHolder, DiscountFit, FoundDiscount } from './coalition/discount.ts';
export { cardDiscountOf, cardHolderOf, discountOf } from './coalition/discount.ts';
export type { AgreedValue, Clearing, Discount, DiscountCell } from './coalition/settings.ts';
export type {
  Accepted,
  Basket,
  BlockOutcome,
  CaptureHold,
  CheckToRegister,
  Command,
  Decision,
  Deduct,
  DeductOutcome,
  GiveBirthday,
  GrantOutcome,
  HoldOutcome,
  HoldPoints,
  Outcome,
  OutcomeOf,
  PricedBasket,
  Refill,
  Refused,
  RegisterCheck,
  ReleaseHold,
  ReleaseOutcome,
  ReportedCheck,
  ReturnCheck,
  ReturnLine,
  ReturnOutcome,
  RevokeOutcome,
  RevokeReward,
  Reward,
  SaleOutcome,
} from './command.ts';
export type { DayCount, EarnUsed } from './day-counts.ts';
export { decide } from './decide.ts';
export { nextDueAt, stateAt } from './due.ts';
export type { Earned, RuleTrace } from './earn.ts';
export type { EarnCut } from './earn-caps.ts';
export type { CheckContext, UnmatchedReason } from './earn-conditions.ts';
export type {
  CheckSizeRate,
  EarnBase,
  EarnCaps,
  EarnCondition,
  EarnEffect,
  Earning,
  EarnRule,
  ItemSet,
  LineKind,
  RateStep,
  RuleLimits,
} from './earning-rules.ts';
export { LINE_KINDS } from './earning-rules.ts';
export type { Entry, EntryKind, Explain, LedgerAccount, LotMovement, Posting, Shortage } from './entry.ts';
export { ENTRY_KINDS } from './entry.ts';
export type { EntryJson } from './entry-json.ts';
export { entryFromJson, entryToJson } from './entry-json.ts';
export type { ActivationDelay, Activity, CountFrom, Expiry, OwnTerms } from './expiry.ts';
export { ACTIVITIES } from './expiry.ts';
export type { Hint } from './hints/best-offers.ts';
export type { EndedHold, Hold, HoldChange, HoldEnd, HoldUse } from './hold.ts';
export type { OpenBalance, OpenedOutcome, OpeningLot } from './imports/open-balance.ts';
export type { StateJson } from './json.ts';
export { stateFromJson, stateToJson } from './json.ts';
export * from './levels/index.ts';
export type { IssueReason, Lot, LotAmount, LotOrder, LotTerms } from './lots.ts';
export { ISSUE_REASONS } from './lots.ts';
export type { AppliedOffers, UnusedOffer, UsedOffer } from './offers/apply.ts';
export { applyOffers, MAX_OFFERS, programmeDiscount } from './offers/apply.ts';
export type { CertificateEntry, CertificateMove, CertificateState } from './offers/certificate.ts';
export { certificateAfter, certificatePart, foldCertificate, moveCertificate } from './offers/certificate.ts';
export type { Offer, OfferContext, OfferReason, OfferUsage } from './offers/conditions.ts';
export { couponExpiry, isPriceless, NOTHING_USED_YET, reissuedExpiry, whyNotOffer } from './offers/conditions.ts';
export type { OfferReturn } from './offers/in-sale.ts';
export type { ParsedOfferTerms } from './offers/parse-terms.ts';
export { offerTermsFromJson, parseOfferTerms } from './offers/parse-terms.ts';
export type { CertificatePart, CheckOffers, OfferUse, SaleOffers } from './offers/sale-offers.ts';
export type {
  BundlePart,
  OfferCondition,
  OfferEffect,
  OfferLimits,
  OfferReturns,
  OfferSettings,
  OfferTerms,
  Stacking,
  StackingCategory,
} from './offers/terms.ts';
export { plainTerms } from './offers/terms.ts';
export type { OwnRates, OwnTermsChange } from './own-terms/own-terms.ts';
export type { OwnTermsOutcome, SetOwnTerms } from './own-terms/set-own-terms.ts';
export { parseExpiry } from './parse-expiry.ts';
export type { ParsedRules } from './parse-rules.ts';
export { parseRules, rulesFromJson } from './parse-rules.ts';
export type {
  Contradiction,
  ContradictionCode,
  CouponKindStanding,
  KnownReferences,
  ProgrammeKind,
  ProgrammeKindName,
  RuleChange,
  RuleReferences,
  SettingOwner,
  SettingRecord,
  SettingValue,
} from './preview/index.ts';
export {
  CONTRADICTION_CODES,
  compareRules,
  findContradictions,
  findMissing,
  PROGRAMME_KINDS,
  programmeKindName,
  referencesOf,
} from './preview/index.ts';
export type { CheckLine, PricedLine, SpendLimit, SpendLimitReason } from './pricing.ts';
export type { Quote } from './quote.ts';
export { quote } from './quote.ts';
export * from './receipts/index.ts';
export * from './referral/index.ts';
export type { Refusal, RefusalCode, RefusalParams } from './refusal.ts';
export { REFUSAL_CODES } from './refusal.ts';
export type { Cohort, DeferredSale, Expected } from './reports/breakage.ts';
export { deferSale, expectedOf, extendedShare, recognisedOf, ultimateRedemptionRate } from './reports/breakage.ts';
export type { Group, Uplift } from './reports/holdout.ts';
export { isHeldOut, upliftOf } from './reports/holdout.ts';
export type { Movements, PostedSum, RollForward } from './reports/roll-forward.ts';
export { changeOf, movementsOf, NO_MOVEMENTS, rollForward } from './reports/roll-forward.ts';
export { needsHistory } from './return.ts';
export type {
  ExpiredLotPolicy,
  Level,
  ReturnPolicy,
  Rules,
  ShortagePolicy,
  SpendLimits,
  Welcome,
} from './rules.ts';
export type { RulesProblem, RulesProblemCode } from './rules-reader.ts';
export type { SaleJson } from './sale-json.ts';
export { saleFromJson, saleToJson } from './sale-json.ts';
export type {
  Clawback,
  LineProgress,
  LineReturn,
  LotUse,
  SaleEarning,
  SaleLine,
  SaleRecord,
  SaleReturned,
  SaleTally,
  SoldGoods,
} from './sale-record.ts';
export { isLineReturned, isWhollyReturned } from './sale-record.ts';
export type { PastSale } from './simulation/past-sale.ts';
export type { MemberPast } from './simulation/simulate.ts';
export type { Gainer, RuleTotal, Simulation, SimulationResult, VersionTotals } from './simulation/totals.ts';
export { startSimulation } from './simulation/totals.ts';
export type { ClosedReason, ClosedRule } from './tally/rule-limits.ts';
export type { BudgetRoom, EarnStanding } from './tally/standing.ts';
export type { RuleUses, Tally, TallyChange, UseChange } from './tally/tally.ts';
export { CARRY_UNIT } from './tally/tally.ts';
export * from './terms/index.ts';
export type { CountVisit, VisitOutcome } from './visits/count-visit.ts';
export type {
  DepositOffer,
  DepositPayment,
  ReachedMilestone,
  StampsGiven,
  StampsReturned,
  WithdrawnReward,
} from './wallets/outcomes.ts';
export { depositWalletsOf, findWallet, stampsWalletsOf } from './wallets/rules-of-wallet.ts';
export type { SaleDeposit, SaleStamps, SaleWallets } from './wallets/sale-wallets.ts';
export type { CardChange, CardReward, CardState } from './wallets/stamp-card.ts';
export { rewardsAtStake } from './wallets/take-stamps-back.ts';
export type {
  DepositWallet,
  Milestone,
  MilestoneReward,
  StampEarning,
  StampsWallet,
  Wallet,
} from './wallets/wallet-rules.ts';
