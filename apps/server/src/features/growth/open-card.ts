import type { Result } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import type { Guest } from '../guests/index.ts';
import type { Journal } from '../journal/index.ts';
import { type AccountView, type LoyaltyPlatform, viewMember } from '../loyalty/index.ts';
import type { Companies, Company } from '../tenancy/index.ts';
import { findPassByGuid, type IconSize, type PassInTenant, type PassRecord } from '../wallet/index.ts';
import type { GuestAssets } from './visit.ts';

/** What the card's page needs of the house and of the wallet feature. */
export type CardPlatform = LoyaltyPlatform & {
  readonly journal: Journal;
  readonly companies: Companies;
  /** Whether guests of this company are offered Google Wallet. */
  readonly offersGoogle: (tenant: Tenant) => Promise<boolean>;
  /** The key that browsers subscribe to; null: none are told anything. */
  readonly webPushKey: string | null;
  /** A card's icon for a home screen, a square PNG. */
  readonly cardIcon: (tenant: Tenant, pass: PassRecord, size: IconSize) => Promise<Buffer | null>;
  /** A picture of a card, light enough for the page to carry: an address `data:`. */
  readonly cardSketch: (tenant: Tenant, address: string | undefined) => Promise<string | null>;
  /** The link that saves cards in Google Wallet. */
  readonly googleLink: (tenant: Tenant, passes: readonly PassRecord[]) => Promise<Result<{ readonly url: string }>>;
};

export type CardRoutesOptions = {
  platform: CardPlatform;
  assets: GuestAssets;
};

/** A card that was found by its address, with whose it is. */
export type OpenedCard = PassInTenant & { company: Company; view: AccountView; guest: Guest };

/** The card behind the guid of an address; whoever knows it may see the card. */
export async function openCard(
  { platform }: Pick<CardRoutesOptions, 'platform'>,
  guid: string,
): Promise<OpenedCard | null> {
  const found = await findPassByGuid(platform, guid);
  if (!found) return null;
  const member = await viewMember(platform, found.tenant, found.pass.accountId);
  const company = await platform.companies.of(found.tenant);
  return member && { ...found, company, view: member.account, guest: member.guest };
}
