import type { CardMeasure, CardStanding } from '@tessera/contract';
import type { Queryable, Tenant, TenantTransaction } from '../../platform/database/index.ts';
import type { CountedDay, Unit } from './model.ts';

/** From when days have to be counted again: what was counted last, or the first thing that ever happened. null: nothing yet. */
export async function selectCountedUntil(
  transaction: TenantTransaction,
): Promise<{ countedUntil: Temporal.Instant; standingAt: Temporal.Instant | null } | null> {
  const known = await transaction.query<{ counted_until: Temporal.Instant; standing_at: Temporal.Instant }>(
    'select counted_until, standing_at from card_statistics_state where company_id = $1 for update',
    [transaction.companyId],
  );
  if (known[0]) return { countedUntil: known[0].counted_until, standingAt: known[0].standing_at };
  const rows = await transaction.query<{ first: Temporal.Instant | null }>(
    `select least((select hour from wallet_events where company_id = $1 order by hour limit 1),
                  (select min(created_at) from passes where company_id = $1)) as first`,
    [transaction.companyId],
  );
  const first = rows[0]?.first;
  return first ? { countedUntil: first, standingAt: null } : null;
}

/** A made-up tag makes a source of its own: the greatest of a day have a name, the others are one. */
const SOURCES_MAX = 200;

/** Counts days anew, from what happened in them: done twice it is the same. */
export async function recountDays(transaction: TenantTransaction, days: readonly CountedDay[]): Promise<void> {
  const { companyId } = transaction;
  const values = [
    companyId,
    days.map(({ day }) => day),
    days.map(({ starts }) => starts.toString()),
    days.map(({ ends }) => ends.toString()),
  ];
  await transaction.query('delete from card_statistics where company_id = $1 and day = any ($2::date[])', [
    companyId,
    values[1],
  ]);
  await transaction.query(
    `with days as (select * from unnest($2::date[], $3::timestamptz[], $4::timestamptz[]) as d(day, starts, ends)),
     happened as (
       select d.day, k.measure, e.design_id, e.platform, e.count,
         case when e.kind = 'link_opened' then 'form:' || e.form_id || coalesce(':' || e.source, '') else p.source end as source
       from days d
       join wallet_events e on e.company_id = $1 and e.hour >= d.starts - interval '1 hour' and e.hour < d.ends
         and e.at >= d.starts and e.at < d.ends
       join (values ('link_opened', 'visited'), ('instruction_opened', 'opened'), ('pass_downloaded', 'downloaded'),
                    ('device_registered', 'installed'), ('device_unregistered', 'removed'), ('pass_fetched', 'updated'),
                    ('card_scanned', 'shown')) as k(kind, measure) on k.kind = e.kind
       left join passes p on p.company_id = $1 and p.pass_id = e.pass_id
       union all
       select d.day, 'issued', p.design_id, null, 1, p.source
       from days d join passes p on p.company_id = $1 and p.created_at >= d.starts and p.created_at < d.ends),
     counted as (
       select day, measure, coalesce(design_id, 0) as design_id, coalesce(platform, '') as platform,
         coalesce(source, '') as source, sum(count) as count
       from happened group by 1, 2, 3, 4, 5),
     ranked as (
       select *, rank() over (partition by day, measure order by count desc, source) as place from counted)
     insert into card_statistics (company_id, day, measure, design_id, platform, source, count)
     select $1, day, measure, design_id, platform,
       case when measure = 'visited' and place > ${SOURCES_MAX} then 'other' else source end, sum(count)
     from ranked group by 2, 3, 4, 5, 6`,
    values,
  );
}

/** Adds the sources of these days up anew. Call after `recountDays`, in one transaction with it. */
export async function recountTotals(transaction: TenantTransaction, days: readonly string[]): Promise<void> {
  const values = [transaction.companyId, days];
  await transaction.query(
    'delete from card_statistics_totals where company_id = $1 and day = any ($2::date[])',
    values,
  );
  await transaction.query(
    `insert into card_statistics_totals (company_id, day, measure, design_id, platform, count)
     select $1, day, measure, design_id, platform, sum(count)
     from card_statistics where company_id = $1 and day = any ($2::date[]) group by 2, 3, 4, 5`,
    values,
  );
}

