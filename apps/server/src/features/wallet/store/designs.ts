import type { Queryable, TenantTransaction } from '../../../platform/database/index.ts';
import type { Design, DesignBody } from '../model.ts';
import { type DesignRow, designColumns, toDesign } from './rows.ts';

export async function selectDesign(queryable: Queryable, companyId: number, designId: number): Promise<Design | null> {
  const rows = await queryable.query<DesignRow>(
    `select ${designColumns} from designs d where d.company_id = $1 and d.design_id = $2`,
    [companyId, designId],
  );
  return rows[0] ? toDesign(rows[0]) : null;
}

export type ListedDesign = Design & {
  readonly credentialName: string | null;
  readonly passes: number;
  /** The newest that was saved, pushed or not. */
  readonly savedRevision: number;
};

/** A company has a handful of designs. */
export async function selectDesigns(
  queryable: Queryable,
  companyId: number,
  { archived }: { archived: boolean } = { archived: false },
): Promise<ListedDesign[]> {
  const rows = await queryable.query<DesignRow & { credential_name: string | null; passes: number; newest: number }>(
    `select ${designColumns}, c.name as credential_name, coalesce(d.saved_revision, d.revision) as newest,
       (select count(*)::integer from passes p where p.company_id = $1 and p.design_id = d.design_id
          and p.deleted_at is null) as passes
     from designs d left join credentials c on c.company_id = $1 and c.credential_id = d.credential_id
     where d.company_id = $1 and d.deleted_at is null and ($2 or d.archived_at is null) order by d.name limit 500`,
    [companyId, archived],
  );
  return rows.map((row) => ({
    ...toDesign(row),
    credentialName: row.credential_name,
    passes: row.passes,
    savedRevision: row.newest,
  }));
}

export type NewDesign = { name: string; programmeId: number; credentialId: number | null; body: DesignBody };

export async function insertDesign(
  transaction: TenantTransaction,
  design: NewDesign,
  now: Temporal.Instant,
): Promise<Design> {
  const rows = await transaction.query<DesignRow>(
    `insert into designs as d (company_id, name, programme_id, credential_id, body, updated_at)
     values ($1, $2, $3, $4, $5, $6) returning ${designColumns}`,
    [
      transaction.companyId,
      design.name,
      design.programmeId,
      design.credentialId,
      JSON.stringify(design.body),
      now.toString(),
    ],
  );
  return toDesign(rows[0]!);
}

export async function insertRevision(
  transaction: TenantTransaction,
  designId: number,
  change: { name: string; body: DesignBody; now: Temporal.Instant },
): Promise<Design> {
  const rows = await transaction.query<DesignRow>(
    `update designs d set name = $3, body = $4, updated_at = $5, pushed_at = $5,
       revision = coalesce(saved_revision, revision) + 1, saved_body = null, saved_revision = null, saved_at = null
     where d.company_id = $1 and d.design_id = $2 returning ${designColumns}`,
    [transaction.companyId, designId, change.name, JSON.stringify(change.body), change.now.toString()],
  );
  return toDesign(rows[0]!);
}

export type Asset = { readonly mediaType: string; readonly bytes: Buffer };

export async function insertAsset(
  transaction: TenantTransaction,
  sha256: string,
  asset: { mediaType: string; bytes: Uint8Array },
  now: Temporal.Instant,
): Promise<void> {
  await transaction.query(
    `insert into assets (company_id, sha256, media_type, bytes, created_at)
     values ($1, decode($2, 'hex'), $3, $4, $5)
     on conflict (company_id, sha256) do update set created_at = excluded.created_at`,
    [transaction.companyId, sha256, asset.mediaType, Buffer.from(asset.bytes), now.toString()],
  );
}

export async function selectAsset(queryable: Queryable, companyId: number, sha256: string): Promise<Asset | null> {
  const rows = await queryable.query<{ media_type: string; bytes: Buffer }>(
    `select media_type, bytes from assets where company_id = $1 and sha256 = decode($2, 'hex')`,
    [companyId, sha256],
  );
  const row = rows[0];
  return row ? { mediaType: row.media_type, bytes: row.bytes } : null;
}

/** What a bundle of this card depends on besides its version. */
export async function selectBuildStamp(
  queryable: Queryable,
  companyId: number,
  key: { designId: number; credentialId: number },
): Promise<{ revision: number; certificate: string | null }> {
  const rows = await queryable.query<{ revision: number; certificate: string | null }>(
    {
      name: 'wallet-build-stamp',
      text: `select d.revision, encode(sha256(c.certificate), 'hex') as certificate
             from designs d, credentials c
             where d.company_id = $1 and d.design_id = $2 and c.company_id = $1 and c.credential_id = $3`,
    },
    [companyId, key.designId, key.credentialId],
  );
  return rows[0]!;
}

/** Designs whose cards carry the company's venues. */
/** Designs whose cards may say the name of their guest's account group. */
export async function selectDesignsWithGroupName(queryable: Queryable, companyId: number): Promise<number[]> {
  const rows = await queryable.query<{ design_id: number }>(
    `select design_id from designs where company_id = $1 and body::text like '%CustomField4#%' order by design_id limit 500`,
    [companyId],
  );
  return rows.map((row) => row.design_id);
}

export async function selectDesignsWithVenues(queryable: Queryable, companyId: number): Promise<number[]> {
  const rows = await queryable.query<{ design_id: number }>(
    `select design_id from designs where company_id = $1 and body->'venuePlaces' = 'true' order by design_id limit 500`,
    [companyId],
  );
  return rows.map((row) => row.design_id);
}
