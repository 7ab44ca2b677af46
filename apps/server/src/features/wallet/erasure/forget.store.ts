import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { ForgottenGuest } from '../../guests/index.ts';

export type CardCounts = { readonly cards: number; readonly devices: number; readonly browsers: number };

/** Cards in use of some accounts, the phones that hold them and the browsers that hear of them. */
export async function countCards(tenant: Tenant, accountIds: readonly number[]): Promise<CardCounts> {
  const rows = await tenant.query<CardCounts>(
    `with own as (select pass_id, pass_type_identifier, serial from passes
                  where company_id = $1 and account_id = any ($2::bigint[]) and deleted_at is null)
     select (select count(*)::integer from own) as cards,
       (select count(distinct r.device_id)::integer from own join apple_registrations r on r.company_id = $1
          and r.pass_type_identifier = own.pass_type_identifier and r.serial = own.serial) as devices,
       (select count(distinct s.subscription_id)::integer from own join web_subscriptions s on s.company_id = $1
          and s.pass_id = own.pass_id) as browsers`,
    [tenant.companyId, accountIds],
  );
  return rows[0]!;
}

/** All cards of some accounts, deleted ones too. */
export async function selectCardsOfAccounts(
  tenant: Tenant,
  accountIds: readonly number[],
): Promise<{ passId: number; guid: string; deleted: boolean }[]> {
  const rows = await tenant.query<{ pass_id: bigint; guid: string; deleted: boolean }>(
    `select pass_id, guid, deleted_at is not null as deleted from passes
     where company_id = $1 and account_id = any ($2::bigint[]) order by pass_id`,
    [tenant.companyId, accountIds],
  );
  return rows.map(({ pass_id, ...row }) => ({ ...row, passId: Number(pass_id) }));
}

/** The links under which accounts open their sets of cards. */
export async function selectSetLinks(transaction: TenantTransaction, accountIds: readonly number[]): Promise<string[]> {
  const rows = await transaction.query<{ guid: string }>(
    'select guid from pass_bundle_links where company_id = $1 and account_id = any ($2::bigint[])',
    [transaction.companyId, accountIds],
  );
  return rows.map(({ guid }) => guid);
}

/**
 * Forgets what was sent to a guest's cards, the browsers that heard of them, what the cards were before somebody changed
 * many at once, and the words of such changes that name him. The tombstones stay, and so long as they speak to phones the
 * phones that hold them.
 */
export async function deleteTraces(
  transaction: TenantTransaction,
  { accountIds, phones, emails, names }: ForgottenGuest,
): Promise<void> {
  const { companyId } = transaction;
  const own = 'select pass_id from passes where company_id = $1 and account_id = any ($2::bigint[])';
  for (const table of [
    'web_subscriptions',
    'web_messages',
    'google_messages',
    'google_notifications',
    'bulk_changes',
    'card_codes',
  ]) {
    await transaction.query(`delete from ${table} where company_id = $1 and pass_id in (${own})`, [
      companyId,
      accountIds,
    ]);
  }
  await transaction.query('delete from pass_bundle_links where company_id = $1 and account_id = any ($2::bigint[])', [
    companyId,
    accountIds,
  ]);
  const told = [...emails, ...names].filter((text) => text.length > 2);
  const namesHim = (column: string) => `(exists (select from unnest($2::text[]) as n(text)
      where position(lower(n.text) in lower(${column})) > 0)
    or exists (select from unnest($3::text[]) as n(phone)
      where length(regexp_replace(${column}, '\\D', '', 'g')) > 3
        and position(regexp_replace(${column}, '\\D', '', 'g') in n.phone) > 0))`;
  await transaction.query(
    `update bulk_operations set filter = jsonb_set(filter #- '{asked,search}', '{meant,search}', 'null')
     where company_id = $1 and state in ('finished', 'cancelled', 'undone')
       and ${namesHim(`filter #>> '{asked,search}'`)}`,
    [companyId, told, phones],
  );
  await transaction.query(
    `update bulk_operations set change = change || '{"value": "…"}'
     where company_id = $1 and state in ('finished', 'cancelled', 'undone') and ${namesHim(`change ->> 'value'`)}`,
    [companyId, told, phones],
  );
}
