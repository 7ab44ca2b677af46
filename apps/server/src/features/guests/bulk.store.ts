import type { TenantTransaction } from '../../platform/database/index.ts';
import type { Identifier, IdentifierKind, Profile } from './model.ts';

export type NewGuest = { profile: Profile; identifiers: readonly Identifier[] };
/** `taken` are identifiers that belong to somebody already: whoever had them keeps them. */
export type AddedGuests = { guestIds: number[]; taken: { index: number; kind: IdentifierKind }[] };

/**
 * Writes many guests with their identifiers, in two statements. The first identifier of each is what he is known by; the
 * caller decides what it means when that one is taken.
 */
export async function insertGuests(
  transaction: TenantTransaction,
  guests: readonly NewGuest[],
  now: Temporal.Instant,
): Promise<AddedGuests> {
  if (guests.length === 0) return { guestIds: [], taken: [] };
  const { companyId } = transaction;
  const rows = await transaction.query<{ guest_id: bigint }>(
    {
      name: 'guests-bulk',
      text: `insert into guests (company_id, first_name, last_name, middle_name, birthday, sex, email, language, created_at)
             select $1, g.first, g.last, g.middle, g.birthday, g.sex, g.email, g.language, $3
             from json_to_recordset($2::json) as g(n integer, first text, last text, middle text, birthday date, sex text,
               email text, language text)
             order by g.n returning guest_id`,
    },
    [
      companyId,
      JSON.stringify(
        guests.map(({ profile }, n) => ({
          n,
          first: profile.firstName,
          last: profile.lastName,
          middle: profile.middleName,
          birthday: profile.birthday,
          sex: profile.sex,
          email: profile.email,
          language: profile.language,
        })),
      ),
      now.toString(),
    ],
  );
  const guestIds = rows.map((row) => Number(row.guest_id));
  const wanted = guests.flatMap(({ identifiers }, index) =>
    identifiers.map(({ kind, value, main }) => ({ index, guest: guestIds[index], kind, value, main })),
  );
  const written = await transaction.query<{ kind: string; value: string; guest_id: bigint }>(
    {
      name: 'identifiers-bulk',
      text: `insert into guest_identifiers (company_id, kind, value, guest_id, main, created_at)
             select $1, i.kind, i.value, i.guest, i.main, $3
             from json_to_recordset($2::json) as i(kind text, value text, guest bigint, main boolean)
             on conflict do nothing returning kind, value, guest_id`,
    },
    [companyId, JSON.stringify(wanted), now.toString()],
  );
  const own = new Set(written.map(({ kind, value, guest_id }) => `${guest_id} ${kind} ${value}`));
  const taken = wanted.filter(({ guest, kind, value }) => !own.has(`${guest} ${kind} ${value}`));
  return { guestIds, taken: taken.map(({ index, kind }) => ({ index, kind })) };
}
