import type { Entry, PastSale } from '@tessera/loyalty';
import { type EntryJson, entryFromJson, type SaleJson, saleFromJson } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';

export type Period = { from: Temporal.Instant; until: Temporal.Instant; venues: readonly number[] | null };

/** An account of the programme that has bought since the period began. */
export type PastAccount = { accountId: number; groupId: number; guestId: number };

export async function countPastAccounts(tenant: Tenant, programmeId: number, { from }: Period): Promise<number> {
  const rows = await tenant.query<{ count: number }>(
    `select count(*)::integer as count from accounts
     where company_id = $1 and programme_id = $2 and last_sale_at >= $3`,
    [tenant.companyId, programmeId, from.toString()],
  );
  return rows[0]!.count;
}

export async function selectPastAccounts(
  tenant: Tenant,
  programmeId: number,
  { from }: Period,
  { after, limit }: { after: number; limit: number },
): Promise<PastAccount[]> {
  const rows = await tenant.query<{ account_id: bigint; group_id: number; guest_id: bigint }>(
    `select account_id, group_id, guest_id from accounts
     where company_id = $1 and programme_id = $2 and last_sale_at >= $3 and account_id > $4
     order by account_id limit $5`,
    [tenant.companyId, programmeId, from.toString(), after, limit],
  );
  return rows.map((row) => ({
    accountId: Number(row.account_id),
    groupId: row.group_id,
    guestId: Number(row.guest_id),
  }));
}

/** The sales of the period of some accounts, in the order in which they were written. */
export async function selectPastSales(
  tenant: Tenant,
  accountIds: readonly number[],
  { from, until, venues }: Period,
): Promise<ReadonlyMap<number, PastSale[]>> {
  const rows = await tenant.query<{
    account_id: bigint;
    sale: SaleJson;
    entry_sequence: number;
    venue_code: number | null;
    source: string;
  }>(
    `select account_id, sale, entry_sequence, venue_code, source from checks
     where company_id = $1 and account_id = any ($2) and occurred_at >= $3 and occurred_at < $4
       and ($5::integer[] is null or venue_code = any ($5))
     order by account_id, entry_sequence`,
    [tenant.companyId, accountIds, from.toString(), until.toString(), venues],
  );
  const sales = new Map<number, PastSale[]>();
  for (const row of rows) {
    const accountId = Number(row.account_id);
    const context = { ...(row.venue_code === null ? {} : { venue: String(row.venue_code) }), channel: row.source };
    const past = { sale: saleFromJson(row.sale), firstEntryId: row.entry_sequence, context };
    sales.set(accountId, [...(sales.get(accountId) ?? []), past]);
  }
  return sales;
}

/** The entries of some accounts up to the last of their sales, with what was written at the same instant. */
export async function selectPastEntries(
  tenant: Tenant,
  sales: ReadonlyMap<number, readonly PastSale[]>,
): Promise<ReadonlyMap<number, Entry[]>> {
  const rows = await tenant.query<{ account_id: bigint; body: EntryJson }>(
    `select e.account_id, e.body
     from unnest($2::bigint[], $3::timestamptz[]) as last(account_id, recorded_at)
     join entries e on e.company_id = $1 and e.account_id = last.account_id and e.recorded_at <= last.recorded_at
     order by e.account_id, e.sequence`,
    [tenant.companyId, [...sales.keys()], [...sales.values()].map((list) => list.at(-1)!.sale.recordedAt.toString())],
  );
  const entries = new Map<number, Entry[]>();
  for (const row of rows) {
    const accountId = Number(row.account_id);
    const list = entries.get(accountId);
    if (list) list.push(entryFromJson(row.body));
    else entries.set(accountId, [entryFromJson(row.body)]);
  }
  return entries;
}

/** The tags of some guests. */
export async function selectTagsOfGuests(
  tenant: Tenant,
  guestIds: readonly number[],
): Promise<ReadonlyMap<number, string[]>> {
  const rows = await tenant.query<{ guest_id: bigint; tags: string[] }>(
    `select guest_id, array_agg(tag order by tag) as tags from guest_tags
     where company_id = $1 and guest_id = any ($2) group by guest_id`,
    [tenant.companyId, guestIds],
  );
  return new Map(rows.map((row) => [Number(row.guest_id), row.tags]));
}
