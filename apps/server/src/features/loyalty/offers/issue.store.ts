import type { Queryable, Tenant } from '../../../platform/database/index.ts';
import { KIND_COLUMNS, type KindRow, toKind } from './coupons.store.ts';
import type { CouponKind, CouponStatus } from './model.ts';

export async function selectKind(queryable: Queryable, companyId: number, kindId: number): Promise<CouponKind | null> {
  const rows = await queryable.query<KindRow>(
    `select ${KIND_COLUMNS} from coupon_kinds k
     join coupon_terms t on t.company_id = k.company_id and t.terms_id = k.terms_id
     where k.company_id = $1 and k.kind_id = $2`,
    [companyId, kindId],
  );
  return rows[0] ? toKind(rows[0]) : null;
}

export type NewCoupon = {
  readonly kindId: number;
  readonly termsId: number;
  readonly code: string;
  readonly accountId: number | null;
  readonly usesLeft: number | null;
  readonly expiresAt: Temporal.Instant | null;
  readonly origin: string | null;
};

/** @returns its number; null when the code or the origin exists already */
export async function insertCoupon(
  queryable: Queryable,
  companyId: number,
  coupon: NewCoupon,
  now: Temporal.Instant,
): Promise<number | null> {
  const rows = await queryable.query<{ coupon_id: bigint }>(
    `insert into coupons (company_id, kind_id, terms_id, code, account_id, uses_left, expires_at, origin, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning coupon_id`,
    [
      companyId,
      coupon.kindId,
      coupon.termsId,
      coupon.code,
      coupon.accountId,
      coupon.usesLeft,
      coupon.expiresAt?.toString() ?? null,
      coupon.origin,
      now.toString(),
    ],
  );
  return rows[0] ? Number(rows[0].coupon_id) : null;
}

export type IssuedCoupon = {
  readonly couponId: number;
  readonly code: string;
  readonly accountId: number | null;
  readonly kindId: number;
  readonly status: CouponStatus;
  readonly expiresAt: Temporal.Instant | null;
};

/** The coupon that something has led to. */
export async function selectByOrigin(
  queryable: Queryable,
  companyId: number,
  origin: string,
): Promise<IssuedCoupon | null> {
  const rows = await queryable.query<{
    coupon_id: bigint;
    code: string;
    account_id: bigint | null;
    kind_id: number;
    status: CouponStatus;
    expires_at: Temporal.Instant | null;
  }>(
    `select coupon_id, code, account_id, kind_id, status, expires_at from coupons
     where company_id = $1 and origin = $2`,
    [companyId, origin],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    couponId: Number(row.coupon_id),
    code: row.code,
    accountId: row.account_id === null ? null : Number(row.account_id),
    kindId: row.kind_id,
    status: row.status,
    expiresAt: row.expires_at,
  };
}

/** Cancels a coupon that nobody has used. @returns whether it was still unused */
export async function voidUnused(queryable: Queryable, companyId: number, couponId: number): Promise<boolean> {
  const rows = await queryable.query(
    `update coupons set status = 'voided' where company_id = $1 and coupon_id = $2 and status = 'issued'
     returning coupon_id`,
    [companyId, couponId],
  );
  return rows.length > 0;
}

/** Keeps a coupon for one check that is being paid. @returns whether it is kept for this key now */
export async function reserveIssued(
  tenant: Tenant,
  couponId: number,
  reservation: { key: string; until: Temporal.Instant; now: Temporal.Instant },
): Promise<boolean> {
  const rows = await tenant.query(
    `update coupons set reserved_for = $3, reserved_until = $4
     where company_id = $1 and coupon_id = $2 and status = 'issued' and uses_left > 0
       and (reserved_until is null or reserved_until <= $5 or reserved_for = $3)
     returning coupon_id`,
    [tenant.companyId, couponId, reservation.key, reservation.until.toString(), reservation.now.toString()],
  );
  return rows.length > 0;
}

export async function releaseIssued(tenant: Tenant, couponId: number, key: string): Promise<void> {
  await tenant.query(
    `update coupons set reserved_for = null, reserved_until = null
     where company_id = $1 and coupon_id = $2 and reserved_for = $3`,
    [tenant.companyId, couponId, key],
  );
}

// ------------------------------------------------------------------ codes in the background

