import type { Platform } from '../../platform/context.ts';
import type { Companies } from '../tenancy/index.ts';
import type { Wallet } from '../wallet/index.ts';

/** What campaigns need of the house. */
export type CampaignsPlatform = Platform & { readonly wallet: Wallet; readonly companies: Companies };
