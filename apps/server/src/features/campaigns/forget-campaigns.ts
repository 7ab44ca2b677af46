import type { TenantTransaction } from '../../platform/database/index.ts';
import { type ForgottenGuest, wholeNames } from '../guests/index.ts';
import { blankMessages } from './store.ts';

/**
 * Takes the words out of campaigns that were sent and name a guest by his whole name, an address or a phone; what waits for
 * its hour is the company's own word.
 */
export const forgetCampaigns = (transaction: TenantTransaction, guest: ForgottenGuest): Promise<void> =>
  blankMessages(transaction, [...guest.emails, ...wholeNames(guest)], guest.phones);
