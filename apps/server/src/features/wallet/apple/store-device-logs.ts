import { insertDeviceLogs } from '../store/logs.ts';
import type { Wallet } from '../wallet.ts';
import { readDeviceLogs } from './device-log.ts';

/** Keeps what phones complain of, by company; a complaint that names no pass type of ours is only counted in the log. */
export async function storeDeviceLogs(wallet: Wallet, body: unknown): Promise<void> {
  const entries = readDeviceLogs(body);
  const byType = Map.groupBy(entries, ({ passType }) => passType);
  for (const [passType, ofType] of byType) {
    const companyId = passType === null ? null : await wallet.directory.find('pass_type', passType);
    const kinds = [...new Set(ofType.map(({ kind }) => kind))];
    wallet.log.warn({ companyId, kinds, entries: ofType.length }, 'phones complain of the wallet service');
    if (companyId === null) continue;
    await insertDeviceLogs(wallet.database.tenant(companyId), ofType, wallet.clock.now());
  }
}
