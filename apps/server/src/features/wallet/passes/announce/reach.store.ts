import type { Queryable } from '../../../../platform/database/index.ts';
import { agreesToAdvertising } from '../../../guests/index.ts';
import { AT_GOOGLE, cardsIn, changedBy, FAR, FOUND, filterParameters, NEAR, REGISTERED } from '../filter.store.ts';
import type { PassFilter } from '../model.ts';
import { messageKeyOf } from './announce-edit.ts';

const REGISTRATIONS = `from apple_registrations r
  join apple_devices d on d.company_id = $1 and d.pass_type_identifier = r.pass_type_identifier and d.device_id = r.device_id
  where r.company_id = $1 and r.pass_type_identifier = p.pass_type_identifier and r.serial = p.serial`;
const IN_BROWSERS = `exists (select from web_subscriptions w where w.company_id = $1 and w.pass_id = p.pass_id)`;

export type DesignReach = {
  readonly designId: number;
  readonly cards: number;
  readonly notAgreed: number;
  readonly toldLately: number;
  readonly apple: number;
  readonly android: number;
  readonly google: number;
  readonly browsers: number;
  readonly nowhere: number;
  /** The newest card that would be told, on an iPhone if there is one. */
  readonly sample: number | null;
};

type ReachRow = Omit<DesignReach, 'designId' | 'notAgreed' | 'toldLately' | 'sample'> & {
  design_id: number;
  not_agreed: number;
  told_lately: number;
  sample: bigint | null;
};

/**
 * Whom a message would reach, design by design. `filter` says which cards are meant; of these, those are left out whose guests
 * do not agree (`onlyAgreed`) and those that one of the operations `toldBy` has changed.
 */
export async function selectReach(
  queryable: Queryable,
  companyId: number,
  { filter, onlyAgreed, toldBy }: { filter: PassFilter; onlyAgreed: boolean; toldBy: readonly number[] },
): Promise<DesignReach[]> {
  const rows = await queryable.query<ReachRow>(
    `with ${FOUND},
     meant as materialized (
       select p.pass_id, p.design_id, p.pass_type_identifier, p.serial,
         $26::boolean and not ${agreesToAdvertising('a.guest_id')} as refused,
         ${changedBy('$27')} as lately
       from ${cardsIn(filter)} join accounts a on a.company_id = $1 and a.account_id = p.account_id where ${NEAR} and ${FAR}),
     reached as materialized (
       select p.design_id, p.pass_id, p.refused, p.lately, not p.refused and not p.lately as told,
         exists (select ${REGISTRATIONS} and d.platform = 'apple') as apple,
         exists (select ${REGISTRATIONS} and d.platform <> 'apple') as android,
         ${AT_GOOGLE} as google, ${IN_BROWSERS} as browser
       from meant p)
     select design_id, count(*) filter (where told)::integer as cards, count(*) filter (where refused)::integer as not_agreed,
       count(*) filter (where lately and not refused)::integer as told_lately,
       count(*) filter (where told and apple)::integer as apple, count(*) filter (where told and android)::integer as android,
       count(*) filter (where told and google)::integer as google, count(*) filter (where told and browser)::integer as browsers,
       count(*) filter (where told and not (apple or android or google or browser))::integer as nowhere,
       coalesce(max(pass_id) filter (where told and apple), max(pass_id) filter (where told)) as sample
     from reached group by design_id order by cards desc, design_id limit 500`,
    [...filterParameters(companyId, filter, null), onlyAgreed, toldBy],
  );
  return rows.map(({ design_id, not_agreed, told_lately, sample, ...counts }) => ({
    ...counts,
    designId: design_id,
    notAgreed: not_agreed,
    toldLately: told_lately,
    sample: sample === null ? null : Number(sample),
  }));
}

/** The changes of many cards since then that were messages of campaigns. */
export async function selectAnnouncementsSince(
  queryable: Queryable,
  companyId: number,
  since: Temporal.Instant,
): Promise<number[]> {
  const rows = await queryable.query<{ bulk_id: number }>(
    `select bulk_id from bulk_operations where company_id = $1 and kind = 'announce' and created_at > $2
     order by bulk_id desc limit 1000`,
    [companyId, since.toString()],
  );
  return rows.map((row) => row.bulk_id);
}

export type AnnouncementResults = {
  readonly cards: number;
  readonly phones: { readonly cards: number; readonly fetched: number };
  readonly google: {
    readonly cards: number;
    readonly notified: number;
    readonly silent: number;
    readonly waiting: number;
    readonly refused: number;
  };
  readonly browsers: number;
  readonly nowhere: number;
};

type ResultsRow = Record<
  'cards' | 'phones' | 'fetched' | 'google' | 'notified' | 'silent' | 'waiting' | 'refused' | 'browsers' | 'nowhere',
  number
>;

/** What became of a message on the cards that it stands on. */
export async function selectResults(
  queryable: Queryable,
  companyId: number,
  bulkId: number,
): Promise<AnnouncementResults> {
  const rows = await queryable.query<ResultsRow>(
    `with told as materialized (
       select ${REGISTERED} as phone, p.fetched_version >= p.content_version as newest,
         ${AT_GOOGLE} as google, m.state, ${IN_BROWSERS} as browser
       from bulk_changes b
       join passes p on p.company_id = $1 and p.pass_id = b.pass_id
       left join google_messages m on m.company_id = $1 and m.pass_id = b.pass_id and m.message_key = $3
       where b.company_id = $1 and b.bulk_id = $2 and not b.undone)
     select count(*)::integer as cards, count(*) filter (where phone)::integer as phones,
       count(*) filter (where phone and newest)::integer as fetched,
       count(*) filter (where google or state is not null)::integer as google,
       count(*) filter (where state = 'notified')::integer as notified,
       count(*) filter (where state in ('silent', 'merged'))::integer as silent,
       count(*) filter (where state = 'waiting')::integer as waiting,
       count(*) filter (where state = 'refused')::integer as refused,
       count(*) filter (where browser)::integer as browsers,
       count(*) filter (where not (phone or google or browser))::integer as nowhere
     from told`,
    [companyId, bulkId, messageKeyOf(bulkId)],
  );
  const { cards, phones, fetched, google, notified, silent, waiting, refused, browsers, nowhere } = rows[0]!;
  return {
    cards,
    phones: { cards: phones, fetched },
    google: { cards: google, notified, silent, waiting, refused },
    browsers,
    nowhere,
  };
}
