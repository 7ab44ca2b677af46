import { type FakeGoogleWallet, startFakeGoogleWallet } from '@tessera/testkit/google-wallet';
import { saveGoogleCredential } from '../src/features/wallet/google/save-credential.ts';
import { saveLink } from '../src/features/wallet/index.ts';
import type { PassRecord } from '../src/features/wallet/model.ts';
import { createWalletHouse, type WalletHouse } from './wallet-house.ts';

export const ISSUER = '3388000000022812345';

/** The wallet with a double of Google beside it. */
export type GoogleHouse = WalletHouse & {
  google: FakeGoogleWallet;
  /** A new service account that is invited to the issuer, set up as the company's own. */
  connect(): Promise<{ email: string; file: string }>;
  link(...passes: PassRecord[]): Promise<string>;
  /** A card in somebody's Google Wallet. */
  savedCard(user?: string): Promise<{ pass: PassRecord; objectId: string }>;
  /** Google's word on a card; answered as over HTTP. */
  callBack(objectId: string, eventType: 'save' | 'del', nonce?: string): Promise<{ statusCode: number }>;
};

export async function createGoogleHouse(): Promise<GoogleHouse> {
  const clock = () => house.clock.now();
  // How many come in a second is a matter of the pace, which has tests of its own; here a busy machine would decide it.
  const google = await startFakeGoogleWallet({
    clock,
    fetchPictures: false,
    requestsPerSecond: Number.POSITIVE_INFINITY,
  });
  const house = await createWalletHouse(undefined, google.url);
  let nonces = 0;
  const callBack: GoogleHouse['callBack'] = async (objectId, eventType, nonce = `n${nonces++}`) => {
    const expTimeMillis = house.clock.now().epochMilliseconds + 60_000;
    const body = google.signCallback({ classId: `${ISSUER}.x`, objectId, eventType, expTimeMillis, nonce });
    return house.http.inject({ method: 'POST', url: '/google/callback', payload: body });
  };
  const link: GoogleHouse['link'] = async (...passes) => {
    const made = await saveLink(house.wallet, house.tenant, passes);
    if (!made.ok) throw new Error(made.refusal.code);
    return made.value.url;
  };
  return {
    ...house,
    google,
    link,
    callBack,
    async connect() {
      const account = google.newServiceAccount({ invitedTo: [ISSUER], project: 'chaika' });
      const input = { issuerId: ISSUER, serviceAccount: account.file, country: 'KZ' };
      const saved = await saveGoogleCredential(house.wallet, house.tenant, input);
      if (!saved.ok) throw new Error(saved.refusal.code);
      await house.settle();
      google.control.forgetCalls();
      return account;
    },
    async savedCard(user = 'anna') {
      const pass = await house.newPass();
      const opened = await google.openOnPhone(await link(pass), user);
      if (!opened.ok) throw new Error(opened.why);
      const objectId = opened.objectIds[0]!;
      await callBack(objectId, 'save');
      return { pass, objectId };
    },
    async close() {
      await house.close();
      await google.stop();
    },
  };
}
