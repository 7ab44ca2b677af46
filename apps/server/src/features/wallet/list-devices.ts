import type { DevicePage, DeviceQuery } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { type DeviceCursor, selectDevices } from './store/devices.ts';

/** The names of guests by account, '' for one who left none. Given by compose.ts, which knows guests. */
export type NamesOfAccounts = (tenant: Tenant, accountIds: readonly number[]) => Promise<ReadonlyMap<number, string>>;

const PAGE_SIZE = 50;

/**
 * A page of what holds cards, the newest first: phones, Google's saved cards and browsers that hear of news. A cursor
 * that is none begins at the start.
 */
export async function listDevices(
  tenant: Tenant,
  { type, state, designId, after, limit = PAGE_SIZE }: DeviceQuery,
  namesOfAccounts: NamesOfAccounts,
): Promise<DevicePage> {
  const filter = { type, designId, behind: state && state === 'behind' };
  const found = await selectDevices(tenant, filter, { after: readCursor(after), limit: limit + 1 });
  const devices = found.slice(0, limit);
  const accountIds = [...new Set(devices.flatMap(({ cards }) => cards.map(({ accountId }) => accountId)))];
  const names = accountIds.length > 0 ? await namesOfAccounts(tenant, accountIds) : new Map<number, string>();
  const last = devices.at(-1);
  return {
    items: devices.map(({ fingerprint, type: platform, at, seenAt, upToDate, cards }) => ({
      fingerprint,
      platform,
      cards: cards.map((card) => ({ ...card, guestName: names.get(card.accountId) ?? '' })),
      registeredAt: at.toString(),
      lastSeenAt: seenAt?.toString() ?? null,
      upToDate,
    })),
    next: found.length > limit && last ? writeCursor(last) : null,
  };
}

// Microseconds, as PostgreSQL keeps them: a coarser cursor would skip what came within its grain.
const writeCursor = ({ at, key }: DeviceCursor): string => `${at.epochNanoseconds / 1_000n}.${key}`;

function readCursor(cursor: string | undefined): DeviceCursor | null {
  // Seventeen digits of microseconds reach beyond the year 5000; PostgreSQL reads no year of five digits.
  const match = /^(\d{1,17})\.([agw][0-9a-f]{24})$/.exec(cursor ?? '');
  if (!match) return null;
  return { at: Temporal.Instant.fromEpochNanoseconds(BigInt(match[1]!) * 1_000n), key: match[2]! };
}
