import type { Calendar } from '@tessera/loyalty';
import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import { RULES_COLUMNS, type RulesRow, toRulesInForce } from '../accounts.store.ts';
import type { RulesInForce } from '../model.ts';
import { KIND_COLUMNS, type KindRow, toKind } from './coupons.store.ts';
import type { CodeMode, CouponKind, CouponStatus } from './model.ts';

export type KindNumbers = {
  readonly issued: number;
  readonly used: number;
  readonly expired: number;
  /** Money given with uses that were not returned. */
  readonly discounted: bigint;
};
export type KindInList = CouponKind & {
  readonly code: string | null;
  /** The terms as they were given. */
  readonly body: unknown;
  readonly numbers: KindNumbers;
};

type ListRow = KindRow & { shared_code: string | null; issued: number; uses: number; expired: number; given: bigint };

const LIST = `select ${KIND_COLUMNS}, c.issued, c.expired, u.uses, u.given, c.shared_code
  from coupon_kinds k
  join coupon_terms t on t.company_id = k.company_id and t.terms_id = k.terms_id
  cross join lateral (
    select count(*)::integer as issued,
      count(*) filter (where c.status = 'issued' and c.expires_at <= $2)::integer as expired,
      case when k.mode = 'shared' then min(c.code) end as shared_code
    from coupons c where c.company_id = $1 and c.kind_id = k.kind_id) c
  cross join lateral (
    select count(*)::integer as uses, coalesce(sum(u.discount), 0)::bigint as given
    from coupon_uses u where u.company_id = $1 and u.kind_id = k.kind_id and u.returned_at is null) u`;

const toListed = (row: ListRow): KindInList => ({
  ...toKind(row),
  code: row.shared_code,
  body: row.body,
  numbers: { issued: row.issued, used: row.uses, expired: row.expired, discounted: row.given },
});

/** Kinds with their numbers as they stand, newest first. */
export async function selectKinds(
  tenant: Tenant,
  { now, before, limit }: { now: Temporal.Instant; before: number | null; limit: number },
): Promise<KindInList[]> {
  const rows = await tenant.query<ListRow>(
    `${LIST} where k.company_id = $1 and ($3::integer is null or k.kind_id < $3) order by k.kind_id desc limit $4`,
    [tenant.companyId, now.toString(), before, limit],
  );
  return rows.map(toListed);
}

export async function selectKindWithNumbers(
  tenant: Tenant,
  kindId: number,
  now: Temporal.Instant,
): Promise<KindInList | null> {
  const rows = await tenant.query<ListRow>(`${LIST} where k.company_id = $1 and k.kind_id = $3`, [
    tenant.companyId,
    now.toString(),
    kindId,
  ]);
  return rows[0] ? toListed(rows[0]) : null;
}

export async function insertKind(
  transaction: TenantTransaction,
  kind: { programmeId: number; name: string; mode: CodeMode; now: Temporal.Instant },
): Promise<number> {
  const rows = await transaction.query<{ kind_id: number }>(
    `insert into coupon_kinds (company_id, programme_id, name, mode, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $5) returning kind_id`,
    [transaction.companyId, kind.programmeId, kind.name, kind.mode, kind.now.toString()],
  );
  return rows[0]!.kind_id;
}

/** A further version of the terms, in force from now on for what is issued from now on. */
export async function insertTerms(
  transaction: TenantTransaction,
  kindId: number,
  body: unknown,
  now: Temporal.Instant,
): Promise<number> {
  const rows = await transaction.query<{ terms_id: number }>(
    `with terms as (
       insert into coupon_terms (company_id, kind_id, body, created_at) values ($1, $2, $3, $4) returning terms_id),
     kind as (
       update coupon_kinds set terms_id = (select terms_id from terms), updated_at = $4
       where company_id = $1 and kind_id = $2)
     select terms_id from terms`,
    [transaction.companyId, kindId, JSON.stringify(body), now.toString()],
  );
  return rows[0]!.terms_id;
}

