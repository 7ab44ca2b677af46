/** Google Wallet within this feature: what the rest of it, and its face, take from here. */
export { offersGoogle } from './account.ts';
export { type GoogleRoutesOptions, googleRoutes } from './google.routes.ts';
export { forgetAtGoogle } from './retire-object.ts';
export { LINK_CARDS_MAX, saveLink } from './save-link.ts';
export { sendGoogleMessage } from './send-message.ts';
export { googleJobs } from './tasks.ts';
