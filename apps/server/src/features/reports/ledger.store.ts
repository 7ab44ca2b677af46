import type { Tenant } from '../../platform/database/index.ts';
import type { LedgerKind } from './model.ts';

/** A line of the ledger as the list of transactions shows it. A check with points and a discount is two. */
export type LedgerLine = {
  readonly kind: LedgerKind;
  readonly at: Temporal.Instant;
  readonly accountId: number;
  readonly sequence: number;
  /** 1 for what the entry moves, 2 for the discount of its check. */
  readonly part: number;
  readonly amount: bigint;
  readonly checkId: number | null;
  readonly checkNumber: string | null;
  readonly source: string | null;
};

export type LedgerKey = { readonly accountId: number; readonly sequence: number; readonly part: number };

export type LedgerWish = {
  readonly kinds: readonly LedgerKind[];
  readonly accountId?: number | undefined;
  /** Later than this, exclusively; null: from the beginning. */
  readonly above: Temporal.Instant | null;
  /** Up to this moment, inclusively; of this very moment only what comes after `key`. */
  readonly upTo: Temporal.Instant;
  readonly key: LedgerKey | null;
  readonly limit: number;
};

type LineRow = {
  kind: LedgerKind;
  at: Temporal.Instant;
  account_id: bigint;
  sequence: number;
  part: number;
  amount: bigint;
  check_id: bigint | null;
  check_number: string | null;
  source: string | null;
};

/**
 * Lines of the ledger, the newest first. The summary index on the time of writing finds the blocks of a stretch of time;
 * one account's lines are found by its key. What a side wallet is, the versions of the programme's rules say.
 */
export async function selectLedgerLines(tenant: Tenant, wish: LedgerWish): Promise<LedgerLine[]> {
  const { kinds, accountId = null, above, upTo, key, limit } = wish;
  const rows = await tenant.query<LineRow>(
    `with wallets as (
       select distinct r.programme_id, w ->> 'id' as id, w ->> 'kind' as kind
       from rules r cross join lateral jsonb_array_elements(coalesce(r.body -> 'wallets', '[]')) w
       where r.company_id = $1),
     found as (
       select e.account_id, e.sequence, e.recorded_at as at, e.check_id, k.kind, k.part, k.amount
       from entries e
       join accounts a on a.company_id = $1 and a.account_id = e.account_id
       join programmes p on p.company_id = $1 and p.programme_id = a.programme_id
       left join wallets w on w.programme_id = a.programme_id and w.id = e.body ->> 'wallet'
       left join checks c on c.company_id = $1 and c.check_id = e.check_id and c.entry_sequence = e.sequence
       cross join lateral (values
         (case when e.kind = 'visit' then 'check_in' when e.change = 0 then null
               when e.body ->> 'wallet' is not null then case when w.kind = 'deposit' then 'deposit' else 'stamp' end
               when p.kind = 4 then 'cashback' else 'bonus' end, 1, e.change),
         (case when c.discount > 0 then 'discount_sale' end, 2, c.discount)) as k(kind, part, amount)
       where e.company_id = $1 and e.recorded_at <= $3 and ($2::timestamptz is null or e.recorded_at > $2)
         and ($4::bigint is null or e.account_id = $4) and k.kind = any ($5::text[])
         and ($6::bigint is null or e.recorded_at < $3
              or (e.account_id, e.sequence, k.part) < ($6::bigint, $7::integer, $8::integer))
       order by e.recorded_at desc, e.account_id desc, e.sequence desc, k.part desc limit $9)
     select f.*, c.number as check_number, c.source
     from found f left join checks c on c.company_id = $1 and c.check_id = f.check_id
     order by f.at desc, f.account_id desc, f.sequence desc, f.part desc`,
    [
      tenant.companyId,
      above?.toString() ?? null,
      upTo.toString(),
      accountId,
      kinds,
      key?.accountId ?? null,
      key?.sequence ?? null,
      key?.part ?? null,
      limit,
    ],
  );
  return rows.map((row) => ({
    kind: row.kind,
    at: row.at,
    accountId: Number(row.account_id),
    sequence: row.sequence,
    part: row.part,
    amount: row.amount,
    checkId: row.check_id === null ? null : Number(row.check_id),
    checkNumber: row.check_number || null,
    source: row.source,
  }));
}

/** Cards by their numbers, as lists call them. */
export async function selectCardNames(
  tenant: Tenant,
  passIds: readonly number[],
): Promise<ReadonlyMap<number, { serial: string; designName: string }>> {
  if (passIds.length === 0) return new Map();
  const rows = await tenant.query<{ pass_id: bigint; serial: string; design_name: string }>(
    `select p.pass_id, p.serial, d.name as design_name
     from passes p join designs d on d.company_id = $1 and d.design_id = p.design_id
     where p.company_id = $1 and p.pass_id = any ($2)`,
    [tenant.companyId, passIds],
  );
  return new Map(rows.map((row) => [Number(row.pass_id), { serial: row.serial, designName: row.design_name }]));
}

/** The cards with a serial; one in nearly every company. */
export async function selectCardsBySerial(
  tenant: Tenant,
  serial: string,
): Promise<{ passId: number; accountId: number }[]> {
  const rows = await tenant.query<{ pass_id: bigint; account_id: bigint }>(
    'select pass_id, account_id from passes where company_id = $1 and serial = $2 order by pass_id limit 20',
    [tenant.companyId, serial],
  );
  return rows.map((row) => ({ passId: Number(row.pass_id), accountId: Number(row.account_id) }));
}
