import type { Queryable, Tenant } from '../../../platform/database/index.ts';

export async function insertPhoto(
  queryable: Queryable,
  companyId: number,
  photo: { receiptId: number; mediaType: string; sealed: Buffer },
  now: Temporal.Instant,
): Promise<void> {
  await queryable.query(
    `insert into receipt_photos (company_id, receipt_id, media_type, bytes_sealed, created_at)
     values ($1, $2, $3, $4, $5)`,
    [companyId, photo.receiptId, photo.mediaType, photo.sealed, now.toString()],
  );
}

export async function selectPhoto(
  tenant: Tenant,
  receiptId: number,
): Promise<{ mediaType: string; sealed: Buffer } | null> {
  const rows = await tenant.query<{ media_type: string; bytes_sealed: Buffer }>(
    'select media_type, bytes_sealed from receipt_photos where company_id = $1 and receipt_id = $2',
    [tenant.companyId, receiptId],
  );
  return rows[0] ? { mediaType: rows[0].media_type, sealed: rows[0].bytes_sealed } : null;
}

/** Forgets photos of receipts that were decided before an instant. */
export async function deletePhotos(tenant: Tenant, before: Temporal.Instant): Promise<void> {
  await tenant.query(
    `delete from receipt_photos p using receipts r
     where p.company_id = $1 and r.company_id = $1 and r.receipt_id = p.receipt_id
       and p.created_at < $2 and r.decided_at < $2`,
    [tenant.companyId, before.toString()],
  );
}
