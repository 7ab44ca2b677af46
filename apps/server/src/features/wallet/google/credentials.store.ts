import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { GoogleClass, GoogleCredential } from './model.ts';

type CredentialRow = {
  issuer_id: string;
  account_email: string;
  project: string;
  key_id: string;
  account_sealed: Buffer;
  prefix: string;
  enabled: boolean;
  halted: string | null;
  failures: number;
  paused_until: Temporal.Instant | null;
  checked_at: Temporal.Instant | null;
  updated_at: Temporal.Instant;
};

const columns = `issuer_id, account_email, project, key_id, account_sealed, prefix, enabled, halted, failures, paused_until,
  checked_at, updated_at`;

/** A company's access to Google, or null while it has none. */
export async function selectGoogleCredential(tenant: Queryable, companyId: number): Promise<GoogleCredential | null> {
  const rows = await tenant.query<CredentialRow>(
    { name: 'google-credential', text: `select ${columns} from google_credentials where company_id = $1` },
    [companyId],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    issuerId: row.issuer_id,
    accountEmail: row.account_email,
    project: row.project,
    keyId: row.key_id,
    accountSealed: row.account_sealed,
    prefix: row.prefix,
    enabled: row.enabled,
    halted: row.halted,
    failures: row.failures,
    pausedUntil: row.paused_until,
    checkedAt: row.checked_at,
    updatedAt: row.updated_at,
  };
}

export type SavedCredential = Pick<
  GoogleCredential,
  'issuerId' | 'accountEmail' | 'project' | 'keyId' | 'accountSealed' | 'prefix' | 'enabled'
>;

/** Writes a new key. What was known of the old one's troubles is forgotten. */
export async function upsertGoogleCredential(
  transaction: TenantTransaction,
  saved: SavedCredential,
  now: Temporal.Instant,
): Promise<void> {
  await transaction.query(
    `insert into google_credentials (company_id, issuer_id, account_email, project, key_id, account_sealed, prefix, enabled,
       created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
     on conflict (company_id) do update set issuer_id = $2, account_email = $3, project = $4, key_id = $5,
       account_sealed = $6, enabled = $8, halted = null, failures = 0, paused_until = null, checked_at = null,
       updated_at = $9`,
    [
      transaction.companyId,
      saved.issuerId,
      saved.accountEmail,
      saved.project,
      saved.keyId,
      saved.accountSealed,
      saved.prefix,
      saved.enabled,
      now.toString(),
    ],
  );
}

export async function updateEnabled(tenant: Queryable, companyId: number, enabled: boolean): Promise<void> {
  await tenant.query('update google_credentials set enabled = $2 where company_id = $1', [companyId, enabled]);
}

export type GoogleHealth = {
  readonly halted: string | null;
  readonly failures: number;
  readonly pausedUntil: Temporal.Instant | null;
  readonly checkedAt?: Temporal.Instant;
};

/** Notes how Google takes us: why nothing goes, failures in a row, until when it is left alone. */
export async function updateHealth(tenant: Tenant, health: GoogleHealth): Promise<void> {
  await tenant.query(
    `update google_credentials
     set halted = $2, failures = $3, paused_until = $4, checked_at = coalesce($5::timestamptz, checked_at)
     where company_id = $1 and ((halted, failures, paused_until) is distinct from ($2, $3, $4::timestamptz)
       or $5::timestamptz is not null)`,
    [
      tenant.companyId,
      health.halted,
      health.failures,
      health.pausedUntil?.toString() ?? null,
      health.checkedAt?.toString() ?? null,
    ],
  );
}

/** Everything that Google has under another issuer is out of our reach. */
export async function forgetIssuer(transaction: TenantTransaction): Promise<string[]> {
  const { companyId } = transaction;
  await transaction.query('delete from google_classes where company_id = $1', [companyId]);
  const rows = await transaction.query<{ object_id: string }>(
    'delete from google_objects where company_id = $1 returning object_id',
    [companyId],
  );
  return rows.map((row) => row.object_id);
}

type ClassRow = {
  design_id: number;
  class_id: string;
  pushed_hash: Buffer | null;
  pushed_at: Temporal.Instant | null;
  review_status: string | null;
  problem: string | null;
};

const toClass = (row: ClassRow): GoogleClass => ({
  designId: row.design_id,
  classId: row.class_id,
  pushedHash: row.pushed_hash,
  pushedAt: row.pushed_at,
  reviewStatus: row.review_status,
  problem: row.problem,
});

export async function selectClass(tenant: Tenant, designId: number): Promise<GoogleClass | null> {
  const rows = await tenant.query<ClassRow>(
    `select design_id, class_id, pushed_hash, pushed_at, review_status, problem
     from google_classes where company_id = $1 and design_id = $2`,
    [tenant.companyId, designId],
  );
  return rows[0] ? toClass(rows[0]) : null;
}

export async function selectClasses(tenant: Tenant): Promise<(GoogleClass & { designName: string; cards: number })[]> {
  const rows = await tenant.query<ClassRow & { design_name: string; cards: number }>(
    `select c.design_id, c.class_id, c.pushed_hash, c.pushed_at, c.review_status, c.problem, d.name as design_name,
       (select count(*)::integer from google_objects o where o.company_id = $1 and o.class_id = c.class_id) as cards
     from google_classes c join designs d on d.company_id = $1 and d.design_id = c.design_id
     where c.company_id = $1 order by d.name limit 500`,
    [tenant.companyId],
  );
  return rows.map((row) => ({ ...toClass(row), designName: row.design_name, cards: row.cards }));
}

/** Notes what Google has of a class now, or what it did not like. */
export async function upsertClass(tenant: Tenant, row: GoogleClass & { revision: number }): Promise<void> {
  await tenant.query(
    `insert into google_classes (company_id, design_id, class_id, pushed_hash, pushed_at, review_status, problem, revision)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (company_id, design_id) do update
       set class_id = $3, pushed_hash = $4, pushed_at = $5, review_status = $6, problem = $7, revision = $8`,
    [
      tenant.companyId,
      row.designId,
      row.classId,
      row.pushedHash,
      row.pushedAt?.toString() ?? null,
      row.reviewStatus,
      row.problem,
      row.revision,
    ],
  );
}

/** Designs that Google has in an older revision than ours. */
export async function selectStaleDesigns(tenant: Tenant): Promise<number[]> {
  const rows = await tenant.query<{ design_id: number }>(
    `select c.design_id from google_classes c join designs d on d.company_id = $1 and d.design_id = c.design_id
     where c.company_id = $1 and c.revision <> d.revision order by c.design_id limit 500`,
    [tenant.companyId],
  );
  return rows.map((row) => row.design_id);
}
