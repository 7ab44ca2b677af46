import type { Queryable, Tenant } from '../../../platform/database/index.ts';
import type { DeviceLogEntry, ReportKind } from '../apple/device-log.ts';

/** So many different wordings of unknown reports of a day are kept; further ones are counted without their words. */
const WORDINGS_A_DAY_MAX = 50;
const COUNT_MAX = 1_000_000_000;
const KEPT_DAYS = 90;

/** Adds reports to the counts of their day (UTC). */
export async function addReports(
  tenant: Tenant,
  passTypeIdentifier: string,
  entries: readonly DeviceLogEntry[],
  now: Temporal.Instant,
): Promise<void> {
  await tenant.query(
    `with said as (
       select kind, wording, count(*)::integer as count from unnest($3::text[], $4::text[]) as e (kind, wording)
       group by kind, wording),
     room as (
       select greatest($6 - count(*), 0) as left from apple_reports
       where company_id = $1 and day = $5::timestamptz::date and wording <> ''),
     numbered as (
       select kind, wording, count, exists (select from apple_reports r where r.company_id = $1
           and r.day = $5::timestamptz::date and r.pass_type_identifier = $2 and r.kind = said.kind
           and r.wording = said.wording) as known,
         row_number() over (order by wording = '', wording) as place
       from said),
     placed as (
       select kind, case when known or place <= (select "left" from room) then wording else '' end as wording, count
       from numbered)
     insert into apple_reports as r
       (company_id, day, pass_type_identifier, kind, wording, count, first_at, last_at)
     select $1, $5::timestamptz::date, $2, kind, wording, sum(count)::integer, $5, $5 from placed group by kind, wording
     on conflict (company_id, day, pass_type_identifier, kind, wording)
     do update set count = least(r.count + excluded.count, ${COUNT_MAX}), last_at = greatest(r.last_at, excluded.last_at)`,
    [
      tenant.companyId,
      passTypeIdentifier,
      entries.map(({ kind }) => kind),
      entries.map(({ wording }) => wording),
      now.toString(),
      WORDINGS_A_DAY_MAX,
    ],
  );
}

export type CountedReport = {
  readonly passTypeIdentifier: string;
  readonly kind: ReportKind;
  readonly wording: string;
  readonly count: number;
  readonly firstAt: Temporal.Instant;
  readonly lastAt: Temporal.Instant;
  /** Days with reports, oldest first. */
  readonly days: readonly { readonly day: string; readonly count: number }[];
};

/** What was reported since a day, the newest first, at most 200 lines. */
export async function selectReports(
  queryable: Queryable,
  companyId: number,
  since: Temporal.PlainDate,
): Promise<CountedReport[]> {
  const rows = await queryable.query<{
    pass_type_identifier: string;
    kind: ReportKind;
    wording: string;
    count: number;
    first_at: Temporal.Instant;
    last_at: Temporal.Instant;
    days: { day: string; count: number }[];
  }>(
    `select pass_type_identifier, kind, wording, least(sum(count), ${COUNT_MAX})::integer as count,
       min(first_at) as first_at, max(last_at) as last_at,
       json_agg(json_build_object('day', day, 'count', count) order by day) as days
     from apple_reports where company_id = $1 and day >= $2
     group by pass_type_identifier, kind, wording order by max(last_at) desc, kind, wording limit 200`,
    [companyId, since.toString()],
  );
  return rows.map((row) => ({
    passTypeIdentifier: row.pass_type_identifier,
    kind: row.kind,
    wording: row.wording,
    count: row.count,
    firstAt: row.first_at,
    lastAt: row.last_at,
    days: row.days,
  }));
}

/** Forgets what is older than a quarter. */
export async function deleteOldReports(queryable: Queryable, companyId: number, now: Temporal.Instant): Promise<void> {
  await queryable.query('delete from apple_reports where company_id = $1 and last_at < $2', [
    companyId,
    now.subtract({ hours: 24 * KEPT_DAYS }).toString(),
  ]);
}
