import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { Design, DesignBody } from '../model.ts';
import { type DesignRow, designColumns, toDesign } from '../store/rows.ts';

/** A design as its editor sees it: `body` and `revision` are what cards show, `newest` what was saved last. */
export type SavedDesign = Design & {
  readonly newest: { readonly revision: number; readonly body: DesignBody; readonly at: Temporal.Instant };
  readonly pushedAt: Temporal.Instant | null;
};

type SavedRow = DesignRow & {
  saved_body: DesignBody | null;
  saved_revision: number | null;
  saved_at: Temporal.Instant | null;
  updated_at: Temporal.Instant;
  pushed_at: Temporal.Instant | null;
};

const savedColumns = `${designColumns}, d.saved_body, d.saved_revision, d.saved_at, d.updated_at, d.pushed_at`;

const toSaved = (row: SavedRow): SavedDesign => ({
  ...toDesign(row),
  newest: {
    revision: row.saved_revision ?? row.revision,
    body: row.saved_body ?? row.body,
    at: row.saved_at ?? row.updated_at,
  },
  pushedAt: row.pushed_at,
});

/** Null for a deleted one, too. */
export async function selectSavedDesign(
  queryable: Queryable,
  companyId: number,
  designId: number,
): Promise<SavedDesign | null> {
  const rows = await queryable.query<SavedRow>(
    `select ${savedColumns} from designs d where d.company_id = $1 and d.design_id = $2 and d.deleted_at is null`,
    [companyId, designId],
  );
  return rows[0] ? toSaved(rows[0]) : null;
}

export type DesignSaving = {
  readonly designId: number;
  readonly name: string;
  readonly credentialId: number | null;
  readonly body: DesignBody;
  /** The revision that the editor began from. */
  readonly revision: number;
};

/** Keeps a new revision beside what cards show; null: somebody else was faster. */
export async function updateSaved(
  transaction: TenantTransaction,
  { designId, name, credentialId, body, revision }: DesignSaving,
  now: Temporal.Instant,
): Promise<SavedDesign | null> {
  const rows = await transaction.query<SavedRow>(
    `update designs d set name = $3, credential_id = $4, saved_body = $5, saved_revision = $6 + 1, saved_at = $7
     where d.company_id = $1 and d.design_id = $2 and d.deleted_at is null
       and coalesce(d.saved_revision, d.revision) = $6
     returning ${savedColumns}`,
    [transaction.companyId, designId, name, credentialId, JSON.stringify(body), revision, now.toString()],
  );
  return rows[0] ? toSaved(rows[0]) : null;
}

/** Makes what was saved the one that cards show. Without `revision` whatever it is; null: it is another one. */
export async function publishSaved(
  transaction: TenantTransaction,
  { designId, revision }: { designId: number; revision: number | null },
  now: Temporal.Instant,
): Promise<SavedDesign | null> {
  const rows = await transaction.query<SavedRow>(
    `update designs d set body = coalesce(saved_body, body), revision = coalesce(saved_revision, revision),
       updated_at = coalesce(saved_at, updated_at), saved_body = null, saved_revision = null, saved_at = null, pushed_at = $4
     where d.company_id = $1 and d.design_id = $2 and d.deleted_at is null
       and ($3::integer is null or coalesce(d.saved_revision, d.revision) = $3)
     returning ${savedColumns}`,
    [transaction.companyId, designId, revision, now.toString()],
  );
  return rows[0] ? toSaved(rows[0]) : null;
}

export async function updateArchived(tenant: Tenant, designId: number, at: Temporal.Instant | null): Promise<boolean> {
  const rows = await tenant.query<{ design_id: number }>(
    `update designs set archived_at = case when $3::timestamptz is null then null else coalesce(archived_at, $3) end
     where company_id = $1 and design_id = $2 and deleted_at is null returning design_id`,
    [tenant.companyId, designId, at?.toString() ?? null],
  );
  return rows.length > 0;
}

/** Nobody sees it any more; cards that were issued keep its look until they are others'. */
export async function updateDeleted(
  transaction: TenantTransaction,
  designId: number,
  now: Temporal.Instant,
): Promise<void> {
  await transaction.query(
    `update designs set deleted_at = $3, archived_at = coalesce(archived_at, $3)
     where company_id = $1 and design_id = $2 and deleted_at is null`,
    [transaction.companyId, designId, now.toString()],
  );
}

/** Brings a deleted design back into the archive. */
export async function reviveDesign(transaction: TenantTransaction, designId: number): Promise<void> {
  await transaction.query('update designs set deleted_at = null where company_id = $1 and design_id = $2', [
    transaction.companyId,
    designId,
  ]);
}

/** Which of these designs are deleted. */
export async function selectDeletedDesigns(tenant: Tenant, designIds: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await tenant.query<{ design_id: number }>(
    'select design_id from designs where company_id = $1 and design_id = any ($2::integer[]) and deleted_at is not null',
    [tenant.companyId, designIds],
  );
  return new Set(rows.map((row) => row.design_id));
}

/** Cards that still are cards: tombstones do not count. */
export async function countCards(queryable: Queryable, companyId: number, designId: number): Promise<number> {
  const rows = await queryable.query<{ count: number }>(
    'select count(*)::integer as count from passes where company_id = $1 and design_id = $2 and deleted_at is null',
    [companyId, designId],
  );
  return rows[0]!.count;
}

