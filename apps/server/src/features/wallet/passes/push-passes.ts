import { type PassPushed, type Result, refuse, succeed } from '@tessera/contract';
import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import { markWanted } from '../google/objects.store.ts';
import { refreshPass } from '../refresh-pass.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { PushMode } from '../tell-devices.ts';
import type { Wallet } from '../wallet.ts';
import { writePushes } from '../write-versions.ts';
import { findPass } from './change-pass.ts';

/**
 * Wakes every device that holds a card, so that it asks for what is new: the push command. A phone that has the newest
 * version already stays silent. @returns pass_not_found
 */
export async function pushPass(wallet: Wallet, tenant: Tenant, passId: number): Promise<Result<PassPushed>> {
  if (!(await findPass(tenant, passId))) return refuse('pass_not_found');
  await refreshPass(wallet, tenant, { passId, mode: 'silent' });
  const now = wallet.clock.now();
  const pushed = await tenant.transaction((transaction) =>
    writePushesAnew(transaction, { passIds: [passId], mode: 'immediate', now }),
  );
  wallet.wake();
  return succeed(pushed);
}

/** Pushes and Google's next visit for cards as they are. */
export async function writePushesAnew(
  transaction: TenantTransaction,
  { passIds, mode, now }: { passIds: readonly number[]; mode: PushMode; now: Temporal.Instant },
): Promise<PassPushed> {
  const devices = await writePushes(transaction, { passIds, mode, now });
  const google = await markWanted(transaction, passIds, { urgent: mode === 'immediate', now });
  if (google) await writeOutbox(transaction, 'google_wanted', {}, now);
  return { devices, google };
}
