import type { Tenant, TenantTransaction } from '../../platform/database/index.ts';
import type { DeliveryStatus, PhoneChannel } from './model.ts';

export type SealedDelivery = {
  readonly deliveryId: string;
  readonly channel: PhoneChannel;
  readonly purpose: string;
  readonly status: DeliveryStatus;
  readonly createdAt: Temporal.Instant;
  readonly recipientSealed: Buffer;
  readonly bodySealed: Buffer;
};

/** Messages to phones that look like one, page by page: only the last digits stand unsealed. */
export async function selectSealed(
  queryable: Tenant | TenantTransaction,
  { hints, after, limit }: { hints: readonly string[]; after: string; limit: number },
): Promise<SealedDelivery[]> {
  return queryable.query<SealedDelivery>(
    `select delivery_id as "deliveryId", channel, purpose, status, created_at as "createdAt",
       recipient_sealed as "recipientSealed", body_sealed as "bodySealed"
     from deliveries
     where company_id = $1 and recipient_hint = any ($2::text[]) and delivery_id > $3 order by delivery_id limit $4`,
    [queryable.companyId, hints, after, limit],
  );
}

export async function deleteDeliveries(transaction: TenantTransaction, deliveryIds: readonly string[]): Promise<void> {
  await transaction.query('delete from deliveries where company_id = $1 and delivery_id = any ($2::uuid[])', [
    transaction.companyId,
    deliveryIds,
  ]);
}
