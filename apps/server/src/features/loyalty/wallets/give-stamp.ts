import { type CardReward, type Result, refuse } from '@tessera/contract';
import {
  balanceOf,
  businessDayOf,
  findWallet,
  type Refill,
  type Rules,
  type StampsWallet,
  startOfDay,
  walletIn,
} from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { selectAccount } from '../accounts.store.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { carryOut } from '../operations/carry-out.ts';
import { keyed } from '../operations/keyed.ts';
import { describeRewards } from './describe-wallets.ts';
import { countStampsGiven } from './stamps.store.ts';

export type StampCall = {
  readonly accountId: number;
  readonly wallet: string;
  readonly source: string;
  /** The caller's key, unique for ever within the source. */
  readonly externalId: string;
  readonly userId?: number | null | undefined;
};

export type StampAnswer = {
  accountId: number;
  wallet: string;
  name: string;
  slots: number;
  stamps: number;
  rewards: CardReward[];
};

/** Without a limit of its own a card takes no more stamps a day by hand than this. */
const STAMPS_A_DAY = 10;

/** Cards that give a stamp for any visit: there a stamp needs no sum. */
export const stampableOf = ({ wallets }: Rules): StampsWallet[] =>
  wallets.filter(
    (wallet): wallet is StampsWallet =>
      wallet.kind === 'stamps' && wallet.earn.per === 'visit' && wallet.earn.minCheck === 0n,
  );

/**
 * One stamp by hand, with whatever reward it brings, once for its key. On a card that stamps visits of any sum, and no more
 * a day than the card allows.
 * @returns account_not_found, account_blocked, unknown_wallet, stamp_needs_sale, stamp_limit; idempotency_mismatch, in_progress
 */
export async function giveStamp(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  call: StampCall,
): Promise<Result<StampAnswer>> {
  const { accountId, wallet: id, source } = call;
  return keyed<StampAnswer>(platform, tenant, { ...call, kind: 'stamp', facts: [id] }, async (bind) => {
    const account = await selectAccount(tenant, accountId);
    if (!account) return refuse('account_not_found');
    if (account.state.blocked) return refuse('account_blocked');
    const now = platform.clock.now();
    const rules = await platform.rules.of(tenant, account.rules, now);
    if (findWallet(rules, id)?.kind !== 'stamps') return refuse('unknown_wallet', { wallet: id });
    const card = stampableOf(rules).find((one) => one.id === id);
    if (!card) return refuse('stamp_needs_sale');
    const sinceMs = startOfDay(businessDayOf(now.epochMilliseconds, rules), rules);
    const since = Temporal.Instant.fromEpochMilliseconds(sinceMs);
    const given = await countStampsGiven(tenant, { accountId, source, wallet: id, since });
    if (given >= Math.min(card.perDay ?? STAMPS_A_DAY, STAMPS_A_DAY)) return refuse('stamp_limit');
    const command: Refill = { kind: 'refill', wallet: id, amount: 1n };
    return carryOut<Refill, StampAnswer>(
      { platform, tenant, accountId },
      command,
      ({ state, outcome }) => ({
        accountId,
        wallet: id,
        name: card.name,
        slots: card.slots,
        stamps: Number(balanceOf(walletIn(state, id)).available),
        rewards: describeRewards(outcome.rewards ?? []),
      }),
      bind,
    );
  });
}
