import type { OfferEffect } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';

/** What a use without a check is told; the same key is told the same. */
export type RedeemAnswer = {
  readonly code: string;
  readonly name: string;
  readonly effect: OfferEffect['kind'];
  /** Entries that are left; `null` for a code that everybody shares. */
  readonly usesLeft: number | null;
  readonly points: number;
};

export async function selectUseByRequest(tenant: Tenant, requestKey: string): Promise<RedeemAnswer | null> {
  const rows = await tenant.query<{ answer: RedeemAnswer }>(
    'select answer from coupon_uses where company_id = $1 and request_key = $2',
    [tenant.companyId, requestKey],
  );
  return rows[0]?.answer ?? null;
}
