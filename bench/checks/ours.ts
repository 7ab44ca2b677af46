import { registerCheck } from '../../apps/server/src/features/loyalty/index.ts';
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
