import type { Queryable, Tenant } from '../../platform/database/index.ts';
import type { CardForm, EventDetail, EventKind, EventRow } from './model.ts';

/**
 * Writes events, or counts them into the rows of their hour. In the order of the key, so that two processes that write
 * the same rows wait for each other instead of both failing.
 */
export async function upsertEvents(queryable: Queryable, companyId: number, rows: readonly EventRow[]): Promise<void> {
  const sorted = [...rows].sort((one, other) => (one.hour + one.fold < other.hour + other.fold ? -1 : 1));
  await queryable.query(
    {
      name: 'journal-write',
      text: `insert into wallet_events (company_id, hour, fold, kind, at, last_at, count, pass_id, design_id, account_id,
               form_id, platform, source, detail)
             select $1, e.hour, e.fold, e.kind, e.at, e."lastAt", e.count, e."passId", e."designId", e."accountId",
               e."formId", e.platform, e.source, e.detail
             from jsonb_to_recordset($2::jsonb) as e(hour timestamptz, fold uuid, kind text, at timestamptz,
               "lastAt" timestamptz, count integer, "passId" bigint, "designId" integer, "accountId" bigint,
               "formId" text, platform text, source text, detail jsonb)
             on conflict (company_id, hour, fold) do update
               set count = wallet_events.count + excluded.count,
                 last_at = greatest(wallet_events.last_at, excluded.last_at)`,
    },
    [companyId, JSON.stringify(sorted)],
  );
}

export type StoredEvent = {
  readonly fold: string;
  readonly kind: EventKind;
  readonly at: Temporal.Instant;
  readonly lastAt: Temporal.Instant;
  readonly count: number;
  readonly passId: number | null;
  readonly designId: number | null;
  readonly accountId: number | null;
  readonly formId: string | null;
  readonly platform: CardForm | null;
  readonly source: string | null;
  readonly detail: EventDetail;
};

export type EventFilter = {
  readonly kinds: readonly EventKind[];
  readonly accountId?: number | undefined;
  readonly passId?: number | undefined;
  readonly formId?: string | undefined;
  readonly from?: Temporal.Instant | undefined;
  readonly to?: Temporal.Instant | undefined;
};

/** Where the page above ended: by time, and by the row within one moment. */
export type EventCursor = { readonly at: Temporal.Instant; readonly fold: string };

/**
 * A page of events, the newest first. Each kind is read from its own end of the index and the ends are merged, so one
 * index serves one kind and all of them; a card is found through its account.
 */
export async function selectEvents(
  tenant: Tenant,
  filter: EventFilter,
  { before, limit }: { before: EventCursor | null; limit: number },
): Promise<StoredEvent[]> {
  if (filter.kinds.length === 0) return [];
  const values: unknown[] = [tenant.companyId, limit, filter.kinds];
  const value = (of: unknown): string => `$${values.push(of)}`;
  const conditions = [
    ...(filter.accountId === undefined ? [] : [`e.account_id = ${value(filter.accountId)}`]),
    ...(filter.passId === undefined ? [] : [`e.pass_id = ${value(filter.passId)}`]),
    ...(filter.formId === undefined ? [] : [`e.form_id = ${value(filter.formId)}`]),
    ...(filter.from ? [`e.at >= ${value(filter.from.toString())}::timestamptz`] : []),
    ...(filter.to ? [`e.at < ${value(filter.to.toString())}::timestamptz`] : []),
    ...(before ? [`(e.at, e.fold) < (${value(before.at.toString())}::timestamptz, ${value(before.fold)}::uuid)`] : []),
  ].map((condition) => ` and ${condition}`);
  const part = (
    kind: string,
  ) => `select e.* from wallet_events e where e.company_id = $1 and ${kind}${conditions.join('')}
    order by e.at desc, e.fold desc limit $2`;
  const narrow = filter.accountId !== undefined || filter.passId !== undefined || filter.formId !== undefined;
  const found = narrow
    ? part('e.kind = any ($3::text[])')
    : `select e.* from unnest($3::text[]) as k(kind) cross join lateral (${part('e.kind = k.kind')}) e`;
  const rows = await tenant.query<EventColumns>(
    `select * from (${found}) e order by e.at desc, e.fold desc limit $2`,
    values,
  );
  return rows.map(toEvent);
}

type EventColumns = {
  fold: string;
  kind: EventKind;
  at: Temporal.Instant;
  last_at: Temporal.Instant;
  count: number;
  pass_id: bigint | null;
  design_id: number | null;
  account_id: bigint | null;
  form_id: string | null;
  platform: CardForm | null;
  source: string | null;
  detail: EventDetail;
};

const toEvent = (row: EventColumns): StoredEvent => ({
  fold: row.fold,
  kind: row.kind,
  at: row.at,
  lastAt: row.last_at,
  count: row.count,
  passId: row.pass_id === null ? null : Number(row.pass_id),
  designId: row.design_id,
  accountId: row.account_id === null ? null : Number(row.account_id),
  formId: row.form_id,
  platform: row.platform,
  source: row.source,
  detail: row.detail,
});

/** Forgets some events of hours before a moment; how many they were. */
export async function deleteEvents(tenant: Tenant, before: Temporal.Instant, limit: number): Promise<number> {
  const rows = await tenant.query<{ deleted: number }>(
    `with old as (select hour, fold from wallet_events where company_id = $1 and hour < $2 order by hour, fold limit $3),
       gone as (delete from wallet_events e using old
                where e.company_id = $1 and e.hour = old.hour and e.fold = old.fold returning 1)
     select count(*)::integer as deleted from gone`,
    [tenant.companyId, before.toString(), limit],
  );
  return rows[0]!.deleted;
}

/** How many days a company keeps its events; null where it has not said. */
export async function selectKeepDays(tenant: Tenant): Promise<number | null> {
  const rows = await tenant.query<{ keep_days: number }>(
    'select keep_days from journal_settings where company_id = $1',
    [tenant.companyId],
  );
  return rows[0]?.keep_days ?? null;
}

export async function upsertKeepDays(tenant: Tenant, keepDays: number, now: Temporal.Instant): Promise<void> {
  await tenant.query(
    `insert into journal_settings (company_id, keep_days, updated_at) values ($1, $2, $3)
     on conflict (company_id) do update set keep_days = excluded.keep_days, updated_at = excluded.updated_at`,
    [tenant.companyId, keepDays, now.toString()],
  );
}
