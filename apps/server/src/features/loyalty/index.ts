export { type AccountView, findAccount, findMember, type MemberView, viewAccount, viewMember } from './account-view.ts';
export { selectGroups as accountGroups } from './accounts.store.ts';
export {
  BatchRaced,
  type BringInto,
  type Brought,
  type BroughtGuest,
  bringGuests,
  findGroupRules,
} from './bulk/bring-guests.ts';
export {
  type KnownGuest,
  selectImportedLots as importedLots,
  selectKnownGuests as knownGuests,
} from './bulk/bulk.store.ts';
export {
  type ExportedAccount,
  selectAccountsForExport as accountsForExport,
  selectEntriesForExport as entriesForExport,
} from './bulk/export.store.ts';
export {
  type StoredCheck,
  type StoredReturn,
  selectCheck as findCheck,
  selectCheckId as findCheckId,
  selectReturns as returnsOfCheck,
} from './checks/read-check.store.ts';
export { readCheck } from './checks/read-check.ts';
export { checkRoutes } from './checks/routes.ts';
export { coalitionRoutes } from './coalition/routes.ts';
export { giveBirthdays } from './earning/give-birthdays.ts';
export { earningRoutes } from './earning/routes.ts';
export { entryRoutes } from './entries.routes.ts';
export {
  closeAccount,
  forgetMember,
  type Holding,
  heldCertificatesOf,
  heldCouponsOf,
  heldPhotosOf,
  heldUsesOf,
  holdingsOf,
} from './erasure/index.ts';
export { explainEntry } from './explain.ts';
export { createGroupNames, type GroupNames } from './groups/group-names.ts';
export { selectListedGroups as listGroups } from './groups/groups.store.ts';
export { addGroup } from './groups/keep-groups.ts';
export { groupRoutes } from './groups/routes.ts';
export { levelsOfDesign } from './levels/levels-of-design.ts';
export { type NamedLevel, nameLevels } from './levels/name-levels.ts';
export { levelRoutes } from './levels/routes.ts';
export type { LoyaltyPlatform } from './loyalty-platform.ts';
export type { AccountGroup, CheckSource, GrantAnswer, ReturnAnswer, SaleAnswer } from './model.ts';
export { createGuesses, type Guesses } from './offers/guesses.ts';
export { couponsOfAccount, type FoundCode, lookUpCode } from './offers/look-up-code.ts';
export { type Coupon, readableCode } from './offers/model.ts';
export { toTillCoupon } from './offers/present.ts';
export { redeemCoupon } from './offers/redeem-coupon.ts';
export { offerRoutes } from './offers/routes.ts';
export { type NewAccount, type OpenedAccount, openAccount } from './open-account.ts';
export {
  type Adjustment,
  type AdjustmentAnswer,
  type AdjustmentCall,
  adjustAccount,
} from './operations/adjust-account.ts';
export { type HoldAnswer, holdPoints, type ReleaseAnswer, releaseHold } from './operations/hold-points.ts';
export { type Bind, type KeyedOperation, keyed } from './operations/keyed.ts';
export { selectEntryNotes as entryNotesOf } from './operations/operations.store.ts';
export { operationRoutes } from './operations/routes.ts';
export { type AccountChange, changeAccount } from './own-terms/change-account.ts';
export { programmeRoutes } from './programmes/routes.ts';
export { type QuoteWish, quoteSale, type SaleQuote } from './quote-sale.ts';
export {
  selectChecks as listChecks,
  selectChecksByNumber as checksByNumber,
  selectEntries as listEntries,
  selectNames as accountNames,
  selectProgrammeNames as programmeNames,
} from './reads.store.ts';
export {
  readPhoto,
  receiptRoutes,
  receiptSettingsOf,
  type StoredReceipt,
  saveReceiptSettings,
  selectReceiptsOfAccount as receiptsOfAccount,
  submitReceipt,
} from './receipts/index.ts';
export {
  followLink,
  type Invitation,
  invitationOf,
  isRobot,
  noteVisit,
  referralRoutes,
  referralSettingsOf,
  referralSettingsOfGroup,
  saveReferralSettings,
  tenantOfCode,
} from './referral/index.ts';
export { refillAccount } from './refill.ts';
export { registerCheck, type Sale, type SaleOptions } from './register-check.ts';
export { type Replayed, replayAccounts } from './replay/replay-accounts.ts';
export { reportRoutes } from './reports/routes.ts';
export {
  type CheckKey,
  previewReturn,
  type ReturnCall,
  type ReturnWish,
  returnCheck,
  returnPart,
} from './return-check.ts';
export { accountRoutes } from './routes.ts';
export { createRulesLibrary, type RulesLibrary } from './rules.ts';
export { findByName, type NameHit, type NameHits } from './search/find-by-name.ts';
export { BONUS_PROGRAMME, createGroup, createProgramme, STAMPS_PROGRAMME } from './set-up.ts';
export { settleDue } from './settle-due.ts';
export { simulationRoutes } from './simulation/routes.ts';
export { loyaltyJobs } from './tasks.ts';
export { termRoutes } from './terms/routes.ts';
export { countVisit, type VisitAnswer } from './visits/count-visit.ts';
export { selectLastCheck as lastCheckOf } from './visits/visits.store.ts';
export { selectVenuesOfAccount as venuesOfAccount } from './visits-of-account.store.ts';
export { describeCards, describeDeposits, describeRewards, describeWallets } from './wallets/describe-wallets.ts';
export { giveStamp, type StampAnswer, stampableOf } from './wallets/give-stamp.ts';
