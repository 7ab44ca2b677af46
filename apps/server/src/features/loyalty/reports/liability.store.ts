import type { PostedSum } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';

/** What was posted from one boundary to the next; `bucket` 1 lies between the first two, the last has no end. */
export type PostedInBucket = PostedSum & { bucket: number };
export type Posted = { rows: PostedInBucket[]; outstanding: bigint };

type PostedRow = {
  bucket: number | null;
  account: string | null;
  debit: string | null;
  credit: string | null;
  outstanding: string;
};

/**
 * What was posted to the programme's accounts of the main wallet since the first boundary, and what is owed now: one
 * statement, so that both are of one moment. The summary index on time finds the blocks of the period.
 */
export async function selectPosted(
  tenant: Tenant,
  programmeId: number,
  boundaries: readonly Temporal.Instant[],
): Promise<Posted> {
  const rows = await tenant.query<PostedRow>(
    `with posted as (
       select width_bucket(e.recorded_at, $3::timestamptz[]) as bucket, p.account,
         sum(p.debit) as debit, sum(p.credit) as credit
       from entries e
       join accounts a on a.company_id = e.company_id and a.account_id = e.account_id and a.programme_id = $2
       cross join lateral json_to_recordset(e.body -> 'postings') as p(account text, debit numeric, credit numeric)
       where e.company_id = $1 and e.recorded_at >= ($3::timestamptz[])[1] and e.body ->> 'wallet' is null
         and p.account not in ('pending', 'available', 'held', 'debt')
       group by 1, 2)
     select posted.bucket, posted.account, posted.debit::text, posted.credit::text, owed.outstanding
     from (select coalesce(sum(available + pending + held - debt), 0)::text as outstanding from accounts
           where company_id = $1 and programme_id = $2) owed
     left join posted on true`,
    [tenant.companyId, programmeId, boundaries.map(String)],
  );
  return {
    outstanding: BigInt(rows[0]!.outstanding),
    rows: rows.flatMap(({ bucket, account, debit, credit }) =>
      bucket === null || account === null
        ? []
        : [{ bucket, account, debit: BigInt(debit ?? 0), credit: BigInt(credit ?? 0) }],
    ),
  };
}
