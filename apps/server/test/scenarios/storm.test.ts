import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replayAccounts } from '../../src/features/loyalty/index.ts';
import { API_TOKEN, startTestServer, type TestServer } from '../server.ts';
import { type Answer, call, registerGuest } from './calls.ts';

// Tills that send everything fifty times, and many at once on one account: one effect each, and no point appears or goes.
// STORM_ROUNDS plays more rounds than the daily test has time for.

const ROUNDS = Number(process.env.STORM_ROUNDS ?? 20);
const TWINS = 50;

let server: TestServer;
let accountIds: number[];

beforeAll(async () => {
  server = await startTestServer();
  accountIds = [];
  for (let index = 0; index < 6; index++) accountIds.push((await registerGuest(server)).accountId);
  await server.quiet();
}, 120_000);
afterAll(() => server?.stop());

const post = (path: string, body: unknown): Promise<Answer> =>
  call(server, { path, body, headers: { authorization: `Bearer ${API_TOKEN}` } });
const refill = (accountId: number, amount: number) =>
  post(`/api/v1/accounts/${accountId}/operations`, { externalId: randomUUID(), kind: 'refill', amount });

type Balance = { available: number; pending: number; held: number; debt: number };
async function balanceOf(accountId: number): Promise<Balance> {
  const answer = await call(server, { path: `/api/v1/accounts/${accountId}`, headers: { 'x-api-token': API_TOKEN } });
  return answer.body.balance as Balance;
}
/** What a guest has, whatever it is called: the sum that only a known effect may change. */
const worthOf = ({ available, pending, held, debt }: Balance): number => available + pending + held - debt;
const entriesOf = async (accountId: number): Promise<number> => {
  const rows = await server.query<{ count: string }>('select count(*) from entries where account_id = $1', [accountId]);
  return Number(rows[0]!.count);
};

const lines = [
  { id: 'a', amount: 50_000 },
  { id: 'b', amount: 30_000, quantityThousandths: 3_000 },
];
async function soldCheck(accountId: number): Promise<number> {
  const sold = await post('/api/v1/checks', { externalId: randomUUID(), accountId, lines });
  expect(sold.status, sold.text).toBe(200);
  return Number(sold.body.checkId);
}
async function openHold(accountId: number): Promise<string> {
  const key = randomUUID();
  const held = await post(`/api/v1/accounts/${accountId}/holds`, { key, amount: 500 });
  expect(held.status, held.text).toBe(200);
  return key;
}

/** Each kind of call that carries a key: makes one, to be sent by all twins at once. */
const kinds: ((accountId: number) => Promise<{ path: string; body: object }>)[] = [
  async (accountId) => ({ path: '/api/v1/checks', body: { externalId: randomUUID(), accountId, lines, spend: 100 } }),
  async (accountId) => ({
    path: `/api/v1/checks/${await soldCheck(accountId)}/returns`,
    body: { returnKey: randomUUID(), lines: [{ id: 'b', quantityThousandths: 1_000 }] },
  }),
  async (accountId) => ({
    path: `/api/v1/accounts/${accountId}/operations`,
    body: { externalId: randomUUID(), kind: 'refill', amount: 700 },
  }),
  async (accountId) => ({
    path: `/api/v1/accounts/${accountId}/operations`,
    body: { externalId: randomUUID(), kind: 'deduct', amount: 300 },
  }),
  async (accountId) => ({ path: `/api/v1/accounts/${accountId}/holds`, body: { key: randomUUID(), amount: 200 } }),
  async (accountId) => ({
    path: '/api/v1/checks',
    body: { externalId: randomUUID(), accountId, total: 40_000, spend: 300, holdKey: await openHold(accountId) },
  }),
  async (accountId) => ({ path: `/api/v1/accounts/${accountId}/holds/${await openHold(accountId)}/release`, body: {} }),
  async (accountId) => ({
    path: '/api/v0/external/register_check',
    body: { checkGuid: randomUUID(), accountId, moneySpentSum: 12_345, bonusSpentSum: 55 },
  }),
  async (accountId) => ({
    path: '/api/v0/accounts/refill',
    body: { accountId, sum: 900, externalId: randomUUID() },
  }),
];

