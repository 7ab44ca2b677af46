import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import { RULES_COLUMNS, type RulesRow, toRulesInForce } from '../accounts.store.ts';
import { PROGRAMMES_MAX, type Programme, type PublicationRow, type RulesBody } from './model.ts';

type ProgrammeRow = RulesRow & { programme_id: number; name: string; kind: number };
const COLUMNS = `p.programme_id, p.name, p.kind, ${RULES_COLUMNS}`;
const toProgramme = (row: ProgrammeRow): Programme => ({
  programmeId: row.programme_id,
  name: row.name,
  kind: row.kind,
  rules: toRulesInForce(row),
});

export type ListedProgramme = Programme & { accounts: number; draft: boolean; since: Temporal.Instant };

/**
 * The company's programmes, or one of them. `since` is when the version in force came into force; accounts are counted
 * by the index that keeps a guest from having two in one programme.
 */
export async function selectProgrammes(
  tenant: Tenant,
  { now, programmeId = null }: { now: Temporal.Instant; programmeId?: number | null },
): Promise<ListedProgramme[]> {
  const rows = await tenant.query<ProgrammeRow & { accounts: number; draft: boolean; since: Temporal.Instant }>(
    `select ${COLUMNS},
       (select count(*)::integer from accounts a
        where a.company_id = p.company_id and a.programme_id = p.programme_id) as accounts,
       exists (select from rules_drafts d
               where d.company_id = p.company_id and d.programme_id = p.programme_id) as draft,
       coalesce((select max(u.effective_at) from publications u
                 where u.company_id = p.company_id and u.programme_id = p.programme_id and u.withdrawn_at is null
                   and u.effective_at <= $2), p.created_at) as since
     from programmes p
     where p.company_id = $1 and ($3::integer is null or p.programme_id = $3)
     order by p.programme_id limit $4`,
    [tenant.companyId, now.toString(), programmeId, PROGRAMMES_MAX],
  );
  return rows.map((row) => ({ ...toProgramme(row), accounts: row.accounts, draft: row.draft, since: row.since }));
}

export async function selectProgramme(tenant: Tenant, programmeId: number): Promise<Programme | null> {
  const rows = await tenant.query<ProgrammeRow>(
    `select ${COLUMNS} from programmes p where p.company_id = $1 and p.programme_id = $2`,
    [tenant.companyId, programmeId],
  );
  return rows[0] ? toProgramme(rows[0]) : null;
}

/** The programme, kept from other publications until the transaction ends. Sales read on. */
export async function lockProgramme(
  transaction: TenantTransaction,
  companyId: number,
  programmeId: number,
): Promise<Programme | null> {
  const rows = await transaction.query<ProgrammeRow>(
    `select ${COLUMNS} from programmes p where p.company_id = $1 and p.programme_id = $2 for no key update`,
    [companyId, programmeId],
  );
  return rows[0] ? toProgramme(rows[0]) : null;
}

/** How many there are, and the one that was made with this key. */
export async function selectCreation(
  tenant: Tenant,
  key: string,
): Promise<{ count: number; made: { programmeId: number; name: string; kind: number } | null }> {
  const rows = await tenant.query<{ count: number; programme_id: number | null; name: string; kind: number }>(
    `select c.count, p.programme_id, p.name, p.kind
     from (select count(*)::integer as count from programmes where company_id = $1) c
     left join programmes p on p.company_id = $1 and p.creation_key = $2`,
    [tenant.companyId, key],
  );
  const row = rows[0]!;
  const made = row.programme_id === null ? null : { programmeId: row.programme_id, name: row.name, kind: row.kind };
  return { count: row.count, made };
}

export async function insertProgramme(
  transaction: TenantTransaction,
  companyId: number,
  programme: { name: string; kind: number; key: string },
  now: Temporal.Instant,
): Promise<number> {
  const rows = await transaction.query<{ programme_id: number }>(
    `insert into programmes (company_id, name, kind, creation_key, created_at)
     values ($1, $2, $3, $4, $5) returning programme_id`,
    [companyId, programme.name, programme.kind, programme.key, now.toString()],
  );
  return rows[0]!.programme_id;
}

/** Writes a version of the rules, which bears its own number. */
export async function insertVersion(
  transaction: TenantTransaction,
  companyId: number,
  { programmeId, body }: { programmeId: number; body: RulesBody },
  now: Temporal.Instant,
): Promise<number> {
  const [next] = await transaction.query<{ id: bigint }>(`select nextval('rules_rules_id_seq') as id`, []);
  const rulesId = Number(next!.id);
  await transaction.query(
    'insert into rules (company_id, rules_id, programme_id, body, created_at) values ($1, $2, $3, $4, $5)',
    [companyId, rulesId, programmeId, JSON.stringify({ ...body, id: String(rulesId) }), now.toString()],
  );
  return rulesId;
}

