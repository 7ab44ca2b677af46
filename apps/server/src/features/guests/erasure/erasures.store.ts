import type { Queryable, Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import type { Erasure, ErasureBasis, ForgottenGuest } from './model.ts';

type Row = {
  guest_id: bigint;
  basis: ErasureBasis;
  requested_on: string;
  user_id: number | null;
  user_name: string | null;
  cards: number;
  devices: number;
  browsers: number;
  answers: number;
  photos: number;
  coupons: number;
  points: bigint;
  started_at: Temporal.Instant;
  finished_at: Temporal.Instant | null;
};

export async function selectErasure(tenant: Tenant, guestId: number): Promise<Erasure | null> {
  const rows = await tenant.query<Row>(
    `select e.guest_id, e.basis, e.requested_on, e.user_id, u.name as user_name, e.cards, e.devices, e.browsers, e.answers,
       e.photos, e.coupons, e.points, e.started_at, e.finished_at
     from erasures e left join users u on u.company_id = e.company_id and u.user_id = e.user_id
     where e.company_id = $1 and e.guest_id = $2`,
    [tenant.companyId, guestId],
  );
  const row = rows[0];
  if (!row) return null;
  const { guest_id, requested_on, user_id, user_name, started_at, finished_at, ...counts } = row;
  return {
    ...counts,
    guestId: Number(guest_id),
    requestedOn: requested_on,
    userId: user_id,
    userName: user_name,
    startedAt: started_at,
    finishedAt: finished_at,
  };
}

/** Writes that a guest is being erased, and the word that somebody has to see it through; the first record stays. */
export async function insertErasure(tenant: Tenant, erasure: Omit<Erasure, 'finishedAt' | 'userName'>): Promise<void> {
  const { guestId, basis, requestedOn, userId, startedAt } = erasure;
  const { cards, devices, browsers, answers, photos, coupons, points } = erasure;
  await tenant.query(
    `with begun as (
       insert into erasures (company_id, guest_id, basis, requested_on, user_id, cards, devices, browsers, answers, photos,
         coupons, points, started_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing returning guest_id)
     insert into outbox (company_id, kind, payload, created_at)
     select $1, 'erase_guest', jsonb_build_object('guestId', guest_id), $13 from begun`,
    [
      tenant.companyId,
      guestId,
      basis,
      requestedOn,
      userId,
      cards,
      devices,
      browsers,
      answers,
      photos,
      coupons,
      String(points),
      startedAt.toString(),
    ],
  );
}

/** Takes back an erasure of which nothing has been done. */
export async function deleteErasure(tenant: Tenant, guestId: number): Promise<void> {
  await tenant.query(
    `delete from erasures e using guests g
     where e.company_id = $1 and e.guest_id = $2 and g.company_id = $1 and g.guest_id = $2 and g.erased_at is null`,
    [tenant.companyId, guestId],
  );
}

/** Ends an erasure; the first end stays. */
export async function finishErasure(
  transaction: TenantTransaction,
  guestId: number,
  now: Temporal.Instant,
): Promise<void> {
  await transaction.query(
    'update erasures set finished_at = coalesce(finished_at, $3) where company_id = $1 and guest_id = $2',
    [transaction.companyId, guestId, now.toString()],
  );
}

/** What the traces of a guest are found by, as far as it is known still; null for an unknown guest. */
export async function selectForgotten(
  queryable: Queryable,
  companyId: number,
  guestId: number,
): Promise<ForgottenGuest | null> {
  const rows = await queryable.query<{
    accounts: bigint[];
    phones: string[];
    emails: string[];
    others: string[];
    names: string[];
    fullName: string[];
  }>(
    `select array(select account_id from accounts where company_id = $1 and guest_id = $2 order by account_id) as accounts,
       array(select value from guest_identifiers where company_id = $1 and guest_id = $2 and kind = 'phone') as phones,
       array(select value from guest_identifiers where company_id = $1 and guest_id = $2 and kind = 'email'
             union select email_key from guests where company_id = $1 and guest_id = $2 and email_key is not null) as emails,
       array(select value from guest_identifiers where company_id = $1 and guest_id = $2 and kind in ('card', 'external'))
         as others,
       array_remove(array[first_name, last_name, middle_name], '') as names,
       case when first_name = '' or last_name = '' then '{}'
         else regexp_split_to_array(trim(first_key || ' ' || last_key), '\\s+') end as "fullName"
     from guests where company_id = $1 and guest_id = $2`,
    [companyId, guestId],
  );
  const row = rows[0];
  if (!row) return null;
  return { ...row, guestId, accountIds: row.accounts.map(Number) };
}

/**
 * Takes from a guest everything that tells who he is. That he agreed to something stays, without the address and the
 * program that he came with.
 */
export async function blankGuest(
  transaction: TenantTransaction,
  { guestId, accountIds, phones }: ForgottenGuest,
  { phoneHashes, now }: { phoneHashes: readonly Buffer[]; now: Temporal.Instant },
): Promise<void> {
  const { companyId } = transaction;
  const of = [companyId, guestId];
  await transaction.query(
    `update guests set first_name = '', last_name = '', middle_name = '', birthday = null, birthday_set_at = null,
       sex = null, email = null, note = '', erased_at = coalesce(erased_at, $3)
     where company_id = $1 and guest_id = $2`,
    [...of, now.toString()],
  );
  await transaction.query('delete from guest_identifiers where company_id = $1 and guest_id = $2', of);
  await transaction.query('delete from guest_tags where company_id = $1 and guest_id = $2', of);
  await transaction.query(
    `update consents set address = null, agent = null, withdrawn_at = coalesce(withdrawn_at, $3)
     where company_id = $1 and guest_id = $2`,
    [...of, now.toString()],
  );
  await transaction.query(
    'delete from short_codes where company_id = $1 and (phone = any ($2::text[]) or account_id = any ($3::bigint[]))',
    [companyId, phones, accountIds],
  );
  await transaction.query('delete from till_proofs where company_id = $1 and account_id = any ($2::bigint[])', [
    companyId,
    accountIds,
  ]);
  await transaction.query(
    `insert into erased_phones (company_id, phone_hash, erased_at) select $1, hash, $3 from unnest($2::bytea[]) as n(hash)
     on conflict (company_id, phone_hash) do update set erased_at = excluded.erased_at`,
    [companyId, phoneHashes, now.toString()],
  );
}

/** Whether one of these phones was that of a guest who was erased. */
export async function hasErasedPhone(tenant: Tenant, phoneHashes: readonly Buffer[]): Promise<boolean> {
  if (phoneHashes.length === 0) return false;
  const rows = await tenant.query(
    'select from erased_phones where company_id = $1 and phone_hash = any ($2::bytea[]) limit 1',
    [tenant.companyId, phoneHashes],
  );
  return rows.length > 0;
}

/** Forgets erasures that ended before an instant, and the hashes of phones from then. */
export async function deleteOldErasures(tenant: Tenant, before: Temporal.Instant): Promise<void> {
  await tenant.query('delete from erasures where company_id = $1 and finished_at < $2', [
    tenant.companyId,
    before.toString(),
  ]);
  await tenant.query('delete from erased_phones where company_id = $1 and erased_at < $2', [
    tenant.companyId,
    before.toString(),
  ]);
}
