import { type Result, succeed } from '@tessera/contract';
import type { Tenant, TenantTransaction } from '../../platform/database/index.ts';
import { forgetCampaigns } from '../campaigns/index.ts';
import { blockCardsOf } from '../cards/index.ts';
import { forgetAnswers } from '../growth/index.ts';
import { type ForgottenGuest, finishErasure, forgetIdentity, selectErasure, selectForgotten } from '../guests/index.ts';
import { forgetRejects } from '../imports/index.ts';
import { forgetDevicesOf } from '../journal/index.ts';
import { closeAccount, forgetMember } from '../loyalty/index.ts';
import { forgetMessages } from '../messaging/index.ts';
import { forgetComparisons } from '../probonus/index.ts';
import { forgetQueries } from '../till/index.ts';
import { deleteCards, forgetCards } from '../wallet/index.ts';
import type { PrivacyPlatform } from './privacy-platform.ts';

/**
 * Carries an erasure to its end from wherever it stands: every step may be done again, so whoever dies in between leaves it
 * to the job. Accounts are closed one by one, since each is guarded by its version; then all that tells who the guest was
 * goes in one transaction; then the cards, each with the version that phones are told of. What was written meanwhile by
 * somebody who still saw the guest goes in the last transaction.
 * @returns deposit_not_empty while nothing has gone; otherwise it succeeds
 */
export async function seeErasureThrough(
  platform: PrivacyPlatform,
  tenant: Tenant,
  guestId: number,
): Promise<Result<null>> {
  const { companyId } = tenant;
  const record = await selectErasure(tenant, guestId);
  if (!record || record.finishedAt) return succeed(null);
  const guest = await selectForgotten(tenant, companyId, guestId);
  if (!guest) return succeed(null);
  for (const accountId of guest.accountIds) {
    const closed = await closeAccount(platform, tenant, accountId);
    if (!closed.ok) return closed;
  }
  await tenant.transaction((transaction) => forgetAll(platform, transaction, guestId));
  await deleteCards(platform.wallet, tenant, guest.accountIds);
  await platform.journal.settle();
  await tenant.transaction(async (transaction) => {
    await forgetAll(platform, transaction, guestId);
    await finishErasure(transaction, guestId, platform.clock.now());
  });
  return succeed(null);
}

async function forgetAll(platform: PrivacyPlatform, transaction: TenantTransaction, guestId: number): Promise<void> {
  // Read here: once the phone is gone it may be a new guest's, whose traces are his own.
  const guest: ForgottenGuest | null = await selectForgotten(transaction, transaction.companyId, guestId);
  if (!guest) return;
  await forgetDevicesOf(transaction, guest.accountIds);
  await forgetMember(platform, transaction, guest);
  await forgetCards(platform.wallet, transaction, guest);
  await forgetCampaigns(transaction, guest);
  await blockCardsOf(transaction, guest.accountIds);
  await forgetMessages(platform, transaction, guest);
  await forgetAnswers(transaction, guest);
  await forgetQueries(transaction, guest);
  await forgetComparisons(transaction, guest);
  await forgetRejects(transaction, guest);
  await forgetIdentity(platform, transaction, guest);
}
