import type { FiscalReceipt } from '@tessera/loyalty';
import type { Queryable, Tenant } from '../../../platform/database/index.ts';

/** The check that a till has told this document of, or null. */
export async function selectCheckOfDocument(
  tenant: Tenant,
  { storage, document }: Pick<FiscalReceipt, 'storage' | 'document'>,
): Promise<number | null> {
  const rows = await tenant.query<{ check_id: bigint }>(
    'select check_id from check_documents where company_id = $1 and storage = $2 and document = $3',
    [tenant.companyId, storage, document],
  );
  return rows[0] ? Number(rows[0].check_id) : null;
}

/**
 * Checks of tills with this sum (in money, or with points) between two instants, those of the account first. Without a
 * name, so that the plan follows the instants and not the memory of a young table.
 */
export async function selectLikeChecks(
  tenant: Tenant,
  query: { accountId: number; sum: bigint; venueCode: number | null; from: Temporal.Instant; to: Temporal.Instant },
): Promise<{ checkId: number; accountId: number }[]> {
  const rows = await tenant.query<{ check_id: bigint; account_id: bigint }>(
    `select check_id, account_id from checks
     where company_id = $1 and occurred_at between $2 and $3 and source <> 'receipt' and status <> 'returned'
       and (money = $4 or money + spent = $4) and ($5::integer is null or venue_code is null or venue_code = $5)
     order by account_id = $6 desc, check_id limit 10`,
    [tenant.companyId, query.from.toString(), query.to.toString(), query.sum, query.venueCode, query.accountId],
  );
  return rows.map((row) => ({ checkId: Number(row.check_id), accountId: Number(row.account_id) }));
}

/** How many receipts an account has sent since an instant, rejected ones too. */
export async function countUploads(tenant: Tenant, accountId: number, since: Temporal.Instant): Promise<number> {
  const rows = await tenant.query<{ uploads: number }>(
    `select count(*)::integer as uploads from receipts where company_id = $1 and account_id = $2 and uploaded_at >= $3`,
    [tenant.companyId, accountId, since.toString()],
  );
  return rows[0]!.uploads;
}

/** How many receipts of an account count as approved by themselves, sent since the day and since the month began. */
export async function countAutomatic(
  tenant: Tenant,
  query: { accountId: number; except: number | null; day: Temporal.Instant; month: Temporal.Instant },
): Promise<{ day: number; month: number }> {
  const rows = await tenant.query<{ day: number; month: number }>(
    `select count(*) filter (where uploaded_at >= $3)::integer as day, count(*)::integer as month from receipts
     where company_id = $1 and account_id = $2 and uploaded_at >= $4 and receipt_id is distinct from $5
       and ((state = 'approved' and decided_by is null) or (state = 'checking' and due_at is not null))`,
    [tenant.companyId, query.accountId, query.day.toString(), query.month.toString(), query.except],
  );
  return rows[0]!;
}

/** Keeps which document a check is, and has receipts looked at that were there first. The first check keeps it. */
export async function insertCheckDocument(
  queryable: Queryable,
  companyId: number,
  { storage, document }: Pick<FiscalReceipt, 'storage' | 'document'>,
  checkId: number,
  now: Temporal.Instant,
): Promise<void> {
  await queryable.query(
    `with kept as (
       insert into check_documents (company_id, storage, document, check_id) values ($1, $2, $3, $4)
       on conflict do nothing returning storage, document)
     insert into outbox (company_id, kind, payload, created_at)
     select $1, 'check_document', jsonb_build_object('storage', storage, 'document', document), $5 from kept
     where exists (select from receipts r where r.company_id = $1 and r.storage = kept.storage
                     and r.document = kept.document and r.state <> 'rejected')`,
    [companyId, storage, document, checkId, now.toString()],
  );
}