describe('the idempotency storm', () => {
  test(`${ROUNDS} rounds of ${TWINS} identical calls at once: one effect each, ${TWINS} equal answers`, {
    timeout: 120_000 + ROUNDS * 5_000,
  }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const accountId = accountIds[round % accountIds.length]!;
      await refill(accountId, 5_000);
      const { path, body } = await kinds[round % kinds.length]!(accountId);
      const first = await post(path, body);
      expect(first.status, `${path}: ${first.text}`).toBe(200);
      const [balance, entries] = [await balanceOf(accountId), await entriesOf(accountId)];
      // The same again, and a new one of the same kind with nobody before its twins.
      const again = await Promise.all(Array.from({ length: TWINS }, () => post(path, body)));
      expect(new Set(again.map(({ text }) => text))).toEqual(new Set([first.text]));
      expect([await balanceOf(accountId), await entriesOf(accountId)]).toEqual([balance, entries]);
      const fresh = await kinds[round % kinds.length]!(accountId);
      const before = await entriesOf(accountId);
      const twins = await Promise.all(Array.from({ length: TWINS }, () => post(fresh.path, fresh.body)));
      expect(new Set(twins.map(({ text }) => text)).size, twins.map(({ text }) => text)[0]).toBe(1);
      expect(twins[0]!.status, twins[0]!.text).toBe(200);
      // One call writes a few entries; a second effect would write as many again.
      const written = (await entriesOf(accountId)) - before;
      expect(written).toBeGreaterThan(0);
      expect(written).toBeLessThan(6);
    }
  });
});

describe('many at once on one account', () => {
  test('EX-I1: the same check ten times in parallel is one entry and ten identical answers', async () => {
    const { accountId } = await registerGuest(server);
    const before = await entriesOf(accountId);
    const body = { externalId: randomUUID(), accountId, total: 10_000 };
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('/api/v1/checks', body)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await entriesOf(accountId)).toBe(before + 1);
  });

  test('EX-I2: 50 parallel spends of 10.00 on a balance of 100.00: exactly ten succeed, nothing is left', async () => {
    const { accountId } = await registerGuest(server);
    const { available } = await balanceOf(accountId);
    expect(available).toBe(10_000);
    const spend = () =>
      post('/api/v1/checks', { externalId: randomUUID(), accountId, money: 5_000, spend: 1_000, accrual: 0 });
    const answers = await Promise.all(Array.from({ length: 50 }, spend));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.every(({ body }) => (body.error as { code: string }).code === 'insufficient_points')).toBe(true);
    expect(await balanceOf(accountId)).toEqual({ available: 0, pending: 0, held: 0, debt: 0 });
  });

  test('50 parallel holds of 10.00 on a balance of 100.00: exactly ten are held', async () => {
    const { accountId } = await registerGuest(server);
    const path = `/api/v1/accounts/${accountId}/holds`;
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post(path, { key: randomUUID(), amount: 1_000 })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(await balanceOf(accountId)).toEqual({ available: 0, pending: 0, held: 10_000, debt: 0 });
  });

  test('one hold, one check, its capture and its release at once: exactly one of them ends it', async () => {
    for (let round = 0; round < 6; round++) {
      const { accountId } = await registerGuest(server);
      const key = randomUUID();
      await post(`/api/v1/accounts/${accountId}/holds`, { key, amount: 4_000 });
      const check = { externalId: randomUUID(), accountId, money: 5_000, spend: 3_000, accrual: 0, holdKey: key };
      const [captured, released] = await Promise.all([
        post('/api/v1/checks', check),
        post(`/api/v1/accounts/${accountId}/holds/${key}/release`, {}),
      ]);
      expect([captured.status, released.status].sort()).toEqual([200, 409]);
      const left = captured.status === 200 ? 7_000 : 10_000;
      expect(await balanceOf(accountId)).toEqual({ available: left, pending: 0, held: 0, debt: 0 });
    }
  });
});

