import { writeEvent } from '../../journal/index.ts';
import { formOf } from '../model.ts';
import { deleteRegistration } from '../store/registrations.ts';
import type { Wallet } from '../wallet.ts';
import type { PassInTenant } from './authenticate-pass.ts';
import { fingerprintOf } from './request.ts';

/**
 * The card was deleted from a phone, or its updates were turned off (Apple, "Unregister a pass for update
 * notifications"). Nothing to delete is fine: the phone asks again after a lost answer.
 */
export async function unregisterDevice(
  wallet: Pick<Wallet, 'clock'>,
  { tenant, pass }: PassInTenant,
  deviceId: string,
): Promise<void> {
  const key = { passTypeIdentifier: pass.passTypeIdentifier, deviceId };
  await tenant.transaction(async (transaction) => {
    const gone = await deleteRegistration(transaction, key, pass.serial);
    if (!gone) return;
    const detail = { device: fingerprintOf(deviceId) };
    const event = { kind: 'device_unregistered', card: pass, platform: formOf(gone.platform), detail } as const;
    await writeEvent(transaction, event, wallet.clock.now());
  });
}
