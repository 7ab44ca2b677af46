import type { Tenant } from '../../platform/database/index.ts';
import { refreshPass, refreshPasses } from './refresh-pass.ts';
import { writeOutbox } from './store/outbox.ts';
import { selectPass, selectPassIdsOfAccount, selectPassIdsOfDesign } from './store/passes.ts';
import type { Wallet } from './wallet.ts';

/** Brings all cards of an account up to date. */
export async function refreshAccountPasses(wallet: Wallet, tenant: Tenant, accountId: number): Promise<void> {
  for (const passId of await selectPassIdsOfAccount(tenant, tenant.companyId, accountId)) {
    await refreshPass(wallet, tenant, { passId, mode: 'immediate' });
  }
}

const BATCH = 500;

/**
 * Brings one batch of a design's cards up to date and leaves word for the next batch. A card that fails does not hold
 * up the others: its account gets a job of its own.
 */
export async function refreshDesignPasses(
  wallet: Wallet,
  tenant: Tenant,
  { designId, after }: { designId: number; after: number },
): Promise<void> {
  const { companyId } = tenant;
  const passIds = await selectPassIdsOfDesign(tenant, companyId, designId, { after, limit: BATCH });
  const { failed } = await refreshPasses(wallet, tenant, { passIds, mode: 'bulk' });
  const now = wallet.clock.now();
  // Google keeps a design by itself, also one that no card has yet.
  if (after === 0) await tenant.transaction((transaction) => writeOutbox(transaction, 'google_wanted', {}, now));
  const last = passIds.at(-1);
  if (last === undefined) return wallet.wake();
  await tenant.transaction(async (transaction) => {
    for (const { passId, error } of failed) {
      wallet.log.warn({ error, passId, companyId }, 'a card could not follow its design yet');
      const pass = await selectPass(transaction, companyId, passId);
      if (pass) await writeOutbox(transaction, 'account_changed', { accountId: pass.accountId }, now);
    }
    if (passIds.length === BATCH) await writeOutbox(transaction, 'design_changed', { designId, after: last }, now);
  });
  wallet.wake();
}