export async function updateKind(
  transaction: TenantTransaction,
  kind: { kindId: number; name: string; active: boolean; now: Temporal.Instant },
): Promise<{ programmeId: number; mode: CodeMode; body: unknown } | null> {
  const rows = await transaction.query<{ programme_id: number; mode: CodeMode; body: unknown }>(
    `update coupon_kinds k set name = $3, active = $4, updated_at = $5
     from coupon_terms t
     where k.company_id = $1 and k.kind_id = $2 and t.company_id = k.company_id and t.terms_id = k.terms_id
     returning k.programme_id, k.mode, t.body`,
    [transaction.companyId, kind.kindId, kind.name, kind.active, kind.now.toString()],
  );
  const row = rows[0];
  return row ? { programmeId: row.programme_id, mode: row.mode, body: row.body } : null;
}

/** What all guests have used so far: counted anew as a limit appears, let go as it disappears. */
export async function recountKind(transaction: TenantTransaction, kindId: number, limited: boolean): Promise<void> {
  await transaction.query(
    `update coupon_kinds set (used, discounted) = (
       select case when $3 then count(*) else 0 end, case when $3 then coalesce(sum(discount), 0) else 0 end
       from coupon_uses where company_id = $1 and kind_id = $2 and returned_at is null)
     where company_id = $1 and kind_id = $2`,
    [transaction.companyId, kindId, limited],
  );
}

/** Says that what a programme gives without a code has changed; 0 where it gives nothing. */
export async function renewOffersVersion(transaction: TenantTransaction, programmeId: number): Promise<void> {
  await transaction.query(
    `update programmes set offers_version = case
       when exists (select from coupon_kinds where company_id = $1 and programme_id = $2 and mode = 'automatic' and active)
       then nextval('offers_version_sequence') else 0 end
     where company_id = $1 and programme_id = $2`,
    [transaction.companyId, programmeId],
  );
}

export async function countAutomatic(queryable: Queryable, companyId: number, programmeId: number): Promise<number> {
  const rows = await queryable.query<{ kinds: number }>(
    `select count(*)::integer as kinds from coupon_kinds
     where company_id = $1 and programme_id = $2 and mode = 'automatic' and active`,
    [companyId, programmeId],
  );
  return rows[0]!.kinds;
}

/** The programmes that a kind may belong to, with the rules that are in force. */
export async function selectProgrammesOfKinds(
  tenant: Tenant,
): Promise<{ programmeId: number; name: string; rules: RulesInForce }[]> {
  const rows = await tenant.query<RulesRow & { programme_id: number; name: string }>(
    `select p.programme_id, p.name, ${RULES_COLUMNS} from programmes p
     where p.company_id = $1 and p.rules_id is not null order by p.programme_id limit 100`,
    [tenant.companyId],
  );
  return rows.map((row) => ({ programmeId: row.programme_id, name: row.name, rules: toRulesInForce(row) }));
}

/** The zone and the start of the day that the dates of a kind's coupons are counted in. */
export async function calendarOfKind(tenant: Tenant, kindId: number): Promise<Calendar> {
  const rows = await tenant.query<{ body: { timeZone: string; dayStartsAt?: string } }>(
    `select r.body from coupon_kinds k
     join programmes p on p.company_id = k.company_id and p.programme_id = k.programme_id
     join rules r on r.company_id = p.company_id and r.rules_id = p.rules_id
     where k.company_id = $1 and k.kind_id = $2`,
    [tenant.companyId, kindId],
  );
  const body = rows[0]?.body;
  if (!body) throw new Error(`The programme of coupon kind ${kindId} has no rules.`);
  return { timeZone: body.timeZone, dayStartsAt: body.dayStartsAt ?? '00:00' };
}

