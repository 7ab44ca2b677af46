import type { TenantTransaction } from '../../../platform/database/index.ts';

/** Writes what shall happen after this transaction, in this transaction. */
export async function writeOutbox(
  transaction: TenantTransaction,
  kind: string,
  payload: Readonly<Record<string, unknown>>,
  now: Temporal.Instant,
): Promise<void> {
  await transaction.query('insert into outbox (company_id, kind, payload, created_at) values ($1, $2, $3, $4)', [
    transaction.companyId,
    kind,
    JSON.stringify(payload),
    now.toString(),
  ]);
}
