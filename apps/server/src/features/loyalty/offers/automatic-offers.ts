import type { Tenant } from '../../../platform/database/index.ts';
import { selectAutomaticKinds } from './coupons.store.ts';
import { AUTOMATIC_MAX, type CouponKind } from './model.ts';

export type AutomaticOffers = {
  /** The kinds of a programme that hold without a code. `version` 0 says that there are none; each is read once. */
  of(tenant: Tenant, programmeId: number, version: number): Promise<readonly CouponKind[]>;
};

const REMEMBERED_MAX = 10_000;

export function createAutomaticOffers(): AutomaticOffers {
  const remembered = new Map<string, { version: number; kinds: readonly CouponKind[] }>();
  return {
    async of(tenant, programmeId, version) {
      if (version === 0) return [];
      const key = `${tenant.companyId}:${programmeId}`;
      const known = remembered.get(key);
      if (known?.version === version) return known.kinds;
      const kinds = await selectAutomaticKinds(tenant, programmeId, AUTOMATIC_MAX);
      if (remembered.size >= REMEMBERED_MAX) remembered.delete(remembered.keys().next().value!);
      remembered.set(key, { version, kinds });
      return kinds;
    },
  };
}
