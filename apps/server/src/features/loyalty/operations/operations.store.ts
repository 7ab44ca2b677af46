import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';

/** What a call with a key was told when it first came. */
export type BoundOperation = { kind: string; fingerprint: Buffer; answer: unknown };

/** The operation that a key is bound to, if any. */
export async function selectOperation(
  tenant: Tenant,
  { source, externalId }: { source: string; externalId: string },
): Promise<BoundOperation | null> {
  const rows = await tenant.query<BoundOperation>(
    {
      name: 'operation-read',
      text: `select kind, fingerprint, answer from operations
             where company_id = $1 and source = $2 and external_id = $3`,
    },
    [tenant.companyId, source, externalId],
  );
  return rows[0] ?? null;
}

export type NewOperation = {
  source: string;
  externalId: string;
  accountId: number;
  checkId: number | null;
  kind: string;
  fingerprint: Buffer;
  answer: unknown;
  comment: string;
  userId: number | null;
  entrySequence: number | null;
  now: Temporal.Instant;
};

/** Binds a key; false when a twin was first, whose transaction it waits for. */
export async function insertOperation(transaction: TenantTransaction, operation: NewOperation): Promise<boolean> {
  const rows = await transaction.query(
    {
      name: 'operation-bind',
      text: `insert into operations (company_id, source, external_id, account_id, check_id, kind, fingerprint, answer,
               comment, user_id, entry_sequence, recorded_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             on conflict (company_id, source, external_id) do nothing returning kind`,
    },
    [
      transaction.companyId,
      operation.source,
      operation.externalId,
      operation.accountId,
      operation.checkId,
      operation.kind,
      operation.fingerprint,
      JSON.stringify(operation.answer),
      operation.comment,
      operation.userId,
      operation.entrySequence,
      operation.now.toString(),
    ],
  );
  return rows.length > 0;
}

/** Who did what an entry tells, and why: by the number of the entry. */
export type EntryNote = { sequence: number; comment: string; userName: string | null };

/** The notes of some entries of an account. */
export async function selectEntryNotes(
  tenant: Tenant,
  accountId: number,
  sequences: readonly number[],
): Promise<ReadonlyMap<number, EntryNote>> {
  const rows = await tenant.query<{ sequence: number; comment: string; user_name: string | null }>(
    `select o.entry_sequence as sequence, o.comment, u.name as user_name
     from operations o
     left join users u on u.company_id = o.company_id and u.user_id = o.user_id
     where o.company_id = $1 and o.account_id = $2 and o.entry_sequence = any ($3)`,
    [tenant.companyId, accountId, sequences],
  );
  return new Map(rows.map(({ user_name, ...row }) => [row.sequence, { ...row, userName: user_name }]));
}
