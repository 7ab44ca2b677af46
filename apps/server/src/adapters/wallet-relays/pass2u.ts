/** The relay of Pass2U Wallet on Android (Passes Alliance). Its key is given on application, for a pass type. */
import { type RelayResult, readRelayAnswer } from './answer.ts';
import { postJson } from './post-json.ts';
import type { RelayPush, RelaySettings } from './settings.ts';

export async function pushPass2u(settings: RelaySettings, push: RelayPush): Promise<RelayResult> {
  const { passTypeIdentifier, pushTokens, key } = push;
  if (key === null) return { status: 'key_refused' };
  const path = `/v2/registrations/${encodeURIComponent(passTypeIdentifier)}/push`;
  const answer = await postJson(`${settings.addresses.pass2u}${path}`, {
    headers: { 'x-api-key': key },
    body: { registrationIds: pushTokens },
    timeoutMilliseconds: settings.timeoutMilliseconds,
  });
  return readRelayAnswer(answer);
}