/** A version's settings as they were published, without its number; `null` when the programme has no such version. */
export async function selectBody(
  queryable: Queryable,
  companyId: number,
  { programmeId, rulesId }: { programmeId: number; rulesId: number },
): Promise<RulesBody | null> {
  const rows = await queryable.query<{ body: RulesBody }>(
    `select body - 'id' as body from rules where company_id = $1 and rules_id = $2 and programme_id = $3`,
    [companyId, rulesId, programmeId],
  );
  return rows[0]?.body ?? null;
}

/** Turns a programme to its versions: the one in force and the one that waits. */
export async function setVersions(
  transaction: TenantTransaction,
  companyId: number,
  programmeId: number,
  { rulesId, next }: Programme['rules'],
): Promise<void> {
  await transaction.query(
    `update programmes set rules_id = $3, next_rules_id = $4, next_rules_at = $5
     where company_id = $1 and programme_id = $2`,
    [companyId, programmeId, rulesId, next?.rulesId ?? null, next?.at.toString() ?? null],
  );
}

export type NewPublication = {
  programmeId: number;
  rulesId: number;
  previousRulesId: number | null;
  restoredRulesId: number | null;
  effectiveAt: Temporal.Instant;
  userId: number | null;
  key: string | null;
};

export async function insertPublication(
  transaction: TenantTransaction,
  companyId: number,
  publication: NewPublication,
  now: Temporal.Instant,
): Promise<void> {
  await transaction.query(
    `insert into publications (company_id, programme_id, rules_id, previous_rules_id, restored_rules_id, effective_at,
       user_id, creation_key, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      companyId,
      publication.programmeId,
      publication.rulesId,
      publication.previousRulesId,
      publication.restoredRulesId,
      publication.effectiveAt.toString(),
      publication.userId,
      publication.key,
      now.toString(),
    ],
  );
}

/** What was published with this key. */
export async function selectPublicationByKey(
  queryable: Queryable,
  companyId: number,
  key: string,
): Promise<{
  programmeId: number;
  rulesId: number;
  restoredRulesId: number | null;
  effectiveAt: Temporal.Instant;
} | null> {
  const rows = await queryable.query<{
    programme_id: number;
    rules_id: number;
    restored_rules_id: number | null;
    effective_at: Temporal.Instant;
  }>(
    `select programme_id, rules_id, restored_rules_id, effective_at from publications
     where company_id = $1 and creation_key = $2`,
    [companyId, key],
  );
  const row = rows[0];
  if (!row) return null;
  const { programme_id: programmeId, rules_id: rulesId, restored_rules_id: restoredRulesId } = row;
  return { programmeId, rulesId, restoredRulesId, effectiveAt: row.effective_at };
}

export async function withdrawPublication(
  transaction: TenantTransaction,
  companyId: number,
  rulesId: number,
  now: Temporal.Instant,
): Promise<void> {
  await transaction.query(
    `update publications set withdrawn_at = $3 where company_id = $1 and rules_id = $2 and withdrawn_at is null`,
    [companyId, rulesId, now.toString()],
  );
}

/** The history of a programme's rules, newest first. */
export async function selectPublications(
  tenant: Tenant,
  { programmeId, before, limit }: { programmeId: number; before: number | null; limit: number },
): Promise<PublicationRow[]> {
  const rows = await tenant.query<{
    publication_id: bigint;
    rules_id: number;
    previous_rules_id: number | null;
    restored_rules_id: number | null;
    effective_at: Temporal.Instant;
    author: string | null;
    withdrawn: boolean;
  }>(
    `select u.publication_id, u.rules_id, u.previous_rules_id, u.restored_rules_id, u.effective_at, s.name as author,
       u.withdrawn_at is not null as withdrawn
     from publications u left join users s on s.company_id = u.company_id and s.user_id = u.user_id
     where u.company_id = $1 and u.programme_id = $2 and ($3::bigint is null or u.publication_id < $3)
     order by u.publication_id desc limit $4`,
    [tenant.companyId, programmeId, before, limit],
  );
  return rows.map((row) => ({
    publicationId: Number(row.publication_id),
    rulesId: row.rules_id,
    previousRulesId: row.previous_rules_id,
    restoredRulesId: row.restored_rules_id,
    effectiveAt: row.effective_at,
    author: row.author,
    withdrawn: row.withdrawn,
  }));
}
