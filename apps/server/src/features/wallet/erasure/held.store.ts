import type { Tenant } from '../../../platform/database/index.ts';

export type HeldCard = {
  readonly serial: string;
  readonly design: string;
  readonly createdAt: Temporal.Instant;
  readonly ended: boolean;
  readonly devices: number;
  readonly browsers: number;
  readonly texts: Record<string, string>;
  readonly notes: string;
};

const ROWS_MAX = 1_000;

/** The cards of some accounts with what is written on them alone, oldest first. */
export async function selectHeldCards(tenant: Tenant, accountIds: readonly number[]): Promise<HeldCard[]> {
  return tenant.query<HeldCard>(
    `select p.serial, d.name as design, p.created_at as "createdAt", p.voided as ended, p.own_values as texts,
       coalesce(p.own ->> 'notes', '') as notes,
       (select count(*)::integer from apple_registrations r where r.company_id = p.company_id
          and r.pass_type_identifier = p.pass_type_identifier and r.serial = p.serial) as devices,
       (select count(*)::integer from web_subscriptions s where s.company_id = p.company_id and s.pass_id = p.pass_id)
         as browsers
     from passes p join designs d on d.company_id = p.company_id and d.design_id = p.design_id
     where p.company_id = $1 and p.account_id = any ($2::bigint[]) and p.deleted_at is null
     order by p.pass_id limit ${ROWS_MAX}`,
    [tenant.companyId, accountIds],
  );
}

export type HeldMessage = {
  readonly channel: string;
  readonly at: Temporal.Instant;
  readonly title: string;
  readonly text: string;
};

/** What was said to the browsers and on the Google cards of some accounts, newest first. */
export async function selectHeldMessages(tenant: Tenant, accountIds: readonly number[]): Promise<HeldMessage[]> {
  return tenant.query<HeldMessage>(
    `with own as (select pass_id from passes where company_id = $1 and account_id = any ($2::bigint[]))
     select 'web' as channel, created_at as at, title, body as text from web_messages
     where company_id = $1 and pass_id in (select pass_id from own)
     union all
     select 'google', created_at, header, body from google_messages
     where company_id = $1 and pass_id in (select pass_id from own)
     order by at desc limit ${ROWS_MAX}`,
    [tenant.companyId, accountIds],
  );
}
