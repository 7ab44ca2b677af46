import type { Guest } from '../guests/index.ts';
import { type AccountView, type LoyaltyPlatform, viewMember } from '../loyalty/index.ts';
import type { Companies, Company } from '../tenancy/index.ts';
import { findPassByGuid, type PassInTenant } from '../wallet/index.ts';
import type { GuestAssets } from './visit.ts';

export type CardRoutesOptions = {
  platform: LoyaltyPlatform & { readonly companies: Companies };
  assets: GuestAssets;
};

/** A card that was found by its address, with whose it is. */
export type OpenedCard = PassInTenant & { company: Company; view: AccountView; guest: Guest };

/** The card behind the guid of an address; whoever knows it may see the card. */
export async function openCard({ platform }: CardRoutesOptions, guid: string): Promise<OpenedCard | null> {
  const found = await findPassByGuid(platform, guid);
  if (!found) return null;
  const member = await viewMember(platform, found.tenant, found.pass.accountId);
  const company = await platform.companies.of(found.tenant);
  return member && { ...found, company, view: member.account, guest: member.guest };
}
