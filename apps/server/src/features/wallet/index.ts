export { activateCredential, type NewActiveCredential } from './activate-credential.ts';
export type { PassInTenant } from './apple/authenticate-pass.ts';
export { raiseUpdateSequence } from './apple/raise-update-sequence.ts';
export { ICON_SIZES, type IconSize, iconOfPass } from './card-icon.ts';
export { cardsForPaper } from './cards-for-paper.ts';
export { type FoundByCode, findByCode } from './changing-codes/index.ts';
export type { DesignFiles } from './check-design.ts';
export { createCredential } from './create-credential.ts';
export { keepAssets as keepPictures } from './design/designs.store.ts';
export { downloadPass } from './download-pass.ts';
export { countCards, deleteCards, forgetCards, heldCardsOf, heldMessagesOf } from './erasure/index.ts';
export { certificateEnds, watchCertificates } from './expiry/note-expiries.ts';
export type { OwnerNotice, TellOwner } from './expiry/owner-notice.ts';
export { findPassByGuid, passesOfAccount } from './find-pass.ts';
export { forgetAtGoogle, offersGoogle, saveLink, sendGoogleMessage } from './google/index.ts';
export { issuePass } from './issue-pass.ts';
export { pictureOfDesign } from './list-designs.ts';
export type { NamesOfAccounts } from './list-devices.ts';
export type { CardSubject, Design, DesignBody, DesignDraft, DesignField, PassRecord } from './model.ts';
export {
  isPrintable,
  openPress,
  type PaperCard,
  type PaperField,
  printedPicture,
} from './paper-card.ts';
export { previewAnnouncement } from './passes/announce/preview-announcement.ts';
export { announcementResults, announcementsSince } from './passes/announce/results.ts';
export { type BulkRow as CardsOperation, selectBulksOf as cardsOperationsOf } from './passes/bulk/bulk.store.ts';
export {
  beginBulk as beginCardsOperation,
  findBulk as cardsOperationOf,
  findFault as findOperationFault,
  isUndoable,
  moveOn as moveCardsOperation,
} from './passes/bulk/keep-bulk.ts';
export { deletionEdit } from './passes/change-pass.ts';
export { sameJson } from './passes/own-things.ts';
export type { PassNeighbours } from './passes/routes.ts';
export { sketchOfPicture } from './picture-sketch.ts';
export { pictureOfPass } from './render-pass.ts';
export { assetPath, drawBarcode } from './render-picture.ts';
export { type WalletRoutesOptions, walletRoutes } from './routes.ts';
export { createDesign, type DesignChange, type NewDesignInput, updateDesign } from './save-design.ts';
export { countOpening, downloadSet, type OpenedSet, openSet, type SetWay } from './sets/index.ts';
export { maySharePass } from './sharing/index.ts';
export { selectSharedDevice as accountsShareDevice } from './store/devices-of-accounts.ts';
export { walletJobs } from './tasks.ts';
export { uploadCertificate } from './upload-certificate.ts';
export { type LoadSubject, openWallet, type Wallet, type WalletParts } from './wallet.ts';
export { openWebPush, sendWebPush, type WebPushInput } from './web-push/index.ts';
