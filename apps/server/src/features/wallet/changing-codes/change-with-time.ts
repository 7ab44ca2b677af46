import type { Tenant } from '../../../platform/database/index.ts';
import { refreshPasses } from '../refresh-pass.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { PushMode } from '../tell-devices.ts';
import type { Wallet } from '../wallet.ts';
import { raiseDueEpochs, selectTimedDesigns } from './codes.store.ts';

const BATCH = 500;
/** Batches of a design in one minute: with more cards than this the codes change later, and nothing else waits for them. */
const BATCHES_A_MINUTE = 4;

/**
 * Gives the cards of a company, whose code has stood for its time, their next one: some thousands a minute, the oldest
 * first, without a word on the phone.
 * @returns how many
 */
export async function changeCodesWithTime(wallet: Wallet, tenant: Tenant): Promise<number> {
  let changed = 0;
  for (const { designId, minutes } of await selectTimedDesigns(tenant, tenant.companyId)) {
    for (let batch = 0; batch < BATCHES_A_MINUTE; batch++) {
      const now = wallet.clock.now();
      const due = { designId, before: now.subtract({ minutes }), limit: BATCH, now };
      const passIds = await tenant.transaction(async (transaction) => {
        const raised = await raiseDueEpochs(transaction, due);
        if (raised.length > 0)
          await writeOutbox(transaction, 'card_codes_changed', { passIds: raised, mode: 'bulk' }, now);
        return raised;
      });
      changed += passIds.length;
      if (passIds.length < BATCH) break;
    }
  }
  if (changed > 0) wallet.wake();
  return changed;
}

/** Brings cards to the code that they have now. Tried again while one of them fails. */
export async function showNewCodes(
  wallet: Wallet,
  tenant: Tenant,
  change: { passIds: readonly number[]; mode: PushMode },
): Promise<void> {
  const { failed } = await refreshPasses(wallet, tenant, change);
  if (failed[0]) throw failed[0].error;
}

/** Every minute, for all companies. */
export async function changeAllCodesWithTime(wallet: Wallet): Promise<void> {
  for (const companyId of await wallet.directory.companies()) {
    await changeCodesWithTime(wallet, wallet.database.tenant(companyId));
  }
}
