import type { TenantTransaction } from '../../platform/database/index.ts';
import type { DevicePlatform } from './model.ts';
import { writeOutbox } from './store/outbox.ts';
import { wantRelayed } from './store/registrations.ts';

/** How a change is pushed: at once after a sale, gently when a whole design changes. */
export type PushMode = 'immediate' | 'bulk';

export type ToldDevice = {
  readonly passTypeIdentifier: string;
  readonly deviceId: string;
  readonly platform: DevicePlatform;
};

/** Devices in one row of the outbox: a job that dies is done again as a whole. */
const DEVICES_PER_ROW = 500;

/**
 * Leaves word that devices shall ask for news, in the transaction of the news: no lost push and none too early. Phones of
 * Apple are pushed one by one; for programs of other makers their relay is told of all that wait, in one request.
 */
export async function tellDevices(
  transaction: TenantTransaction,
  devices: readonly ToldDevice[],
  { mode, now }: { mode: PushMode; now: Temporal.Instant },
): Promise<void> {
  for (const [passTypeIdentifier, ofType] of Map.groupBy(devices, (device) => device.passTypeIdentifier)) {
    const apple = ofType.filter(({ platform }) => platform === 'apple').map(({ deviceId }) => deviceId);
    for (let at = 0; at < apple.length; at += DEVICES_PER_ROW) {
      const deviceIds = apple.slice(at, at + DEVICES_PER_ROW);
      await writeOutbox(transaction, 'push_devices', { passTypeIdentifier, deviceIds, mode }, now);
    }
    const others = ofType.filter(({ platform }) => platform !== 'apple').map(({ deviceId }) => deviceId);
    if (others.length === 0) continue;
    for (const platform of await wantRelayed(transaction, passTypeIdentifier, others, now)) {
      await writeOutbox(transaction, 'push_relay', { passTypeIdentifier, platform }, now);
    }
  }
}
