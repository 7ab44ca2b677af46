import type { FiscalReceipt, ReceiptRejection, ReviewReason } from '@tessera/loyalty';
import type { Queryable, Tenant } from '../../../platform/database/index.ts';
import type { ReceiptSource, StoredReceipt } from './model.ts';

type ReceiptRow = {
  receipt_id: bigint;
  programme_id: number;
  account_id: bigint;
  source: ReceiptSource;
  state: StoredReceipt['state'];
  reason: ReceiptRejection | null;
  review: ReviewReason | null;
  note: string | null;
  storage: string | null;
  document: string | null;
  sign: string | null;
  sum: bigint | null;
  local_time: string | null;
  issued_at: Temporal.Instant | null;
  venue_code: number | null;
  like_check_id: bigint | null;
  check_id: bigint | null;
  points: bigint | null;
  activates_at: Temporal.Instant | null;
  due_at: Temporal.Instant | null;
  uploaded_at: Temporal.Instant;
  decided_at: Temporal.Instant | null;
  has_photo: boolean;
};

const COLUMNS = `r.receipt_id, r.programme_id, r.account_id, r.source, r.state, r.reason, r.review, r.note, r.storage,
  r.document, r.sign, r.sum, r.local_time, r.issued_at, r.venue_code, r.like_check_id, r.check_id, r.points,
  r.activates_at, r.due_at, r.uploaded_at, r.decided_at,
  exists (select from receipt_photos p where p.company_id = r.company_id and p.receipt_id = r.receipt_id) as has_photo`;

const numberOf = (id: bigint | null): number | null => (id === null ? null : Number(id));

const fiscalOf = (row: ReceiptRow): FiscalReceipt | null =>
  row.storage && row.document && row.sign && row.sum && row.local_time
    ? { storage: row.storage, document: row.document, sign: row.sign, sum: row.sum, localTime: row.local_time }
    : null;

const toReceipt = (row: ReceiptRow): StoredReceipt => ({
  receiptId: Number(row.receipt_id),
  programmeId: row.programme_id,
  accountId: Number(row.account_id),
  source: row.source,
  state: row.state,
  reason: row.reason,
  review: row.review,
  note: row.note,
  fiscal: fiscalOf(row),
  issuedAt: row.issued_at,
  venueCode: row.venue_code,
  likeCheckId: numberOf(row.like_check_id),
  checkId: numberOf(row.check_id),
  points: row.points,
  activatesAt: row.activates_at,
  dueAt: row.due_at,
  uploadedAt: row.uploaded_at,
  decidedAt: row.decided_at,
  hasPhoto: row.has_photo,
});

/** What a verdict writes; the same for a new receipt and for one whose numbers have been read later. */
export type JudgedReceipt = {
  state: 'uploaded' | 'checking' | 'rejected';
  reason: ReceiptRejection | null;
  review: ReviewReason | null;
  fiscal: FiscalReceipt | null;
  issuedAt: Temporal.Instant | null;
  venueCode: number | null;
  likeCheckId: number | null;
  dueAt: Temporal.Instant | null;
};

const judgedValues = (judged: JudgedReceipt): unknown[] => [
  judged.state,
  judged.reason,
  judged.review,
  judged.fiscal?.storage ?? null,
  judged.fiscal?.document ?? null,
  judged.fiscal?.sign ?? null,
  judged.fiscal?.sum ?? null,
  judged.fiscal?.localTime ?? null,
  judged.issuedAt?.toString() ?? null,
  judged.venueCode,
  judged.likeCheckId,
  judged.dueAt?.toString() ?? null,
];

/** Writes a new receipt. A document that is known already violates the unique index, unless this one is rejected. */
export async function insertReceipt(
  queryable: Queryable,
  companyId: number,
  receipt: { programmeId: number; accountId: number; source: ReceiptSource; judged: JudgedReceipt },
  now: Temporal.Instant,
): Promise<number> {
  const rows = await queryable.query<{ receipt_id: bigint }>(
    `insert into receipts (company_id, programme_id, account_id, source, uploaded_at, state, reason, review, storage,
       document, sign, sum, local_time, issued_at, venue_code, like_check_id, due_at, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
             case when $6 = 'rejected' then $5::timestamptz end)
     returning receipt_id`,
    [
      companyId,
      receipt.programmeId,
      receipt.accountId,
      receipt.source,
      now.toString(),
      ...judgedValues(receipt.judged),
    ],
  );
  return Number(rows[0]!.receipt_id);
}

/** Changes a receipt that waits; false when somebody has decided it meanwhile. */
export async function updateWaiting(
  queryable: Queryable,
  companyId: number,
  receiptId: number,
  judged: JudgedReceipt,
  decision: { now: Temporal.Instant; by: number | null; note: string | null },
): Promise<boolean> {
  const rows = await queryable.query(
    `update receipts set state = $3, reason = $4, review = $5, storage = $6, document = $7, sign = $8, sum = $9,
       local_time = $10, issued_at = $11, venue_code = $12, like_check_id = $13, due_at = $14, note = $15,
       decided_at = case when $3 = 'rejected' then $16::timestamptz end, decided_by = $17
     where company_id = $1 and receipt_id = $2 and state in ('uploaded', 'checking') returning receipt_id`,
    [companyId, receiptId, ...judgedValues(judged), decision.note, decision.now.toString(), decision.by],
  );
  return rows.length > 0;
}

