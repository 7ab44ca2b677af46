import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { Company, NewCompany, Venue } from './model.ts';
import { insertCompany, insertVenue, nextCompanyId, selectCompany } from './store.ts';

export type { Company, CompanySettings, NewCompany, Venue } from './model.ts';

/** Makes a company; everything else of it is made inside the tenant that comes back. */
export async function createCompany(platform: Platform, company: NewCompany): Promise<Tenant> {
  const tenant = platform.database.tenant(await nextCompanyId(platform.database.platform));
  await insertCompany(tenant, company, platform.clock.now());
  return tenant;
}

export const addVenue = (tenant: Tenant, venue: Venue): Promise<void> => insertVenue(tenant, venue);

/** How long a change of a company's settings may stay unseen by a running process. */
const REMEMBERED_MILLISECONDS = 10_000;
type Remembered = { company: Company; until: number };

export type Companies = { of(tenant: Tenant): Promise<Company> };

/** Knows the companies: they are asked for at every request and change once in a blue moon. */
export function createCompanies(): Companies {
  const remembered = new Map<number, Remembered>();
  return {
    async of(tenant) {
      const known = remembered.get(tenant.companyId);
      if (known && known.until > performance.now()) return known.company;
      const company = await selectCompany(tenant);
      if (!company) throw new Error(`There is no company ${tenant.companyId}.`);
      remembered.set(tenant.companyId, { company, until: performance.now() + REMEMBERED_MILLISECONDS });
      return company;
    },
  };
}
