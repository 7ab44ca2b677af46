import type { TenantTransaction } from '../../platform/database/index.ts';

export type SealedDelivery = { readonly deliveryId: string; readonly recipientSealed: Buffer };

/** Messages to phones that look like one, page by page: only the last digits stand unsealed. */
export async function selectSealed(
  transaction: TenantTransaction,
  { hints, after, limit }: { hints: readonly string[]; after: string; limit: number },
): Promise<SealedDelivery[]> {
  const rows = await transaction.query<{ delivery_id: string; recipient_sealed: Buffer }>(
    `select delivery_id, recipient_sealed from deliveries
     where company_id = $1 and recipient_hint = any ($2::text[]) and delivery_id > $3 order by delivery_id limit $4`,
    [transaction.companyId, hints, after, limit],
  );
  return rows.map((row) => ({ deliveryId: row.delivery_id, recipientSealed: row.recipient_sealed }));
}

export async function deleteDeliveries(transaction: TenantTransaction, deliveryIds: readonly string[]): Promise<void> {
  await transaction.query('delete from deliveries where company_id = $1 and delivery_id = any ($2::uuid[])', [
    transaction.companyId,
    deliveryIds,
  ]);
}
