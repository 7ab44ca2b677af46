import type { TenantTransaction } from '../../../platform/database/index.ts';
import type { ForgottenGuest } from '../../guests/index.ts';

/** The last digits of a phone that any way of writing it has. */
const TELLING_DIGITS = 10;

/** Forgets what a cashier typed to find a guest while the network was away. */
export async function forgetQueries(
  transaction: TenantTransaction,
  { accountIds, phones, others }: ForgottenGuest,
): Promise<void> {
  await transaction.query(
    `update queued_sales set query = ''
     where company_id = $1 and query <> '' and (account_id = any ($2::bigint[]) or query = any ($4::text[])
       or (length(regexp_replace(query, '\\D', '', 'g')) >= ${TELLING_DIGITS}
           and right(regexp_replace(query, '\\D', '', 'g'), ${TELLING_DIGITS}) = any ($3::text[])))`,
    [transaction.companyId, accountIds, phones.map((phone) => phone.slice(-TELLING_DIGITS)), others],
  );
}
