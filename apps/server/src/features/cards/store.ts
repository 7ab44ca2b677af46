import type { CardNumbers, CardRangeSettings, CardState } from '@tessera/contract';
import type { Queryable, Tenant, TenantTransaction } from '../../platform/database/index.ts';
import type { Card, CardRange } from './model.ts';

type RangeRow = {
  range_id: number;
  name: string;
  group_id: number;
  group_name: string;
  settings: CardRangeSettings;
  numbers: CardNumbers;
  closed: boolean;
  free: number;
  active: number;
  blocked: number;
  created_at: Temporal.Instant;
};

const toRange = (row: RangeRow): CardRange => ({
  rangeId: row.range_id,
  name: row.name,
  groupId: row.group_id,
  group: row.group_name,
  settings: row.settings,
  numbers: row.numbers,
  closed: row.closed,
  free: row.free,
  active: row.active,
  blocked: row.blocked,
  createdAt: row.created_at,
});

/** Newest first; or the one of a number or of a key. */
export async function selectRanges(
  tenant: Tenant,
  {
    before,
    limit,
    rangeId,
    requestKey,
  }: { before?: number | null; limit: number; rangeId?: number; requestKey?: string },
): Promise<CardRange[]> {
  const rows = await tenant.query<RangeRow>(
    `select r.range_id, r.name, r.group_id, g.name as group_name, r.settings, r.numbers,
            r.closed_at is not null as closed, r.created_at, c.free, c.active, c.blocked
     from card_ranges r
     join account_groups g on g.company_id = r.company_id and g.group_id = r.group_id
     cross join lateral (
       select count(*) filter (where state = 'free')::integer as free,
              count(*) filter (where state = 'active')::integer as active,
              count(*) filter (where state = 'blocked')::integer as blocked
       from cards where company_id = r.company_id and range_id = r.range_id) c
     where r.company_id = $1 and ($2::integer is null or r.range_id < $2)
       and ($3::integer is null or r.range_id = $3) and ($4::uuid is null or r.request_key = $4)
     order by r.range_id desc limit $5`,
    [tenant.companyId, before ?? null, rangeId ?? null, requestKey ?? null, limit],
  );
  return rows.map(toRange);
}

export async function insertRange(
  transaction: TenantTransaction,
  range: {
    name: string;
    groupId: number;
    settings: CardRangeSettings;
    numbers: CardNumbers;
    requestKey: string;
    now: Temporal.Instant;
  },
): Promise<number> {
  const rows = await transaction.query<{ range_id: number }>(
    `insert into card_ranges (company_id, name, group_id, settings, numbers, request_key, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) returning range_id`,
    [
      transaction.companyId,
      range.name,
      range.groupId,
      JSON.stringify(range.settings),
      JSON.stringify(range.numbers),
      range.requestKey,
      range.now.toString(),
    ],
  );
  return rows[0]!.range_id;
}

/** false when there is no such range. */
export async function updateRange(
  tenant: Tenant,
  range: { rangeId: number; name: string; settings: CardRangeSettings; closed: boolean; now: Temporal.Instant },
): Promise<boolean> {
  const rows = await tenant.query(
    `update card_ranges set name = $3, settings = $4, closed_at = case when $5 then coalesce(closed_at, $6) end
     where company_id = $1 and range_id = $2 returning range_id`,
    [tenant.companyId, range.rangeId, range.name, JSON.stringify(range.settings), range.closed, range.now.toString()],
  );
  return rows.length > 0;
}

/** Locks a range and counts its cards; null when there is none. */
export async function lockRange(transaction: TenantTransaction, rangeId: number): Promise<{ cards: number } | null> {
  const rows = await transaction.query<{ cards: number }>(
    `select (select count(*)::integer from cards where company_id = $1 and range_id = $2) as cards
     from card_ranges where company_id = $1 and range_id = $2 for update`,
    [transaction.companyId, rangeId],
  );
  return rows[0] ?? null;
}

/** Numbers of a sequence that stand somewhere already: how many, and the first one. Both ends have one length. */
export async function selectTaken(
  queryable: Queryable,
  companyId: number,
  { from, to }: { from: string; to: string },
): Promise<{ count: number; first: string | null }> {
  const rows = await queryable.query<{ count: number; first: string | null }>(
    `select count(*)::integer as count, min(number) as first
     from (select number from cards
           where company_id = $1 and number between $2 and $3 and length(number) = length($2)
           union
           select value collate "C" from guest_identifiers
           where company_id = $1 and kind = 'card' and value collate "C" between $2 and $3 and length(value) = length($2)) taken`,
    [companyId, from, to],
  );
  return rows[0]!;
}

