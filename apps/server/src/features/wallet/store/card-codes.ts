import type { Queryable, TenantTransaction } from '../../../platform/database/index.ts';

/** What a card shows a scanner now. */
export type CodesOfCard = { readonly passId: number; readonly codes: readonly Buffer[] };

/** Notes what these cards show now; what they showed before leads to them a while longer. */
export async function noteCodes(
  transaction: TenantTransaction,
  cards: readonly CodesOfCard[],
  now: Temporal.Instant,
): Promise<void> {
  if (cards.length === 0) return;
  const shown = cards.flatMap(({ passId, codes }) => codes.map((code) => ({ passId, code })));
  await transaction.query(
    `with shown as (select * from unnest($2::bigint[], $3::bytea[]) as s (pass_id, code_hash)),
       noted as (
         insert into card_codes (company_id, code_hash, pass_id) select $1, code_hash, pass_id from shown
         on conflict (company_id, code_hash, pass_id) do update set left_at = null
           where card_codes.left_at is not null)
     update card_codes c set left_at = $5
     where c.company_id = $1 and c.pass_id = any ($4) and c.left_at is null
       and not exists (select from shown s where s.pass_id = c.pass_id and s.code_hash = c.code_hash)`,
    [
      transaction.companyId,
      shown.map(({ passId }) => passId),
      shown.map(({ code }) => code),
      cards.map(({ passId }) => passId),
      now.toString(),
    ],
  );
}

/** Forgets what these cards ever showed. */
export async function forgetCodes(transaction: TenantTransaction, passIds: readonly number[]): Promise<void> {
  if (passIds.length === 0) return;
  await transaction.query('delete from card_codes where company_id = $1 and pass_id = any ($2)', [
    transaction.companyId,
    passIds,
  ]);
}

/** Forgets what cards have not shown since an instant. */
export async function deleteOldCodes(queryable: Queryable, companyId: number, before: Temporal.Instant): Promise<void> {
  await queryable.query('delete from card_codes where company_id = $1 and left_at < $2', [
    companyId,
    before.toString(),
  ]);
}
