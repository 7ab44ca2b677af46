export { type AddedGuests, insertGuests as addGuests, type NewGuest } from './bulk.store.ts';
export {
  claimIdentifiers,
  deleteIdentifiers as dropIdentifiers,
  replaceMainPhone,
  updateProfile as changeProfile,
} from './change.store.ts';
export * from './codes/index.ts';
export { agreesToAdvertising, withdrawConsent } from './consents.store.ts';
export * from './erasure/index.ts';
export { deleteIdentifier as removeIdentifier, giveIdentifier } from './identifiers.store.ts';
export {
  type Consent,
  type ConsentPurpose,
  fullName,
  type Guest,
  hasBirthday,
  type Identifier,
  type IdentifierKind,
  type Profile,
  type Sex,
  shortName,
} from './model.ts';
export { createPhoneReader, normalizePhone } from './phones.ts';
export { begins, foundParameters, guestsFound } from './search/found.store.ts';
export { type GuestSearch, readGuestSearch, readNameSearch, searchKey } from './search/model.ts';
export {
  type ConsentText,
  GUEST_COLUMNS,
  type GuestRow,
  insertConsent as recordConsent,
  insertConsentText as publishConsentText,
  insertGuest as addGuest,
  insertIdentifier as addIdentifier,
  selectConsents as consentsOf,
  selectConsentText as currentConsentText,
  selectConsentTextFor as consentTextFor,
  selectConsentTexts as consentTextsOf,
  selectGuestsWithEmail as guestsWithEmail,
  toGuest,
  updateBirthday as changeBirthday,
  updateNote as changeNote,
  verifyIdentifier,
} from './store.ts';
export { addTags, replaceTags, selectTags as tagsOf, TAGS_MAX } from './tags.store.ts';
