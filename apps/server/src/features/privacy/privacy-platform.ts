import type { Journal } from '../journal/index.ts';
import type { LoyaltyPlatform } from '../loyalty/index.ts';
import type { Companies } from '../tenancy/index.ts';
import type { Wallet } from '../wallet/index.ts';

/** What forgetting a guest needs: everything that knows him. */
export type PrivacyPlatform = LoyaltyPlatform & {
  readonly companies: Companies;
  readonly journal: Journal;
  readonly wallet: Wallet;
};
