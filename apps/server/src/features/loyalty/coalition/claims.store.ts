import type { Claim } from '@tessera/loyalty';
import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { ClaimLine, ClaimSum } from './model.ts';

export type NewClaims = {
  checkId: number;
  accountId: number;
  operation: 'sale' | 'return';
  venueCode: number | null;
  claims: readonly Claim[];
  occurredAt: Temporal.Instant;
  now: Temporal.Instant;
};

export async function insertClaims(transaction: TenantTransaction, facts: NewClaims): Promise<void> {
  const { claims } = facts;
  await transaction.query(
    {
      name: 'claims-write',
      text: `insert into clearing_claims (company_id, check_id, account_id, operation, cause, debtor, creditor, points,
               basis_points, amount, venue_code, occurred_at, recorded_at)
             select $1, $2, $3, $4, c.cause, c.debtor, c.creditor, c.points, c.basis_points, c.amount, $5, $6, $7
             from unnest($8::text[], $9::text[], $10::text[], $11::bigint[], $12::integer[], $13::bigint[])
               as c(cause, debtor, creditor, points, basis_points, amount)`,
    },
    [
      transaction.companyId,
      facts.checkId,
      facts.accountId,
      facts.operation,
      facts.venueCode,
      facts.occurredAt.toString(),
      facts.now.toString(),
      claims.map((claim) => claim.cause),
      claims.map((claim) => claim.debtor),
      claims.map((claim) => claim.creditor),
      claims.map((claim) => claim.points),
      claims.map((claim) => claim.basisPoints),
      claims.map((claim) => claim.amount),
    ],
  );
}

/** A statement counts what was written in its time, so that a closed period never changes. Half-open. */
export type ClaimPeriod = { from: Temporal.Instant; until: Temporal.Instant };

const SUMS_MAX = 10_000;

/** What each party owes each other one in a period, with the number of checks behind it. */
export async function selectClaimSums(tenant: Tenant, { from, until }: ClaimPeriod): Promise<ClaimSum[]> {
  const rows = await tenant.query<{
    debtor: string | null;
    creditor: string | null;
    points: string;
    amount: string;
    checks: bigint;
  }>(
    `select debtor, creditor, sum(points)::text as points, sum(amount)::text as amount, count(distinct check_id) as checks
     from clearing_claims where company_id = $1 and recorded_at >= $2 and recorded_at < $3
     group by debtor, creditor order by sum(amount) desc, debtor, creditor limit $4`,
    [tenant.companyId, from.toString(), until.toString(), SUMS_MAX],
  );
  return rows.map((row) => ({
    ...row,
    points: BigInt(row.points),
    amount: BigInt(row.amount),
    checks: Number(row.checks),
  }));
}

/** Both directions between two parties, or everything when `between` is not given. */
export type ClaimQuery = ClaimPeriod & {
  between?: readonly [string | null, string | null] | undefined;
  before: number | null;
  limit: number;
};

type ClaimRow = {
  claim_id: bigint;
  check_id: bigint;
  number: string;
  account_id: bigint;
  operation: 'sale' | 'return';
  cause: Claim['cause'];
  debtor: string | null;
  creditor: string | null;
  points: bigint;
  basis_points: number;
  amount: bigint;
  venue: string;
  occurred_at: Temporal.Instant;
  recorded_at: Temporal.Instant;
};

/** Claims of a period, newest first, with the checks that they come from. */
export async function selectClaims(tenant: Tenant, query: ClaimQuery): Promise<ClaimLine[]> {
  const [one, other] = query.between ?? [null, null];
  const rows = await tenant.query<ClaimRow>(
    `select l.claim_id, l.check_id, coalesce(nullif(c.number, ''), c.check_id::text) as number, l.account_id, l.operation,
       l.cause, l.debtor, l.creditor, l.points, l.basis_points, l.amount,
       coalesce(v.name, l.venue_code::text, '') as venue, l.occurred_at, l.recorded_at
     from clearing_claims l
     join checks c on c.company_id = l.company_id and c.check_id = l.check_id
     left join venues v on v.company_id = l.company_id and v.code = l.venue_code
     where l.company_id = $1 and l.recorded_at >= $2 and l.recorded_at < $3
       and ($4::bigint is null or l.claim_id < $4)
       and (not $5::boolean
         or (l.debtor is not distinct from $6::text and l.creditor is not distinct from $7::text)
         or (l.debtor is not distinct from $7::text and l.creditor is not distinct from $6::text))
     order by l.claim_id desc limit $8`,
    [
      tenant.companyId,
      query.from.toString(),
      query.until.toString(),
      query.before,
      query.between !== undefined,
      one,
      other,
      query.limit,
    ],
  );
  return rows.map((row) => ({
    claimId: Number(row.claim_id),
    checkId: Number(row.check_id),
    checkNumber: row.number,
    accountId: Number(row.account_id),
    operation: row.operation,
    cause: row.cause,
    debtor: row.debtor,
    creditor: row.creditor,
    points: row.points,
    basisPoints: row.basis_points,
    amount: row.amount,
    venue: row.venue,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
  }));
}
