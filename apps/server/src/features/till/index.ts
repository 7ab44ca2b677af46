export { findTillGuest, type TillPlatform } from './find-guest.ts';
