import type { Tenant } from '../../../platform/database/index.ts';

/** Of the coupons that something has led to: those that somebody has used, wholly or an entry of them. */
export async function selectUsedOrigins(tenant: Tenant, origins: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tenant.query<{ origin: string }>(
    `select c.origin from coupons c
     where c.company_id = $1 and c.origin = any ($2::text[]) and (c.status = 'redeemed' or exists (
       select from coupon_uses u
       where u.company_id = c.company_id and u.coupon_id = c.coupon_id and u.returned_at is null))`,
    [tenant.companyId, origins],
  );
  return new Set(rows.map(({ origin }) => origin));
}
