import type { Queryable } from '../../platform/database/index.ts';
import type { IdentifierKind } from './model.ts';

/** Takes an identifier away, whoever has it; false when nobody has. */
export async function deleteIdentifier(
  queryable: Queryable,
  companyId: number,
  { kind, value }: { kind: IdentifierKind; value: string },
): Promise<boolean> {
  const rows = await queryable.query(
    'delete from guest_identifiers where company_id = $1 and kind = $2 and value = $3 returning value',
    [companyId, kind, value],
  );
  return rows.length > 0;
}

/** Gives a guest an identifier that nobody has; true when he has it then. */
export async function giveIdentifier(
  queryable: Queryable,
  companyId: number,
  guestId: number,
  { kind, value, now }: { kind: IdentifierKind; value: string; now: Temporal.Instant },
): Promise<boolean> {
  const rows = await queryable.query<{ own: boolean }>(
    `insert into guest_identifiers (company_id, kind, value, guest_id, main, created_at) values ($1, $2, $3, $4, false, $5)
     on conflict (company_id, kind, value) do update set main = guest_identifiers.main
     returning guest_id = $4 as own`,
    [companyId, kind, value, guestId, now.toString()],
  );
  return rows[0]?.own === true;
}
