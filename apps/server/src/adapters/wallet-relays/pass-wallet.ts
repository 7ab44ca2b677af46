/**
 * PassWallet on Android names its push service itself, with every registration. The address thus comes from whoever
 * registers: only services that we know are ever called.
 */
import { type RelayResult, readRelayAnswer } from './answer.ts';
import { postJson } from './post-json.ts';
import type { RelayPush, RelaySettings } from './settings.ts';

/** Its documented push service. It is documented with http only, and so both are taken. */
const HOSTS = ['push.passwallet.net'];

/**
 * The origin of a push service that PassWallet named, if it is one that we call; null otherwise: another host, a port, a
 * name or password, a path, what is no address at all.
 */
export function readPassWalletService(url: unknown): string | null {
  if (typeof url !== 'string' || url.length > 200 || !URL.canParse(url)) return null;
  const { protocol, hostname, port, username, password, pathname, search, hash, origin } = new URL(url);
  const plain = port === '' && username === '' && password === '' && search === '' && hash === '';
  if (!plain || !/^\/*$/.test(pathname) || !['http:', 'https:'].includes(protocol)) return null;
  return HOSTS.includes(hostname) ? origin : null;
}

export async function pushPassWallet(settings: RelaySettings, push: RelayPush): Promise<RelayResult> {
  const { passTypeIdentifier, pushTokens } = push;
  const service = readPassWalletService(push.serviceUrl);
  if (service === null) return { status: 'rejected', reason: 'UnknownService' };
  const answer = await postJson(`${settings.addresses.passWallet ?? service}/v1/pushUpdates`, {
    headers: {},
    body: { passTypeID: passTypeIdentifier, pushTokens },
    timeoutMilliseconds: settings.timeoutMilliseconds,
  });
  return readRelayAnswer(answer);
}
