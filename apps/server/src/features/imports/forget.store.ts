import type { TenantTransaction } from '../../platform/database/index.ts';
import type { ForgottenGuest } from '../guests/index.ts';

/** The last digits of a phone that any way of writing it has. */
const TELLING_DIGITS = 10;

/** Forgets the lines of files that were kept back and name a guest by his phone, e-mail, card or other number. */
export async function forgetRejects(
  transaction: TenantTransaction,
  { phones, emails, others }: ForgottenGuest,
): Promise<void> {
  await transaction.query(
    `delete from import_rejects r
     where company_id = $1 and exists (
       select from json_array_elements_text(r.cells) as c(cell)
       where lower(trim(c.cell)) = any ($2::text[])
         or (length(regexp_replace(c.cell, '\\D', '', 'g')) >= ${TELLING_DIGITS}
             and right(regexp_replace(c.cell, '\\D', '', 'g'), ${TELLING_DIGITS}) = any ($3::text[])))`,
    [
      transaction.companyId,
      [...emails, ...others.map((other) => other.toLowerCase())],
      phones.map((phone) => phone.slice(-TELLING_DIGITS)),
    ],
  );
}
