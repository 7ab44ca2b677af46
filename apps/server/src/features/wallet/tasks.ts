import type { FeatureJobs, Job } from '../../platform/jobs/index.ts';
import { googleJobs } from './google/index.ts';
import { pushDevice } from './push-device.ts';
import { refreshAccountPasses, refreshDesignPasses } from './refresh-many.ts';
import type { PushMode } from './refresh-pass.ts';
import type { Wallet } from './wallet.ts';

/**
 * What happens to cards after a commit. The keys join a burst: changes of one account that wait are one refresh, news
 * for one device that wait are one push. They start at once, since a worker looks for delayed jobs only every second or two.
 */
export function walletJobs(wallet: Wallet): FeatureJobs {
  const google = googleJobs(wallet);
  return {
    ...google,
    tasks: {
      ...google.tasks,
      refresh_account_passes: (payload, companyId) =>
        refreshAccountPasses(wallet, wallet.database.tenant(companyId), Number(payload.accountId)),
      refresh_design_passes: (payload, companyId) =>
        refreshDesignPasses(wallet, wallet.database.tenant(companyId), {
          designId: Number(payload.designId),
          after: Number(payload.after),
        }),
      push_device: (payload, companyId) =>
        pushDevice(wallet, wallet.database.tenant(companyId), {
          passTypeIdentifier: String(payload.passTypeIdentifier),
          deviceId: String(payload.deviceId),
          mode: readMode(payload.mode),
        }),
    },
    outbox: {
      ...google.outbox,
      account_changed: (companyId, { accountId }) => [
        {
          task: 'refresh_account_passes',
          companyId,
          payload: { accountId },
          key: `refresh:${companyId}:${accountId}`,
        },
      ],
      design_changed: (companyId, { designId, after }) => [
        {
          task: 'refresh_design_passes',
          companyId,
          payload: { designId, after },
          key: `design:${companyId}:${designId}:${after}`,
        },
      ],
      push_devices: toPushes,
    },
  };
}

function toPushes(companyId: number, payload: Record<string, unknown>): Job[] {
  const { passTypeIdentifier, deviceIds, mode } = payload;
  if (!Array.isArray(deviceIds)) return [];
  return deviceIds.map((deviceId: unknown) => ({
    task: 'push_device',
    companyId,
    payload: { passTypeIdentifier, deviceId, mode },
    key: `push:${companyId}:${passTypeIdentifier}:${deviceId}`,
  }));
}

const readMode = (mode: unknown): PushMode => (mode === 'bulk' ? 'bulk' : 'immediate');
