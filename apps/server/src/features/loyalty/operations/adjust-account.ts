import type { Result } from '@tessera/contract';
import { type AccountState, balanceOf, type Command, type IssueReason, walletIn } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { carryOut } from './carry-out.ts';
import { keyed } from './keyed.ts';

/** What may be done to an account by hand. Amounts are minor units. */
export type Adjustment =
  /** `lifetimeDays`: absent is the programme's term, null never expires. */
  | {
      kind: 'refill';
      amount: bigint;
      lifetimeDays?: number | null | undefined;
      wallet?: string | undefined;
      /** Under which heading the points are issued; by hand when absent. */
      reason?: RefillReason | undefined;
    }
  /** `allowDebt`: what the balance does not cover is owed; refused otherwise. */
  | { kind: 'deduct'; amount: bigint; allowDebt?: boolean | undefined; wallet?: string | undefined }
  | { kind: 'block' }
  | { kind: 'unblock' };

export type RefillReason = Extract<IssueReason, 'manual' | 'goodwill' | 'campaign'>;

export type AdjustmentCall = {
  readonly accountId: number;
  readonly source: string;
  /** The caller's key, unique for ever within the source; null counts every call anew. */
  readonly externalId: string | null;
  readonly comment?: string | undefined;
  readonly userId?: number | null | undefined;
};

/** What an adjustment was told. `expiries`: usable points by the instant at which they burn, `at` null for never. */
export type AdjustmentAnswer = {
  kind: Adjustment['kind'];
  accountId: number;
  amount: number;
  available: number;
  pending: number;
  held: number;
  debt: number;
  blocked: boolean;
  expiries: { amount: number; at: string | null }[];
};

/**
 * Gives or takes points by hand, in a lot of their own or from the lots in their order; blocks an account or frees it.
 * Once for one key.
 * @returns account_not_found, account_blocked, insufficient_points, amount_invalid, value_invalid (lifetimeDays),
 *   unknown_wallet; idempotency_mismatch, in_progress
 */
export async function adjustAccount(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  call: AdjustmentCall,
  adjustment: Adjustment,
): Promise<Result<AdjustmentAnswer>> {
  const { accountId } = call;
  const operation = { ...call, kind: adjustment.kind, facts: factsOf(adjustment) };
  return keyed<AdjustmentAnswer>(platform, tenant, operation, (bind) =>
    carryOut<Command, AdjustmentAnswer>(
      { platform, tenant, accountId },
      adjustment,
      ({ state }) => answerOf(accountId, adjustment, state),
      bind,
    ),
  );
}

function factsOf(adjustment: Adjustment): (string | number | bigint | boolean | null)[] {
  switch (adjustment.kind) {
    case 'refill': {
      const { amount, lifetimeDays, wallet } = adjustment;
      return [amount, lifetimeDays === undefined ? 'programme' : lifetimeDays, wallet ?? null];
    }
    case 'deduct':
      return [adjustment.amount, adjustment.allowDebt === true, adjustment.wallet ?? null];
    default:
      return [];
  }
}

function answerOf(accountId: number, adjustment: Adjustment, state: AccountState): AdjustmentAnswer {
  const wallet = 'wallet' in adjustment ? (adjustment.wallet ?? null) : null;
  const { available, pending, held, debt, lotsByExpiry } = balanceOf(walletIn(state, wallet));
  return {
    kind: adjustment.kind,
    accountId,
    amount: 'amount' in adjustment ? Number(adjustment.amount) : 0,
    available: Number(available),
    pending: Number(pending),
    held: Number(held),
    debt: Number(debt),
    blocked: state.blocked,
    expiries: lotsByExpiry.map(({ amount, expiresAt }) => ({
      amount: Number(amount),
      at: expiresAt?.toString() ?? null,
    })),
  };
}
