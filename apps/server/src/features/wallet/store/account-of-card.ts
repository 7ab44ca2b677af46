import type { Vault } from '../../../platform/crypto/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import type { EventCard } from '../../journal/index.ts';
import { codeHash, codeKey, plainCodeHash } from '../changing-codes/shown-codes.ts';

/** More cards than this with one code are no guest's in any case. */
const SAME_CODE_MAX = 20;

/** How a text leads to a card, the surest first. */
type Way = 'serial' | 'serial_as_typed' | 'shown' | 'shown_before';
const ways: readonly Way[] = ['serial', 'serial_as_typed', 'shown', 'shown_before'];

export type CardOfText = EventCard & {
  readonly way: Way;
  /** Whether its design changes codes. */
  readonly changing: boolean;
  /** When its last day is over, ISO 8601; absent: never. */
  readonly expiresAt: string | undefined;
};

/**
 * The card that a scanned or typed text leads to: by its serial number, as it stands and as tills compare it, by what its
 * code says, by what it said before. A text that leads to cards of several guests in the surest of these ways is nobody's.
 * A voided card leads nowhere.
 */
export async function selectCardOfText(vault: Vault, tenant: Tenant, text: string): Promise<CardOfText | null> {
  // Codes from before hashes had a key are found at any moment while they are being keyed, see `keyPlainCodes`.
  const hashes = [codeHash({ vault, companyId: tenant.companyId }, text), plainCodeHash(text)];
  const rows = await tenant.query<{
    way: number;
    pass_id: bigint;
    design_id: number;
    account_id: bigint;
    changing: boolean;
    expires_at: string | null;
  }>(
    {
      name: 'card-of-text',
      text: `select f.way, p.pass_id, p.design_id, p.account_id, d.body ? 'changingCode' as changing,
               p.snapshot->>'expiresAt' as expires_at
             from (
               (select 0 as way, pass_id from passes where company_id = $1 and serial = $2 and not voided limit $5)
               union all
               (select 1, pass_id from passes where company_id = $1 and serial = $3 and serial <> $2 and not voided limit $5)
               union all
               (select case when c.left_at is null then 2 else 3 end, c.pass_id from card_codes c
                join passes o on o.company_id = $1 and o.pass_id = c.pass_id and not o.voided
                where c.company_id = $1 and c.code_hash = any ($4) order by c.left_at desc nulls first limit $5)) f
             join passes p on p.company_id = $1 and p.pass_id = f.pass_id
             join designs d on d.company_id = $1 and d.design_id = p.design_id
             order by f.way, p.pass_id`,
    },
    [tenant.companyId, text, codeKey(text), hashes, SAME_CODE_MAX],
  );
  const [first] = rows;
  if (!first) return null;
  const shared = rows.some((row) => row.way === first.way && row.account_id !== first.account_id);
  if (shared) return null;
  return {
    way: ways[first.way]!,
    passId: Number(first.pass_id),
    designId: first.design_id,
    accountId: Number(first.account_id),
    changing: first.changing,
    expiresAt: first.expires_at ?? undefined,
  };
}

/** The account of a tombstone with this serial number, where its guest was erased; null for any other text. */
export async function selectAccountOfErased(tenant: Tenant, text: string): Promise<number | null> {
  const rows = await tenant.query<{ account_id: bigint }>(
    {
      name: 'account-of-erased',
      text: `select p.account_id from passes p
             join accounts a on a.company_id = p.company_id and a.account_id = p.account_id
             join guests g on g.company_id = a.company_id and g.guest_id = a.guest_id
             where p.company_id = $1 and p.serial in ($2, $3) and p.deleted_at is not null and g.erased_at is not null limit 1`,
    },
    [tenant.companyId, text, codeKey(text)],
  );
  return rows[0] ? Number(rows[0].account_id) : null;
}
