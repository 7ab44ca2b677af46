import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';

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

export type PlainCode = { readonly codeHash: Buffer; readonly passId: number };

/** Codes whose hashes have no key yet, in the order of their hashes. */
export async function selectPlainCodes(
  tenant: Tenant,
  { after, bytes, limit }: { after: Buffer; bytes: number; limit: number },
): Promise<PlainCode[]> {
  const rows = await tenant.query<{ code_hash: Buffer; pass_id: bigint }>(
    `select code_hash, pass_id from card_codes
     where company_id = $1 and code_hash >= $2 and length(code_hash) = $3 order by code_hash, pass_id limit $4`,
    [tenant.companyId, after, bytes, limit],
  );
  return rows.map((row) => ({ codeHash: row.code_hash, passId: Number(row.pass_id) }));
}

/** Puts keyed hashes in the place of plain ones. Where a card has said the keyed one already, that one stands. */
export async function replacePlainCodes(
  tenant: Tenant,
  codes: readonly (PlainCode & { readonly keyed: Buffer })[],
): Promise<void> {
  await tenant.query(
    `with plain as (select * from unnest($2::bytea[], $3::bigint[], $4::bytea[]) as p (code_hash, pass_id, keyed)),
       gone as (
         delete from card_codes c using plain p
         where c.company_id = $1 and c.code_hash = p.code_hash and c.pass_id = p.pass_id
         returning p.keyed, c.pass_id, c.left_at)
     insert into card_codes (company_id, code_hash, pass_id, left_at)
     select $1, keyed, pass_id, left_at from gone on conflict (company_id, code_hash, pass_id) do nothing`,
    [
      tenant.companyId,
      codes.map(({ codeHash }) => codeHash),
      codes.map(({ passId }) => passId),
      codes.map(({ keyed }) => keyed),
    ],
  );
}
