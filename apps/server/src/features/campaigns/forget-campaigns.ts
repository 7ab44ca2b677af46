import type { TenantTransaction } from '../../platform/database/index.ts';
import type { ForgottenGuest } from '../guests/index.ts';
import { blankMessages } from './store.ts';

/** Takes the words out of campaigns that were sent and name a guest; what waits for its hour is the company's own word. */
export const forgetCampaigns = (
  transaction: TenantTransaction,
  { emails, names, phones }: ForgottenGuest,
): Promise<void> =>
  blankMessages(
    transaction,
    [...emails, ...names].filter((text) => text.length > 2),
    phones,
  );
