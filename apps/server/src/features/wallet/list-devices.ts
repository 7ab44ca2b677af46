import type { DevicePage } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { type DeviceCursor, selectDevices } from './store/devices.ts';

/** The names of guests by account, '' for one who left none. Given by compose.ts, which knows guests. */
export type NamesOfAccounts = (tenant: Tenant, accountIds: readonly number[]) => Promise<ReadonlyMap<number, string>>;

const PAGE_SIZE = 50;

/** A page of the devices that hold cards, the newest first. A cursor that is none begins at the start. */
export async function listDevices(
  tenant: Tenant,
  { after, limit = PAGE_SIZE }: { after?: string | undefined; limit?: number | undefined },
  namesOfAccounts: NamesOfAccounts,
): Promise<DevicePage> {
  const found = await selectDevices(tenant, tenant.companyId, { after: readCursor(after), limit: limit + 1 });
  const devices = found.slice(0, limit);
  const accountIds = [...new Set(devices.flatMap(({ cards }) => cards.map(({ accountId }) => accountId)))];
  const names = accountIds.length > 0 ? await namesOfAccounts(tenant, accountIds) : new Map<number, string>();
  const last = devices.at(-1);
  return {
    items: devices.map((device) => ({
      fingerprint: device.fingerprint,
      platform: device.platform,
      cards: device.cards.map(({ serial, accountId, designName }) => ({
        serial,
        accountId,
        designName,
        guestName: names.get(accountId) ?? '',
      })),
      registeredAt: device.createdAt.toString(),
      lastSeenAt: device.lastSeenAt.toString(),
      upToDate: device.cards.every(({ upToDate }) => upToDate),
    })),
    next: found.length > limit && last ? writeCursor(last) : null,
  };
}

const writeCursor = ({ createdAt, fingerprint }: DeviceCursor): string =>
  `${createdAt.epochMilliseconds}.${fingerprint}`;

function readCursor(text: string | undefined): DeviceCursor | null {
  // Fourteen digits of milliseconds reach beyond the year 5000; PostgreSQL reads no year of five digits.
  const match = /^(\d{1,14})\.([0-9a-f]{12})$/.exec(text ?? '');
  if (!match) return null;
  return { createdAt: Temporal.Instant.fromEpochMilliseconds(Number(match[1])), fingerprint: match[2]! };
}
