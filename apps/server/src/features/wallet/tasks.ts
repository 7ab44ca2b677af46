import type { FeatureJobs, Job } from '../../platform/jobs/index.ts';
import { clearAllTombstones } from './apple/tombstones.ts';
import { changeAllCodesWithTime, keyPlainCodes, showNewCodes } from './changing-codes/index.ts';
import { createExpiryWatch } from './expiry/note-expiries.ts';
import { googleJobs } from './google/index.ts';
import { BULK_WORK } from './passes/bulk/keep-bulk.ts';
import { workOnBulk } from './passes/bulk/run-bulk.ts';
import { followGroupNames, followVenues } from './places/follow-neighbours.ts';
import { pushAgainEverywhere } from './push-again.ts';
import { pushDevices } from './push-devices.ts';
import { refreshAccountPasses, refreshDesignPasses } from './refresh-many.ts';
import { relayJobs } from './relays/index.ts';
import { deleteOldReports } from './store/reports.ts';
import type { PushMode } from './tell-devices.ts';
import type { Wallet } from './wallet.ts';
import { webPushJobs } from './web-push/index.ts';

/**
 * What happens to cards after a commit. The keys join a burst: changes of one account that wait are one refresh, news
 * for one device that wait are one push. They start at once, since a worker looks for delayed jobs only every second or two.
 */
export function walletJobs(wallet: Wallet): FeatureJobs {
  const google = googleJobs(wallet);
  const relays = relayJobs(wallet);
  const web = webPushJobs(wallet);
  return {
    everyMinute: [
      ...(google.everyMinute ?? []),
      ...(relays.everyMinute ?? []),
      'push_again',
      'change_card_codes',
      'note_expiries',
    ],
    everyNight: [...(google.everyNight ?? []), 'forget_phone_reports', 'clear_tombstones'],
    tasks: {
      ...google.tasks,
      ...relays.tasks,
      ...web.tasks,
      push_again: () => pushAgainEverywhere(wallet),
      note_expiries: createExpiryWatch(wallet),
      forget_phone_reports: () => forgetOldReports(wallet),
      clear_tombstones: () => clearAllTombstones(wallet),
      refresh_account_passes: (payload, companyId) =>
        refreshAccountPasses(wallet, wallet.database.tenant(companyId), Number(payload.accountId)),
      refresh_design_passes: (payload, companyId) =>
        refreshDesignPasses(wallet, wallet.database.tenant(companyId), {
          designId: Number(payload.designId),
          after: Number(payload.after),
        }),
      show_card_codes: (payload, companyId) =>
        showNewCodes(wallet, wallet.database.tenant(companyId), {
          passIds: payload.passIds as number[],
          mode: readMode(payload.mode),
        }),
      follow_group_names: (_payload, companyId) => followGroupNames(wallet, wallet.database.tenant(companyId)),
      follow_venues: (_payload, companyId) => followVenues(wallet, wallet.database.tenant(companyId)),
      key_plain_codes: (_payload, companyId) => keyPlainCodes(wallet, wallet.database.tenant(companyId)),
      change_card_codes: () => changeAllCodesWithTime(wallet),
      work_on_passes: (payload, companyId) =>
        workOnBulk(wallet, wallet.database.tenant(companyId), Number(payload.bulkId)),
      push_devices: (payload, companyId) =>
        pushDevices(wallet, wallet.database.tenant(companyId), {
          passTypeIdentifier: String(payload.passTypeIdentifier),
          deviceIds: payload.deviceIds as string[],
          mode: readMode(payload.mode),
          pauses: Number(payload.pauses ?? 0),
        }),
    },
    outbox: {
      ...google.outbox,
      ...relays.outbox,
      ...web.outbox,
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
      // A moment later: every process has forgotten the old places by then, and many changes are one look.
      venues_changed: (companyId) => [
        { task: 'follow_venues', companyId, payload: {}, key: `venues:${companyId}`, delayMilliseconds: 5_000 },
      ],
      group_renamed: (companyId) => [
        {
          task: 'follow_group_names',
          companyId,
          payload: {},
          key: `group_names:${companyId}`,
          delayMilliseconds: 5_000,
        },
      ],
      card_codes_plain: (companyId) => [
        { task: 'key_plain_codes', companyId, payload: {}, key: `plain_codes:${companyId}` },
      ],
      card_codes_changed: (companyId, { passIds, mode }) => [
        { task: 'show_card_codes', companyId, payload: { passIds, mode } },
      ],
      [BULK_WORK]: (companyId, { bulkId }) => [
        { task: 'work_on_passes', companyId, payload: { bulkId }, key: `passes:${companyId}:${bulkId}` },
      ],
      push_devices: toPushes,
    },
  };
}

async function forgetOldReports(wallet: Wallet): Promise<void> {
  for (const companyId of await wallet.directory.companies()) {
    await deleteOldReports(wallet.database.tenant(companyId), companyId, wallet.clock.now());
  }
}

/** News for one device are joined; a whole design's go many at a time, since a job costs more than a push. */
function toPushes(companyId: number, payload: Record<string, unknown>): Job[] {
  const { passTypeIdentifier, deviceIds, mode, pauses = 0, delaySeconds } = payload;
  if (!Array.isArray(deviceIds)) return [];
  const task = 'push_devices';
  const delayMilliseconds = typeof delaySeconds === 'number' ? Math.ceil(delaySeconds * 1_000) : 0;
  if (mode === 'bulk') {
    return [{ task, companyId, payload: { passTypeIdentifier, deviceIds, mode, pauses }, delayMilliseconds }];
  }
  return deviceIds.map((deviceId: unknown) => ({
    task,
    companyId,
    payload: { passTypeIdentifier, deviceIds: [deviceId], mode, pauses },
    key: `push:${companyId}:${passTypeIdentifier}:${deviceId}`,
    delayMilliseconds,
  }));
}

const readMode = (mode: unknown): PushMode => (mode === 'bulk' ? 'bulk' : 'immediate');
