import type { Tenant } from '../../platform/database/index.ts';
import type { Design } from './model.ts';
import { selectDesign } from './store/designs.ts';

export type DesignOf = (designId: number) => Promise<Design | null>;

/** Reads each design once for a look at many cards, or for a batch of them. */
export function rememberDesigns(tenant: Tenant): DesignOf {
  const designs = new Map<number, Promise<Design | null>>();
  return (designId) => {
    const known = designs.get(designId) ?? selectDesign(tenant, tenant.companyId, designId);
    designs.set(designId, known);
    return known;
  };
}
