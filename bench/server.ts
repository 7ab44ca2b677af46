import { googleAt } from '../apps/server/src/adapters/google-wallet/index.ts';
import { relaysAt } from '../apps/server/src/adapters/wallet-relays/index.ts';
import { type App, compose } from '../apps/server/src/compose.ts';
import { systemRandom } from '../apps/server/src/platform/crypto/index.ts';
import { createLog } from '../apps/server/src/platform/log.ts';

export type ServerOptions = {
  readonly connectionString: string;
  readonly masterKey: string;
  readonly apns: { readonly url: string; readonly ca: string } | null;
  /** Whether it does jobs. */
  readonly work: boolean;
};

/** Listens where there is room; answers the port. */
export async function listen({ http }: App): Promise<number> {
  await http.listen({ port: 0, host: '127.0.0.1' });
  const address = http.server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric port.');
  return address.port;
}

/** Everything wired as `tessera start` wires it, with the given push service as Apple's. */
export function openServer({ connectionString, masterKey, apns, work }: ServerOptions): Promise<App> {
  const nowhere = 'http://127.0.0.1:9';
  return compose({
    publicUrl: 'http://localhost',
    connectionString,
    masterKey: Buffer.from(masterKey, 'hex'),
    outside: {
      apnsUrl: apns?.url ?? nowhere,
      ...(apns ? { apnsCa: apns.ca } : {}),
      google: googleAt(nowhere),
      relays: relaysAt(nowhere),
      smsRuUrl: nowhere,
    },
    log: createLog('error'),
    clock: { now: () => Temporal.Now.instant() },
    random: systemRandom,
    guestBuild: { version: 'bench' },
    work,
  });
}
