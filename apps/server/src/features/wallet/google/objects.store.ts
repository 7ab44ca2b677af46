import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { GoogleVertical } from '../model.ts';
import type { GoogleObject } from './model.ts';

type ObjectRow = {
  pass_id: bigint;
  object_id: string;
  class_id: string | null;
  vertical: GoogleVertical;
  wanted: bigint;
  settled: bigint;
  pushed_hash: Buffer | null;
  pushed_version: number;
  pushed_at: Temporal.Instant | null;
  spoken_hash: Buffer | null;
  problem: string | null;
  saves: number;
  removals: number;
  installed: boolean;
  holders_unsure: boolean;
  rotation_key_sealed: Buffer | null;
  rotation_step: bigint | null;
};

const columns = `o.pass_id, o.object_id, o.class_id, o.vertical, o.wanted, o.settled, o.pushed_hash, o.pushed_version,
  o.pushed_at, o.spoken_hash, o.problem, o.saves, o.removals, o.installed, o.holders_unsure, o.rotation_key_sealed,
  o.rotation_step`;

const toObject = (row: ObjectRow): GoogleObject => ({
  passId: Number(row.pass_id),
  objectId: row.object_id,
  classId: row.class_id,
  vertical: row.vertical,
  wanted: row.wanted,
  settled: row.settled,
  pushedHash: row.pushed_hash,
  pushedVersion: row.pushed_version,
  pushedAt: row.pushed_at,
  spokenHash: row.spoken_hash,
  problem: row.problem,
  saves: row.saves,
  removals: row.removals,
  installed: row.installed,
  holdersUnsure: row.holders_unsure,
  rotationKeySealed: row.rotation_key_sealed,
  rotationStep: row.rotation_step,
});

export async function selectObject(tenant: Tenant, passId: number): Promise<GoogleObject | null> {
  const rows = await tenant.query<ObjectRow>(
    `select ${columns} from google_objects o where o.company_id = $1 and o.pass_id = $2`,
    [tenant.companyId, passId],
  );
  return rows[0] ? toObject(rows[0]) : null;
}

export type NewObject = {
  readonly passId: number;
  readonly objectId: string;
  readonly vertical: GoogleVertical;
  readonly rotationKeySealed: Buffer | null;
};

/** Enters a card for Google; false when it stands there already. */
export async function insertObject(tenant: Tenant, object: NewObject, now: Temporal.Instant): Promise<boolean> {
  const rows = await tenant.query(
    `insert into google_objects (company_id, pass_id, object_id, vertical, rotation_key_sealed, wanted_since, created_at)
     values ($1, $2, $3, $4, $5, $6, $6) on conflict (company_id, pass_id) do nothing returning pass_id`,
    [tenant.companyId, object.passId, object.objectId, object.vertical, object.rotationKeySealed, now.toString()],
  );
  return rows.length > 0;
}

/** Keeps a card's first key: of two that make one at once the other's may be sent already. Answers the one that stays. */
export async function keepRotationKey(tenant: Tenant, passId: number, sealed: Buffer): Promise<Buffer> {
  const rows = await tenant.query<{ rotation_key_sealed: Buffer }>(
    `update google_objects set rotation_key_sealed = coalesce(rotation_key_sealed, $3)
     where company_id = $1 and pass_id = $2 returning rotation_key_sealed`,
    [tenant.companyId, passId, sealed],
  );
  return rows[0]?.rotation_key_sealed ?? sealed;
}

/** Says that Google has to hear of these cards. false: it has none of them, and need not. */
export async function markWanted(
  queryable: TenantTransaction,
  passIds: readonly number[],
  { urgent, now }: { urgent: boolean; now: Temporal.Instant },
): Promise<boolean> {
  const rows = await queryable.query(
    `update google_objects set wanted = wanted + 1, urgent = $3 or (urgent and settled < wanted),
       wanted_since = case when settled < wanted then wanted_since else $4 end
     where company_id = $1 and pass_id = any ($2) returning pass_id`,
    [queryable.companyId, passIds, urgent, now.toString()],
  );
  return rows.length > 0;
}

/** Cards that Google has to hear of: those of single changes first, then those that wait the longest. */
export async function selectDue(tenant: Tenant, limit: number): Promise<GoogleObject[]> {
  const rows = await tenant.query<ObjectRow>(
    {
      name: 'google-due',
      text: `select ${columns} from google_objects o where o.company_id = $1 and o.settled < o.wanted
             order by o.urgent desc, o.wanted_since, o.pass_id limit $2`,
    },
    [tenant.companyId, limit],
  );
  return rows.map(toObject);
}

export async function countObjects(
  tenant: Queryable,
  companyId: number,
): Promise<{ cards: number; installed: number; waiting: number; refused: number }> {
  const rows = await tenant.query<{ cards: number; installed: number; waiting: number; refused: number }>(
    `select count(*)::integer as cards, count(*) filter (where installed)::integer as installed,
       count(*) filter (where settled < wanted)::integer as waiting,
       count(*) filter (where problem is not null)::integer as refused
     from google_objects where company_id = $1`,
    [companyId],
  );
  return rows[0]!;
}

