import type { Rules } from '../rules.ts';
import type { DepositWallet, StampsWallet, Wallet } from './wallet-rules.ts';

/** The wallet of this id in the rules; one that was removed from them keeps its ledger and its terms. */
export function findWallet(rules: Rules, id: string): Wallet | undefined {
  return rules.wallets.find((wallet) => wallet.id === id);
}

export function stampsWalletsOf(rules: Rules): readonly StampsWallet[] {
  return rules.wallets.filter((wallet) => wallet.kind === 'stamps');
}

export function depositWalletsOf(rules: Rules): readonly DepositWallet[] {
  return rules.wallets.filter((wallet) => wallet.kind === 'deposit');
}

/**
 * The rules as one side wallet sees them. Stamps and money ripen at once and are taken soonest to expire first; what
 * has to be taken back and is no longer there is owed.
 */
export function rulesOfWallet(rules: Rules, id: string): Rules {
  const wallet = findWallet(rules, id);
  return {
    ...rules,
    scale: wallet?.kind === 'stamps' ? 0 : rules.moneyScale,
    expiry: wallet?.expiry ?? { kind: 'never' },
    activationDelay: { kind: 'none' },
    lotOrder: 'soonest_expiry',
    returnPolicy: { ...rules.returnPolicy, shortage: { kind: 'debt', ceiling: null }, burned: 'covers' },
  };
}
