import type { WalletName } from '@tessera/contract';
import type { Entry } from '@tessera/loyalty';
import type { Translate } from '../../../platform/texts.ts';

/** The number that a sentence about stamps counts with, by the kind of the entry. */
const COUNTED: Readonly<Record<string, string>> = {
  earn: 'earned',
  stamp_reward: 'milestone',
  withdraw_reward: 'stamps',
  expire: 'expired',
  settle_debt: 'settled',
  claw_back: 'clawedBack',
  give_back: 'givenBack',
  refill: 'amount',
  deduct: 'deducted',
};
const OF_DEPOSIT: ReadonlySet<string> = new Set(['spend', 'give_back', 'refill', 'deduct', 'expire', 'settle_debt']);

/** An entry of a side wallet told in one sentence: «Кофейная карта: 2 штампа за покупку». */
export function explainSideEntry(
  entry: Entry,
  wallet: WalletName,
  { t, currency }: { t: Translate; currency: string },
) {
  const { numbers, texts } = entry.explain;
  const params: Record<string, unknown> = { wallet: wallet.name, currency, reward: texts.name ?? '' };
  if (wallet.kind === 'deposit' && OF_DEPOSIT.has(entry.kind)) {
    for (const [name, amount] of Object.entries(numbers)) params[name] = String(amount < 0n ? -amount : amount);
    return t(`server:deposit_entry.${entry.kind}`, params);
  }
  const counted = COUNTED[entry.kind];
  if (wallet.kind !== 'stamps' || counted === undefined) return t('server:stamps_entry.other', params);
  const count = Number(numbers[counted] ?? 0n);
  // A milestone on the way has taken no stamps, so none come back with it.
  const kind = entry.kind === 'withdraw_reward' && count === 0 ? 'withdraw_milestone' : entry.kind;
  const closed = entry.kind === 'expire' && texts.why === 'closed' ? '_closed' : '';
  return t(`server:stamps_entry.${kind}${closed}`, { ...params, count });
}
