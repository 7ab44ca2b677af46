import type { DeviceType } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import { BEHIND } from './heard.ts';

export type ListedDevice = {
  /** The first letters of a SHA-256: the id itself is a secret and does not leave the database. */
  readonly fingerprint: string;
  readonly type: DeviceType;
  /** When it got its first card. */
  readonly at: Temporal.Instant;
  /** Orders devices of one moment; a hash, so that it may stand in an address. */
  readonly key: string;
  /** When it was heard of last; null: its wallet does not say, or it has never answered. */
  readonly seenAt: Temporal.Instant | null;
  /** null: a browser has no version of its own. */
  readonly upToDate: boolean | null;
  readonly cards: readonly ListedCard[];
};

export type ListedCard = {
  readonly passId: number;
  readonly serial: string;
  readonly accountId: number;
  readonly designName: string;
};

export type DeviceFilter = {
  readonly type?: DeviceType | undefined;
  /** What is behind, or what is not; browsers are neither. */
  readonly behind?: boolean | undefined;
  readonly designId?: number | undefined;
};

export type DeviceCursor = { readonly at: Temporal.Instant; readonly key: string };

/** A device shows so many of its cards in a list at most. */
const CARDS_MAX = 20;

/** One kind of device: where it stands, and what says of it that which the list wants. */
type Kind = {
  readonly from: string;
  readonly at: string;
  readonly key: string;
  readonly columns: string;
  readonly behind: string | null;
  readonly ofDesign: (design: string) => string;
};

const hex = (bytes: string): string => `left(encode(sha256(${bytes}), 'hex'), 24)`;
const text = (of: string): string => `convert_to(${of}, 'UTF8')`;

const REGISTERED = `exists (select 1 from apple_registrations r
  join passes p on p.company_id = $1 and p.pass_type_identifier = r.pass_type_identifier and p.serial = r.serial
  where r.company_id = $1 and r.pass_type_identifier = d.pass_type_identifier and r.device_id = d.device_id`;
const APPLE_BEHIND = `${REGISTERED} and ${BEHIND})`;
const ownDesign = (design: string): string =>
  `exists (select 1 from passes p where p.company_id = $1 and p.pass_id = d.pass_id and p.design_id = ${design})`;

/** Phones that speak Apple's protocol: iPhones, and the programs of Android. */
const apple: Kind = {
  from: 'apple_devices d where d.company_id = $1',
  at: 'd.created_at',
  key: `'a' || ${hex(text(`d.pass_type_identifier || ' ' || d.device_id`))}`,
  columns: `d.platform as type, left(encode(sha256(${text('d.device_id')}), 'hex'), 12) as fingerprint,
    d.last_seen_at as seen_at, d.pass_type_identifier, d.device_id, d.told_sequence, null::bigint as pass_id, null::boolean as settled`,
  behind: APPLE_BEHIND,
  ofDesign: (design) => `${REGISTERED} and p.design_id = ${design})`,
};
/** Google keeps phones to itself: a saved card is one line. */
const google: Kind = {
  from: 'google_objects d where d.company_id = $1 and d.installed',
  at: 'coalesce(d.saved_at, d.created_at)',
  key: `'g' || ${hex(text('d.object_id'))}`,
  columns: `'google' as type, left(encode(sha256(${text('d.object_id')}), 'hex'), 12) as fingerprint,
    null::timestamptz as seen_at, null as pass_type_identifier, null as device_id, null::bigint as told_sequence, d.pass_id,
    d.settled >= d.wanted as settled`,
  behind: 'd.settled < d.wanted',
  ofDesign: ownDesign,
};
const web: Kind = {
  from: 'web_subscriptions d where d.company_id = $1',
  at: 'd.created_at',
  key: `'w' || ${hex(`d.subscription_id || ${text('d.pass_id::text')}`)}`,
  columns: `'web' as type, left(encode(d.subscription_id, 'hex'), 12) as fingerprint, d.last_ok_at as seen_at,
    null as pass_type_identifier, null as device_id, null::bigint as told_sequence, d.pass_id, null::boolean as settled`,
  behind: null,
  ofDesign: ownDesign,
};

/**
 * A page of devices with their cards, the newest first. Each kind is read from its own end of its index and the ends are
 * merged.
 */
export async function selectDevices(
  tenant: Tenant,
  { type, behind, designId }: DeviceFilter,
  { after, limit }: { after: DeviceCursor | null; limit: number },
): Promise<ListedDevice[]> {
  const values: unknown[] = [tenant.companyId, limit];
  const value = (of: unknown): string => `$${values.push(of)}`;
  const kinds = (type === 'google' ? [google] : type === 'web' ? [web] : type ? [apple] : [apple, google, web]).filter(
    (kind) => behind === undefined || kind.behind !== null,
  );
  if (kinds.length === 0) return [];
  const design = designId === undefined ? null : `${value(designId)}::integer`;
  const platform = type && kinds[0] === apple ? ` and d.platform = ${value(type)}` : '';
  const start = after && { at: `${value(after.at.toString())}::timestamptz`, key: `${value(after.key)}::text` };
  const part = (kind: Kind): string =>
    `(select ${kind.at} as at, ${kind.key} collate "C" as key, ${kind.columns} from ${kind.from}${platform}
      ${behind === undefined ? '' : `and ${behind ? '' : 'not '}(${kind.behind})`}
      ${design === null ? '' : `and ${kind.ofDesign(design)}`}
      ${start ? `and ${kind.at} <= ${start.at} and (${kind.at}, ${kind.key} collate "C") < (${start.at}, ${start.key})` : ''}
      order by at desc, key desc limit $2)`;
  const rows = await tenant.query<Row>(
    `select d.at, d.key, d.type, d.fingerprint, d.seen_at,
       case when d.device_id is null then d.settled else not ${APPLE_BEHIND} end as up_to_date, ${CARDS} as cards
     from (select * from (${kinds.map(part).join(' union all ')}) u order by at desc, key desc limit $2) d
     order by d.at desc, d.key desc`,
    values,
  );
  return rows.map(({ seen_at, up_to_date, cards, ...row }) => ({
    ...row,
    seenAt: seen_at,
    upToDate: up_to_date,
    cards: cards ?? [],
  }));
}

const CARDS = `(select json_agg(card order by card."passId") from (
  select p.pass_id as "passId", p.serial, p.account_id as "accountId", g.name as "designName"
  from (select p.pass_id from apple_registrations r
        join passes p on p.company_id = $1 and p.pass_type_identifier = r.pass_type_identifier and p.serial = r.serial
        where r.company_id = $1 and r.pass_type_identifier = d.pass_type_identifier and r.device_id = d.device_id
        union all select d.pass_id where d.pass_id is not null
        order by 1 limit ${CARDS_MAX}) held
  join passes p on p.company_id = $1 and p.pass_id = held.pass_id
  join designs g on g.company_id = $1 and g.design_id = p.design_id) card)`;

type Row = {
  fingerprint: string;
  type: DeviceType;
  at: Temporal.Instant;
  key: string;
  seen_at: Temporal.Instant | null;
  up_to_date: boolean | null;
  cards: ListedCard[] | null;
};
