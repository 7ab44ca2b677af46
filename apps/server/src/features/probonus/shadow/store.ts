import type { ShadowDifferences, ShadowReport } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import type { Difference } from './compare.ts';

export type IdKind = 'account' | 'check';

export async function selectOurId(tenant: Tenant, kind: IdKind, theirId: string): Promise<number | null> {
  const rows = await tenant.query<{ our_id: bigint }>(
    'select our_id from probonus_shadow_ids where company_id = $1 and kind = $2 and their_id = $3',
    [tenant.companyId, kind, theirId],
  );
  return rows[0] ? Number(rows[0].our_id) : null;
}

export async function insertId(tenant: Tenant, kind: IdKind, theirId: string, ourId: number): Promise<void> {
  await tenant.query(
    `insert into probonus_shadow_ids (company_id, kind, their_id, our_id) values ($1, $2, $3, $4)
     on conflict (company_id, kind, their_id) do update set our_id = $4 where probonus_shadow_ids.our_id <> $4`,
    [tenant.companyId, kind, theirId, ourId],
  );
}

export const OUTCOMES = [
  'equal',
  'different',
  'ours_refused',
  'theirs_refused',
  'theirs_failed',
  'ours_failed',
  'not_compared',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type CallRecord = {
  method: string;
  outcome: Outcome;
  ourMilliseconds: number;
  theirMilliseconds: number;
  accountId: number | null;
  differences: readonly Difference[];
  now: Temporal.Instant;
};

/** So many differences are kept of a company, and none for longer than this. */
const KEPT = 10_000;
const KEPT_DAYS = 30;
/** Old ones go with every so many that come. */
const SWEEP_EVERY = 100;

export async function recordCall(tenant: Tenant, call: CallRecord): Promise<void> {
  const { method, outcome, now, differences } = call;
  const times = [Math.round(call.ourMilliseconds), Math.round(call.theirMilliseconds)];
  await tenant.query(
    `insert into probonus_shadow_calls as c (company_id, day, method, calls, ${outcome}, our_milliseconds,
       their_milliseconds, our_milliseconds_max, their_milliseconds_max)
     values ($1, ($2::timestamptz at time zone 'UTC')::date, $3, 1, 1, $4::integer, $5::integer, $4::integer, $5::integer)
     on conflict (company_id, day, method) do update set calls = c.calls + 1, ${outcome} = c.${outcome} + 1,
       our_milliseconds = c.our_milliseconds + $4::integer, their_milliseconds = c.their_milliseconds + $5::integer,
       our_milliseconds_max = greatest(c.our_milliseconds_max, $4::integer),
       their_milliseconds_max = greatest(c.their_milliseconds_max, $5::integer)`,
    [tenant.companyId, now.toString(), method, ...times],
  );
  if (differences.length === 0) return;
  const rows = await tenant.query<{ difference_id: bigint }>(
    `insert into probonus_shadow_differences (company_id, method, path, ours, theirs, account_id, recorded_at)
     select $1, $2, d.path, d.ours, d.theirs, $3::bigint, $4::timestamptz
     from unnest($5::text[], $6::text[], $7::text[]) as d(path, ours, theirs) returning difference_id`,
    [
      tenant.companyId,
      method,
      call.accountId,
      now.toString(),
      differences.map(({ path }) => path),
      differences.map(({ ours }) => ours),
      differences.map(({ theirs }) => theirs),
    ],
  );
  if (rows.some(({ difference_id }) => difference_id % BigInt(SWEEP_EVERY) === 0n)) await sweep(tenant, now);
}

async function sweep(tenant: Tenant, now: Temporal.Instant): Promise<void> {
  const oldest = now.subtract({ hours: KEPT_DAYS * 24 }).toString();
  await tenant.query(
    `delete from probonus_shadow_differences where company_id = $1 and (recorded_at < $2 or difference_id <= (
       select difference_id from probonus_shadow_differences where company_id = $1
       order by difference_id desc offset $3 limit 1))`,
    [tenant.companyId, oldest, KEPT],
  );
  await tenant.query(
    'delete from probonus_shadow_calls where company_id = $1 and day < ($2::timestamptz)::date - 365',
    [tenant.companyId, now.toString()],
  );
}

type ReportRow = Record<Outcome | 'calls', number> & {
  method: string;
  since: string;
  our_average: number;
  their_average: number;
  our_max: number;
  their_max: number;
};

/** Calls by method, of the last days. */
export async function selectReport(tenant: Tenant, now: Temporal.Instant): Promise<ShadowReport> {
  const sums = [...OUTCOMES, 'calls'].map((name) => `sum(${name})::integer as ${name}`).join(', ');
  const rows = await tenant.query<ReportRow>(
    `select method, ${sums}, min(day)::text as since,
       round(sum(our_milliseconds) / sum(calls)::numeric)::integer as our_average,
       round(sum(their_milliseconds) / sum(calls)::numeric)::integer as their_average,
       max(our_milliseconds_max) as our_max, max(their_milliseconds_max) as their_max
     from probonus_shadow_calls where company_id = $1 and day > ($2::timestamptz)::date - ${KEPT_DAYS}
     group by method order by method limit 100`,
    [tenant.companyId, now.toString()],
  );
  return {
    since: rows.map(({ since }) => since).sort()[0] ?? null,
    methods: rows.map((row) => ({
      method: row.method,
      calls: row.calls,
      equal: row.equal,
      different: row.different,
      oursRefused: row.ours_refused,
      theirsRefused: row.theirs_refused,
      theirsFailed: row.theirs_failed,
      oursFailed: row.ours_failed,
      notCompared: row.not_compared,
      ourMilliseconds: row.our_average,
      theirMilliseconds: row.their_average,
      ourMillisecondsMax: row.our_max,
      theirMillisecondsMax: row.their_max,
    })),
  };
}

/** The newest first, below a cursor. */
export async function selectDifferences(
  tenant: Tenant,
  { before, limit, method }: { before: number | null; limit: number; method: string | null },
): Promise<ShadowDifferences['items']> {
  const rows = await tenant.query<{
    difference_id: bigint;
    method: string;
    path: string;
    ours: string | null;
    theirs: string | null;
    account_id: bigint | null;
    recorded_at: Temporal.Instant;
  }>(
    `select difference_id, method, path, ours, theirs, account_id, recorded_at from probonus_shadow_differences
     where company_id = $1 and ($2::bigint is null or difference_id < $2) and ($3::text is null or method = $3)
     order by difference_id desc limit $4`,
    [tenant.companyId, before, method, limit],
  );
  return rows.map((row) => ({
    differenceId: Number(row.difference_id),
    method: row.method,
    path: row.path,
    ours: row.ours,
    theirs: row.theirs,
    accountId: row.account_id === null ? null : Number(row.account_id),
    recordedAt: row.recorded_at.toString(),
  }));
}
