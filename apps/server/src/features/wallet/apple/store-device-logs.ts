import { addReports } from '../store/reports.ts';
import type { Wallet } from '../wallet.ts';
import { readDeviceLogs } from './device-log.ts';

/** Counts what phones complain of, by company and day; a complaint that names no pass type of ours only stands in the log. */
export async function storeDeviceLogs(wallet: Wallet, body: unknown): Promise<void> {
  const entries = readDeviceLogs(body);
  for (const [passType, ofType] of Map.groupBy(entries, (entry) => entry.passType)) {
    const companyId = passType === null ? null : await wallet.directory.find('pass_type', passType);
    const kinds = [...new Set(ofType.map(({ kind }) => kind))];
    wallet.log.warn({ companyId, kinds, entries: ofType.length }, 'phones complain of the wallet service');
    if (passType === null || companyId === null) continue;
    await addReports(wallet.database.tenant(companyId), passType, ofType, wallet.clock.now());
  }
}