/** Adds the days of these months up anew. Call after `recountDays`, in one transaction with it. */
export async function recountMonths(transaction: TenantTransaction, months: readonly string[]): Promise<void> {
  const values = [transaction.companyId, months];
  await transaction.query(
    'delete from card_statistics_months where company_id = $1 and month = any ($2::date[])',
    values,
  );
  await transaction.query(
    `insert into card_statistics_months (company_id, month, measure, design_id, platform, source, count)
     select $1, m.month, s.measure, s.design_id, s.platform, s.source, sum(s.count)
     from unnest($2::date[]) as m(month)
     join card_statistics s on s.company_id = $1 and s.day >= m.month and s.day < m.month + interval '1 month'
     group by 2, 3, 4, 5, 6`,
    values,
  );
}

export async function upsertState(
  transaction: TenantTransaction,
  state: { countedUntil: Temporal.Instant; standing: CardStanding | null; now: Temporal.Instant },
): Promise<void> {
  await transaction.query(
    `insert into card_statistics_state (company_id, counted_until, standing, standing_at) values ($1, $2, $3, $4)
     on conflict (company_id) do update set counted_until = excluded.counted_until,
       standing = case when $5 then excluded.standing else card_statistics_state.standing end,
       standing_at = case when $5 then excluded.standing_at else card_statistics_state.standing_at end`,
    [
      transaction.companyId,
      state.countedUntil.toString(),
      JSON.stringify(state.standing ?? {}),
      state.now.toString(),
      state.standing !== null,
    ],
  );
}

/** Says that days from a moment on have to be counted again. */
export async function lowerCountedUntil(tenant: Tenant, until: Temporal.Instant): Promise<void> {
  await tenant.query(
    'update card_statistics_state set counted_until = least(counted_until, $2) where company_id = $1',
    [tenant.companyId, until.toString()],
  );
}

/**
 * How many cards there are, how many are in phones, and which devices hold them. A card is behind with one of its devices:
 * what is known of a device is told in `features/wallet/store/heard.ts`.
 */
export async function selectStanding(queryable: Queryable, companyId: number): Promise<CardStanding> {
  const rows = await queryable.query<{
    cards: number;
    in_phones: number;
    behind: number;
    apple: number;
    android: number;
    google: number;
    web: number;
  }>(
    `with held as (
       select r.pass_type_identifier, r.serial, count(*) > 1 as several,
         min(greatest(d.told_sequence, r.heard_sequence)) as heard,
         bool_or(r.update_sequence > greatest(d.told_sequence, r.heard_sequence)) as waits
       from apple_registrations r join apple_devices d on d.company_id = $1
         and d.pass_type_identifier = r.pass_type_identifier and d.device_id = r.device_id
       where r.company_id = $1 group by 1, 2),
     cards as (
       select p.pass_id, h.serial is not null as held, o.installed is true as at_google,
         (h.serial is not null and (p.fetched_version < p.content_version or h.waits or h.several and p.update_sequence > h.heard))
           or (o.installed is true and o.settled < o.wanted) as behind
       from passes p
       left join held h on h.pass_type_identifier = p.pass_type_identifier and h.serial = p.serial
       left join google_objects o on o.company_id = $1 and o.pass_id = p.pass_id
       where p.company_id = $1 and not p.voided)
     select count(*)::integer as cards, count(*) filter (where held or at_google)::integer as in_phones,
       count(*) filter (where behind)::integer as behind, count(*) filter (where at_google)::integer as google,
       (select count(*)::integer from apple_devices where company_id = $1 and platform = 'apple') as apple,
       (select count(*)::integer from apple_devices where company_id = $1 and platform <> 'apple') as android,
       (select count(*)::integer from web_subscriptions where company_id = $1) as web
     from cards`,
    [companyId],
  );
  const { cards, in_phones, behind, apple, android, google, web } = rows[0]!;
  return { cards, inPhones: in_phones, behind, devices: { apple, android, google, web } };
}

