import type { RelayKind } from '../../../adapters/wallet-relays/index.ts';
import type { Queryable, Tenant } from '../../../platform/database/index.ts';

export type Relay = {
  readonly kind: RelayKind;
  readonly enabled: boolean;
  readonly keySealed: Buffer | null;
  /** Why the relay takes nothing of ours; null while it does. */
  readonly trouble: string | null;
  readonly failures: number;
  readonly pausedUntil: Temporal.Instant | null;
  readonly acceptedAt: Temporal.Instant | null;
};

/** The relays that a company has ever set up. */
export async function selectRelays(queryable: Queryable, companyId: number): Promise<Relay[]> {
  const rows = await queryable.query<{
    kind: RelayKind;
    enabled: boolean;
    key_sealed: Buffer | null;
    trouble: string | null;
    failures: number;
    paused_until: Temporal.Instant | null;
    accepted_at: Temporal.Instant | null;
  }>(
    `select kind, enabled, key_sealed, trouble, failures, paused_until, accepted_at from wallet_relays
     where company_id = $1`,
    [companyId],
  );
  return rows.map((row) => ({
    kind: row.kind,
    enabled: row.enabled,
    keySealed: row.key_sealed,
    trouble: row.trouble,
    failures: row.failures,
    pausedUntil: row.paused_until,
    acceptedAt: row.accepted_at,
  }));
}

/** Writes the settings of a relay; its troubles are forgotten, since they may be mended by this. */
export async function upsertRelay(
  queryable: Queryable,
  companyId: number,
  relay: { kind: RelayKind; enabled: boolean; keySealed: Buffer | null; now: Temporal.Instant },
): Promise<void> {
  await queryable.query(
    `insert into wallet_relays (company_id, kind, enabled, key_sealed, updated_at) values ($1, $2, $3, $4, $5)
     on conflict (company_id, kind) do update set enabled = excluded.enabled, key_sealed = excluded.key_sealed,
       trouble = null, failures = 0, paused_until = null, updated_at = excluded.updated_at`,
    [companyId, relay.kind, relay.enabled, relay.keySealed, relay.now.toString()],
  );
}

export async function updateRelayHealth(
  tenant: Tenant,
  kind: RelayKind,
  health: {
    trouble: string | null;
    failures: number;
    pausedUntil: Temporal.Instant | null;
    acceptedAt?: Temporal.Instant;
  },
): Promise<void> {
  await tenant.query(
    `update wallet_relays set trouble = $3, failures = $4, paused_until = $5,
       accepted_at = coalesce($6::timestamptz, accepted_at)
     where company_id = $1 and kind = $2`,
    [
      tenant.companyId,
      kind,
      health.trouble,
      health.failures,
      health.pausedUntil?.toString() ?? null,
      health.acceptedAt?.toString() ?? null,
    ],
  );
}

export type WaitingDevice = {
  readonly deviceId: string;
  readonly pushToken: string;
  readonly serviceUrl: string | null;
};

/** Devices of one program that wait for their relay to be told, longest first. */
export async function selectWaiting(
  queryable: Queryable,
  companyId: number,
  { kind, passTypeIdentifier, limit }: { kind: RelayKind; passTypeIdentifier: string; limit: number },
): Promise<WaitingDevice[]> {
  const rows = await queryable.query<{ device_id: string; push_token: string; relay_url: string | null }>(
    `select device_id, push_token, relay_url from apple_devices
     where company_id = $1 and platform = $2 and pass_type_identifier = $3 and push_wanted_at is not null
     order by push_wanted_at, device_id limit $4`,
    [companyId, kind, passTypeIdentifier, limit],
  );
  return rows.map((row) => ({ deviceId: row.device_id, pushToken: row.push_token, serviceUrl: row.relay_url }));
}

/** Takes devices out of the line before they are told: what comes meanwhile puts them there again. */
export async function takeFromLine(
  tenant: Tenant,
  passTypeIdentifier: string,
  deviceIds: readonly string[],
): Promise<void> {
  await tenant.query(
    `update apple_devices set push_wanted_at = null
     where company_id = $1 and pass_type_identifier = $2 and device_id = any($3)`,
    [tenant.companyId, passTypeIdentifier, deviceIds],
  );
}

/** Puts devices back into the line, for a relay that could not be reached. */
export async function putInLine(
  tenant: Tenant,
  passTypeIdentifier: string,
  deviceIds: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  await tenant.query(
    `update apple_devices set push_wanted_at = coalesce(push_wanted_at, $4)
     where company_id = $1 and pass_type_identifier = $2 and device_id = any($3)`,
    [tenant.companyId, passTypeIdentifier, deviceIds, now.toString()],
  );
}

/** Empties the line of a program whose relay is not used or takes nothing. */
export async function emptyLine(queryable: Queryable, companyId: number, kind: RelayKind): Promise<void> {
  await queryable.query(
    `update apple_devices set push_wanted_at = null
     where company_id = $1 and platform = $2 and push_wanted_at is not null`,
    [companyId, kind],
  );
}

/** Devices by program, and those whose program has a line waiting. */
export async function countDevices(
  queryable: Queryable,
  companyId: number,
): Promise<{ platform: string; devices: number; waiting: number }[]> {
  return queryable.query<{ platform: string; devices: number; waiting: number }>(
    `select platform, count(*)::integer as devices, count(push_wanted_at)::integer as waiting
     from apple_devices where company_id = $1 group by platform`,
    [companyId],
  );
}

/** Lines that stand without a job to carry them on, as after a process that died. */
export async function selectForgottenLines(
  queryable: Queryable,
  companyId: number,
  { before, now }: { before: Temporal.Instant; now: Temporal.Instant },
): Promise<{ platform: RelayKind; passTypeIdentifier: string }[]> {
  const rows = await queryable.query<{ platform: RelayKind; pass_type_identifier: string }>(
    `select distinct d.platform, d.pass_type_identifier from apple_devices d
       join wallet_relays w on w.company_id = $1 and w.kind = d.platform and w.enabled
         and (w.paused_until is null or w.paused_until < $3)
     where d.company_id = $1 and d.push_wanted_at < $2 limit 100`,
    [companyId, before.toString(), now.toString()],
  );
  return rows.map((row) => ({ platform: row.platform, passTypeIdentifier: row.pass_type_identifier }));
}
