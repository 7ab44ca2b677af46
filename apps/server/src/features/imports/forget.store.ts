import type { Tenant, TenantTransaction } from '../../platform/database/index.ts';
import type { ForgottenGuest } from '../guests/index.ts';

/** The last digits of a phone that any way of writing it has. */
const TELLING_DIGITS = 10;
/** What stands between the words of a cell. */
const BETWEEN_WORDS = '[\\s,.;:"«»()]+';

/** Of a line, its number and what is wrong with it stay: so one finds it in the file. */
const BLANK = `update import_rejects r set cells = '[]',
  problems = coalesce((
    select json_agg(json_build_object('column', p.problem -> 'column', 'code', p.problem -> 'code', 'value', '') order by p.place)
    from json_array_elements(r.problems) with ordinality as p(problem, place)), '[]')`;

/**
 * Blanks the lines of files that were kept back and name a guest: by his phone, e-mail, card or other number, or by first and
 * last name alone. A namesake's line goes with them: nothing in it tells whose it is, and it can be taken from the file again.
 */
export async function forgetRejects(
  transaction: TenantTransaction,
  { phones, emails, others, fullName }: ForgottenGuest,
): Promise<void> {
  await transaction.query(
    `${BLANK}
     where company_id = $1 and json_array_length(cells) > 0 and (exists (
       select from json_array_elements_text(r.cells) as c(cell)
       where lower(trim(c.cell)) = any ($2::text[])
         or (length(regexp_replace(c.cell, '\\D', '', 'g')) >= ${TELLING_DIGITS}
             and right(regexp_replace(c.cell, '\\D', '', 'g'), ${TELLING_DIGITS}) = any ($3::text[])))
       or (cardinality($4::text[]) > 0 and $4::text[] <@ array(
         select word from json_array_elements_text(r.cells) as c(cell),
           regexp_split_to_table(translate(lower(c.cell), 'ё', 'е'), '${BETWEEN_WORDS}') as w(word))))`,
    [
      transaction.companyId,
      [...emails, ...others.map((other) => other.toLowerCase())],
      phones.map((phone) => phone.slice(-TELLING_DIGITS)),
      fullName,
    ],
  );
}

/**
 * Ends imports that nobody has touched since `before`, so that their files go; what a run has brought stays.
 * @returns how many they were
 */
export async function cancelForgotten(
  tenant: Tenant,
  { before, now }: { before: Temporal.Instant; now: Temporal.Instant },
): Promise<number> {
  const rows = await tenant.query<{ count: number }>(
    `with ended as (
       update imports set status = 'cancelled', updated_at = $3
       where company_id = $1 and status not in ('done', 'cancelled', 'failed') and updated_at < $2 returning import_id),
     gone as (delete from import_parts where company_id = $1 and import_id in (select import_id from ended))
     select count(*)::integer as count from ended`,
    [tenant.companyId, before.toString(), now.toString()],
  );
  return rows[0]!.count;
}

/** Blanks the lines that were kept back by imports which ended before an instant. */
export async function blankOldRejects(tenant: Tenant, before: Temporal.Instant): Promise<void> {
  await tenant.query(
    `${BLANK} from imports i
     where r.company_id = $1 and json_array_length(r.cells) > 0 and i.company_id = $1 and i.import_id = r.import_id
       and i.status in ('done', 'cancelled', 'failed') and i.updated_at < $2`,
    [tenant.companyId, before.toString()],
  );
}
