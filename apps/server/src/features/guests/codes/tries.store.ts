import type { TenantTransaction } from '../../../platform/database/index.ts';
import type { Tries } from './model.ts';

/** Wrong tries of several subjects. */
export async function selectTries(
  transaction: TenantTransaction,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, Tries>> {
  const rows = await transaction.query<{
    subject: string;
    wrong: number;
    since: Temporal.Instant;
    not_before: Temporal.Instant;
  }>('select subject, wrong, since, not_before from code_tries where company_id = $1 and subject = any($2::text[])', [
    transaction.companyId,
    subjects,
  ]);
  return new Map(
    rows.map(({ subject, wrong, since, not_before: notBefore }) => [subject, { wrong, since, notBefore }]),
  );
}

export async function upsertTries(transaction: TenantTransaction, subject: string, tries: Tries): Promise<void> {
  await transaction.query(
    `insert into code_tries (company_id, subject, wrong, since, not_before) values ($1, $2, $3, $4, $5)
     on conflict (company_id, subject) do update set wrong = $3, since = $4, not_before = $5`,
    [transaction.companyId, subject, tries.wrong, tries.since.toString(), tries.notBefore.toString()],
  );
}

/** No window of counting is longer than a day. */
export async function deleteOldTries(transaction: TenantTransaction, before: Temporal.Instant): Promise<void> {
  await transaction.query('delete from code_tries where company_id = $1 and since < $2', [
    transaction.companyId,
    before.toString(),
  ]);
}
