import type { Queryable } from '../../../platform/database/index.ts';

export type ListedDevice = {
  /** The first letters of a SHA-256: the id itself is a secret and does not leave the database. */
  readonly fingerprint: string;
  readonly platform: string;
  readonly createdAt: Temporal.Instant;
  readonly lastSeenAt: Temporal.Instant;
  readonly cards: readonly ListedCard[];
};

export type ListedCard = {
  readonly serial: string;
  readonly accountId: number;
  readonly designName: string;
  readonly upToDate: boolean;
};

export type DeviceCursor = { readonly createdAt: Temporal.Instant; readonly fingerprint: string };

type DeviceRow = {
  fingerprint: string;
  platform: string;
  created_at: Temporal.Instant;
  last_seen_at: Temporal.Instant;
  cards: { serial: string; accountId: number; designName: string; upToDate: boolean }[] | null;
};

/** A device shows so many of its cards in a list at most. */
const CARDS_MAX = 20;

/** Devices, the newest first, with their cards. */
export async function selectDevices(
  queryable: Queryable,
  companyId: number,
  page: { after: DeviceCursor | null; limit: number },
): Promise<ListedDevice[]> {
  const rows = await queryable.query<DeviceRow>(
    `select d.fingerprint, d.platform, d.created_at, d.last_seen_at,
       (select json_agg(card) from (
          select p.serial, p.account_id as "accountId", g.name as "designName",
            p.fetched_version >= p.content_version as "upToDate"
          from apple_registrations r
          join passes p on p.company_id = $1 and p.pass_type_identifier = r.pass_type_identifier and p.serial = r.serial
          join designs g on g.company_id = $1 and g.design_id = p.design_id
          where r.company_id = $1 and r.pass_type_identifier = d.pass_type_identifier and r.device_id = d.device_id
          order by p.pass_id limit ${CARDS_MAX}) card) as cards
     from (select *, left(encode(sha256(convert_to(device_id, 'UTF8')), 'hex'), 12) as fingerprint
           from apple_devices where company_id = $1) d
     where $2::timestamptz is null or (d.created_at, d.fingerprint) < ($2, $3::text)
     order by d.created_at desc, d.fingerprint desc limit $4`,
    [companyId, page.after?.createdAt.toString() ?? null, page.after?.fingerprint ?? null, page.limit],
  );
  return rows.map((row) => ({
    fingerprint: row.fingerprint,
    platform: row.platform,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    cards: row.cards ?? [],
  }));
}
