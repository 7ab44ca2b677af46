import type { Queryable } from '../../../platform/database/index.ts';
import { cardsIn, FAR, FOUND, filterParameters, looksFar, NEAR } from './filter.store.ts';
import type { PassFilter } from './model.ts';

/** Cards that one question looks at, where other tables have to be asked about each. */
const WINDOW = 10_000;
/** What a search finds at most: whoever finds more types more. */
export const FOUND_MAX = 1_000;

export type ListedPass = {
  passId: number;
  serial: string;
  guid: string;
  designId: number;
  designName: string;
  passTypeIdentifier: string;
  accountId: number;
  guestName: string;
  phone: string | null;
  level: string;
  programmeId: number;
  points: bigint;
  appleDevices: number;
  androidDevices: number;
  google: boolean;
  voided: boolean;
  contentVersion: number;
  lastModified: Temporal.Instant;
  createdAt: Temporal.Instant;
};

type ListRow = {
  looked: number;
  last_looked: bigint | null;
  found: number;
  pass_id: bigint | null;
  serial: string;
  guid: string;
  design_id: number;
  design_name: string;
  pass_type_identifier: string;
  account_id: bigint;
  guest_name: string;
  phone: string | null;
  level: string;
  programme_id: number;
  available: bigint;
  apple: number;
  android: number;
  google: boolean;
  voided: boolean;
  content_version: number;
  last_modified: Temporal.Instant;
  created_at: Temporal.Instant;
};

const DEVICES = `select count(*) filter (where d.platform = 'apple')::integer as apple,
    count(*) filter (where d.platform <> 'apple')::integer as android
  from apple_registrations r
  join apple_devices d on d.company_id = $1 and d.pass_type_identifier = r.pass_type_identifier and d.device_id = r.device_id
  where r.company_id = $1 and r.pass_type_identifier = p.pass_type_identifier and r.serial = p.serial`;

const COLUMNS = `p.pass_id, p.serial, p.guid, p.design_id, s.name as design_name, p.pass_type_identifier, p.account_id,
  trim(g.first_name || ' ' || g.last_name) as guest_name, a.level, a.programme_id, a.available, p.voided,
  p.content_version, p.last_modified, p.created_at, v.apple, v.android,
  (select i.value from guest_identifiers i where i.company_id = $1 and i.guest_id = a.guest_id and i.kind = 'phone'
   order by i.main desc limit 1) as phone,
  coalesce((select o.installed from google_objects o where o.company_id = $1 and o.pass_id = p.pass_id), false) as google`;

export type PassList = {
  items: ListedPass[];
  /** The last card that was looked at, when there may be more behind it. */
  next: number | null;
  /** Whether the search fits more cards than it looks at. */
  more: boolean;
};

/**
 * A page of cards, the newest first; `before` is the last card that the page above has looked at. A page may be short,
 * or empty, with more behind it: filters that ask other tables look at some thousand cards at a time.
 */
export async function selectPassList(
  queryable: Queryable,
  companyId: number,
  {
    filter,
    before,
    limit,
    foundMax = FOUND_MAX,
  }: { filter: PassFilter; before: number | null; limit: number; foundMax?: number | null },
): Promise<PassList> {
  const window = looksFar(filter) ? WINDOW : limit;
  const searched = filter.search !== null;
  // Not a prepared statement: what is not asked for is left out of the plan.
  const rows = await queryable.query<ListRow>(
    `with ${FOUND},
     looked as materialized (
       select p.pass_id, p.account_id, p.pass_type_identifier, p.serial from ${cardsIn(filter)}
       where ${NEAR} and ($26::bigint is null or p.pass_id < $26) order by p.pass_id desc limit $28),
     hits as materialized (
       select p.pass_id from looked p join accounts a on a.company_id = $1 and a.account_id = p.account_id
       where ${FAR} order by p.pass_id desc limit $27)
     select w.*, h.* from (
       select count(*)::integer as looked, min(pass_id) as last_looked,
         ${searched ? '(select count(*)::integer from found)' : '0'} as found from looked) w
     left join lateral (
       select ${COLUMNS} from hits
       join passes p on p.company_id = $1 and p.pass_id = hits.pass_id
       join accounts a on a.company_id = $1 and a.account_id = p.account_id
       join guests g on g.company_id = $1 and g.guest_id = a.guest_id
       join designs s on s.company_id = $1 and s.design_id = p.design_id
       cross join lateral (${DEVICES}) v) h on true
     order by h.pass_id desc`,
    [...filterParameters(companyId, filter, foundMax), before, limit, window],
  );
  const items = rows.flatMap((row) => (row.pass_id === null ? [] : [toListed(row, row.pass_id)]));
  const [{ looked, last_looked: lastLooked, found }] = rows as [ListRow];
  const next = items.length === limit ? items.at(-1)!.passId : looked === window ? Number(lastLooked) : null;
  return { items, next, more: found >= FOUND_MAX };
}

const toListed = (row: ListRow, passId: bigint): ListedPass => ({
  passId: Number(passId),
  serial: row.serial,
  guid: row.guid,
  designId: row.design_id,
  designName: row.design_name,
  passTypeIdentifier: row.pass_type_identifier,
  accountId: Number(row.account_id),
  guestName: row.guest_name,
  phone: row.phone,
  level: row.level,
  programmeId: row.programme_id,
  points: row.available,
  appleDevices: row.apple,
  androidDevices: row.android,
  google: row.google,
  voided: row.voided,
  contentVersion: row.content_version,
  lastModified: row.last_modified,
  createdAt: row.created_at,
});

/** How many cards a filter fits, and the newest card of all. */
export async function countPasses(
  queryable: Queryable,
  companyId: number,
  filter: PassFilter,
): Promise<{ count: number; last: number }> {
  const rows = await queryable.query<{ count: number; last: bigint }>(
    `with ${FOUND}
     select count(*)::integer as count,
       (select coalesce(max(pass_id), 0) from passes where company_id = $1) as last
     from ${cardsIn(filter)} join accounts a on a.company_id = $1 and a.account_id = p.account_id where ${NEAR} and ${FAR}`,
    filterParameters(companyId, filter, null),
  );
  return { count: rows[0]!.count, last: Number(rows[0]!.last) };
}

/** The next cards that a filter fits, by number, after one and up to another. */
export async function selectFittingIds(
  queryable: Queryable,
  companyId: number,
  { filter, after, upTo, limit }: { filter: PassFilter; after: number; upTo: number; limit: number },
): Promise<number[]> {
  const rows = await queryable.query<{ pass_id: bigint }>(
    `with ${FOUND}
     select p.pass_id from ${cardsIn(filter)} join accounts a on a.company_id = $1 and a.account_id = p.account_id
     where ${NEAR} and ${FAR} and p.pass_id > $26 and p.pass_id <= $27 order by p.pass_id limit $28`,
    [...filterParameters(companyId, filter, null), after, upTo, limit],
  );
  return rows.map((row) => Number(row.pass_id));
}
