import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { PassRecord } from '../model.ts';

/** A card on more devices than this is worth a look, unless the company says otherwise. */
export const DEVICES_MAX = 3;

export async function selectDevicesMax(tenant: Tenant): Promise<number> {
  const rows = await tenant.query<{ devices_max: number }>(
    'select devices_max from wallet_settings where company_id = $1',
    [tenant.companyId],
  );
  return rows[0]?.devices_max ?? DEVICES_MAX;
}

export async function upsertDevicesMax(tenant: Tenant, devicesMax: number): Promise<void> {
  await tenant.query(
    `insert into wallet_settings (company_id, devices_max) values ($1, $2)
     on conflict (company_id) do update set devices_max = $2`,
    [tenant.companyId, devicesMax],
  );
}

/** On how many devices a card is. */
export async function countDevices(
  queryable: Queryable,
  companyId: number,
  { passTypeIdentifier, serial }: Pick<PassRecord, 'passTypeIdentifier' | 'serial'>,
): Promise<number> {
  const rows = await queryable.query<{ devices: number }>(
    `select count(*)::integer as devices from apple_registrations
     where company_id = $1 and pass_type_identifier = $2 and serial = $3`,
    [companyId, passTypeIdentifier, serial],
  );
  return rows[0]!.devices;
}

export type SharedCard = {
  readonly guid: string;
  readonly serial: string;
  readonly accountId: number;
  readonly designName: string;
  readonly sharingProhibited: boolean;
  readonly devices: number;
  readonly firstAt: Temporal.Instant;
  readonly lastAt: Temporal.Instant;
};

/** Living cards on more devices than `above`, those on the most first. */
export async function selectSharedCards(
  tenant: Tenant,
  { above, limit }: { above: number; limit: number },
): Promise<SharedCard[]> {
  const rows = await tenant.query<{
    guid: string;
    serial: string;
    account_id: bigint;
    design_name: string;
    sharing_prohibited: boolean;
    devices: number;
    first_at: Temporal.Instant;
    last_at: Temporal.Instant;
  }>(
    `select p.guid, p.serial, p.account_id, d.name as design_name, n.devices, n.first_at, n.last_at,
       coalesce((d.body->>'sharingProhibited')::boolean, false) as sharing_prohibited
     from (select pass_type_identifier, serial, count(*)::integer as devices, min(registered_at) as first_at,
             max(registered_at) as last_at
           from apple_registrations where company_id = $1
           group by pass_type_identifier, serial having count(*) > $2) n
     join passes p on p.company_id = $1 and p.pass_type_identifier = n.pass_type_identifier and p.serial = n.serial
     join designs d on d.company_id = $1 and d.design_id = p.design_id
     where p.company_id = $1 and not p.voided order by n.devices desc, p.pass_id limit $3`,
    [tenant.companyId, above, limit],
  );
  return rows.map((row) => ({
    guid: row.guid,
    serial: row.serial,
    accountId: Number(row.account_id),
    designName: row.design_name,
    sharingProhibited: row.sharing_prohibited,
    devices: row.devices,
    firstAt: row.first_at,
    lastAt: row.last_at,
  }));
}

/** The card that took the place of this one, or null. Locks the card until the end of the transaction. */
export async function lockReplacement(transaction: TenantTransaction, passId: number): Promise<number | null> {
  const rows = await transaction.query<{ replaced_by: bigint | null }>(
    'select replaced_by from passes where company_id = $1 and pass_id = $2 for update',
    [transaction.companyId, passId],
  );
  const by = rows[0]?.replaced_by ?? null;
  return by === null ? null : Number(by);
}

/** Ends a card and names the one that takes its place, which has everything of its own from it. */
export async function replacePass(
  transaction: TenantTransaction,
  { oldId, newId }: { oldId: number; newId: number },
): Promise<void> {
  await transaction.query(
    `update passes n set own_values = o.own_values, own = o.own from passes o
     where n.company_id = $1 and n.pass_id = $3 and o.company_id = $1 and o.pass_id = $2`,
    [transaction.companyId, oldId, newId],
  );
  await transaction.query(
    `update passes set voided = true, replaced_by = $3, revision = revision + 1
     where company_id = $1 and pass_id = $2`,
    [transaction.companyId, oldId, newId],
  );
}
