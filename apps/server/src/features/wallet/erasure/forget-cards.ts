import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { ForgottenGuest } from '../../guests/index.ts';
import { deletePass } from '../passes/change-pass.ts';
import type { Wallet } from '../wallet.ts';
import { deleteTraces, selectCardsOfAccounts, selectSetLinks } from './forget.store.ts';

/** Makes tombstones of all cards of some accounts, one by one: whoever dies in between goes on where he was. */
export async function deleteCards(wallet: Wallet, tenant: Tenant, accountIds: readonly number[]): Promise<void> {
  for (const { passId, guid, deleted } of await selectCardsOfAccounts(tenant, accountIds)) {
    if (deleted) await wallet.directory.remove('pass', guid);
    else await deletePass(wallet, tenant, passId);
  }
}

/** Forgets what was sent to the cards of a guest, and the links to his sets. */
export async function forgetCards(
  { directory }: Pick<Wallet, 'directory'>,
  transaction: TenantTransaction,
  forgotten: ForgottenGuest,
): Promise<void> {
  for (const guid of await selectSetLinks(transaction, forgotten.accountIds)) await directory.remove('pass_set', guid);
  await deleteTraces(transaction, forgotten);
}
