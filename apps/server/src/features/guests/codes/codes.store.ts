import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { CodePurpose } from './model.ts';

export type CodeRow = {
  codeId: string;
  purpose: CodePurpose;
  phone: string | null;
  accountId: number | null;
  asker: string | null;
  codeHash: Buffer;
  lookup: Buffer | null;
  digits: number | null;
  tries: number;
  address: string | null;
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
};

/** One after the other: what is counted and then written must not be counted by two at once. */
export async function lockCodes(transaction: TenantTransaction, what: string): Promise<void> {
  await transaction.query('select pg_advisory_xact_lock($1, hashtext($2))', [transaction.companyId, what]);
}

export type CodeCounts = {
  phone: number;
  address: number;
  asker: number;
  company: number;
  newest: Temporal.Instant | null;
};

/** Counts the codes sent to phones since an instant. */
export async function countPhoneCodes(
  transaction: TenantTransaction,
  asked: { phone: string; address: string | null; asker: string | null; since: Temporal.Instant },
): Promise<CodeCounts> {
  const rows = await transaction.query<CodeCounts>(
    `select count(*) filter (where phone = $2)::integer as phone,
            count(*) filter (where address = $3::inet)::integer as address,
            count(*) filter (where asker = $4)::integer as asker,
            count(*)::integer as company,
            max(created_at) filter (where phone = $2) as newest
     from short_codes where company_id = $1 and phone is not null and created_at > $5`,
    [transaction.companyId, asked.phone, asked.address, asked.asker, asked.since.toString()],
  );
  return rows[0]!;
}

/** How many codes of an account were made since an instant. */
export async function countAccountCodes(
  transaction: TenantTransaction,
  accountId: number,
  since: Temporal.Instant,
): Promise<number> {
  const rows = await transaction.query<{ count: number }>(
    `select count(*)::integer as count from short_codes
     where company_id = $1 and account_id = $2 and created_at > $3 and lookup is not null`,
    [transaction.companyId, accountId, since.toString()],
  );
  return rows[0]!.count;
}

/** How many codes found by themselves live, by their length. */
export async function countLiving(
  transaction: TenantTransaction,
  now: Temporal.Instant,
): Promise<ReadonlyMap<number, number>> {
  const rows = await transaction.query<{ digits: number; count: number }>(
    `select digits, count(*)::integer as count from short_codes
     where company_id = $1 and lookup is not null and used_at is null and expires_at > $2 group by digits`,
    [transaction.companyId, now.toString()],
  );
  return new Map(rows.map(({ digits, count }) => [digits, count]));
}

/** Forgets codes that no limit looks at any more: they hold phones and addresses. */
export async function deleteOldCodes(transaction: TenantTransaction, before: Temporal.Instant): Promise<void> {
  await transaction.query('delete from short_codes where company_id = $1 and created_at < $2', [
    transaction.companyId,
    before.toString(),
  ]);
}

/** @returns its number */
export async function insertCode(transaction: TenantTransaction, code: CodeRow): Promise<bigint> {
  const rows = await transaction.query<{ number: bigint }>(
    `insert into short_codes (company_id, code_id, purpose, phone, account_id, asker, code_hash, lookup, digits,
                              tries_left, address, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning number`,
    [
      transaction.companyId,
      code.codeId,
      code.purpose,
      code.phone,
      code.accountId,
      code.asker,
      code.codeHash,
      code.lookup,
      code.digits,
      code.tries,
      code.address,
      code.createdAt.toString(),
      code.expiresAt.toString(),
    ],
  );
  return rows[0]!.number;
}

/** Whether digits would lead somewhere already: to a living or unforgotten code, or to somebody's card. */
export async function digitsTaken(
  transaction: TenantTransaction,
  { lookup, digits }: { lookup: Buffer; digits: string },
): Promise<boolean> {
  const rows = await transaction.query<{ taken: boolean }>(
    `select exists (select from short_codes where company_id = $1 and lookup = $2)
         or exists (select from guest_identifiers where company_id = $1 and kind = 'card' and value = $3) as taken`,
    [transaction.companyId, lookup, digits],
  );
  return rows[0]!.taken;
}

/** Lets the living codes of an account end soon: a new one takes their place. */
export async function endCodesOf(
  transaction: TenantTransaction,
  { accountId, purpose, at }: { accountId: number; purpose: CodePurpose; at: Temporal.Instant },
): Promise<void> {
  await transaction.query(
    `update short_codes set expires_at = $4
     where company_id = $1 and account_id = $2 and purpose = $3 and lookup is not null and used_at is null
       and expires_at > $4`,
    [transaction.companyId, accountId, purpose, at.toString()],
  );
}

