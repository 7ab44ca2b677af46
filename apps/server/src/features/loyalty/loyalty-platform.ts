import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { InTurn } from '../../platform/in-turn.ts';
import type { RulesLibrary } from './rules.ts';

/** What the use cases of this feature need besides the house. */
export type LoyaltyPlatform = Platform & {
  readonly rules: RulesLibrary;
  readonly inTurn: InTurn;
  /** Whether cards of two accounts lie on one device: told by the wallet feature. Absent: nobody knows. */
  readonly shareDevice?: (tenant: Tenant, accountId: number, other: number) => Promise<boolean>;
};
