export {
  deleteErasure,
  deleteOldErasures,
  finishErasure,
  insertErasure,
  selectErasure,
  selectForgotten,
} from './erasures.store.ts';
export { forgetIdentity, wasErased } from './forget-identity.ts';
export { selectHeldConsents as heldConsentsOf } from './held.store.ts';
export {
  ERASURES_KEPT_DAYS,
  type Erasure,
  type ErasureBasis,
  type ErasureCounts,
  type ForgottenGuest,
  wholeNames,
} from './model.ts';
