import { type Result, refuse, succeed, type TransactionPage, type TransactionRow } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { listEvents, type StoredEvent } from '../journal/index.ts';
import { accountNames } from '../loyalty/index.ts';
import {
  type LedgerKey,
  type LedgerLine,
  selectCardNames,
  selectCardsBySerial,
  selectLedgerLines,
} from './ledger.store.ts';
import { type Cursor, journalKinds, ledgerKinds, readCursor, readKinds, startOf, writeCursor } from './model.ts';

export type TransactionFilter = {
  readonly kinds?: string | undefined;
  readonly accountId?: number | undefined;
  readonly serial?: string | undefined;
  readonly formId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

type Read = {
  readonly kinds: readonly string[];
  readonly accountId?: number | undefined;
  readonly passId?: number | undefined;
  readonly formId?: string | undefined;
  readonly from?: Temporal.Instant | undefined;
  /** Exclusively. */
  readonly to: Temporal.Instant;
  /** What the ledger says is of accounts: a card or a form has no part in it. */
  readonly ledger: boolean;
};

type Line = { readonly cursor: Cursor; readonly event?: StoredEvent; readonly entry?: LedgerLine };

const PAGE_SIZE = 50;

/**
 * A page of everything that happened, the newest first: the journal and the ledger, merged by time while reading. A page
 * may hold fewer than asked for and still have a next one: the ledger of a whole company is looked through in stretches.
 * @returns value_invalid for kinds or days that are none
 */
export async function listTransactions(
  house: { readonly now: Temporal.Instant; readonly timeZone: string },
  tenant: Tenant,
  {
    after,
    limit = PAGE_SIZE,
    ...filter
  }: TransactionFilter & { after?: string | undefined; limit?: number | undefined },
): Promise<Result<TransactionPage>> {
  const read = await readFilter(house, tenant, filter);
  if (!read.ok) return read;
  if (read.value === null) return succeed({ items: [], next: null });
  const page = await readPage(tenant, read.value, readCursor(after), limit);
  return succeed({ items: await describe(tenant, page.lines), next: page.next && writeCursor(page.next) });
}

/** null: nothing can be found, such as the events of a card that is none. */
async function readFilter(
  { now, timeZone }: { now: Temporal.Instant; timeZone: string },
  tenant: Tenant,
  { kinds: named, accountId, serial, formId, from, to }: TransactionFilter,
): Promise<Result<Read | null>> {
  const kinds = readKinds(named);
  if (!kinds) return refuse('value_invalid', { field: 'kinds', value: named ?? '' });
  const first = from === undefined ? undefined : readDay(from);
  const last = to === undefined ? undefined : readDay(to);
  if (first === null || last === null) return refuse('value_invalid', { field: 'from, to', value: `${from} … ${to}` });
  const card = serial === undefined ? undefined : (await selectCardsBySerial(tenant, serial))[0];
  if (serial !== undefined && !card) return succeed(null);
  if (card && accountId !== undefined && card.accountId !== accountId) return succeed(null);
  return succeed({
    kinds,
    accountId: card?.accountId ?? accountId,
    passId: card?.passId,
    formId,
    from: first && startOf(first, timeZone),
    // A clock that lags behind the one that wrote hides nothing.
    to: last ? startOf(last.add({ days: 1 }), timeZone) : now.add({ hours: 24 }),
    ledger: !card && formId === undefined,
  });
}

function readDay(text: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}

async function readPage(
  tenant: Tenant,
  read: Read,
  cursor: Cursor | null,
  limit: number,
): Promise<{ lines: Line[]; next: Cursor | null }> {
  const [events, ledger] = await Promise.all([
    readEvents(tenant, read, cursor, limit + 1),
    readLedger(tenant, read, cursor, limit + 1),
  ]);
  // Below what the ledger was looked through to, its lines are unknown: nothing of the journal may go before them.
  const { reached } = ledger;
  const known = reached ? events.filter(({ cursor: { at } }) => Temporal.Instant.compare(at, reached) > 0) : events;
  const merged = [...known, ...ledger.lines].sort(byCursor);
  const lines = merged.slice(0, limit);
  if (merged.length > limit) return { lines, next: lines.at(-1)!.cursor };
  return { lines, next: reached && { at: reached, from: 'e', key: LAST_FOLD } };
}

/** Before all rows of a moment, and after them. */
const LAST_FOLD = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const FIRST_FOLD = '00000000-0000-0000-0000-000000000000';

function byCursor({ cursor: one }: Line, { cursor: other }: Line): number {
  const at = Temporal.Instant.compare(other.at, one.at);
  // Each source comes in the order of its own keys, and the sort keeps that.
  return at !== 0 || one.from === other.from ? at : one.from === 'e' ? -1 : 1;
}

async function readEvents(tenant: Tenant, read: Read, cursor: Cursor | null, limit: number): Promise<Line[]> {
  const { kinds, ledger: _ledger, ...filter } = read;
  const wanted = { ...filter, kinds: journalKinds.filter((kind) => kinds.includes(kind)) };
  const before = cursor && { at: cursor.at, fold: cursor.from === 'e' ? cursor.key : FIRST_FOLD };
  const events = await listEvents(tenant, wanted, { before, limit });
  return events.map((event) => ({ cursor: { at: event.at, from: 'e', key: event.fold }, event }));
}

/** A first stretch of the ledger is short; each further one is four times as long, so a rare kind costs few looks. */
const STRETCH = { hours: 6, growth: 4, hoursMax: 24 * 366 * 20, milliseconds: 400 } as const;

/** Looks the ledger through, backwards, until there is enough, or nothing more, or it has taken long enough. */
async function readLedger(
  tenant: Tenant,
  read: Read,
  cursor: Cursor | null,
  limit: number,
): Promise<{ lines: Line[]; reached: Temporal.Instant | null }> {
  const { accountId } = read;
  const kinds = ledgerKinds.filter((kind) => read.kinds.includes(kind));
  if (!read.ledger || kinds.length === 0) return { lines: [], reached: null };
  const floor = read.from ? justBefore(read.from) : null;
  let upTo = justBefore(read.to);
  let key: LedgerKey | null = null;
  if (cursor && Temporal.Instant.compare(cursor.at, upTo) <= 0) {
    upTo = cursor.at;
    key = cursor.from === 'l' ? toKey(cursor.key) : null;
  }
  const found: LedgerLine[] = [];
  const began = performance.now();
  for (let hours = accountId === undefined ? STRETCH.hours : STRETCH.hoursMax; ; hours *= STRETCH.growth) {
    const above = hours >= STRETCH.hoursMax ? floor : later(upTo.subtract({ hours }), floor);
    found.push(
      ...(await selectLedgerLines(tenant, { kinds, accountId, above, upTo, key, limit: limit - found.length })),
    );
    if (above === floor || found.length >= limit) return { lines: found.map(toLine), reached: null };
    if (performance.now() - began > STRETCH.milliseconds) return { lines: found.map(toLine), reached: above };
    upTo = above!;
    key = null;
  }
}

/** PostgreSQL counts in microseconds. */
const justBefore = (at: Temporal.Instant): Temporal.Instant => at.subtract({ microseconds: 1 });

const later = (at: Temporal.Instant, floor: Temporal.Instant | null): Temporal.Instant | null =>
  floor && Temporal.Instant.compare(at, floor) <= 0 ? floor : at;

const toLine = (entry: LedgerLine): Line => ({
  cursor: { at: entry.at, from: 'l', key: `${entry.accountId}.${entry.sequence}.${entry.part}` },
  entry,
});

function toKey(text: string): LedgerKey {
  const [accountId = 0, sequence = 0, part = 0] = text.split('.').map(Number);
  return { accountId, sequence, part };
}

/** Lines with the names of guests and cards. */
async function describe(tenant: Tenant, lines: readonly Line[]): Promise<TransactionRow[]> {
  const accountIds = new Set(lines.flatMap(({ event, entry }) => event?.accountId ?? entry?.accountId ?? []));
  const passIds = new Set(lines.flatMap(({ event }) => event?.passId ?? []));
  const [names, cards] = await Promise.all([
    accountNames(tenant, [...accountIds]),
    selectCardNames(tenant, [...passIds]),
  ]);
  const account = (accountId: number | null) =>
    accountId === null || !names.has(accountId) ? null : { accountId, name: names.get(accountId)! };
  return lines.map(({ cursor, event, entry }) => {
    const id = writeCursor(cursor);
    if (entry) return { ...NOTHING, ...tellEntry(entry), id, account: account(entry.accountId) };
    const card = (event?.passId && cards.get(event.passId)) || null;
    return { ...NOTHING, ...tellEvent(event!), id, account: account(event!.accountId), card };
  });
}

const NOTHING = {
  card: null,
  form: null,
  formId: null,
  source: null,
  amount: null,
  entry: null,
  checkId: null,
  checkNumber: null,
  browser: null,
  system: null,
  network: null,
  device: null,
};

const tellEvent = ({ kind, at, lastAt, count, formId, platform, source, detail }: StoredEvent) => ({
  kind,
  at: at.toString(),
  lastAt: lastAt.toString(),
  count,
  form: platform,
  formId,
  source,
  browser: detail.browser ?? null,
  system: detail.system ?? null,
  network: detail.network ?? null,
  device: detail.device ?? null,
});

const units = {
  bonus: 'points',
  cashback: 'points',
  stamp: 'stamps',
  discount_sale: 'money',
  deposit: 'money',
} as const;

const tellEntry = ({ kind, at, sequence, amount, checkId, checkNumber, source }: LedgerLine) => ({
  kind,
  at: at.toString(),
  lastAt: at.toString(),
  count: 1,
  source,
  amount: kind === 'check_in' ? null : { value: Number(amount), unit: units[kind] },
  entry: sequence,
  checkId,
  checkNumber,
});
