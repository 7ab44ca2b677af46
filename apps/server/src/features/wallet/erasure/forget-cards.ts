import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { ForgottenGuest } from '../../guests/index.ts';
import { lockStart } from '../passes/bulk/bulk.store.ts';
import { startNext } from '../passes/bulk/keep-bulk.ts';
import { deletePass } from '../passes/change-pass.ts';
import type { Wallet } from '../wallet.ts';
import { blankWords, cancelNaming, deleteTraces, selectCardsOfAccounts, selectSetLinks } from './forget.store.ts';

/** Makes tombstones of all cards of some accounts, one by one: whoever dies in between goes on where he was. */
export async function deleteCards(wallet: Wallet, tenant: Tenant, accountIds: readonly number[]): Promise<void> {
  for (const { passId, guid, deleted } of await selectCardsOfAccounts(tenant, accountIds)) {
    if (deleted) await wallet.directory.remove('pass', guid);
    else await deletePass(wallet, tenant, passId);
  }
}

/**
 * Forgets what was sent to the cards of a guest, the links to his sets, and the words of operations on many cards that name
 * him. One that is at work on such words is stopped, and the next one begins.
 */
export async function forgetCards(
  { directory, clock, log }: Pick<Wallet, 'directory' | 'clock' | 'log'>,
  transaction: TenantTransaction,
  forgotten: ForgottenGuest,
): Promise<void> {
  for (const guid of await selectSetLinks(transaction, forgotten.accountIds)) await directory.remove('pass_set', guid);
  await deleteTraces(transaction, forgotten);
  const now = clock.now();
  await lockStart(transaction);
  const stopped = await cancelNaming(transaction, forgotten, now);
  await blankWords(transaction, forgotten);
  if (stopped === 0) return;
  log.info({ companyId: transaction.companyId, stopped }, 'operations on cards that named an erased guest are stopped');
  await startNext(transaction, now);
}
