/** Codes of cards that change: what the rest of this feature, and its face, take from here. */
export { changeAllCodesWithTime, showNewCodes } from './change-with-time.ts';
export { noteCodeFetched } from './codes.store.ts';
export { type FoundByCode, findByCode } from './find-by-code.ts';
export { keyPlainCodes } from './key-plain-codes.ts';
export { MINUTES_MIN, writeCode } from './model.ts';