export async function programmeExists(tenant: Tenant, programmeId: number): Promise<boolean> {
  const rows = await tenant.query(
    'select from programmes where company_id = $1 and programme_id = $2 and rules_id is not null',
    [tenant.companyId, programmeId],
  );
  return rows.length > 0;
}

export type CouponInList = {
  readonly couponId: number;
  readonly kindId: number;
  readonly kindName: string;
  readonly code: string;
  readonly accountId: number | null;
  readonly status: CouponStatus;
  readonly usesLeft: number | null;
  readonly expiresAt: Temporal.Instant | null;
  readonly reservedUntil: Temporal.Instant | null;
  readonly createdAt: Temporal.Instant;
};

/** Coupons by kind, member or code, newest first. */
export async function selectCoupons(
  tenant: Tenant,
  query: {
    couponId: number | null;
    kindId: number | null;
    accountId: number | null;
    code: string | null;
    before: number | null;
    limit: number;
  },
): Promise<CouponInList[]> {
  const rows = await tenant.query<{
    coupon_id: bigint;
    kind_id: number;
    kind_name: string;
    code: string;
    account_id: bigint | null;
    status: CouponStatus;
    uses_left: number | null;
    expires_at: Temporal.Instant | null;
    reserved_until: Temporal.Instant | null;
    created_at: Temporal.Instant;
  }>(
    `select c.coupon_id, c.kind_id, k.name as kind_name, c.code, c.account_id, c.status, c.uses_left, c.expires_at,
       c.reserved_until, c.created_at
     from coupons c join coupon_kinds k on k.company_id = c.company_id and k.kind_id = c.kind_id
     where c.company_id = $1 and ($2::integer is null or c.kind_id = $2) and ($3::bigint is null or c.account_id = $3)
       and ($4::text is null or c.code = $4) and ($5::bigint is null or c.coupon_id < $5)
       and ($7::bigint is null or c.coupon_id = $7)
     order by c.coupon_id desc limit $6`,
    [tenant.companyId, query.kindId, query.accountId, query.code, query.before, query.limit, query.couponId],
  );
  return rows.map((row) => ({
    couponId: Number(row.coupon_id),
    kindId: row.kind_id,
    kindName: row.kind_name,
    code: row.code,
    accountId: row.account_id === null ? null : Number(row.account_id),
    status: row.status,
    usesLeft: row.uses_left,
    expiresAt: row.expires_at,
    reservedUntil: row.reserved_until,
    createdAt: row.created_at,
  }));
}

export type CouponUse = {
  readonly useId: number;
  readonly accountId: number | null;
  readonly checkId: number | null;
  readonly discount: bigint;
  readonly usedAt: Temporal.Instant;
  readonly returnedAt: Temporal.Instant | null;
};

/** Uses of a coupon or of a whole kind, newest first. */
export async function selectCouponUses(
  tenant: Tenant,
  query: { couponId: number } | { kindId: number },
  { before, limit }: { before: number | null; limit: number },
): Promise<CouponUse[]> {
  const byCoupon = 'couponId' in query;
  const rows = await tenant.query<{
    use_id: bigint;
    account_id: bigint | null;
    check_id: bigint | null;
    discount: bigint;
    used_at: Temporal.Instant;
    returned_at: Temporal.Instant | null;
  }>(
    `select use_id, account_id, check_id, discount, used_at, returned_at from coupon_uses
     where company_id = $1 and ${byCoupon ? 'coupon_id' : 'kind_id'} = $2 and ($3::bigint is null or use_id < $3)
     order by use_id desc limit $4`,
    [tenant.companyId, byCoupon ? query.couponId : query.kindId, before, limit],
  );
  return rows.map((row) => ({
    useId: Number(row.use_id),
    accountId: row.account_id === null ? null : Number(row.account_id),
    checkId: row.check_id === null ? null : Number(row.check_id),
    discount: row.discount,
    usedAt: row.used_at,
    returnedAt: row.returned_at,
  }));
}
