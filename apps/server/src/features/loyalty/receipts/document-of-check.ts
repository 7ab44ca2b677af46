import { parseFiscalQr } from '@tessera/loyalty';
import type { CompanionWrite } from '../companions.ts';
import { insertCheckDocument } from './facts.store.ts';

/** Keeps which fiscal document a check is, when its till tells. A code that does not read is no reason to refuse a sale. */
export function documentOf(
  { fiscalQr }: { fiscalQr?: string | undefined },
  checkId: number,
  now: Temporal.Instant,
): readonly CompanionWrite[] {
  const parsed = fiscalQr === undefined ? null : parseFiscalQr(fiscalQr);
  if (!parsed?.ok) return [];
  const { receipt } = parsed;
  return [
    async (transaction) => {
      await insertCheckDocument(transaction, transaction.companyId, receipt, checkId, now);
      return true;
    },
  ];
}
