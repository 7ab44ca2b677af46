import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { Told } from './news.ts';

/** A browser that wants to hear of a card. */
export type Subscription = {
  readonly passId: number;
  /** SHA-256 of the endpoint, hex. */
  readonly subscriptionId: string;
  readonly service: string;
  readonly sealed: Buffer;
  readonly language: string;
  readonly told: Told;
};

type Row = { pass_id: bigint; id: string; service: string; sealed: Buffer; language: string; told: Told };

/** Adds a browser; one that is known already is kept with its newest keys, and with what it has been told. */
export async function upsertSubscription(
  tenant: Tenant,
  { passId, subscriptionId, service, sealed, language, told }: Subscription,
  now: Temporal.Instant,
): Promise<void> {
  await tenant.query(
    `insert into web_subscriptions (company_id, pass_id, subscription_id, service, sealed, language, told, created_at)
     values ($1, $2, decode($3, 'hex'), $4, $5, $6, $7, $8)
     on conflict (company_id, pass_id, subscription_id) do update set sealed = $5, language = $6`,
    [tenant.companyId, passId, subscriptionId, service, sealed, language, JSON.stringify(told), now.toString()],
  );
}

/** Keeps the newest browsers of a card: old ones were left behind without a word. */
export async function deleteOldest(tenant: Tenant, passId: number, kept: number): Promise<void> {
  await tenant.query(
    `delete from web_subscriptions where company_id = $1 and pass_id = $2 and subscription_id not in (
       select subscription_id from web_subscriptions where company_id = $1 and pass_id = $2
       order by coalesce(last_ok_at, created_at) desc, created_at desc limit $3)`,
    [tenant.companyId, passId, kept],
  );
}

export async function deleteSubscription(tenant: Tenant, passId: number, subscriptionId: string): Promise<void> {
  await tenant.query(
    `delete from web_subscriptions where company_id = $1 and pass_id = $2 and subscription_id = decode($3, 'hex')`,
    [tenant.companyId, passId, subscriptionId],
  );
}

export async function selectSubscription(
  tenant: Tenant,
  passId: number,
  subscriptionId: string,
): Promise<Subscription | null> {
  const rows = await tenant.query<Row>(
    `select pass_id, encode(subscription_id, 'hex') as id, service, sealed, language, told from web_subscriptions
     where company_id = $1 and pass_id = $2 and subscription_id = decode($3, 'hex')`,
    [tenant.companyId, passId, subscriptionId],
  );
  const row = rows[0];
  if (!row) return null;
  const { pass_id, id, ...rest } = row;
  return { ...rest, passId: Number(pass_id), subscriptionId: id };
}

export type SubscriptionKey = { readonly passId: number; readonly subscriptionId: string };

/** The browsers of some cards. */
export async function selectSubscriptionKeys(
  queryable: Queryable,
  companyId: number,
  passIds: readonly number[],
): Promise<SubscriptionKey[]> {
  const rows = await queryable.query<{ pass_id: bigint; id: string }>(
    `select pass_id, encode(subscription_id, 'hex') as id from web_subscriptions
     where company_id = $1 and pass_id = any ($2) order by pass_id, subscription_id`,
    [companyId, passIds],
  );
  return rows.map(({ pass_id, id }) => ({ passId: Number(pass_id), subscriptionId: id }));
}

/** Notes what a browser knows now; `okAt`: when its service last took something. */
export async function updateTold(
  tenant: Tenant,
  { passId, subscriptionId }: SubscriptionKey,
  { told, okAt }: { told: Told; okAt: Temporal.Instant | null },
): Promise<void> {
  await tenant.query(
    `update web_subscriptions set told = $4, last_ok_at = coalesce($5, last_ok_at)
     where company_id = $1 and pass_id = $2 and subscription_id = decode($3, 'hex')`,
    [tenant.companyId, passId, subscriptionId, JSON.stringify(told), okAt?.toString() ?? null],
  );
}

export type WebMessage = { readonly title: string; readonly body: string; readonly ttlSeconds: number };
type MessageRow = { title: string; body: string; ttl_seconds: number; wanted: number; sent: number };

/** false: there is one of this name already. */
export async function insertWebMessage(
  transaction: TenantTransaction,
  { passId, key, wanted, ...message }: WebMessage & { passId: number; key: string; wanted: number },
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await transaction.query(
    `insert into web_messages (company_id, pass_id, message_key, title, body, ttl_seconds, wanted, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning message_key`,
    [transaction.companyId, passId, key, message.title, message.body, message.ttlSeconds, wanted, now.toString()],
  );
  return rows.length > 0;
}

export async function selectWebMessage(
  queryable: Tenant | TenantTransaction,
  passId: number,
  key: string,
): Promise<(WebMessage & { readonly wanted: number; readonly sent: number }) | null> {
  const rows = await queryable.query<MessageRow>(
    `select title, body, ttl_seconds, wanted, sent from web_messages
     where company_id = $1 and pass_id = $2 and message_key = $3`,
    [queryable.companyId, passId, key],
  );
  const row = rows[0];
  if (!row) return null;
  const { ttl_seconds, ...rest } = row;
  return { ...rest, ttlSeconds: ttl_seconds };
}

export async function countSent(tenant: Tenant, passId: number, key: string): Promise<void> {
  await tenant.query(
    `update web_messages set sent = sent + 1 where company_id = $1 and pass_id = $2 and message_key = $3`,
    [tenant.companyId, passId, key],
  );
}
