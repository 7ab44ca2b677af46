import type { TenantTransaction } from '../../../platform/database/index.ts';
import type { ForgottenGuest } from '../../guests/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { phoneHash } from '../referral/invite.ts';
import { deleteTraces, selectInvitationCodes } from './forget.store.ts';

/** Forgets what the ledgers of a guest know of him beside sums: comments, photographs, invitations, coupons of his own. */
export async function forgetMember(
  platform: LoyaltyPlatform,
  transaction: TenantTransaction,
  forgotten: ForgottenGuest,
): Promise<void> {
  // Before the codes are forgotten: whoever dies in between finds them again.
  for (const code of await selectInvitationCodes(transaction, forgotten.accountIds)) {
    await platform.directory.remove('referral', code);
  }
  const hashes = forgotten.phones.map((phone) => phoneHash(platform, transaction, phone));
  await deleteTraces(transaction, forgotten, hashes);
}
