import { offerTermsFromJson } from '@tessera/loyalty';
import { createTenantGather, type Queryable, type Tenant } from '../../../platform/database/index.ts';
import type { CodeMode, Coupon, CouponKind, CouponStatus, MemberUses } from './model.ts';

export type KindRow = {
  kind_id: number;
  programme_id: number;
  name: string;
  mode: CodeMode;
  active: boolean;
  terms_id: number;
  body: unknown;
  used: bigint;
  discounted: bigint;
};
export const KIND_COLUMNS =
  'k.kind_id, k.programme_id, k.name, k.mode, k.active, t.terms_id, t.body, k.used, k.discounted';

export const toKind = (row: KindRow): CouponKind => ({
  kindId: row.kind_id,
  programmeId: row.programme_id,
  name: row.name,
  mode: row.mode,
  active: row.active,
  termsId: row.terms_id,
  terms: offerTermsFromJson(row.body),
  used: row.used,
  discounted: row.discounted,
});

type CouponRow = KindRow & {
  coupon_id: bigint;
  code: string;
  account_id: bigint | null;
  status: CouponStatus;
  uses_left: number | null;
  expires_at: Temporal.Instant | null;
  reserved_for: string | null;
  reserved_until: Temporal.Instant | null;
};

const COUPON_COLUMNS = `c.coupon_id, c.code, c.account_id, c.status, c.uses_left, c.expires_at, c.reserved_for,
  c.reserved_until, ${KIND_COLUMNS}`;
/** A shared code follows its kind; every other coupon keeps the terms that it was issued under. */
const COUPON_TABLES = `coupons c
  join coupon_kinds k on k.company_id = c.company_id and k.kind_id = c.kind_id
  join coupon_terms t on t.company_id = c.company_id
    and t.terms_id = case k.mode when 'shared' then k.terms_id else c.terms_id end`;

const toCoupon = (row: CouponRow): Coupon => ({
  couponId: Number(row.coupon_id),
  code: row.code,
  kind: toKind(row),
  accountId: row.account_id === null ? null : Number(row.account_id),
  status: row.status,
  usesLeft: row.uses_left,
  expiresAt: row.expires_at,
  reservedFor: row.reserved_for,
  reservedUntil: row.reserved_until,
});

/** The coupons of these codes (as they are stored). */
export async function selectCouponsByCode(queryable: Queryable, companyId: number, codes: readonly string[]) {
  const rows = await queryable.query<CouponRow>(
    {
      name: 'coupons-by-code',
      text: `select ${COUPON_COLUMNS} from ${COUPON_TABLES} where c.company_id = $1 and c.code = any ($2)`,
    },
    [companyId, codes],
  );
  return rows.map(toCoupon);
}

export async function selectCoupon(tenant: Tenant, couponId: number): Promise<Coupon | null> {
  const rows = await tenant.query<CouponRow>(
    `select ${COUPON_COLUMNS} from ${COUPON_TABLES} where c.company_id = $1 and c.coupon_id = $2`,
    [tenant.companyId, couponId],
  );
  return rows[0] ? toCoupon(rows[0]) : null;
}

const OF_ACCOUNT_MAX = 50;

/** A member's own coupons that are still good, the soonest to end first; those asked at once are read together. */
export const selectCouponsOfAccount = createTenantGather(selectCouponsOfAccounts);

// Keys as JSON and a lateral part for each: see readForSales.
async function selectCouponsOfAccounts(
  tenant: Tenant,
  keys: readonly { accountId: number; now: Temporal.Instant }[],
): Promise<Coupon[][]> {
  const rows = await tenant.query<CouponRow & { n: number }>(
    {
      name: 'coupons-of-accounts',
      text: `select asked.n, own.*
             from json_to_recordset($2::json) as asked(n integer, account_id bigint, now timestamptz)
             cross join lateral (
               select ${COUPON_COLUMNS} from ${COUPON_TABLES}
               where c.company_id = $1 and c.account_id = asked.account_id and c.status = 'issued' and k.active
                 and (c.expires_at is null or c.expires_at > asked.now)
               order by c.expires_at nulls last, c.coupon_id limit ${OF_ACCOUNT_MAX}) own`,
    },
    [
      tenant.companyId,
      JSON.stringify(keys.map(({ accountId, now }, n) => ({ n, account_id: accountId, now: now.toString() }))),
    ],
  );
  const coupons: Coupon[][] = keys.map(() => []);
  for (const { n, ...row } of rows) coupons[n]!.push(toCoupon(row as CouponRow));
  return coupons;
}

/** Kinds of a programme that hold without a code. */
export async function selectAutomaticKinds(tenant: Tenant, programmeId: number, limit: number): Promise<CouponKind[]> {
  const rows = await tenant.query<KindRow>(
    `select ${KIND_COLUMNS} from coupon_kinds k
     join coupon_terms t on t.company_id = k.company_id and t.terms_id = k.terms_id
     where k.company_id = $1 and k.programme_id = $2 and k.mode = 'automatic' and k.active
     order by k.kind_id limit $3`,
    [tenant.companyId, programmeId, limit],
  );
  return rows.map(toKind);
}

/** What limited kinds have been used for so far: by all guests, and by one member. */
export async function selectUses(
  queryable: Queryable,
  companyId: number,
  query: { accountId: number | null; kindIds: readonly number[]; since: Temporal.Instant },
): Promise<ReadonlyMap<number, MemberUses & { used: bigint; discounted: bigint }>> {
  const rows = await queryable.query<{
    kind_id: number;
    used: bigint;
    discounted: bigint;
    total: number;
    lately: string[] | null;
  }>(
    {
      name: 'coupon-uses',
      text: `select k.kind_id, k.used, k.discounted, u.total, u.lately
             from coupon_kinds k
             cross join lateral (
               select count(*)::integer as total,
                 json_agg(u.used_at order by u.used_at) filter (where u.used_at >= $4) as lately
               from coupon_uses u
               where u.company_id = $1 and u.account_id = $2 and u.kind_id = k.kind_id and u.returned_at is null) u
             where k.company_id = $1 and k.kind_id = any ($3)`,
    },
    [companyId, query.accountId, query.kindIds, query.since.toString()],
  );
  return new Map(
    rows.map((row) => [
      row.kind_id,
      {
        used: row.used,
        discounted: row.discounted,
        total: row.total,
        lately: (row.lately ?? []).map((text) => Temporal.Instant.from(text)),
      },
    ]),
  );
}
