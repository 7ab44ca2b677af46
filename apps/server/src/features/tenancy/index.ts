import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { createRemembered } from '../../platform/remembered.ts';
import type { Company, NewCompany, Venue } from './model.ts';
import { insertCompany, insertVenue, nextCompanyId, selectCompany, selectVenues } from './store.ts';

export type { Company, CompanySettings, NewCompany, Venue } from './model.ts';

/** Makes a company; everything else of it is made inside the tenant that comes back. */
export async function createCompany(platform: Platform, company: NewCompany): Promise<Tenant> {
  const tenant = platform.database.tenant(await nextCompanyId(platform.database.platform));
  await insertCompany(tenant, company, platform.clock.now());
  return tenant;
}

export const addVenue = (tenant: Tenant, venue: Venue): Promise<void> => insertVenue(tenant, venue);

export const listVenues = (tenant: Tenant): Promise<Venue[]> => selectVenues(tenant);

/** How long a change of a company's settings may stay unseen by a running process. */
const REMEMBERED = { milliseconds: 10_000, max: 100_000 };

export type Companies = { of(tenant: Tenant): Promise<Company> };

/** Knows the companies: they are asked for at every request and change once in a blue moon. */
export function createCompanies(): Companies {
  const remembered = createRemembered<Company>(REMEMBERED);
  return {
    async of(tenant) {
      const company = await remembered.of(String(tenant.companyId), () => selectCompany(tenant));
      if (!company) throw new Error(`There is no company ${tenant.companyId}.`);
      return company;
    },
  };
}