export type Settled = {
  readonly passId: number;
  /** What `wanted` was when the card was read: what has come since stays wanted. */
  readonly wanted: bigint;
  readonly classId: string | null;
  readonly vertical: GoogleVertical;
  readonly pushedHash: Buffer | null;
  readonly pushedVersion: number;
  readonly spokenHash: Buffer | null;
  readonly problem: string | null;
  /** null: Google has not said. */
  readonly hasUsers: boolean | null;
  readonly at: Temporal.Instant;
};

export async function settleObject(tenant: Tenant, done: Settled): Promise<void> {
  await tenant.query(
    `update google_objects set settled = greatest(settled, $3), class_id = $4, pushed_hash = $5, pushed_version = $6,
       spoken_hash = $7, problem = $8, pushed_at = $9, urgent = urgent and wanted > $3, vertical = $11,
       installed = case when holders_unsure and wanted = $3 then coalesce($10, installed) else installed end,
       holders_unsure = holders_unsure and ($10::boolean is null or wanted > $3)
     where company_id = $1 and pass_id = $2`,
    [
      tenant.companyId,
      done.passId,
      done.wanted,
      done.classId,
      done.pushedHash,
      done.pushedVersion,
      done.spokenHash,
      done.problem,
      done.at.toString(),
      done.hasUsers,
      done.vertical,
    ],
  );
}

/** Takes a period of a changing code, once it or a later one was not taken before; the same one may be shown again. */
export async function burnStep(tenant: Tenant, passId: number, step: bigint): Promise<boolean> {
  const rows = await tenant.query(
    `update google_objects set rotation_step = $3
     where company_id = $1 and pass_id = $2 and (rotation_step is null or rotation_step <= $3) returning pass_id`,
    [tenant.companyId, passId, step],
  );
  return rows.length > 0;
}

/** Counts a nonce of Google's; false when it was counted before. */
export async function insertCallback(
  transaction: TenantTransaction,
  nonceHash: Buffer,
  expiresAt: Temporal.Instant,
): Promise<boolean> {
  const rows = await transaction.query(
    `insert into google_callbacks (company_id, nonce_hash, expires_at) values ($1, $2, $3)
     on conflict do nothing returning 1`,
    [transaction.companyId, nonceHash, expiresAt.toString()],
  );
  return rows.length > 0;
}

export async function deleteOldCallbacks(tenant: Tenant, before: Temporal.Instant): Promise<void> {
  await tenant.query('delete from google_callbacks where company_id = $1 and expires_at < $2', [
    tenant.companyId,
    before.toString(),
  ]);
  await tenant.query('delete from google_notifications where company_id = $1 and at < $2', [
    tenant.companyId,
    before.subtract({ hours: 48 }).toString(),
  ]);
}

type CountedRow = { pass_id: bigint; design_id: number; account_id: bigint; holders_unsure: boolean };

/** Counts that a card was saved or removed. Its pass, or null when we do not know the object. */
export async function countEvent(
  transaction: TenantTransaction,
  objectId: string,
  event: 'save' | 'del',
  now: Temporal.Instant,
): Promise<{ passId: number; designId: number; accountId: number; unsure: boolean } | null> {
  const rows = await transaction.query<CountedRow>(
    `update google_objects o set saves = saves + ($3 = 'save')::integer, removals = removals + ($3 = 'del')::integer,
       installed = ($3 = 'save'), holders_unsure = holders_unsure or $3 = 'del' or removals > 0,
       saved_at = case when $3 = 'save' then $4::timestamptz else saved_at end,
       removed_at = case when $3 = 'del' then $4::timestamptz else removed_at end
     from passes p
     where o.company_id = $1 and o.object_id = $2 and p.company_id = $1 and p.pass_id = o.pass_id
     returning o.pass_id, o.holders_unsure, p.design_id, p.account_id`,
    [transaction.companyId, objectId, event, now.toString()],
  );
  const row = rows[0];
  if (!row) return null;
  const card = { passId: Number(row.pass_id), designId: row.design_id, accountId: Number(row.account_id) };
  return { ...card, unsure: row.holders_unsure };
}

/** Whether something has waited since before a moment: work that a dead process has left. */
export async function isAnythingDue(tenant: Tenant, before: Temporal.Instant): Promise<boolean> {
  const rows = await tenant.query(
    'select 1 from google_objects where company_id = $1 and settled < wanted and wanted_since < $2 limit 1',
    [tenant.companyId, before.toString()],
  );
  return rows.length > 0;
}

/** Forgets a card that Google has; null when it never had it. */
export async function deleteObject(
  transaction: TenantTransaction,
  passId: number,
): Promise<{ objectId: string; classId: string; vertical: GoogleVertical } | null> {
  const rows = await transaction.query<{ object_id: string; class_id: string | null; vertical: GoogleVertical }>(
    'delete from google_objects where company_id = $1 and pass_id = $2 returning object_id, class_id, vertical',
    [transaction.companyId, passId],
  );
  const row = rows[0];
  return row?.class_id ? { objectId: row.object_id, classId: row.class_id, vertical: row.vertical } : null;
}

/** Sends once more what Google has refused: somebody has mended something. */
export async function wantRefused(transaction: TenantTransaction, now: Temporal.Instant): Promise<void> {
  await transaction.query(
    `update google_objects set wanted = wanted + 1, wanted_since = $2, pushed_hash = null
     where company_id = $1 and problem is not null and settled = wanted`,
    [transaction.companyId, now.toString()],
  );
}
