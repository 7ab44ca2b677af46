import { type Result, refuse, succeed } from '@tessera/contract';
import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { giveIdentifier, removeIdentifier } from '../guests/index.ts';
import { type LoyaltyPlatform, viewAccount } from '../loyalty/index.ts';
import type { Card } from './model.ts';
import { selectCard, setBlocked } from './store.ts';

/**
 * Blocks a lost card, or takes that back. A blocked card leads to nobody; the account and the guest's other cards stay as
 * they are. Twice is once.
 * @returns card_unknown; card_taken when its number leads to somebody else by now
 */
export async function blockCard(
  platform: LoyaltyPlatform & Pick<Platform, 'clock'>,
  tenant: Tenant,
  { number, blocked }: { number: string; blocked: boolean },
): Promise<Result<Card>> {
  const { companyId } = tenant;
  const known = await selectCard(tenant, companyId, number);
  const account = known?.accountId ? await viewAccount(platform, tenant, known.accountId) : null;
  return tenant.transaction(async (transaction) => {
    const card = await setBlocked(transaction, number, blocked);
    if (!card) return refuse('card_unknown');
    if (!account) return succeed(card);
    if (blocked) {
      await removeIdentifier(transaction, companyId, { kind: 'card', value: number });
      return succeed(card);
    }
    const now = platform.clock.now();
    const own = await giveIdentifier(transaction, companyId, account.guestId, { kind: 'card', value: number, now });
    if (own) return succeed(card);
    await setBlocked(transaction, number, true);
    return refuse('card_taken');
  });
}
