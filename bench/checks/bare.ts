/**
 * What a person would write by hand, without any of our code: two prepared statements per check in `pg`, and a Fastify
 * route with one select. It trusts its caller, knows no rules but one rate, and no tenants.
 */
import Fastify from 'fastify';
import pg from 'pg';
import type { BenchSale } from './sales.ts';
import type { Ground } from './set-up.ts';

const SEARCH_PATH = '-c search_path=tessera,public';
const RATE_BASIS_POINTS = 300;
const YEAR_MILLISECONDS = 366 * 86_400_000;

type BareLot = {
  id: number;
  original: number;
  from: number;
  until: number;
  reason: string;
  by: number;
  check: string;
  left: number;
};
type BareState = { available: number; turnover: number; lots: BareLot[]; nextLot: number; nextEntry: number };

/** Connects one client and gives the function that registers a check with it. */
export async function connectBareTill({
  connectionString,
  bare,
}: Ground): Promise<{ register(sale: BenchSale): Promise<void>; end(): Promise<void> }> {
  const client = new pg.Client({ connectionString, options: SEARCH_PATH });
  await client.connect();
  async function register(sale: BenchSale): Promise<void> {
    const read = await client.query({
      name: 'read',
      text: `select version, state, nextval('checks_check_id_seq') as check_id
               from accounts where company_id = $1 and account_id = $2`,
      values: [bare.companyId, sale.accountId],
    });
    const {
      version,
      state,
      check_id: checkId,
    } = read.rows[0] as { version: number; state: BareState; check_id: string };
    const values = bareValues(bare, sale, version, state, checkId);
    const written = await client.query({ name: 'write', text: WRITE, values });
    // Lost the race for the account: by hand one would read again.
    if (written.rowCount === 0) await register(sale);
  }
  return { register, end: () => client.end() };
}

const WRITE = `with account as (
    update accounts set version = version + 1, state = $4, available = $5, turnover = $6, next_due_at = $7, last_sale_at = $8
    where company_id = $1 and account_id = $2 and version = $3 returning account_id),
  written as (
    insert into entries (company_id, account_id, sequence, kind, check_id, change, balance, body, occurred_at, recorded_at)
    select $1, $2, $9, 'earn', $10, $11, $5, $12, $8, $8 from account),
  sold as (
    insert into checks (company_id, check_id, account_id, source, external_id, fingerprint, number, venue_code, station_code,
      money, spent, accrued, discount, details, rules_id, entry_sequence, sale, answer, status, occurred_at, recorded_at)
    select $1, $10, $2, 'till', $13, $14, $15, 1, 1, $16, $17, $11, 0, $18, $19, $9, $20, $21, 'sold', $8, $8 from account),
  told as (
    insert into outbox (company_id, kind, payload, created_at)
    select $1, 'account_changed', $22, $8 from account)
  select account_id from account`;

const FINGERPRINT = Buffer.alloc(32, 7);

function bareValues(
  bare: Ground['bare'],
  sale: BenchSale,
  version: number,
  state: BareState,
  checkId: string,
): unknown[] {
  const now = Date.now();
  const paid = sale.money - sale.spend;
  const earned = Math.floor((paid * RATE_BASIS_POINTS) / 10_000);
  const until = now + YEAR_MILLISECONDS;
  const terms = {
    id: state.nextLot,
    original: earned,
    from: now,
    until,
    reason: 'purchase',
    by: state.nextEntry,
    check: checkId,
  };
  const next = {
    ...state,
    available: state.available + earned - sale.spend,
    turnover: state.turnover + paid,
    lots: [...state.lots, { ...terms, left: earned }],
    nextLot: state.nextLot + 1,
    nextEntry: state.nextEntry + 1,
  };
  const facts = { at: now, recorded: now, check: checkId, rules: '1' };
  const entry = {
    id: state.nextEntry,
    kind: 'earn',
    ...facts,
    postings: [
      { account: 'issued:purchase', debit: earned },
      { account: 'available', credit: earned },
    ],
    lots: [{ lot: state.nextLot, amount: earned, terms, activates: true }],
    turnover: paid,
    parents: [],
    numbers: { earned, base: paid, rateBasisPoints: RATE_BASIS_POINTS },
    texts: { by: 'level', level: 'bronze' },
  };
  const line = { id: 'check', amount: sale.money, quantity: 1000, money: paid, points: sale.spend, earned };
  const sums = { money: paid, spent: sale.spend, earned, discount: 0, accrualFixed: false };
  const record = {
    ...facts,
    ...sums,
    lines: [line],
    uses: [],
    earnedLot: state.nextLot,
    earnEntry: state.nextEntry,
    spendEntry: null,
    before: { turnover: state.turnover, level: 'bronze' },
  };
  const { accountId } = sale;
  const answer = {
    checkId,
    accountId,
    money: paid,
    spent: sale.spend,
    accrued: earned,
    balance: next.available,
    level: 'Бронза',
  };
  const at = new Date(now).toISOString();
  return [
    bare.companyId,
    accountId,
    version,
    JSON.stringify(next),
    next.available,
    next.turnover,
    new Date(until).toISOString(),
    at,
    state.nextEntry,
    checkId,
    earned,
    JSON.stringify(entry),
    sale.externalId,
    FINGERPRINT,
    sale.number,
    paid,
    sale.spend,
    sale.details,
    bare.rulesId,
    JSON.stringify(record),
    JSON.stringify(answer),
    JSON.stringify({ accountId }),
  ];
}

const FIND = {
  name: 'find',
  text: `select a.account_id, a.available, a.level, g.first_name, g.last_name, i.value as phone
         from guest_identifiers i join guests g using (company_id, guest_id) join accounts a using (company_id, guest_id)
         where i.company_id = $1 and i.kind = 'phone' and i.value = $2`,
};

/** Serves `POST /find` with one indexed select; answers the port. */
export async function serveBare({ connectionString, connections, bare }: Ground): Promise<number> {
  const pool = new pg.Pool({ connectionString, max: connections, options: SEARCH_PATH });
  const text = { type: 'string' };
  const properties = { account_id: text, available: text, level: text, first_name: text, last_name: text, phone: text };
  const schema = {
    body: { type: 'object', required: ['phone'], properties: { phone: { type: 'string', maxLength: 40 } } },
    response: { 200: { type: 'object', properties } },
  };
  const fastify = Fastify();
  fastify.post<{ Body: { phone: string } }>('/find', { schema }, async (request) => {
    const found = await pool.query({ ...FIND, values: [bare.companyId, request.body.phone] });
    return found.rows[0];
  });
  await fastify.listen({ port: 0, host: '127.0.0.1' });
  const address = fastify.server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric port.');
  return address.port;
}
