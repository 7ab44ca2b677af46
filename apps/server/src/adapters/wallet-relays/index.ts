/** Push services of readers of pkpass files on Android: each tells the phones of its own program to ask for news. */
import type { RelayResult } from './answer.ts';
import { pushPassWallet } from './pass-wallet.ts';
import { pushPass2u } from './pass2u.ts';
import type { RelayAddresses, RelayPush } from './settings.ts';
import { pushWalletPasses } from './wallet-passes.ts';

export type { RelayResult } from './answer.ts';
export { readPassWalletService } from './pass-wallet.ts';
export type { RelayAddresses, RelayPush } from './settings.ts';

export const relayKinds = ['walletpasses', 'pass2u', 'passwallet'] as const;
export type RelayKind = (typeof relayKinds)[number];

/** Pass2U takes no more in one request; the others name no limit. */
export const RELAY_TOKENS_MAX = 1_000;

export const RELAYS: RelayAddresses = {
  walletPasses: 'https://walletpasses.appspot.com',
  pass2u: 'https://api.passesalliance.com',
  passWallet: null,
};

/** All relays at one address, for tests: the fake tells them apart by their paths. */
export const relaysAt = (url: string): RelayAddresses => ({ walletPasses: url, pass2u: url, passWallet: url });

export type WalletRelays = {
  /** Tells the phones of these tokens that a pass type has news; never throws for what the network or a relay does. */
  push(kind: RelayKind, push: RelayPush): Promise<RelayResult>;
};

const TIMEOUT_MILLISECONDS = 15_000;

export function createWalletRelays({
  addresses,
  timeoutMilliseconds = TIMEOUT_MILLISECONDS,
}: {
  readonly addresses: RelayAddresses;
  readonly timeoutMilliseconds?: number;
}): WalletRelays {
  const settings = { addresses, timeoutMilliseconds };
  const send = { walletpasses: pushWalletPasses, pass2u: pushPass2u, passwallet: pushPassWallet };
  return {
    async push(kind, push) {
      if (push.pushTokens.length > RELAY_TOKENS_MAX) return { status: 'rejected', reason: 'TooManyTokens' };
      return send[kind](settings, push);
    },
  };
}
