/**
 * The relay of WalletPasses ("Wallet Passes | Passbook Wallet" on Android). A key is optional: without one the relay
 * takes less. It answers 200 also where no phone hears anything.
 */
import { type RelayResult, readRelayAnswer } from './answer.ts';
import { postJson } from './post-json.ts';
import type { RelayPush, RelaySettings } from './settings.ts';

export async function pushWalletPasses(settings: RelaySettings, push: RelayPush): Promise<RelayResult> {
  const { passTypeIdentifier, pushTokens, key } = push;
  const answer = await postJson(`${settings.addresses.walletPasses}/api/v1/push`, {
    headers: key === null ? {} : { authorization: key },
    body: { passTypeIdentifier, pushTokens },
    timeoutMilliseconds: settings.timeoutMilliseconds,
  });
  return readRelayAnswer(answer);
}
