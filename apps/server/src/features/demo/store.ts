import type { Queryable, Tenant } from '../../platform/database/index.ts';

export type DemoCard = { guid: string; serial: string; name: string; phone: string };

/** The newest cards, to choose from on the demo's phone. */
export async function selectDemoCards(tenant: Tenant, limit: number): Promise<DemoCard[]> {
  return tenant.query<DemoCard>(
    `select w.guid, w.serial, trim(g.first_name || ' ' || g.last_name) as name,
       coalesce((select i.value from guest_identifiers i
                 where i.company_id = g.company_id and i.guest_id = g.guest_id and i.kind = 'phone'
                 order by i.main desc limit 1), '') as phone
     from passes w
     join accounts a on a.company_id = w.company_id and a.account_id = w.account_id
     join guests g on g.company_id = a.company_id and g.guest_id = a.guest_id
     where w.company_id = $1 and not w.voided
     order by w.pass_id desc limit $2`,
    [tenant.companyId, limit],
  );
}

/** How far the demo's clock is ahead of the real one, in milliseconds. */
export async function selectClockAhead(platform: Queryable): Promise<number> {
  const rows = await platform.query<{ value: number }>(
    `select value from settings where name = 'demo_clock_ahead'`,
    [],
  );
  return rows[0]?.value ?? 0;
}

export async function writeClockAhead(platform: Queryable, milliseconds: number): Promise<void> {
  await platform.query(
    `insert into settings (name, value) values ('demo_clock_ahead', $1)
     on conflict (name) do update set value = excluded.value`,
    [JSON.stringify(milliseconds)],
  );
}