export type Approval = {
  receiptId: number;
  checkId: number;
  fiscal: FiscalReceipt;
  issuedAt: Temporal.Instant;
  venueCode: number | null;
  points: bigint;
  activatesAt: Temporal.Instant | null;
  by: number | null;
  now: Temporal.Instant;
};

/** Marks a receipt as approved together with its check; false when it does not wait any more. */
export async function approveWaiting(
  queryable: Queryable,
  companyId: number,
  { fiscal, ...approval }: Approval,
): Promise<boolean> {
  const rows = await queryable.query(
    `update receipts set state = 'approved', reason = null, review = null, storage = $3, document = $4, sign = $5,
       sum = $6, local_time = $7, issued_at = $8, venue_code = $9, check_id = $10, points = $11, activates_at = $12,
       due_at = null, decided_at = $13, decided_by = $14
     where company_id = $1 and receipt_id = $2 and state in ('uploaded', 'checking') returning receipt_id`,
    [
      companyId,
      approval.receiptId,
      fiscal.storage,
      fiscal.document,
      fiscal.sign,
      fiscal.sum,
      fiscal.localTime,
      approval.issuedAt.toString(),
      approval.venueCode,
      approval.checkId,
      approval.points,
      approval.activatesAt?.toString() ?? null,
      approval.now.toString(),
      approval.by,
    ],
  );
  return rows.length > 0;
}

/** Rejects an approved receipt after its check was taken back, because the till has told of the purchase. */
export async function rejectApproved(tenant: Tenant, receiptId: number, now: Temporal.Instant): Promise<void> {
  await tenant.query(
    `update receipts set state = 'rejected', reason = 'pos_check', decided_at = $3, decided_by = null
     where company_id = $1 and receipt_id = $2 and state = 'approved'`,
    [tenant.companyId, receiptId, now.toString()],
  );
}

export async function selectReceipt(tenant: Tenant, receiptId: number): Promise<StoredReceipt | null> {
  const rows = await tenant.query<ReceiptRow>(
    `select ${COLUMNS} from receipts r where r.company_id = $1 and r.receipt_id = $2`,
    [tenant.companyId, receiptId],
  );
  return rows[0] ? toReceipt(rows[0]) : null;
}

/** The receipt of a document that has not been rejected: there is one at most. */
export async function selectReceiptOfDocument(
  tenant: Tenant,
  { storage, document }: Pick<FiscalReceipt, 'storage' | 'document'>,
): Promise<StoredReceipt | null> {
  const rows = await tenant.query<ReceiptRow>(
    `select ${COLUMNS} from receipts r
     where r.company_id = $1 and r.storage = $2 and r.document = $3 and r.state <> 'rejected'`,
    [tenant.companyId, storage, document],
  );
  return rows[0] ? toReceipt(rows[0]) : null;
}

export async function selectReceiptsOfAccount(
  tenant: Tenant,
  accountId: number,
  limit: number,
): Promise<StoredReceipt[]> {
  const rows = await tenant.query<ReceiptRow>(
    `select ${COLUMNS} from receipts r
     where r.company_id = $1 and r.account_id = $2 order by r.receipt_id desc limit $3`,
    [tenant.companyId, accountId, limit],
  );
  return rows.map(toReceipt);
}

export async function selectDueReceipts(
  tenant: Tenant,
  now: Temporal.Instant,
  limit: number,
): Promise<StoredReceipt[]> {
  const rows = await tenant.query<ReceiptRow>(
    `select ${COLUMNS} from receipts r
     where r.company_id = $1 and r.due_at <= $2 and r.state = 'checking' order by r.due_at limit $3`,
    [tenant.companyId, now.toString(), limit],
  );
  return rows.map(toReceipt);
}

export type ReceiptQuery = {
  state?: 'waiting' | 'approved' | 'rejected' | undefined;
  before: number | null;
  limit: number;
};

/** Receipts with the guests' names. Those that wait come oldest first, all others newest first. */
export async function selectReceipts(
  tenant: Tenant,
  { state, before, limit }: ReceiptQuery,
): Promise<(StoredReceipt & { name: string })[]> {
  const waiting = state === 'waiting';
  const chosen = state === undefined ? 'true' : waiting ? `r.state in ('uploaded', 'checking')` : 'r.state = $4';
  const rows = await tenant.query<ReceiptRow & { name: string }>(
    `select ${COLUMNS}, trim(g.first_name || ' ' || g.last_name) as name
     from receipts r
     join accounts a on a.company_id = r.company_id and a.account_id = r.account_id
     join guests g on g.company_id = a.company_id and g.guest_id = a.guest_id
     where r.company_id = $1 and ($2::bigint is null or r.receipt_id ${waiting ? '>' : '<'} $2) and ${chosen}
       and $4::text is not distinct from $4
     order by r.receipt_id ${waiting ? 'asc' : 'desc'} limit $3`,
    [tenant.companyId, before, limit, state ?? null],
  );
  return rows.map((row) => ({ ...toReceipt(row), name: row.name }));
}

/** How many receipts wait for a person. */
export async function countWaiting(tenant: Tenant): Promise<number> {
  const rows = await tenant.query<{ waiting: number }>(
    `select count(*)::integer as waiting from receipts
     where company_id = $1 and state in ('uploaded', 'checking') and due_at is null`,
    [tenant.companyId],
  );
  return rows[0]!.waiting;
}
