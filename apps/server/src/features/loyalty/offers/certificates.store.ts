import type { CertificateEntry } from '@tessera/loyalty';
import type { Queryable, Tenant } from '../../../platform/database/index.ts';

export type Certificate = {
  readonly certificateId: number;
  readonly code: string;
  readonly nominal: bigint;
  readonly balance: bigint;
  readonly sequence: number;
  readonly blocked: boolean;
  readonly accountId: number | null;
  readonly note: string;
  readonly createdAt: Temporal.Instant;
};

type CertificateRow = {
  certificate_id: bigint;
  code: string;
  nominal: bigint;
  balance: bigint;
  sequence: number;
  blocked: boolean;
  account_id: bigint | null;
  note: string;
  created_at: Temporal.Instant;
};
const COLUMNS = 'certificate_id, code, nominal, balance, sequence, blocked, account_id, note, created_at';

const toCertificate = (row: CertificateRow): Certificate => ({
  certificateId: Number(row.certificate_id),
  code: row.code,
  nominal: row.nominal,
  balance: row.balance,
  sequence: row.sequence,
  blocked: row.blocked,
  accountId: row.account_id === null ? null : Number(row.account_id),
  note: row.note,
  createdAt: row.created_at,
});

export async function selectCertificateByCode(tenant: Tenant, code: string): Promise<Certificate | null> {
  const rows = await tenant.query<CertificateRow>(
    `select ${COLUMNS} from certificates where company_id = $1 and code = $2`,
    [tenant.companyId, code],
  );
  return rows[0] ? toCertificate(rows[0]) : null;
}

export async function selectCertificate(
  queryable: Queryable,
  companyId: number,
  certificateId: number,
): Promise<Certificate | null> {
  const rows = await queryable.query<CertificateRow>(
    `select ${COLUMNS} from certificates where company_id = $1 and certificate_id = $2`,
    [companyId, certificateId],
  );
  return rows[0] ? toCertificate(rows[0]) : null;
}

export async function selectCertificateByRequest(tenant: Tenant, requestKey: string): Promise<Certificate | null> {
  const rows = await tenant.query<CertificateRow>(
    `select ${COLUMNS} from certificates where company_id = $1 and request_key = $2`,
    [tenant.companyId, requestKey],
  );
  return rows[0] ? toCertificate(rows[0]) : null;
}

/** Certificates, newest first, all of them or those whose code begins so. */
export async function selectCertificates(
  tenant: Tenant,
  page: { codeFrom: string | null; before: number | null; limit: number },
): Promise<Certificate[]> {
  const rows = await tenant.query<CertificateRow>(
    `select ${COLUMNS} from certificates
     where company_id = $1 and ($2::bigint is null or certificate_id < $2) and ($3::text is null or starts_with(code, $3))
     order by certificate_id desc limit $4`,
    [tenant.companyId, page.before, page.codeFrom, page.limit],
  );
  return rows.map(toCertificate);
}

export async function insertCertificate(
  queryable: Queryable,
  companyId: number,
  certificate: { code: string; nominal: bigint; accountId: number | null; note: string; requestKey: string },
  now: Temporal.Instant,
): Promise<number> {
  const rows = await queryable.query<{ certificate_id: bigint }>(
    `insert into certificates (company_id, code, nominal, balance, sequence, account_id, note, request_key, created_at)
     values ($1, $2, $3, 0, 0, $4, $5, $6, $7) returning certificate_id`,
    [
      companyId,
      certificate.code,
      certificate.nominal,
      certificate.accountId,
      certificate.note,
      certificate.requestKey,
      now.toString(),
    ],
  );
  return Number(rows[0]!.certificate_id);
}

/** Writes one entry over the one before it; false when another was first, or the certificate was blocked meanwhile. */
export async function insertCertificateEntry(
  queryable: Queryable,
  companyId: number,
  certificateId: number,
  entry: CertificateEntry,
  facts: { checkId: number | null; requestKey: string | null; now: Temporal.Instant },
): Promise<boolean> {
  const rows = await queryable.query(
    {
      name: 'certificate-entry',
      text: `with certificate as (
               update certificates set balance = $7, sequence = $3
               where company_id = $1 and certificate_id = $2 and sequence = $3 - 1 and (not blocked or $4 <> 'pay')
               returning certificate_id)
             insert into certificate_entries (company_id, certificate_id, sequence, kind, debit, credit, amount, balance,
               check_id, request_key, recorded_at)
             select $1, certificate_id, $3, $4, $5, $6, $8, $7, $9, $10, $11 from certificate
             returning sequence`,
    },
    [
      companyId,
      certificateId,
      entry.sequence,
      entry.kind,
      entry.debit,
      entry.credit,
      entry.balance,
      entry.amount,
      facts.checkId,
      facts.requestKey,
      facts.now.toString(),
    ],
  );
  return rows.length > 0;
}

export type StoredCertificateEntry = CertificateEntry & {
  readonly checkId: number | null;
  readonly recordedAt: Temporal.Instant;
};

export async function selectCertificateEntries(
  tenant: Tenant,
  certificateId: number,
  page: { before: number | null; limit: number },
): Promise<StoredCertificateEntry[]> {
  const rows = await tenant.query<{
    sequence: number;
    kind: CertificateEntry['kind'];
    debit: CertificateEntry['debit'];
    credit: CertificateEntry['credit'];
    amount: bigint;
    balance: bigint;
    check_id: bigint | null;
    recorded_at: Temporal.Instant;
  }>(
    `select sequence, kind, debit, credit, amount, balance, check_id, recorded_at from certificate_entries
     where company_id = $1 and certificate_id = $2 and ($3::integer is null or sequence < $3)
     order by sequence desc limit $4`,
    [tenant.companyId, certificateId, page.before, page.limit],
  );
  return rows.map(({ check_id, recorded_at, ...rest }) => ({
    ...rest,
    checkId: check_id === null ? null : Number(check_id),
    recordedAt: recorded_at,
  }));
}

/** The movement that a request has led to already. */
export async function selectCertificateMove(
  tenant: Tenant,
  requestKey: string,
): Promise<{ certificateId: number; kind: string; amount: bigint; balance: bigint } | null> {
  const rows = await tenant.query<{ certificate_id: bigint; kind: string; amount: bigint; balance: bigint }>(
    `select certificate_id, kind, amount, balance from certificate_entries where company_id = $1 and request_key = $2`,
    [tenant.companyId, requestKey],
  );
  const row = rows[0];
  return row ? { ...row, certificateId: Number(row.certificate_id) } : null;
}

export async function updateCertificateBlocked(
  tenant: Tenant,
  certificateId: number,
  blocked: boolean,
): Promise<boolean> {
  const rows = await tenant.query(
    'update certificates set blocked = $3 where company_id = $1 and certificate_id = $2 returning certificate_id',
    [tenant.companyId, certificateId, blocked],
  );
  return rows.length > 0;
}