export type Statistics = {
  readonly designId: number;
  readonly cards: number;
  readonly voided: number;
  readonly installed: number;
  readonly activeDevices: number;
  readonly pushedAt: Temporal.Instant | null;
};

/** Counts over all cards of a company; `since` tells which devices are active. */
export async function selectStatistics(tenant: Tenant, since: Temporal.Instant): Promise<Statistics[]> {
  const rows = await tenant.query<{
    design_id: number;
    cards: number;
    voided: number;
    installed: number;
    active_devices: number;
    pushed_at: Temporal.Instant | null;
  }>(
    `select d.design_id, d.pushed_at, count(p.pass_id)::integer as cards,
       count(p.pass_id) filter (where p.voided)::integer as voided,
       count(p.pass_id) filter (where r.serial is not null or g.installed)::integer as installed,
       coalesce(a.devices, 0)::integer as active_devices
     from designs d
     left join passes p on p.company_id = $1 and p.design_id = d.design_id and p.deleted_at is null
     left join (select distinct pass_type_identifier, serial from apple_registrations where company_id = $1) r
       on r.pass_type_identifier = p.pass_type_identifier and r.serial = p.serial
     left join google_objects g on g.company_id = $1 and g.pass_id = p.pass_id
     left join (
       select q.design_id, count(distinct v.device_id) as devices
       from apple_devices v
       join apple_registrations s on s.company_id = $1 and s.pass_type_identifier = v.pass_type_identifier
         and s.device_id = v.device_id
       join passes q on q.company_id = $1 and q.pass_type_identifier = s.pass_type_identifier and q.serial = s.serial
       where v.company_id = $1 and v.last_seen_at >= $2 group by q.design_id
     ) a on a.design_id = d.design_id
     where d.company_id = $1 and d.deleted_at is null
     group by d.design_id, d.pushed_at, a.devices order by d.design_id limit 500`,
    [tenant.companyId, since.toString()],
  );
  return rows.map((row) => ({
    designId: row.design_id,
    cards: row.cards,
    voided: row.voided,
    installed: row.installed,
    activeDevices: row.active_devices,
    pushedAt: row.pushed_at,
  }));
}

/** Pictures by their hashes; those that are not there are missing. */
export async function selectAssets(
  queryable: Queryable,
  companyId: number,
  hashes: readonly string[],
): Promise<Map<string, Buffer>> {
  const rows = await queryable.query<{ sha256: string; bytes: Buffer }>(
    `select encode(sha256, 'hex') as sha256, bytes from assets
     where company_id = $1 and sha256 = any (select decode(hash, 'hex') from unnest($2::text[]) as hash)`,
    [companyId, hashes],
  );
  return new Map(rows.map((row) => [row.sha256, row.bytes]));
}

export async function countAssets(tenant: Tenant): Promise<number> {
  const rows = await tenant.query<{ count: number }>(
    'select count(*)::integer as count from assets where company_id = $1',
    [tenant.companyId],
  );
  return rows[0]!.count;
}

/**
 * Keeps uploaded pictures at least until then, for something that will show them.
 * @returns whether all of them are there
 */
export async function keepAssets(tenant: Tenant, hashes: readonly string[], until: Temporal.Instant): Promise<boolean> {
  const rows = await tenant.query<{ count: number }>(
    `with kept as (
       update assets set needed_until = greatest(needed_until, $3)
       where company_id = $1 and sha256 = any (select decode(hash, 'hex') from unnest($2::text[]) as hash) returning sha256)
     select count(*)::integer as count from kept`,
    [tenant.companyId, hashes, until.toString()],
  );
  return rows[0]!.count === new Set(hashes).size;
}

/** Forgets pictures that no design shows or has saved and no campaign has sent, and that are older than `before`: uploads that came to nothing. */
export async function deleteUnusedAssets(tenant: Tenant, before: Temporal.Instant): Promise<void> {
  await tenant.query(
    `delete from assets a where a.company_id = $1 and coalesce(a.needed_until, a.created_at) < $2 and not exists (
       select from designs d, jsonb_each_text(coalesce(d.body->'images', '{}') ) as shown
       where d.company_id = $1 and shown.value = encode(a.sha256, 'hex')
     ) and not exists (
       select from designs d, jsonb_each_text(coalesce(d.saved_body->'images', '{}')) as saved
       where d.company_id = $1 and saved.value = encode(a.sha256, 'hex')
     ) and not exists (
       select from bulk_operations o, jsonb_each_text(coalesce(o.change->'banner', '{}')) as sent
       where o.company_id = $1 and o.kind = 'announce' and sent.value = encode(a.sha256, 'hex')
     )`,
    [tenant.companyId, before.toString()],
  );
}

/** Sets of cards that hand a design out. */
export async function selectSetsOfDesign(tenant: Tenant, designId: number): Promise<string[]> {
  const rows = await tenant.query<{ name: string }>(
    'select name from pass_bundles where company_id = $1 and $2 = any (design_ids) and archived_at is null order by name limit 20',
    [tenant.companyId, designId],
  );
  return rows.map((row) => row.name);
}