export async function insertSequence(
  transaction: TenantTransaction,
  rangeId: number,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await transaction.query(
    `insert into cards (company_id, number, range_id)
     select $1, n::text, $2 from generate_series($3::bigint, $4::bigint) n`,
    [transaction.companyId, rangeId, from, to],
  );
}

/** Adds the numbers that nobody has. @returns those that were added */
export async function insertNumbers(
  transaction: TenantTransaction,
  rangeId: number,
  numbers: readonly string[],
): Promise<string[]> {
  const rows = await transaction.query<{ number: string }>(
    `insert into cards (company_id, number, range_id)
     select $1, n.number, $2 from unnest($3::text[]) as n(number)
     where not exists (select from guest_identifiers i
                       where i.company_id = $1 and i.kind = 'card' and i.value = n.number)
     on conflict do nothing returning number`,
    [transaction.companyId, rangeId, numbers],
  );
  return rows.map(({ number }) => number);
}

/** Of these numbers, those of this range. */
export async function selectOwn(
  transaction: TenantTransaction,
  rangeId: number,
  numbers: readonly string[],
): Promise<string[]> {
  const rows = await transaction.query<{ number: string }>(
    'select number from cards where company_id = $1 and range_id = $2 and number = any($3::text[])',
    [transaction.companyId, rangeId, numbers],
  );
  return rows.map(({ number }) => number);
}

type CardRow = {
  number: string;
  range_id: number;
  state: CardState;
  account_id: bigint | null;
  activated_at: Temporal.Instant | null;
};
const CARD_COLUMNS = 'number, range_id, state, account_id, activated_at';
const toCard = (row: CardRow): Card => ({
  number: row.number,
  rangeId: row.range_id,
  state: row.state,
  accountId: row.account_id === null ? null : Number(row.account_id),
  activatedAt: row.activated_at,
});

export async function selectCard(queryable: Queryable, companyId: number, number: string): Promise<Card | null> {
  const rows = await queryable.query<CardRow>(
    `select ${CARD_COLUMNS} from cards where company_id = $1 and number = $2`,
    [companyId, number],
  );
  return rows[0] ? toCard(rows[0]) : null;
}

/** By number, page by page. */
export async function selectCards(
  tenant: Tenant,
  { rangeId, state, after, limit }: { rangeId: number; state: CardState | null; after: string; limit: number },
): Promise<Card[]> {
  const rows = await tenant.query<CardRow>(
    `select ${CARD_COLUMNS} from cards
     where company_id = $1 and range_id = $2 and ($3::text is null or state = $3) and number > $4
     order by number limit $5`,
    [tenant.companyId, rangeId, state, after, limit],
  );
  return rows.map(toCard);
}

/** Hands a free card to an account; false when it is not free any more. */
export async function giveCard(
  queryable: Queryable,
  companyId: number,
  given: { number: string; accountId: number; asker: string; now: Temporal.Instant },
): Promise<boolean> {
  const rows = await queryable.query(
    `update cards set state = 'active', account_id = $3, activated_by = $4, activated_at = $5
     where company_id = $1 and number = $2 and state = 'free' returning number`,
    [companyId, given.number, given.accountId, given.asker, given.now.toString()],
  );
  return rows.length > 0;
}

/** How many cards of a range an account has; one after the other for an account. */
export async function countOwnCards(
  transaction: TenantTransaction,
  accountId: number,
  rangeId: number,
): Promise<number> {
  await transaction.query('select pg_advisory_xact_lock($1, hashtext($2))', [
    transaction.companyId,
    `cards:${accountId}`,
  ]);
  const rows = await transaction.query<{ count: number }>(
    `select count(*)::integer as count from cards
     where company_id = $1 and account_id = $2 and range_id = $3 and state = 'active'`,
    [transaction.companyId, accountId, rangeId],
  );
  return rows[0]!.count;
}

/** Blocks a card, or gives it back the state that it had. @returns the card as it is then; null for none */
export async function setBlocked(
  transaction: TenantTransaction,
  number: string,
  blocked: boolean,
): Promise<Card | null> {
  const rows = await transaction.query<CardRow>(
    `update cards set state = case when $3 then 'blocked' when state <> 'blocked' then state
                                   when account_id is null then 'free' else 'active' end
     where company_id = $1 and number = $2 returning ${CARD_COLUMNS}`,
    [transaction.companyId, number, blocked],
  );
  return rows[0] ? toCard(rows[0]) : null;
}
