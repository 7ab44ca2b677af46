import type { TenantTransaction } from '../../../platform/database/index.ts';
import type { PassRecord } from '../model.ts';
import { searchTextsOf } from '../passes/model.ts';

/** Writes what a search finds these cards by among their own things, in place of what there was. */
export async function replaceTexts(transaction: TenantTransaction, passes: readonly PassRecord[]): Promise<void> {
  const texts = passes.flatMap((pass) => searchTextsOf(pass).map((text) => ({ ...text, passId: pass.passId })));
  await transaction.query('delete from pass_texts where company_id = $1 and pass_id = any ($2)', [
    transaction.companyId,
    passes.map(({ passId }) => passId),
  ]);
  if (texts.length === 0) return;
  await transaction.query(
    `insert into pass_texts (company_id, pass_id, name, text_key)
     select $1, t."passId", t.name, t.key from json_to_recordset($2::json) as t("passId" bigint, name text, key text)`,
    [transaction.companyId, JSON.stringify(texts)],
  );
}
