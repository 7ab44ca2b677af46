import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';

export type MessageState = 'waiting' | 'notified' | 'silent' | 'refused' | 'merged';

/** What is to be said: in somebody's words, or what a field of the card says when the message leaves. */
export type Said =
  | { readonly header: string; readonly body: string; readonly field: null }
  | { readonly header: null; readonly body: null; readonly field: string };

export type StoredMessage = Said & { readonly key: string; readonly state: MessageState };

type MessageRow = Said & { message_key: string; state: MessageState };

const toMessage = ({ message_key, ...rest }: MessageRow): StoredMessage => ({ key: message_key, ...rest });

export async function selectMessage(
  queryable: Tenant | TenantTransaction,
  passId: number,
  key: string,
): Promise<StoredMessage | null> {
  const rows = await queryable.query<MessageRow>(
    `select message_key, header, body, field, state from google_messages
     where company_id = $1 and pass_id = $2 and message_key = $3`,
    [queryable.companyId, passId, key],
  );
  return rows[0] ? toMessage(rows[0]) : null;
}

export async function insertMessage(
  transaction: TenantTransaction,
  passId: number,
  message: { readonly key: string; readonly header: string; readonly body: string },
  now: Temporal.Instant,
): Promise<void> {
  await transaction.query(
    `insert into google_messages (company_id, pass_id, message_key, header, body, state, created_at)
     values ($1, $2, $3, $4, $5, 'waiting', $6)`,
    [transaction.companyId, passId, message.key, message.header, message.body, now.toString()],
  );
}

/** Has fields of cards told to those who have the cards in Google Wallet; a message that is there already stays. */
export async function insertFieldMessages(
  transaction: TenantTransaction,
  told: readonly { readonly passId: number; readonly field: string }[],
  { key, now }: { key: string; now: Temporal.Instant },
): Promise<void> {
  if (told.length === 0) return;
  await transaction.query(
    `insert into google_messages (company_id, pass_id, message_key, field, state, created_at)
     select $1, t.pass_id, $4, t.field, 'waiting', $5 from unnest($2::bigint[], $3::text[]) as t(pass_id, field)
     join google_objects o on o.company_id = $1 and o.pass_id = t.pass_id and o.installed
     on conflict do nothing`,
    [transaction.companyId, told.map(({ passId }) => passId), told.map(({ field }) => field), key, now.toString()],
  );
}

/** Takes back what has not left yet. */
export async function deleteWaitingMessages(
  transaction: TenantTransaction,
  passIds: readonly number[],
  key: string,
): Promise<void> {
  await transaction.query(
    `delete from google_messages
     where company_id = $1 and pass_id = any ($2) and message_key = $3 and state = 'waiting'`,
    [transaction.companyId, passIds, key],
  );
}

/** Messages of a card that have not left yet, the oldest first. */
export async function selectWaiting(tenant: Tenant, passId: number): Promise<StoredMessage[]> {
  const rows = await tenant.query<MessageRow>(
    `select message_key, header, body, field, state from google_messages
     where company_id = $1 and pass_id = $2 and state = 'waiting' order by created_at, message_key limit 20`,
    [tenant.companyId, passId],
  );
  return rows.map(toMessage);
}

export async function updateMessage(
  tenant: Tenant,
  passId: number,
  key: string,
  { state, now }: { state: MessageState; now: Temporal.Instant },
): Promise<void> {
  await tenant.query(
    `update google_messages set state = $4, sent_at = $5
     where company_id = $1 and pass_id = $2 and message_key = $3 and state = 'waiting'`,
    [tenant.companyId, passId, key, state, now.toString()],
  );
}

const DAY_HOURS = 24;

/**
 * Takes one of a card's notifications of 24 hours; the same reason takes it once, however often it is asked.
 * @returns false when `limit` are taken already
 */
export async function takeNotification(
  tenant: Tenant,
  passId: number,
  { reason, limit, now }: { reason: string; limit: number; now: Temporal.Instant },
): Promise<boolean> {
  return tenant.transaction(async (transaction) => {
    const { companyId } = transaction;
    // Two at once would both see room for the last one.
    await transaction.query('select 1 from google_objects where company_id = $1 and pass_id = $2 for update', [
      companyId,
      passId,
    ]);
    const rows = await transaction.query<{ taken: boolean; mine: boolean }>(
      `select count(*) >= $3 as taken, coalesce(bool_or(reason = $5), false) as mine from google_notifications
       where company_id = $1 and pass_id = $2 and at > $4`,
      [companyId, passId, limit, now.subtract({ hours: DAY_HOURS }).toString(), reason],
    );
    if (rows[0]!.mine) return true;
    if (rows[0]!.taken) return false;
    await transaction.query(
      `insert into google_notifications (company_id, pass_id, reason, at) values ($1, $2, $3, $4)
       on conflict (company_id, pass_id, reason) do update set at = $4`,
      [companyId, passId, reason, now.toString()],
    );
    return true;
  });
}
