import type { Tenant } from '../../../platform/database/index.ts';
import type { CodeSent, MessagingPlatform } from '../../messaging/index.ts';
import type { TillPlatform } from '../find-guest.ts';

/**
 * The bot as a way to a guest. Null is a guest who has no bot: the next way is tried. Absent where a company has none.
 */
export type PinBot = {
  readonly ready: (tenant: Tenant) => Promise<boolean>;
  readonly send: (tenant: Tenant, message: { accountId: number; text: string }) => Promise<CodeSent | null>;
};

export type AuthorisePlatform = TillPlatform & MessagingPlatform & { readonly pinBot?: PinBot };
