import type { Tenant, TenantTransaction } from '../../platform/database/index.ts';

export type CodeRow = {
  codeId: string;
  phone: string;
  purpose: string;
  codeHash: Buffer;
  tries: number;
  address: string | null;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
};

export type CodeCounts = { phone: number; address: number; company: number; newest: Temporal.Instant | null };

/** Counts the codes since an instant, under a lock on the phone: two at once are counted one after the other. */
export async function countCodes(
  transaction: TenantTransaction,
  { phone, address, since }: { phone: string; address: string | null; since: Temporal.Instant },
): Promise<CodeCounts> {
  await transaction.query('select pg_advisory_xact_lock($1, hashtext($2))', [transaction.companyId, phone]);
  const rows = await transaction.query<{
    phone: number;
    address: number;
    company: number;
    newest: Temporal.Instant | null;
  }>(
    `select count(*) filter (where phone = $2)::integer as phone,
            count(*) filter (where address = $3::inet)::integer as address,
            count(*)::integer as company,
            max(created_at) filter (where phone = $2) as newest
     from phone_codes where company_id = $1 and created_at > $4`,
    [transaction.companyId, phone, address, since.toString()],
  );
  return rows[0]!;
}

/** Forgets codes that no limit looks at any more: they hold phones and addresses. */
export async function deleteOldCodes(transaction: TenantTransaction, before: Temporal.Instant): Promise<void> {
  await transaction.query('delete from phone_codes where company_id = $1 and created_at < $2', [
    transaction.companyId,
    before.toString(),
  ]);
}

export async function insertCode(transaction: TenantTransaction, code: CodeRow): Promise<void> {
  await transaction.query(
    `insert into phone_codes (company_id, code_id, phone, purpose, code_hash, tries_left, address, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      transaction.companyId,
      code.codeId,
      code.phone,
      code.purpose,
      code.codeHash,
      code.tries,
      code.address,
      code.createdAt.toString(),
      code.expiresAt.toString(),
    ],
  );
}

/** Takes one try off a living code; null when there is none to take. */
export async function takeTry(
  tenant: Tenant,
  codeId: string,
  now: Temporal.Instant,
): Promise<{ phone: string; codeHash: Buffer; triesLeft: number } | null> {
  const rows = await tenant.query<{ phone: string; code_hash: Buffer; tries_left: number }>(
    `update phone_codes set tries_left = tries_left - 1
     where company_id = $1 and code_id = $2 and used_at is null and tries_left > 0 and expires_at > $3
     returning phone, code_hash, tries_left`,
    [tenant.companyId, codeId, now.toString()],
  );
  const row = rows[0];
  return row ? { phone: row.phone, codeHash: row.code_hash, triesLeft: row.tries_left } : null;
}

/** Why no try could be taken. */
export async function selectCodeState(
  tenant: Tenant,
  codeId: string,
): Promise<{ triesLeft: number; used: boolean } | null> {
  const rows = await tenant.query<{ tries_left: number; used: boolean }>(
    'select tries_left, used_at is not null as used from phone_codes where company_id = $1 and code_id = $2',
    [tenant.companyId, codeId],
  );
  const row = rows[0];
  return row ? { triesLeft: row.tries_left, used: row.used } : null;
}

/** Marks a code as used; of two at once one wins. */
export async function useCode(tenant: Tenant, codeId: string, now: Temporal.Instant): Promise<boolean> {
  const rows = await tenant.query(
    `update phone_codes set used_at = $3 where company_id = $1 and code_id = $2 and used_at is null returning code_id`,
    [tenant.companyId, codeId, now.toString()],
  );
  return rows.length > 0;
}
