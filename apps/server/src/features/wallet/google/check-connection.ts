import { type Result, refuse, succeed } from '@tessera/contract';
import type { HaltReason } from '../../../adapters/google-wallet/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { selectDesigns } from '../store/designs.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Wallet } from '../wallet.ts';
import { openAccess } from './account.ts';
import { updateHealth } from './credentials.store.ts';
import { wantRefused } from './objects.store.ts';
import { pushClass } from './push-class.ts';

export type ConnectionOutcome = 'works' | 'design_refused' | 'away' | HaltReason;

const PATIENCE_MILLISECONDS = 5_000;
/** A company has a handful of designs; more would keep a person waiting. */
const DESIGNS_MAX = 10;

/**
 * Tries a company's access for real: a token, a look at the issuer, and the classes of its designs. What stood still or
 * was refused is tried again if it works. Refuses `not_found`.
 */
export async function checkConnection(wallet: Wallet, tenant: Tenant): Promise<Result<ConnectionOutcome>> {
  const access = await openAccess(wallet, tenant);
  if (!access) return refuse('not_found');
  const patience = { patienceMilliseconds: PATIENCE_MILLISECONDS };
  const checked = await wallet.google.check(access.account, access.credential.issuerId, patience);
  const checkedAt = wallet.clock.now();
  if (checked.status === 'halted') {
    await updateHealth(tenant, { halted: checked.reason, failures: 0, pausedUntil: null, checkedAt });
    return succeed(checked.reason);
  }
  if (checked.status !== 'done') return succeed('away');
  await updateHealth(tenant, { halted: null, failures: 0, pausedUntil: null, checkedAt });
  const outcome = await pushDesigns(wallet, tenant, access);
  await tenant.transaction(async (transaction) => {
    await wantRefused(transaction, checkedAt);
    await writeOutbox(transaction, 'google_wanted', { atOnce: true }, checkedAt);
  });
  wallet.wake();
  return succeed(outcome);
}

async function pushDesigns(
  wallet: Wallet,
  tenant: Tenant,
  access: NonNullable<Awaited<ReturnType<typeof openAccess>>>,
): Promise<ConnectionOutcome> {
  const designs = (await selectDesigns(tenant, tenant.companyId)).slice(0, DESIGNS_MAX);
  let outcome: ConnectionOutcome = 'works';
  for (const design of designs) {
    const pushed = await pushClass(wallet, tenant, access, design, {
      anew: true,
      patienceMilliseconds: PATIENCE_MILLISECONDS,
    });
    if (pushed.status === 'halted') return pushed.reason;
    if (pushed.status === 'retry') return 'away';
    if (pushed.status === 'refused') outcome = 'design_refused';
  }
  return outcome;
}
