import type { TenantTransaction } from '../../platform/database/index.ts';
import type { Identifier, IdentifierKind, Profile } from './model.ts';

/** Writes a whole profile; the same birthday keeps the instant since which it stands. false for an unknown guest. */
export async function updateProfile(
  transaction: TenantTransaction,
  guestId: number,
  profile: Profile,
  now: Temporal.Instant,
): Promise<boolean> {
  const { firstName, lastName, middleName, birthday, sex, email } = profile;
  const rows = await transaction.query(
    `update guests set first_name = $3, last_name = $4, middle_name = $5, birthday = $6, sex = $7, email = $8,
       birthday_set_at = case when birthday is distinct from $6::date then $9 else birthday_set_at end
     where company_id = $1 and guest_id = $2 and erased_at is null returning guest_id`,
    [transaction.companyId, guestId, firstName, lastName, middleName, birthday, sex, email, now.toString()],
  );
  return rows.length > 0;
}

/** Gives a guest identifiers; false when somebody else was faster with one of them. */
export async function claimIdentifiers(
  transaction: TenantTransaction,
  guestId: number,
  identifiers: readonly Identifier[],
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await transaction.query(
    `insert into guest_identifiers (company_id, kind, value, guest_id, main, created_at)
     select $1, kind, value, $2, main, $6 from unnest($3::text[], $4::text[], $5::boolean[]) as n(kind, value, main)
     on conflict (company_id, kind, value) do update set main = excluded.main
       where guest_identifiers.guest_id = excluded.guest_id
     returning value`,
    [
      transaction.companyId,
      guestId,
      identifiers.map(({ kind }) => kind),
      identifiers.map(({ value }) => value),
      identifiers.map(({ main }) => main),
      now.toString(),
    ],
  );
  return rows.length === identifiers.length;
}

/** Takes identifiers of these kinds from a guest; those of others stay theirs. */
export async function deleteIdentifiers(
  transaction: TenantTransaction,
  guestId: number,
  kinds: readonly IdentifierKind[],
  values: readonly string[],
): Promise<true> {
  await transaction.query(
    `delete from guest_identifiers
     where company_id = $1 and guest_id = $2 and kind = any($3::text[]) and value = any($4::text[])`,
    [transaction.companyId, guestId, kinds, values],
  );
  return true;
}

/**
 * Puts a phone in the place of the main one, which no longer leads to the guest: its number may be given to somebody
 * else. A further phone of the same guest becomes the main one. false when somebody else was faster with the number.
 */
export async function replaceMainPhone(
  transaction: TenantTransaction,
  guestId: number,
  { phone, was, now }: { phone: string; was: string | null; now: Temporal.Instant },
): Promise<boolean> {
  if (was !== null) await deleteIdentifiers(transaction, guestId, ['phone'], [was]);
  return claimIdentifiers(transaction, guestId, [{ kind: 'phone', value: phone, main: true, verifiedAt: null }], now);
}
