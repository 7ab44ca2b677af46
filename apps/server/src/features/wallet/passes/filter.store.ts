import {
  agreesToAdvertising,
  begins,
  foundParameters,
  guestsFound,
  readGuestSearch,
  searchKey,
} from '../../guests/index.ts';
import type { PassFilter } from './model.ts';

/**
 * The parameters $1 to $25 of the conditions below. `foundMax`: how many a search looks at; null for all of them, where
 * a change of many cards must not leave some out.
 */
export const filterParameters = (companyId: number, filter: PassFilter, foundMax: number | null): unknown[] => [
  companyId,
  filter.designId,
  filter.credentialId,
  filter.voided,
  filter.accountId,
  filter.createdFrom,
  filter.createdTo,
  filter.pointsOver,
  filter.level,
  filter.installed,
  filter.platform,
  filter.search === null ? null : searchKey(filter.search),
  // A change of many cards that began before there were these kept none of them.
  filter.designIds ?? null,
  filter.credentialIds ?? null,
  filter.passIds ?? null,
  filter.agreed ?? null,
  filter.notChangedBy ?? null,
  ...foundParameters(filter.search === null ? null : readGuestSearch(filter.search), foundMax),
];

/**
 * `with` parts: the cards that a search finds by serial, by a text of their own, or by what is known of the guest.
 * Ranges of plain text, because under row security no index serves `like`; in order, because numbers that begin alike lie
 * together, and whoever counts on meeting some of them soon reads half of the table. Not read where nothing is searched for.
 */
export const FOUND = `${guestsFound(18)},
  found as materialized (
    (select pass_id from passes where company_id = $1 and ${begins('serial_key', '$12::text')}
     order by serial_key limit $25)
    union
    (select pass_id from pass_texts where company_id = $1 and ${begins('text_key', '$12::text')}
     order by text_key limit $25)
    union
    (select p.pass_id from guests_found f
     join accounts a on a.company_id = $1 and a.guest_id = f.guest_id
     join passes p on p.company_id = $1 and p.account_id = a.account_id limit $25))`;

/** Hours by which the numbers of cards and the times of their making may be out of step. */
const SLACK = `interval '1 hour'`;

/**
 * What the row of a card itself tells. Cards are numbered in the order of their making, nearly: bounds of time become
 * bounds of numbers with some slack, so that the list need not be read through to its old end.
 */
export const NEAR = `p.company_id = $1 and p.deleted_at is null
  and ($2::integer is null or p.design_id = $2) and ($3::integer is null or p.credential_id = $3)
  and ($4::boolean is null or p.voided = $4) and ($5::bigint is null or p.account_id = $5)
  and ($6::timestamptz is null or p.created_at >= $6 and p.pass_id > coalesce((select e.pass_id from passes e
       where e.company_id = $1 and e.created_at < $6 - ${SLACK} order by e.created_at desc limit 1), 0))
  and ($7::timestamptz is null or p.created_at < $7 and p.pass_id < coalesce((select l.pass_id from passes l
       where l.company_id = $1 and l.created_at >= $7 + ${SLACK} order by l.created_at limit 1), 9223372036854775807))
  and ($13::integer[] is null or p.design_id = any ($13)) and ($14::integer[] is null or p.credential_id = any ($14))
  and ($15::bigint[] is null or p.pass_id = any ($15))`;

/**
 * Where cards `p` are read from. A search leads to few, which are read one by one (`offset 0` keeps it so): who looks for
 * them among all, from the newest on, reads half of the table where they lie together.
 */
export const cardsIn = ({ search }: PassFilter): string =>
  search === null
    ? 'passes p'
    : 'found f cross join lateral (select * from passes where company_id = $1 and pass_id = f.pass_id offset 0) p';

/** Conditions on cards `p`: some device holds it; somebody has it in Google Wallet. */
export const REGISTERED = `exists (select from apple_registrations r where r.company_id = $1
  and r.pass_type_identifier = p.pass_type_identifier and r.serial = p.serial)`;
export const AT_GOOGLE = `exists (select from google_objects o where o.company_id = $1 and o.pass_id = p.pass_id and o.installed)`;
const ON_KIND = `exists (select from apple_registrations r
  join apple_devices d on d.company_id = $1 and d.pass_type_identifier = r.pass_type_identifier and d.device_id = r.device_id
  where r.company_id = $1 and r.pass_type_identifier = p.pass_type_identifier and r.serial = p.serial
    and (d.platform = 'apple') = ($11 = 'apple'))`;

/** A condition on cards `p`: one of these changes of many cards has changed it, whether or not it was taken back. */
export const changedBy = (bulkIds: string): string => `exists (select from bulk_changes b
  where b.company_id = $1 and b.bulk_id = any (${bulkIds}::integer[]) and b.pass_id = p.pass_id)`;

/** What other tables tell of a card: `accounts a` is joined. */
export const FAR = `($8::bigint is null or a.available > $8) and ($9::text is null or a.level = $9)
  and ($10::boolean is null or $10 = (${REGISTERED} or ${AT_GOOGLE}))
  and ($11::text is null or case $11 when 'google' then ${AT_GOOGLE} else ${ON_KIND} end)
  and ($16::boolean is null or ${agreesToAdvertising('a.guest_id')})
  and ($17::integer[] is null or not ${changedBy('$17')})`;

/** Whether other tables have to be asked: then nobody knows how far to look for a page. */
export const looksFar = ({ pointsOver, level, installed, platform, agreed, notChangedBy }: PassFilter): boolean =>
  [pointsOver, level, installed, platform, agreed, notChangedBy].some((asked) => asked !== null);
