import { randomBytes } from 'node:crypto';
import { googleAt } from '../src/adapters/google-wallet/index.ts';
import { relaysAt } from '../src/adapters/wallet-relays/index.ts';
import { compose } from '../src/compose.ts';
import { systemClock } from '../src/platform/clock.ts';
import { createLog } from '../src/platform/log.ts';

/** Nothing is sent while the routes are read. */
const NOWHERE = 'http://127.0.0.1:9';

/** What the whole server says about its API, as the text of docs/reference/openapi.json. */
export async function describeHttp(connectionString: string): Promise<string> {
  const app = await compose({
    publicUrl: 'https://cards.example',
    connectionString,
    masterKey: randomBytes(32),
    outside: { apnsUrl: NOWHERE, google: googleAt(NOWHERE), relays: relaysAt(NOWHERE), smsRuUrl: NOWHERE },
    log: createLog('silent'),
    clock: systemClock,
    random: randomBytes,
    guestBuild: { version: 'test' },
    work: false,
  });
  try {
    await app.http.ready();
    return `${JSON.stringify(app.http.swagger(), null, 2)}\n`;
  } finally {
    await app.close();
  }
}
