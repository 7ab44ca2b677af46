import { type PartnerList, type PartnerVenue, type Result, refuse, succeed } from '@tessera/contract';
import { isUniqueViolation, type Tenant } from '../../../platform/database/index.ts';
import { addVenue } from '../../tenancy/index.ts';
import type { Partner } from './model.ts';
import {
  assignVenue,
  insertPartner,
  partnerExists,
  releaseVenue,
  renamePartner,
  selectPartners,
  selectPartnerVenues,
  selectUnknownVenues,
} from './partners.store.ts';

/** Partners, all venues with the partner whose they are, and venues that only checks know. */
export async function listPartners(tenant: Tenant): Promise<PartnerList> {
  const [partners, venues, unknown] = await Promise.all([
    selectPartners(tenant),
    selectPartnerVenues(tenant),
    selectUnknownVenues(tenant),
  ]);
  return {
    partners,
    venues,
    unknownVenues: unknown.map(({ code, checks, lastSeenAt }) => ({ code, checks, lastSeenAt: lastSeenAt.toString() })),
  };
}

/**
 * Adds a partner. The name is the key: sent again it answers the same partner.
 * @returns limit_reached
 */
export async function addPartner(tenant: Tenant, name: string, now: Temporal.Instant): Promise<Result<Partner>> {
  const partnerId = await insertPartner(tenant, name.trim(), now);
  return partnerId === null ? refuse('limit_reached') : succeed({ partnerId, name: name.trim() });
}

/** @returns partner_not_found, name_taken */
export async function changePartner(tenant: Tenant, partner: Partner): Promise<Result<Partner>> {
  const named = { ...partner, name: partner.name.trim() };
  try {
    return (await renamePartner(tenant, named)) ? succeed(named) : refuse('partner_not_found');
  } catch (error) {
    if (isUniqueViolation(error)) return refuse('name_taken');
    throw error;
  }
}

/**
 * Gives a venue to a partner, for later checks; the venue is entered when the company does not know it yet.
 * @returns partner_not_found
 */
export async function giveVenue(
  tenant: Tenant,
  partnerId: number,
  venue: { code: number; name: string },
): Promise<Result<PartnerVenue>> {
  if (!(await partnerExists(tenant, partnerId))) return refuse('partner_not_found');
  const named = { code: venue.code, name: venue.name.trim() };
  await addVenue(tenant, named);
  await assignVenue(tenant, partnerId, named.code);
  return succeed({ ...named, partnerId });
}

/** The venue stays the company's and is no partner's from now on. Repeated, it changes nothing. */
export async function takeVenue(tenant: Tenant, partnerId: number, code: number): Promise<void> {
  await releaseVenue(tenant, partnerId, code);
}
