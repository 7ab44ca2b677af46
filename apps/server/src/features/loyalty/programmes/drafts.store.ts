import type { Queryable, TenantTransaction } from '../../../platform/database/index.ts';
import type { Draft, RulesBody } from './model.ts';

/** The draft of a programme; with `lock` nobody else saves or publishes it until the transaction ends. */
export async function selectDraft(
  queryable: Queryable,
  companyId: number,
  programmeId: number,
  { lock = false }: { lock?: boolean } = {},
): Promise<Draft | null> {
  const rows = await queryable.query<{
    body: RulesBody;
    base_rules_id: number;
    version: number;
    author: string | null;
    updated_at: Temporal.Instant;
  }>(
    `select d.body, d.base_rules_id, d.version, d.updated_at,
       (select s.name from users s where s.company_id = d.company_id and s.user_id = d.user_id) as author
     from rules_drafts d where d.company_id = $1 and d.programme_id = $2${lock ? ' for update' : ''}`,
    [companyId, programmeId],
  );
  const row = rows[0];
  if (!row) return null;
  const { body, version, author } = row;
  return { programmeId, body, baseRulesId: row.base_rules_id, version, author, updatedAt: row.updated_at };
}

export type DraftWrite = {
  programmeId: number;
  body: RulesBody;
  baseRulesId: number;
  /** The version that was read; 0 where there was no draft. */
  version: number;
  userId: number | null;
  now: Temporal.Instant;
};

/**
 * Saves a draft over the version that was read. Versions are taken from one sequence of a programme's life, so that a
 * draft that was thrown away and begun anew is never taken for the old one.
 * @returns the new version; `null` when somebody else has saved meanwhile
 */
export async function writeDraft(queryable: Queryable, companyId: number, draft: DraftWrite): Promise<number | null> {
  const values = [
    companyId,
    draft.programmeId,
    JSON.stringify(draft.body),
    draft.userId,
    draft.now.toString(),
    draft.version === 0 ? draft.baseRulesId : draft.version,
  ];
  const rows =
    draft.version === 0
      ? await queryable.query<{ version: number }>(
          `with numbered as (
             update programmes set draft_versions = draft_versions + 1 where company_id = $1 and programme_id = $2
               and not exists (select from rules_drafts where company_id = $1 and programme_id = $2)
             returning draft_versions)
           insert into rules_drafts (company_id, programme_id, body, base_rules_id, version, user_id, updated_at)
           select $1, $2, $3::json, $6, draft_versions, $4, $5 from numbered
           on conflict do nothing returning version`,
          values,
        )
      : await queryable.query<{ version: number }>(
          `with numbered as (
             update programmes set draft_versions = draft_versions + 1 where company_id = $1 and programme_id = $2
               and exists (select from rules_drafts where company_id = $1 and programme_id = $2 and version = $6)
             returning draft_versions)
           update rules_drafts d set body = $3::json, version = draft_versions, user_id = $4, updated_at = $5
           from numbered where d.company_id = $1 and d.programme_id = $2 and d.version = $6 returning d.version`,
          values,
        );
  return rows[0]?.version ?? null;
}

export async function deleteDraft(
  queryable: Queryable | TenantTransaction,
  companyId: number,
  programmeId: number,
): Promise<void> {
  await queryable.query('delete from rules_drafts where company_id = $1 and programme_id = $2', [
    companyId,
    programmeId,
  ]);
}
