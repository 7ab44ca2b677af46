import type { Language } from '@tessera/contract/messages';
import type { Tenant } from '../../platform/database/index.ts';
import type { Journal } from '../journal/index.ts';
import type { LoyaltyPlatform } from '../loyalty/index.ts';
import type { RegistrationInput } from './model.ts';

export type GrowthPlatform = LoyaltyPlatform & {
  /** Gives the account its card of a design, and the address of it. Told by the wallet feature. */
  readonly issueCard: (
    tenant: Tenant,
    accountId: number,
    designId: number,
    source: string,
  ) => Promise<{ guid: string }>;
  readonly journal: Journal;
};

/** Where a visit comes from: kept with the consents, as their proof. */
export type Visitor = { address: string | null; agent: string | null; language: Language };

/** What was typed, until it is somebody's. `contact` is a phone that is not confirmed. */
export type SealedProfile = Omit<RegistrationInput, 'attempt' | 'phone'> &
  Pick<Visitor, 'address' | 'agent'> & { contact?: string };
