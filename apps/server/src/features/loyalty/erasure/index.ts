export { closeAccount } from './close-account.ts';
export { forgetMember } from './forget-member.ts';
export {
  selectHeldCertificates as heldCertificatesOf,
  selectHeldCoupons as heldCouponsOf,
  selectHeldPhotos as heldPhotosOf,
  selectHeldUses as heldUsesOf,
} from './held.store.ts';
export { type Holding, holdingsOf } from './holdings.ts';
