import type { TenantTransaction } from '../../../platform/database/index.ts';

/** Says that a PIN waits to be sent. */
export async function queuePin(
  transaction: TenantTransaction,
  { codeId, now }: { codeId: string; now: Temporal.Instant },
): Promise<void> {
  await transaction.query(
    `insert into outbox (company_id, kind, payload, created_at)
     values ($1, 'send_till_pin', jsonb_build_object('codeId', $2::text), $3)`,
    [transaction.companyId, codeId, now.toString()],
  );
}