export type Batch = {
  readonly batchId: number;
  readonly kindId: number;
  readonly wanted: number;
  readonly made: number;
  readonly createdAt: Temporal.Instant;
};
type BatchRow = { batch_id: number; kind_id: number; wanted: number; made: number; created_at: Temporal.Instant };
const toBatch = (row: BatchRow): Batch => ({
  batchId: row.batch_id,
  kindId: row.kind_id,
  wanted: row.wanted,
  made: row.made,
  createdAt: row.created_at,
});

/** Writes a wish for codes and the word for the worker; once for one key. */
export async function insertBatch(
  tenant: Tenant,
  batch: { kindId: number; wanted: number; requestKey: string; now: Temporal.Instant },
): Promise<number | null> {
  const rows = await tenant.query<{ batch_id: number }>(
    `with batch as (
       insert into coupon_batches (company_id, kind_id, request_key, wanted, created_at) values ($1, $2, $3, $4, $5)
       on conflict (company_id, request_key) do nothing returning batch_id),
     told as (
       insert into outbox (company_id, kind, payload, created_at)
       select $1, 'coupons_wanted', jsonb_build_object('batchId', batch_id), $5 from batch)
     select batch_id from batch`,
    [tenant.companyId, batch.kindId, batch.requestKey, batch.wanted, batch.now.toString()],
  );
  return rows[0]?.batch_id ?? null;
}

export async function selectBatch(
  tenant: Tenant,
  by: { batchId: number } | { requestKey: string },
): Promise<Batch | null> {
  const byId = 'batchId' in by;
  const rows = await tenant.query<BatchRow>(
    `select batch_id, kind_id, wanted, made, created_at from coupon_batches
     where company_id = $1 and ${byId ? 'batch_id' : 'request_key'} = $2`,
    [tenant.companyId, byId ? by.batchId : by.requestKey],
  );
  return rows[0] ? toBatch(rows[0]) : null;
}

export async function selectBatches(tenant: Tenant, kindId: number, limit: number): Promise<Batch[]> {
  const rows = await tenant.query<BatchRow>(
    `select batch_id, kind_id, wanted, made, created_at from coupon_batches
     where company_id = $1 and kind_id = $2 order by batch_id desc limit $3`,
    [tenant.companyId, kindId, limit],
  );
  return rows.map(toBatch);
}

/** Adds codes to a batch; those that exist already are left out. Together with how far the batch is: kill it any time. */
export async function insertCodes(
  tenant: Tenant,
  batch: Batch,
  coupons: {
    termsId: number;
    codes: readonly string[];
    usesLeft: number;
    expiresAt: Temporal.Instant | null;
    now: Temporal.Instant;
  },
): Promise<number> {
  const rows = await tenant.query<{ made: number }>(
    `with coupon as (
       insert into coupons (company_id, kind_id, terms_id, code, batch_id, uses_left, expires_at, created_at)
       select $1, $3, $4, code, $2, $6, $7, $8 from unnest($5::text[]) as c(code)
       on conflict do nothing returning coupon_id)
     update coupon_batches set made = made + (select count(*) from coupon),
       finished_at = case when made + (select count(*) from coupon) >= wanted then $8::timestamptz end
     where company_id = $1 and batch_id = $2 returning made`,
    [
      tenant.companyId,
      batch.batchId,
      batch.kindId,
      coupons.termsId,
      coupons.codes,
      coupons.usesLeft,
      coupons.expiresAt?.toString() ?? null,
      coupons.now.toString(),
    ],
  );
  return rows[0]!.made;
}

/** Codes of a batch after a coupon, in order: pages of a file. */
export async function selectCodes(
  tenant: Tenant,
  query: { batchId: number; after: number; limit: number },
): Promise<{ couponId: number; code: string; status: CouponStatus; expiresAt: Temporal.Instant | null }[]> {
  const rows = await tenant.query<{
    coupon_id: bigint;
    code: string;
    status: CouponStatus;
    expires_at: Temporal.Instant | null;
  }>(
    `select coupon_id, code, status, expires_at from coupons
     where company_id = $1 and batch_id = $2 and coupon_id > $3 order by coupon_id limit $4`,
    [tenant.companyId, query.batchId, query.after, query.limit],
  );
  return rows.map(({ coupon_id, expires_at, ...rest }) => ({
    ...rest,
    couponId: Number(coupon_id),
    expiresAt: expires_at,
  }));
}
