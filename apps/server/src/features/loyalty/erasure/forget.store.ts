import type { TenantTransaction } from '../../../platform/database/index.ts';
import type { ForgottenGuest } from '../../guests/index.ts';

/** The codes by which an account has invited others. */
export async function selectInvitationCodes(
  transaction: TenantTransaction,
  accountIds: readonly number[],
): Promise<string[]> {
  const rows = await transaction.query<{ code: string }>(
    'select code from referral_codes where company_id = $1 and account_id = any ($2::bigint[])',
    [transaction.companyId, accountIds],
  );
  return rows.map(({ code }) => code);
}

/**
 * Forgets what people wrote about a guest and what he sent or was given. Entries, checks, their goods and decided receipts
 * are accounting and stay, with an account that is nobody's.
 */
export async function deleteTraces(
  transaction: TenantTransaction,
  { accountIds }: ForgottenGuest,
  phoneHashes: readonly Buffer[],
): Promise<void> {
  const of = [transaction.companyId, accountIds];
  await transaction.query(
    `update operations set comment = '' where company_id = $1 and account_id = any ($2::bigint[]) and comment <> ''`,
    of,
  );
  await transaction.query(
    'update checks set details = null where company_id = $1 and account_id = any ($2::bigint[]) and details is not null',
    of,
  );
  await transaction.query(
    `delete from receipt_photos p using receipts r
     where p.company_id = $1 and r.company_id = $1 and r.receipt_id = p.receipt_id and r.account_id = any ($2::bigint[])`,
    of,
  );
  await transaction.query(
    `delete from receipts where company_id = $1 and account_id = any ($2::bigint[]) and state in ('uploaded', 'checking')`,
    of,
  );
  await transaction.query(
    'update receipts set note = null where company_id = $1 and account_id = any ($2::bigint[]) and note is not null',
    of,
  );
  await transaction.query(
    `update coupons set status = 'voided' where company_id = $1 and account_id = any ($2::bigint[]) and status = 'issued'`,
    of,
  );
  // A gift certificate is the bearer's.
  await transaction.query(
    `update certificates set account_id = null, note = '' where company_id = $1 and account_id = any ($2::bigint[])`,
    of,
  );
  await transaction.query(
    'update accounts set next_birthday_at = null where company_id = $1 and account_id = any ($2::bigint[])',
    of,
  );
  await transaction.query('delete from referral_codes where company_id = $1 and account_id = any ($2::bigint[])', of);
  await transaction.query('delete from guest_devices where company_id = $1 and account_id = any ($2::bigint[])', of);
  await transaction.query(
    `delete from referral_touches
     where company_id = $1 and (account_id = any ($2::bigint[]) or phone_hash = any ($3::bytea[]))`,
    [...of, phoneHashes],
  );
}

/** What will go of the accounts of a guest: coupons that he could still use, photographs of receipts. */
export async function countTraces(
  transaction: TenantTransaction,
  accountIds: readonly number[],
): Promise<{ coupons: number; photos: number }> {
  const rows = await transaction.query<{ coupons: number; photos: number }>(
    `select (select count(*)::integer from coupons
             where company_id = $1 and account_id = any ($2::bigint[]) and status = 'issued') as coupons,
       (select count(*)::integer from receipt_photos p join receipts r
          on r.company_id = p.company_id and r.receipt_id = p.receipt_id
        where p.company_id = $1 and r.account_id = any ($2::bigint[])) as photos`,
    [transaction.companyId, accountIds],
  );
  return rows[0]!;
}