export async function selectState(
  tenant: Tenant,
): Promise<{ countedUntil: Temporal.Instant; standing: CardStanding } | null> {
  const rows = await tenant.query<{ counted_until: Temporal.Instant; standing: CardStanding }>(
    'select counted_until, standing from card_statistics_state where company_id = $1',
    [tenant.companyId],
  );
  return rows[0] ? { countedUntil: rows[0].counted_until, standing: rows[0].standing } : null;
}

export type StatisticsWish = {
  readonly first: string;
  readonly last: string;
  readonly designId: number | null;
  readonly platform: string | null;
  readonly source: string | null;
  /** The whole months within: first days of the first one and of the one after the last; null: there is none. */
  readonly months: { readonly first: string; readonly after: string } | null;
};

const SAME = `and ($4::integer is null or design_id = $4) and ($5::text is null or platform = $5)
    and ($6::text is null or source = $6)`;
/** Where no source is asked for, a day is read from its totals: they know none. */
const TABLES = {
  days: `(select company_id, day, measure, design_id, platform, source, count from card_statistics) as days`,
  totals: `(select company_id, day, measure, design_id, platform, null::text as source, count
            from card_statistics_totals) as totals`,
  months: `(select company_id, month as day, measure, design_id, platform, source, count
            from card_statistics_months) as months`,
} as const;
const of = (table: keyof typeof TABLES, from: string, to: string) =>
  `select day, measure, design_id, platform, source, count from ${TABLES[table]}
   where company_id = $1 and ${from} and ${to} ${SAME}`;
/** The figures of a time: whole months from the months, the rest from the days or their totals. */
// Ranges of the key each: one range with a hole would be read whole.
const figuresFrom = (days: 'days' | 'totals') => `figures as (
  ${of('months', 'day >= $7::date', 'day < $8::date')}
  union all ${of(days, 'day >= $2::date', 'day < coalesce($7::date, $3::date + 1)')}
  union all ${of(days, 'day >= $8::date', 'day <= $3::date')})`;
const valuesOf = (
  companyId: number,
  { first, last, designId, platform, source, months }: StatisticsWish,
): unknown[] => [companyId, first, last, designId, platform, source, months?.first ?? null, months?.after ?? null];

export type PeriodRow = { readonly start: string; readonly measure: CardMeasure; readonly count: number };

/** Counts by period; the first day of each. */
export async function selectByPeriod(tenant: Tenant, wish: StatisticsWish, unit: Unit): Promise<PeriodRow[]> {
  const rows = await tenant.query<{ start: string; measure: CardMeasure; count: bigint }>(
    `with ${figuresFrom(wish.source === null ? 'totals' : 'days')}
     select date_trunc($9, day::timestamp)::date::text as start, measure, sum(count)::bigint as count
     from figures group by 1, 2`,
    [...valuesOf(tenant.companyId, unit === 'month' ? wish : { ...wish, months: null }), unit],
  );
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

const GROUP_COLUMNS = { design: 'design_id::text', platform: 'platform', source: 'source' } as const;
const GROUPS_MAX = 100;

export type GroupRow = {
  readonly key: string;
  readonly name: string | null;
  readonly measure: CardMeasure;
  readonly count: number;
};

/** Counts by design, form of card or source: of the hundred with most. */
export async function selectByGroup(
  tenant: Tenant,
  wish: StatisticsWish,
  by: keyof typeof GROUP_COLUMNS,
): Promise<GroupRow[]> {
  const rows = await tenant.query<{ key: string; name: string | null; measure: CardMeasure; count: bigint }>(
    `with ${figuresFrom(wish.source === null && by !== 'source' ? 'totals' : 'days')},
     counted as (select ${GROUP_COLUMNS[by]} as key, measure, sum(count)::bigint as count from figures group by 1, 2),
     greatest_ones as (select key, sum(count) as total from counted group by 1 order by 2 desc, 1 limit ${GROUPS_MAX})
     select c.key, d.name, c.measure, c.count
     from counted c join greatest_ones g on g.key = c.key
     left join designs d on d.company_id = $1 and $9 = 'design' and d.design_id::text = c.key
     order by g.total desc, c.key`,
    [...valuesOf(tenant.companyId, wish), by],
  );
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}
