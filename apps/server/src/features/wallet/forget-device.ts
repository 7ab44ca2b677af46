import type { Tenant } from '../../platform/database/index.ts';
import { writeEvent } from '../journal/index.ts';
import { fingerprintOf } from './apple/request.ts';
import { type DeviceKey, deleteDevice, selectCardsOfDevice } from './store/registrations.ts';
import type { Wallet } from './wallet.ts';

/**
 * Forgets a device that Apple knows no more, and notes that its cards are gone from it; unless it registered again with
 * another token, or after `until`.
 */
export async function forgetDevice(
  { clock }: Pick<Wallet, 'clock'>,
  tenant: Tenant,
  key: DeviceKey,
  token: { pushToken: string; until: Temporal.Instant | null },
): Promise<void> {
  await tenant.transaction(async (transaction) => {
    const cards = await selectCardsOfDevice(transaction, tenant.companyId, key);
    if (!(await deleteDevice(transaction, tenant.companyId, key, token))) return;
    const detail = { device: fingerprintOf(key.deviceId) };
    for (const card of cards) {
      await writeEvent(transaction, { kind: 'device_unregistered', card, platform: 'apple', detail }, clock.now());
    }
  });
}
