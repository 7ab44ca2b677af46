import { createTenantGather, type Queryable, type Tenant } from '../../../platform/database/index.ts';

/** What an invitation of an account is made of: the settings of its programme and its code, where there are any. */
export type InvitationParts = { readonly settings: unknown | null; readonly code: string | null };

/** Cards of many guests ask for this at once: those asked for together are read together. */
export const selectInvitation = createTenantGather(selectInvitations);

// Keys as JSON: see readForSales.
async function selectInvitations(
  tenant: Tenant,
  accounts: readonly { readonly accountId: number; readonly programmeId: number }[],
): Promise<InvitationParts[]> {
  const rows = await tenant.query<InvitationParts & { n: number }>(
    {
      name: 'referral-invitations',
      text: `select k.n, s.body as settings, c.code
             from json_to_recordset($2::json) as k(n integer, account_id bigint, programme_id integer)
             left join referral_settings s on s.company_id = $1 and s.programme_id = k.programme_id
             left join referral_codes c on c.company_id = $1 and c.account_id = k.account_id
             order by k.n`,
    },
    [
      tenant.companyId,
      JSON.stringify(
        accounts.map(({ accountId, programmeId }, n) => ({ n, account_id: accountId, programme_id: programmeId })),
      ),
    ],
  );
  return rows;
}

/** Gives an account its code, unless it has got one meanwhile; answers the code that it has then. */
export async function insertCode(
  tenant: Tenant,
  accountId: number,
  code: string,
  now: Temporal.Instant,
): Promise<string> {
  const rows = await tenant.query<{ code: string }>(
    `insert into referral_codes (company_id, account_id, code, created_at) values ($1, $2, $3, $4)
     on conflict (company_id, account_id) do update set code = referral_codes.code returning code`,
    [tenant.companyId, accountId, code, now.toString()],
  );
  return rows[0]!.code;
}

/** Whose code it is, and of which programme. */
export async function selectReferrer(
  tenant: Tenant,
  code: string,
): Promise<{ accountId: number; programmeId: number } | null> {
  const rows = await tenant.query<{ account_id: bigint; programme_id: number }>(
    `select c.account_id, a.programme_id from referral_codes c
     join accounts a on a.company_id = c.company_id and a.account_id = c.account_id
     where c.company_id = $1 and c.code = $2`,
    [tenant.companyId, code],
  );
  return rows[0] ? { accountId: Number(rows[0].account_id), programmeId: rows[0].programme_id } : null;
}

export type NewTouch = {
  touchId: string;
  accountId: number;
  phoneHash: Buffer | null;
  deviceHash: Buffer | null;
};

/** Keeps a touch. One of the same id and referrer learns whose phone and device it was, and keeps its time. */
export async function upsertTouch(tenant: Tenant, touch: NewTouch, now: Temporal.Instant): Promise<boolean> {
  const rows = await tenant.query(
    `insert into referral_touches (company_id, touch_id, account_id, phone_hash, device_hash, touched_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (company_id, touch_id) do update
       set phone_hash = coalesce(excluded.phone_hash, referral_touches.phone_hash),
           device_hash = coalesce(excluded.device_hash, referral_touches.device_hash)
       where referral_touches.account_id = excluded.account_id
     returning touch_id`,
    [tenant.companyId, touch.touchId, touch.accountId, touch.phoneHash, touch.deviceHash, now.toString()],
  );
  return rows.length > 0;
}

export type TouchRow = { accountId: number; programmeId: number; at: Temporal.Instant };

/** What a phone has touched, newest first. */
export async function selectTouches(tenant: Tenant, phoneHash: Buffer): Promise<TouchRow[]> {
  const rows = await tenant.query<{ account_id: bigint; programme_id: number; touched_at: Temporal.Instant }>(
    `select t.account_id, a.programme_id, t.touched_at from referral_touches t
     join accounts a on a.company_id = t.company_id and a.account_id = t.account_id
     where t.company_id = $1 and t.phone_hash = $2 order by t.touched_at desc limit 50`,
    [tenant.companyId, phoneHash],
  );
  return rows.map((row) => ({
    accountId: Number(row.account_id),
    programmeId: row.programme_id,
    at: row.touched_at,
  }));
}

/** Forgets touches that no window reaches any more. */
export async function deleteTouches(tenant: Tenant, before: Temporal.Instant): Promise<void> {
  await tenant.query('delete from referral_touches where company_id = $1 and touched_at < $2', [
    tenant.companyId,
    before.toString(),
  ]);
}

/** The accounts that have registered on a device. */
export async function selectAccountsOfDevice(tenant: Tenant, deviceHash: Buffer): Promise<number[]> {
  const rows = await tenant.query<{ account_id: bigint }>(
    'select account_id from guest_devices where company_id = $1 and device_hash = $2 order by seen_at limit 100',
    [tenant.companyId, deviceHash],
  );
  return rows.map((row) => Number(row.account_id));
}

export async function insertDevice(
  queryable: Queryable,
  companyId: number,
  device: { deviceHash: Buffer; accountId: number },
  now: Temporal.Instant,
): Promise<void> {
  await queryable.query(
    `insert into guest_devices (company_id, device_hash, account_id, seen_at) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [companyId, device.deviceHash, device.accountId, now.toString()],
  );
}
