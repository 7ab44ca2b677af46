import type { Queryable, Tenant } from '../../platform/database/index.ts';
import type { DeliveryStatus, PhoneChannel } from './model.ts';

export async function upsertChannel(
  tenant: Tenant,
  channel: { kind: 'sms_ru'; settingsSealed: Buffer; now: Temporal.Instant },
): Promise<void> {
  await tenant.query(
    `insert into channels (company_id, kind, settings_sealed, updated_at) values ($1, $2, $3, $4)
     on conflict (company_id, kind) do update set settings_sealed = $3, updated_at = $4`,
    [tenant.companyId, channel.kind, channel.settingsSealed, channel.now.toString()],
  );
}

export async function selectChannel(tenant: Tenant, kind: 'sms_ru'): Promise<Buffer | null> {
  const rows = await tenant.query<{ settings_sealed: Buffer }>(
    'select settings_sealed from channels where company_id = $1 and kind = $2',
    [tenant.companyId, kind],
  );
  return rows[0]?.settings_sealed ?? null;
}

export type NewDelivery = {
  deliveryId: string;
  purpose: string;
  recipientSealed: Buffer;
  recipientHint: string;
  bodySealed: Buffer;
  now: Temporal.Instant;
};

/** Writes a message and the word that it waits, in one statement. */
export async function insertDelivery(queryable: Queryable, companyId: number, delivery: NewDelivery): Promise<void> {
  await queryable.query(
    `with delivery as (
       insert into deliveries (company_id, delivery_id, channel, purpose, recipient_sealed, recipient_hint, body_sealed,
                               status, created_at, updated_at)
       values ($1, $2, 'sms', $3, $4, $5, $6, 'queued', $7, $7) returning delivery_id)
     insert into outbox (company_id, kind, payload, created_at)
     select $1, 'send_sms', jsonb_build_object('deliveryId', delivery_id), $7 from delivery`,
    [
      companyId,
      delivery.deliveryId,
      delivery.purpose,
      delivery.recipientSealed,
      delivery.recipientHint,
      delivery.bodySealed,
      delivery.now.toString(),
    ],
  );
}

export type TakenDelivery = { recipientSealed: Buffer; bodySealed: Buffer };

/** Takes a waiting message for sending; null when it has been taken before (then its fate is unknown, not open). */
export async function takeDelivery(
  tenant: Tenant,
  deliveryId: string,
  now: Temporal.Instant,
): Promise<TakenDelivery | null> {
  const rows = await tenant.query<{ recipient_sealed: Buffer; body_sealed: Buffer }>(
    `update deliveries set status = 'sending', updated_at = $3
     where company_id = $1 and delivery_id = $2 and status = 'queued' returning recipient_sealed, body_sealed`,
    [tenant.companyId, deliveryId, now.toString()],
  );
  const row = rows[0];
  return row ? { recipientSealed: row.recipient_sealed, bodySealed: row.body_sealed } : null;
}

/** Notes the fate of a message that was being sent. */
export async function markDelivery(
  tenant: Tenant,
  deliveryId: string,
  fate: { status: DeliveryStatus; providerId?: string; failure?: string; now: Temporal.Instant },
): Promise<void> {
  await tenant.query(
    `update deliveries set status = $3, provider_id = $4, failure = $5, updated_at = $6
     where company_id = $1 and delivery_id = $2 and status = 'sending'`,
    [tenant.companyId, deliveryId, fate.status, fate.providerId ?? null, fate.failure ?? null, fate.now.toString()],
  );
}

/** Writes a message that is being sent by whoever writes it: nobody else will. */
export async function insertSending(tenant: Tenant, channel: PhoneChannel, delivery: NewDelivery): Promise<void> {
  await tenant.query(
    `insert into deliveries (company_id, delivery_id, channel, purpose, recipient_sealed, recipient_hint, body_sealed,
                             status, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'sending', $8, $8)`,
    [
      tenant.companyId,
      delivery.deliveryId,
      channel,
      delivery.purpose,
      delivery.recipientSealed,
      delivery.recipientHint,
      delivery.bodySealed,
      delivery.now.toString(),
    ],
  );
}

/** Notes that a way did not work for anybody, or, without a reason, that it does again. */
export async function noteChannel(
  tenant: Tenant,
  channel: PhoneChannel,
  failure: { reason: string; now: Temporal.Instant } | null,
): Promise<void> {
  if (failure === null) {
    await tenant.query('delete from channel_failures where company_id = $1 and channel = $2', [
      tenant.companyId,
      channel,
    ]);
    return;
  }
  await tenant.query(
    `insert into channel_failures (company_id, channel, reason, failed_at) values ($1, $2, $3, $4)
     on conflict (company_id, channel) do update set reason = $3, failed_at = $4`,
    [tenant.companyId, channel, failure.reason, failure.now.toString()],
  );
}

/** What has failed for everybody, and when last. */
export async function selectFailures(
  tenant: Tenant,
): Promise<{ channel: PhoneChannel; reason: string; failedAt: Temporal.Instant }[]> {
  return tenant.query(
    `select channel, reason, failed_at as "failedAt" from channel_failures where company_id = $1 order by channel`,
    [tenant.companyId],
  );
}

/** The ways that have failed for everybody since an instant. */
export async function selectFailing(tenant: Tenant, since: Temporal.Instant): Promise<PhoneChannel[]> {
  const rows = await tenant.query<{ channel: PhoneChannel }>(
    'select channel from channel_failures where company_id = $1 and failed_at > $2',
    [tenant.companyId, since.toString()],
  );
  return rows.map(({ channel }) => channel);
}
