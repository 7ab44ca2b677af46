import type { TenantTransaction } from '../../../platform/database/index.ts';
import type { ForgottenGuest } from '../../guests/index.ts';

/** Forgets what the two systems said of a guest, and by which numbers they know him. */
export async function forgetComparisons(
  transaction: TenantTransaction,
  { accountIds, phones, emails }: ForgottenGuest,
): Promise<void> {
  const { companyId } = transaction;
  await transaction.query(
    `delete from probonus_shadow_differences d
     where company_id = $1 and (account_id = any ($2::bigint[]) or exists (
       select from unnest($3::text[]) as n(text) where position(n.text in lower(concat_ws(' ', d.ours, d.theirs))) > 0))`,
    [companyId, accountIds, [...phones, ...emails]],
  );
  await transaction.query(
    `delete from probonus_shadow_ids where company_id = $1 and kind = 'account' and our_id = any ($2::bigint[])`,
    [companyId, accountIds],
  );
}
