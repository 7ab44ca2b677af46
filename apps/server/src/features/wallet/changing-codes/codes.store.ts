import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { EventCard } from '../../journal/index.ts';
import type { PassRecord } from '../model.ts';
import { type ChangingCode, type CodeState, readCode } from './model.ts';

/** Null where the cards of the design do not change their code. */
export type CardBehindCode = CodeState &
  EventCard & {
    readonly voided: boolean;
    readonly changing: ChangingCode | null;
    /** When its last day is over, ISO 8601; absent: never. */
    readonly expiresAt: string | undefined;
  };

export async function selectCardOfCode(tenant: Tenant, passId: number): Promise<CardBehindCode | null> {
  const rows = await tenant.query<{
    design_id: number;
    account_id: bigint;
    voided: boolean;
    changing: ChangingCode | null;
    code_epoch: number;
    code_changed_at: Temporal.Instant | null;
    code_seen_epoch: number;
    code_seen_at: Temporal.Instant | null;
    devices: number;
    expires_at: string | null;
  }>(
    {
      name: 'wallet-card-of-code',
      text: `select p.design_id, p.account_id, p.voided, d.body->'changingCode' as changing, p.code_epoch, p.code_changed_at,
               p.code_seen_epoch, p.code_seen_at, p.snapshot->>'expiresAt' as expires_at,
               (select count(*)::integer from apple_registrations r where r.company_id = $1
                  and r.pass_type_identifier = p.pass_type_identifier and r.serial = p.serial) as devices
             from passes p join designs d on d.company_id = $1 and d.design_id = p.design_id
             where p.company_id = $1 and p.pass_id = $2`,
    },
    [tenant.companyId, passId],
  );
  const row = rows[0];
  return row
    ? {
        passId,
        designId: row.design_id,
        accountId: Number(row.account_id),
        voided: row.voided,
        changing: row.changing,
        epoch: row.code_epoch,
        changedAt: row.code_changed_at,
        seenEpoch: row.code_seen_epoch,
        seenAt: row.code_seen_at,
        devices: row.devices,
        expiresAt: row.expires_at ?? undefined,
      }
    : null;
}

/**
 * Gives a card its next code, if `epoch` is still the one it shows: of two scans of one code one changes it. A number from
 * before a restored backup is passed by.
 */
export async function raiseEpoch(
  transaction: TenantTransaction,
  { passId, epoch }: { passId: number; epoch: number },
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await transaction.query(
    `update passes set code_epoch = $3 + 1, code_changed_at = $4
     where company_id = $1 and pass_id = $2 and code_epoch <= $3 and not voided returning pass_id`,
    [transaction.companyId, passId, epoch, now.toString()],
  );
  return rows.length > 0;
}

/** Designs whose cards change their code with time, and after how many minutes. */
export async function selectTimedDesigns(
  queryable: Queryable,
  companyId: number,
): Promise<{ designId: number; minutes: number }[]> {
  const rows = await queryable.query<{ design_id: number; minutes: number }>(
    `select design_id, (body->'changingCode'->>'minutes')::integer as minutes from designs
     where company_id = $1 and body->'changingCode'->>'minutes' is not null order by design_id limit 500`,
    [companyId],
  );
  return rows.map((row) => ({ designId: row.design_id, minutes: row.minutes }));
}

/**
 * Gives the next code to cards whose code is older than `before`, the oldest first. Cards that no wallet holds are left
 * alone: nobody shows their code but the page, which is asked anew.
 * @returns which
 */
export async function raiseDueEpochs(
  transaction: TenantTransaction,
  due: { designId: number; before: Temporal.Instant; limit: number; now: Temporal.Instant },
): Promise<number[]> {
  const rows = await transaction.query<{ pass_id: bigint }>(
    `update passes set code_epoch = code_epoch + 1, code_changed_at = $5
     where company_id = $1 and pass_id in (
       select p.pass_id from passes p
       where p.company_id = $1 and p.design_id = $2 and not p.voided
         and (p.code_changed_at <= $3 or p.code_changed_at is null and p.created_at <= $3)
         and (exists (select from apple_registrations r where r.company_id = $1
                and r.pass_type_identifier = p.pass_type_identifier and r.serial = p.serial)
           or exists (select from google_objects o where o.company_id = $1 and o.pass_id = p.pass_id and o.installed
                and o.rotation_key_sealed is null))
       order by p.code_changed_at nulls first, p.pass_id limit $4 for update skip locked)
     returning pass_id`,
    [transaction.companyId, due.designId, due.before.toString(), due.limit, due.now.toString()],
  );
  return rows.map((row) => Number(row.pass_id));
}

/** Which code a phone shows after fetching this version: remembered with the first fetch of each. */
export async function noteCodeFetched(
  queryable: Queryable,
  companyId: number,
  pass: PassRecord,
  now: Temporal.Instant,
): Promise<void> {
  const epoch = pass.snapshot.code === undefined ? undefined : readCode(pass.snapshot.code)?.epoch;
  if (epoch === undefined) return;
  await queryable.query(
    `update passes set code_seen_epoch = $3, code_seen_at = $4
     where company_id = $1 and pass_id = $2 and (code_seen_epoch < $3 or code_seen_at is null)`,
    [companyId, pass.passId, epoch, now.toString()],
  );
}
