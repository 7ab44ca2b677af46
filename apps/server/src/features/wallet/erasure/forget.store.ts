import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import { type ForgottenGuest, wholeNames } from '../../guests/index.ts';

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
 * Forgets what was sent to a guest's cards, the browsers that heard of them, and what the cards were before somebody changed
 * many at once. The tombstones stay, and so long as they speak to phones the phones that hold them.
 */
export async function deleteTraces(
  transaction: TenantTransaction,
  { accountIds }: Pick<ForgottenGuest, 'accountIds'>,
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
}

/** What an operation on many cards looks for, and what it writes. */
const WORDS = [`filter #>> '{asked,search}'`, `change ->> 'value'`];

/**
 * Whether a text names a guest: by an e-mail, a phone, or the words of $4. `exact`: by whole words and whole phones; else by
 * any part of a text, and by some digits of a phone. «Лев» is in «слева», and «2000» in many a phone.
 */
const names = (column: string, { exact }: { exact: boolean }): string => {
  const digits = `regexp_replace(${column}, '\\D', '', 'g')`;
  return `(exists (select from unnest($2::text[]) as n(email) where position(n.email in lower(${column})) > 0)
  or exists (select from unnest($3::text[]) as n(phone) where position(right(n.phone, 10) in ${digits}) > 0
    or length(${digits}) > ${exact ? 6 : 3} and position(right(${digits}, 10) in n.phone) > 0)
  or exists (select from unnest($4::text[]) as n(word) where length(n.word) > 2 and ${
    exact
      ? `lower(n.word) = any (regexp_split_to_array(lower(${column}), '[\\s,.;:!?"«»“”()…—–/-]+'))`
      : `position(lower(n.word) in lower(${column})) > 0`
  }))`;
};

/**
 * Stops operations on many cards that have not ended and whose words name a guest: what they have not written yet is not
 * written any more. Call under their lock. @returns how many they were
 */
export async function cancelNaming(
  transaction: TenantTransaction,
  { phones, emails, names: words }: ForgottenGuest,
  now: Temporal.Instant,
): Promise<number> {
  const rows = await transaction.query(
    `update bulk_operations set state = 'cancelled', updated_at = $5, finished_at = $5
     where company_id = $1 and state in ('waiting', 'running', 'paused')
       and (${WORDS.map((column) => names(column, { exact: true })).join(' or ')}) returning bulk_id`,
    [transaction.companyId, emails, phones, words.flatMap((name) => name.split(/\s+/)), now.toString()],
  );
  return rows.length;
}

/**
 * Blanks the words of operations on many cards that name a guest. Those under way need theirs to go on: the rest of them
 * names nobody, see `cancelNaming`. What is taken back needs none.
 */
export async function blankWords(transaction: TenantTransaction, guest: ForgottenGuest): Promise<void> {
  const { phones, emails, names: words } = guest;
  const values = [transaction.companyId, emails, phones, words];
  const [search, value] = WORDS.map((column) => names(column, { exact: false }));
  const over = `company_id = $1 and state in ('finished', 'cancelled', 'undoing', 'undone')`;
  await transaction.query(
    `update bulk_operations set filter = jsonb_set(filter #- '{asked,search}', '{meant,search}', 'null')
     where ${over} and ${search}`,
    values,
  );
  await transaction.query(
    `update bulk_operations set change = change || '{"value": "…"}' where ${over} and ${value}`,
    values,
  );
  // What was said to many names a guest only by his whole name.
  await transaction.query(
    `update bulk_operations set change = change || '{"text": "…"}'
     where ${over} and kind = 'announce' and ${names(`change ->> 'text'`, { exact: false })}`,
    [transaction.companyId, emails, phones, wholeNames(guest)],
  );
}
