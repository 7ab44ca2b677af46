import type { OfferTerms } from '@tessera/loyalty';
import type { Queryable } from '../../../platform/database/index.ts';
import { isLimitedForAll } from './model.ts';

/** One use of an offer, to be written with the account (or alone, for a use without a check). */
export type NewUse = {
  readonly kindId: number;
  readonly terms: OfferTerms;
  /** `null` for what holds without a code. */
  readonly couponId: number | null;
  /** Whether the coupon itself counts its uses down. */
  readonly counted: boolean;
  readonly accountId: number | null;
  readonly checkId: number | null;
  /** For whom the coupon may be reserved: the caller's own number of the check. */
  readonly key: string;
  readonly requestKey: string | null;
  readonly answer: unknown;
  readonly discount: bigint;
  /** Start of the running period of the limit, where there is one. */
  readonly since: Temporal.Instant | null;
  readonly now: Temporal.Instant;
};

/**
 * Uses an offer: the coupon counts down, its kind counts up, and the member's limit is judged among rows that nobody can
 * add to meanwhile (the account's row is locked by its own write before this).
 * @returns false when somebody else was first: nothing of it may stay then
 */
export async function insertUse(queryable: Queryable, companyId: number, use: NewUse): Promise<boolean> {
  // A code that everybody shares counts nothing down: its row would make all tills wait for one another.
  if (use.counted && !(await takeCoupon(queryable, companyId, use))) return false;
  if (isLimitedForAll(use.terms) && !(await countKind(queryable, companyId, use))) return false;
  const { perMember, perPeriod } = use.terms.limits;
  const rows = await queryable.query(
    {
      name: 'coupon-use',
      text: `insert into coupon_uses (company_id, kind_id, coupon_id, account_id, check_id, request_key, answer, discount,
               used_at)
             select $1, $2, $3, $4, $5, $6, $7, $8, $9
             where ($10::integer is null or (
                 select count(*) from coupon_uses
                 where company_id = $1 and account_id = $4 and kind_id = $2 and returned_at is null) < $10)
               and ($11::integer is null or (
                 select count(*) from coupon_uses
                 where company_id = $1 and account_id = $4 and kind_id = $2 and returned_at is null
                   and used_at >= $12) < $11)
             returning use_id`,
    },
    [
      companyId,
      use.kindId,
      use.couponId,
      use.accountId,
      use.checkId,
      use.requestKey,
      use.answer === null ? null : JSON.stringify(use.answer),
      use.discount,
      use.now.toString(),
      perMember,
      perPeriod?.uses ?? null,
      use.since?.toString() ?? null,
    ],
  );
  return rows.length > 0;
}

async function takeCoupon(queryable: Queryable, companyId: number, use: NewUse): Promise<boolean> {
  const rows = await queryable.query(
    {
      name: 'coupon-take',
      text: `update coupons set uses_left = uses_left - 1, reserved_for = null, reserved_until = null,
               status = case when uses_left = 1 then 'redeemed' else status end
             where company_id = $1 and coupon_id = $2 and status = 'issued'
               and (expires_at is null or expires_at > $3)
               and (reserved_until is null or reserved_until <= $3 or reserved_for = $4)
               and uses_left > 0
             returning coupon_id`,
    },
    [companyId, use.couponId, use.now.toString(), use.key],
  );
  return rows.length > 0;
}

async function countKind(queryable: Queryable, companyId: number, use: NewUse): Promise<boolean> {
  const { total, budget } = use.terms.limits;
  const rows = await queryable.query(
    {
      name: 'coupon-kind-count',
      text: `update coupon_kinds set used = used + 1, discounted = discounted + $3
             where company_id = $1 and kind_id = $2 and ($4::bigint is null or used < $4)
               and ($5::bigint is null or discounted + $3 <= $5)
             returning kind_id`,
    },
    [companyId, use.kindId, use.discount, total, budget],
  );
  return rows.length > 0;
}

/** A use to be undone by a return of its check. */
export type UseOfCheck = { readonly checkId: number; readonly kindId: number; readonly couponId: number | null };

/** Marks the use of a check as returned. @returns its discount, or null when it is not there or returned already */
export async function returnUse(
  queryable: Queryable,
  companyId: number,
  { checkId, kindId, couponId }: UseOfCheck,
  now: Temporal.Instant,
): Promise<bigint | null> {
  const rows = await queryable.query<{ discount: bigint }>(
    `update coupon_uses set returned_at = $5
     where company_id = $1 and kind_id = $2 and coupon_id is not distinct from $3::bigint and check_id = $4
       and returned_at is null
     returning discount`,
    [companyId, kindId, couponId, checkId, now.toString()],
  );
  return rows[0]?.discount ?? null;
}

/** The kind counts a returned use no longer; nothing where nobody counts (its counters stand at 0). */
export async function uncountKind(
  queryable: Queryable,
  companyId: number,
  kindId: number,
  discount: bigint,
): Promise<void> {
  await queryable.query(
    `update coupon_kinds set used = greatest(used - 1, 0), discounted = greatest(discounted - $3, 0)
     where company_id = $1 and kind_id = $2`,
    [companyId, kindId, discount],
  );
}

/** A coupon's life as it stands, locked until the transaction ends. */
export async function lockCoupon(
  queryable: Queryable,
  companyId: number,
  couponId: number,
): Promise<{ usesLeft: number | null; expiresAt: Temporal.Instant | null; terms: unknown } | null> {
  const rows = await queryable.query<{ uses_left: number | null; expires_at: Temporal.Instant | null; body: unknown }>(
    `select c.uses_left, c.expires_at, t.body
     from coupons c join coupon_terms t on t.company_id = c.company_id and t.terms_id = c.terms_id
     where c.company_id = $1 and c.coupon_id = $2 for update of c`,
    [companyId, couponId],
  );
  const row = rows[0];
  return row ? { usesLeft: row.uses_left, expiresAt: row.expires_at, terms: row.body } : null;
}

/** Gives a coupon back to its holder; one that was cancelled meanwhile stays cancelled. */
export async function reissueCoupon(
  queryable: Queryable,
  companyId: number,
  couponId: number,
  expiresAt: Temporal.Instant | null,
): Promise<void> {
  await queryable.query(
    `update coupons set uses_left = uses_left + 1, expires_at = $3,
       status = case when status = 'voided' then status else 'issued' end
     where company_id = $1 and coupon_id = $2`,
    [companyId, couponId, expiresAt?.toString() ?? null],
  );
}

/** Holds a member's account until the transaction ends. */
export async function lockAccount(queryable: Queryable, companyId: number, accountId: number): Promise<void> {
  await queryable.query('select from accounts where company_id = $1 and account_id = $2 for update', [
    companyId,
    accountId,
  ]);
}