describe('the bank', () => {
  /** One call of any kind on any account; answers by how much it changed what the guest has. */
  async function actAtRandom(sold: number[]): Promise<number> {
    const accountId = accountIds[randomInt(accountIds.length)]!;
    const operations = `/api/v1/accounts/${accountId}/operations`;
    const amount = randomInt(1, 2_000);
    const body = { externalId: randomUUID(), accountId };
    switch (randomInt(7)) {
      case 0: {
        const given = await post(operations, { externalId: body.externalId, kind: 'refill', amount });
        return given.status === 200 ? amount : 0;
      }
      case 1: {
        const taken = await post(operations, { externalId: body.externalId, kind: 'deduct', amount, allowDebt: true });
        return taken.status === 200 ? -amount : 0;
      }
      case 2: {
        const key = randomUUID();
        const held = await post(`/api/v1/accounts/${accountId}/holds`, { key, amount });
        if (held.status !== 200) return 0;
        const spend = randomInt(amount + 1);
        const captured = await post('/api/v1/checks', { ...body, money: 9_999, spend, holdKey: key });
        return captured.status === 200 ? Number(captured.body.accrued) - spend : 0;
      }
      case 3: {
        const checkId = sold[randomInt(sold.length)]!;
        const wish = randomInt(3) === 0 ? {} : { amount: randomInt(1, 20_000) };
        const back = await post(`/api/v1/checks/${checkId}/returns`, { returnKey: randomUUID(), ...wish });
        return back.status === 200 ? Number(back.body.pointsBack) - Number(back.body.clawedBack) : 0;
      }
      case 4: {
        // From one pocket into another: all of them together have the same.
        const to = accountIds[randomInt(accountIds.length)]!;
        await post(`/api/v1/accounts/${accountId}/transfers`, { externalId: body.externalId, to, amount });
        return 0;
      }
      default: {
        const bought = await post('/api/v1/checks', { ...body, lines, spend: randomInt(4_000) });
        if (bought.status !== 200) return 0;
        sold.push(Number(bought.body.checkId));
        return Number(bought.body.accrued) - Number(bought.body.spent);
      }
    }
  }

  test('calls of all kinds at once on six accounts: their points change by exactly what was answered', {
    timeout: 120_000,
  }, async () => {
    const worth = async () =>
      (await Promise.all(accountIds.map(balanceOf))).reduce((sum, one) => sum + worthOf(one), 0);
    for (const accountId of accountIds) await refill(accountId, 20_000);
    const sold = [await soldCheck(accountIds[0]!), await soldCheck(accountIds[1]!)];
    const before = await worth();
    let changed = 0;
    const till = async () => {
      for (let times = 0; times < 15; times++) {
        const by = await actAtRandom(sold);
        changed += by;
      }
    };
    await Promise.all(Array.from({ length: 24 }, till));
    expect((await worth()) - before).toBe(changed);
    // And in the ledger: every account balances by itself, all of them together, and is what its entries say.
    const rows = await server.query<{ company_id: number }>('select distinct company_id from accounts');
    for (const { company_id } of rows) {
      const tenant = server.running.app.platform.database.tenant(company_id);
      expect(await replayAccounts(tenant)).toMatchObject({ differences: 0 });
    }
    await expectBalanced();
  });

  /** Debits equal credits over all entries, and the member's side equals the columns of the accounts. */
  async function expectBalanced(): Promise<void> {
    const [row] = await server.query<{ debits: string; credits: string; owed: string; columns: string }>(
      `with postings as (
         select p ->> 'account' as account, coalesce((p ->> 'debit')::numeric, 0) as debit,
           coalesce((p ->> 'credit')::numeric, 0) as credit
         from entries e cross join lateral json_array_elements(coalesce(e.body -> 'postings', '[]'::json)) p
         where e.body -> 'wallet' is null)
       select sum(debit) as debits, sum(credit) as credits,
         sum(credit - debit) filter (where account in ('pending', 'available', 'held', 'debt')) as owed,
         (select sum(available + pending + held - debt) from accounts) as columns
       from postings`,
    );
    expect(row!.debits).toBe(row!.credits);
    expect(row!.owed).toBe(row!.columns);
  }
});
