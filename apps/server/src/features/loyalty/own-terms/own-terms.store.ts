import type { TenantTransaction } from '../../../platform/database/index.ts';

/** A changed profile stands on the cards of a guest's other programmes too. */
export async function tellOtherAccounts(
  transaction: TenantTransaction,
  { guestId, accountId, now }: { guestId: number; accountId: number; now: Temporal.Instant },
): Promise<true> {
  await transaction.query(
    `insert into outbox (company_id, kind, payload, created_at)
     select company_id, 'account_changed', jsonb_build_object('accountId', account_id), $4
     from accounts where company_id = $1 and guest_id = $2 and account_id <> $3`,
    [transaction.companyId, guestId, accountId, now.toString()],
  );
  return true;
}