/** Takes one try off a living code; null when there is none to take. */
export async function takeTry(
  queryable: Queryable,
  companyId: number,
  codeId: string,
  now: Temporal.Instant,
): Promise<{ phone: string; accountId: number | null; codeHash: Buffer; triesLeft: number } | null> {
  const rows = await queryable.query<{
    phone: string;
    account_id: bigint | null;
    code_hash: Buffer;
    tries_left: number;
  }>(
    `update short_codes set tries_left = tries_left - 1
     where company_id = $1 and code_id = $2 and lookup is null and used_at is null and tries_left > 0 and expires_at > $3
     returning phone, account_id, code_hash, tries_left`,
    [companyId, codeId, now.toString()],
  );
  const row = rows[0];
  if (!row) return null;
  const accountId = row.account_id === null ? null : Number(row.account_id);
  return { phone: row.phone, accountId, codeHash: row.code_hash, triesLeft: row.tries_left };
}

/** Why no try could be taken. */
export async function selectCodeState(
  queryable: Queryable,
  companyId: number,
  codeId: string,
): Promise<{ triesLeft: number; used: boolean } | null> {
  const rows = await queryable.query<{ tries_left: number; used: boolean }>(
    'select tries_left, used_at is not null as used from short_codes where company_id = $1 and code_id = $2',
    [companyId, codeId],
  );
  const row = rows[0];
  return row ? { triesLeft: row.tries_left, used: row.used } : null;
}

/** Marks a code as used; of two at once one wins. */
export async function useCode(
  queryable: Queryable,
  companyId: number,
  codeId: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await queryable.query(
    `update short_codes set used_at = $3 where company_id = $1 and code_id = $2 and used_at is null returning code_id`,
    [companyId, codeId, now.toString()],
  );
  return rows.length > 0;
}

/** Uses a living code that is found by its digits; of two at once one wins. */
export async function useByLookup(
  transaction: TenantTransaction,
  lookup: Buffer,
  now: Temporal.Instant,
): Promise<{ accountId: number; purpose: CodePurpose } | null> {
  const rows = await transaction.query<{ account_id: bigint; purpose: CodePurpose }>(
    `update short_codes set used_at = $3
     where company_id = $1 and lookup = $2 and used_at is null and expires_at > $3 returning account_id, purpose`,
    [transaction.companyId, lookup, now.toString()],
  );
  const row = rows[0];
  return row ? { accountId: Number(row.account_id), purpose: row.purpose } : null;
}

/** Whether digits were a code that has ended: then a till can say so. */
export async function wasCode(transaction: TenantTransaction, lookup: Buffer): Promise<boolean> {
  const rows = await transaction.query('select from short_codes where company_id = $1 and lookup = $2 limit 1', [
    transaction.companyId,
    lookup,
  ]);
  return rows.length > 0;
}

/** The request of a till: by its number, or its newest one. */
export async function selectRequest(
  transaction: TenantTransaction,
  { asker, number }: { asker: string; number: bigint | null },
): Promise<{ codeId: string; phone: string } | null> {
  const rows = await transaction.query<{ code_id: string; phone: string }>(
    `select code_id, phone from short_codes
     where company_id = $1 and asker = $2 and purpose = 'till_pin' and ($3::bigint is null or number = $3)
     order by number desc limit 1`,
    [transaction.companyId, asker, number?.toString() ?? null],
  );
  const row = rows[0];
  return row ? { codeId: row.code_id, phone: row.phone } : null;
}

export type PinToSend = { phone: string; accountId: number | null; tried: string[]; expiresAt: Temporal.Instant };

/** A PIN that has not been used or sent yet. */
export async function selectPinToSend(tenant: Tenant, codeId: string): Promise<PinToSend | null> {
  const rows = await tenant.query<{
    phone: string;
    account_id: bigint | null;
    tried: string[];
    expires_at: Temporal.Instant;
  }>(
    `select phone, account_id, tried, expires_at from short_codes
     where company_id = $1 and code_id = $2 and purpose = 'till_pin' and channel is null and used_at is null`,
    [tenant.companyId, codeId],
  );
  const row = rows[0];
  if (!row) return null;
  const accountId = row.account_id === null ? null : Number(row.account_id);
  return { phone: row.phone, accountId, tried: row.tried, expiresAt: row.expires_at };
}

/** Notes that a way to send it is being tried. */
export async function noteTried(tenant: Tenant, codeId: string, channel: string): Promise<void> {
  await tenant.query('update short_codes set tried = array_append(tried, $3) where company_id = $1 and code_id = $2', [
    tenant.companyId,
    codeId,
    channel,
  ]);
}

/** Sets what the right code is. */
export async function setCodeHash(tenant: Tenant, codeId: string, codeHash: Buffer): Promise<void> {
  await tenant.query('update short_codes set code_hash = $3 where company_id = $1 and code_id = $2', [
    tenant.companyId,
    codeId,
    codeHash,
  ]);
}

/** Notes the way that took it. */
export async function noteSent(tenant: Tenant, codeId: string, channel: string): Promise<void> {
  await tenant.query('update short_codes set channel = $3 where company_id = $1 and code_id = $2', [
    tenant.companyId,
    codeId,
    channel,
  ]);
}
