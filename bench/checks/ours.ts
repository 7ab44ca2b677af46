import { googleAt } from '../../apps/server/src/adapters/google-wallet/index.ts';
import { relaysAt } from '../../apps/server/src/adapters/wallet-relays/index.ts';
import { compose } from '../../apps/server/src/compose.ts';
import { registerCheck } from '../../apps/server/src/features/loyalty/index.ts';
import { systemRandom } from '../../apps/server/src/platform/crypto/index.ts';
import { createLog } from '../../apps/server/src/platform/log.ts';
import type { BenchSale } from './sales.ts';
import { type Ground, openHouse } from './set-up.ts';

/** The use case in this process; the outbox is written and left for others to drain. */
export function openTill({
  connectionString,
  connections,
  ours,
}: Pick<Ground, 'connectionString' | 'connections' | 'ours'>): {
  sell(sale: BenchSale): Promise<void>;
  close(): Promise<void>;
} {
  const house = openHouse(connectionString, connections);
  const tenant = house.database.tenant(ours.companyId);
  const sell = async (sale: BenchSale) => {
    const sold = await registerCheck(house, tenant, {
      mode: 'reported',
      accountId: sale.accountId,
      source: 'probonus',
      externalId: sale.externalId,
      money: BigInt(sale.money - sale.spend),
      spend: BigInt(sale.spend),
      number: sale.number,
      venueCode: 1,
      stationCode: 1,
      details: sale.details,
    });
    if (!sold.ok) throw new Error(sold.refusal.code);
  };
  return { sell, close: () => house.close() };
}

/** The whole server as `tessera start` wires it, with or without jobs of its own; answers the port. */
export async function serveOurs({ connectionString, masterKey }: Ground, work: boolean): Promise<number> {
  const nowhere = 'http://127.0.0.1:9';
  const app = await compose({
    publicUrl: 'http://localhost',
    connectionString,
    masterKey: Buffer.from(masterKey, 'hex'),
    outside: { apnsUrl: nowhere, google: googleAt(nowhere), relays: relaysAt(nowhere), smsRuUrl: nowhere },
    log: createLog('warn'),
    clock: { now: () => Temporal.Now.instant() },
    random: systemRandom,
    guestBuild: { version: 'bench' },
    work,
  });
  await app.http.listen({ port: 0, host: '127.0.0.1' });
  const address = app.http.server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric port.');
  return address.port;
}
