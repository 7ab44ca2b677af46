import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { createRemembered } from '../../platform/remembered.ts';
import type { Company, NewCompany, PlacedVenue, Venue } from './model.ts';
import { insertCompany, insertVenue, nextCompanyId, selectCompany, selectPlacedVenues, selectVenues } from './store.ts';

export type { Company, CompanySettings, NewCompany, PlacedVenue, Venue, VenuePlace } from './model.ts';
export { selectPlacedVenues as placedVenues, updateVenuePlace } from './store.ts';

/** Makes a company; everything else of it is made inside the tenant that comes back. */
export async function createCompany(platform: Platform, company: NewCompany): Promise<Tenant> {
  const tenant = platform.database.tenant(await nextCompanyId(platform.database.platform));
  await insertCompany(tenant, company, platform.clock.now());
  await platform.directory.enter('company', String(tenant.companyId), tenant.companyId);
  return tenant;
}

export const addVenue = (tenant: Tenant, venue: Venue): Promise<void> => insertVenue(tenant, venue);

export const listVenues = (tenant: Tenant): Promise<Venue[]> => selectVenues(tenant);

/** How long a change of a company's settings may stay unseen by a running process. */
const REMEMBERED = { milliseconds: 10_000, max: 100_000 };

/** Asked for with every card that is brought up to date. */
const PLACES_REMEMBERED = { milliseconds: 2_000, max: 10_000 };

export type Companies = {
  of(tenant: Tenant): Promise<Company>;
  /** Its venues with where they are. */
  placesOf(tenant: Tenant): Promise<readonly PlacedVenue[]>;
};

/** Knows the companies: they are asked for at every request and change once in a blue moon. */
export function createCompanies(): Companies {
  const remembered = createRemembered<Company>(REMEMBERED);
  const places = createRemembered<readonly PlacedVenue[]>(PLACES_REMEMBERED);
  return {
    async of(tenant) {
      const company = await remembered.of(String(tenant.companyId), () => selectCompany(tenant));
      if (!company) throw new Error(`There is no company ${tenant.companyId}.`);
      return company;
    },
    placesOf: async (tenant) => (await places.of(String(tenant.companyId), () => selectPlacedVenues(tenant))) ?? [],
  };
}
