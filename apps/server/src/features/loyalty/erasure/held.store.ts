import type { Tenant } from '../../../platform/database/index.ts';

export type HeldCoupon = {
  readonly name: string;
  readonly code: string;
  readonly status: string;
  readonly issuedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant | null;
};

/** The coupons that an account was given, newest first. */
export async function selectHeldCoupons(tenant: Tenant, accountId: number, limit: number): Promise<HeldCoupon[]> {
  return tenant.query<HeldCoupon>(
    `select k.name, c.code, c.status, c.created_at as "issuedAt", c.expires_at as "expiresAt"
     from coupons c join coupon_kinds k on k.company_id = c.company_id and k.kind_id = c.kind_id
     where c.company_id = $1 and c.account_id = $2 order by c.coupon_id desc limit $3`,
    [tenant.companyId, accountId, limit],
  );
}

export type HeldUse = {
  readonly name: string;
  /** Null for what holds without a code. */
  readonly code: string | null;
  readonly at: Temporal.Instant;
  /** Minor units. */
  readonly discount: bigint;
  readonly returnedAt: Temporal.Instant | null;
};

/** What an account has used coupons and offers for, newest first. */
export async function selectHeldUses(tenant: Tenant, accountId: number, limit: number): Promise<HeldUse[]> {
  return tenant.query<HeldUse>(
    `select k.name, c.code, u.used_at as at, u.discount, u.returned_at as "returnedAt"
     from coupon_uses u
     join coupon_kinds k on k.company_id = u.company_id and k.kind_id = u.kind_id
     left join coupons c on c.company_id = u.company_id and c.coupon_id = u.coupon_id
     where u.company_id = $1 and u.account_id = $2 order by u.use_id desc limit $3`,
    [tenant.companyId, accountId, limit],
  );
}

export type HeldCertificate = {
  readonly code: string;
  /** Minor units. */
  readonly nominal: bigint;
  readonly balance: bigint;
  readonly note: string;
  readonly issuedAt: Temporal.Instant;
};

/** Gift certificates that were sold to an account, newest first. */
export async function selectHeldCertificates(
  tenant: Tenant,
  accountId: number,
  limit: number,
): Promise<HeldCertificate[]> {
  return tenant.query<HeldCertificate>(
    `select code, nominal, balance, note, created_at as "issuedAt" from certificates
     where company_id = $1 and account_id = $2 order by certificate_id desc limit $3`,
    [tenant.companyId, accountId, limit],
  );
}

export type HeldPhoto = { readonly mediaType: string; readonly sealedBytes: number; readonly at: Temporal.Instant };

/** The photographs of an account's receipts that are still kept, by receipt. */
export async function selectHeldPhotos(tenant: Tenant, accountId: number): Promise<ReadonlyMap<number, HeldPhoto>> {
  const rows = await tenant.query<HeldPhoto & { receipt_id: bigint }>(
    `select p.receipt_id, p.media_type as "mediaType", octet_length(p.bytes_sealed) as "sealedBytes", p.created_at as at
     from receipt_photos p join receipts r on r.company_id = p.company_id and r.receipt_id = p.receipt_id
     where p.company_id = $1 and r.account_id = $2`,
    [tenant.companyId, accountId],
  );
  return new Map(rows.map(({ receipt_id, ...photo }) => [Number(receipt_id), photo]));
}
