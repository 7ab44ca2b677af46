import { writeEvent } from '../../journal/index.ts';
import { type DevicePlatform, formOf, type PassRecord } from '../model.ts';
import { firstRepush } from '../push-again-plan.ts';
import { lockMarkers, selectPass } from '../store/passes.ts';
import {
  markRegistration,
  noteHeard,
  settleInstall,
  upsertDevice,
  upsertRegistration,
} from '../store/registrations.ts';
import { planRepushes } from '../store/unfetched.ts';
import { tellDevices } from '../tell-devices.ts';
import type { Wallet } from '../wallet.ts';
import type { PassInTenant } from './authenticate-pass.ts';
import { fingerprintOf } from './request.ts';

export type DeviceInput = {
  readonly deviceId: string;
  readonly pushToken: string;
  readonly platform: DevicePlatform;
  /** Where its push service is, for a program that names one. */
  readonly relayUrl: string | null;
};

/**
 * Registers a device for a card (Apple, "Register a pass for update notifications"). If the card may have changed since
 * it was downloaded, the registration itself becomes an update: the phone is pushed, and its next list names the card.
 */
export async function registerDevice(
  wallet: Wallet,
  { tenant, pass }: PassInTenant,
  device: DeviceInput,
): Promise<'created' | 'known'> {
  const { passTypeIdentifier, serial } = pass;
  const key = { passTypeIdentifier, deviceId: device.deviceId };
  const now = wallet.clock.now();
  const result = await tenant.transaction(async (transaction) => {
    await lockMarkers(transaction);
    // Under the lock: no version can appear between this look and the commit.
    const current = await selectPass(transaction, tenant.companyId, pass.passId);
    await upsertDevice(transaction, key, { ...device, now });
    const created = await upsertRegistration(transaction, key, serial, now);
    if (created) await writeEvent(transaction, { kind: 'device_registered', card: pass, ...told(device) }, now);
    const behind = current !== null && mayBeBehind(current, created);
    if (behind) {
      await markRegistration(transaction, key, serial);
      await tellDevices(transaction, [{ ...device, passTypeIdentifier }], { mode: 'immediate', now });
      await planRepushes(transaction, [{ passId: pass.passId, step: 0, at: firstRepush(now) }]);
    } else if (current && current.installVersion !== null) {
      await noteHeard(transaction, key, { serial, marker: current.updateSequence });
    }
    await settleInstall(transaction, pass.passId);
    return { created, behind };
  });
  if (result.behind) wallet.wake();
  const fields = { companyId: tenant.companyId, device: fingerprintOf(device.deviceId), ...result };
  wallet.log.info(fields, 'a device registered for a card');
  return result.created ? 'created' : 'known';
}

const told = ({ deviceId, platform }: Pick<DeviceInput, 'deviceId' | 'platform'>) => ({
  platform: formOf(platform),
  detail: { device: fingerprintOf(deviceId) },
});

/** A new registration of an unknown version may be behind; a repeated one only when a version was downloaded anew. */
function mayBeBehind({ installVersion, contentVersion }: PassRecord, created: boolean): boolean {
  if (installVersion === null) return created;
  return installVersion < contentVersion;
}
