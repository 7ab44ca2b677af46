import { replay, stateToJson } from '@tessera/loyalty';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addProgramme, newCompany, openGuest, processOn } from '../../../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../../../test/platform.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { createInTurn } from '../../platform/in-turn.ts';
import { selectAccount } from './accounts.store.ts';
import { selectEntriesFrom } from './checks.store.ts';
import {
  findMember,
  type LoyaltyPlatform,
  refillAccount,
  registerCheck,
  returnCheck,
  type Sale,
  viewAccount,
} from './index.ts';

let house: TestHouse;
let platform: LoyaltyPlatform;
let tenant: Tenant;

const rules = {
  timeZone: 'Europe/Moscow',
  levels: [
    { id: 'bronze', name: 'Бронза', fromTurnover: 0, rateBasisPoints: 300 },
    { id: 'silver', name: 'Серебро', fromTurnover: 1_000_000, rateBasisPoints: 500 },
  ],
};

beforeAll(async () => {
  house = await createTestHouse();
  // Two processes on one database: each has a queue of its own.
  platform = processOn(house);
  tenant = await newCompany(platform);
  await addProgramme(platform, tenant, rules);
});
afterAll(() => house.close());

const newAccount = async (points = 0n): Promise<number> => (await openGuest(platform, tenant, { points })).accountId;

const sale = (accountId: number, externalId: string, money: bigint, spend = 0n): Sale => ({
  accountId,
  source: 'probonus',
  externalId,
  spend,
  mode: 'reported',
  money,
});

test('guests who are looked up at the same moment are each found with their own account', async () => {
  const guests = await Promise.all(Array.from({ length: 6 }, () => openGuest(platform, tenant)));
  const [accountIds, asked] = [guests.map(({ accountId }) => accountId), guests.map(({ phone }) => phone)];
  const found = await Promise.all(
    ['70000000000', ...asked].map((phone) => findMember(platform, tenant, 'phone', phone)),
  );
  expect(found[0]).toBeNull();
  expect(found.slice(1).map((one) => one?.account.accountId)).toEqual(accountIds);
  expect(found.slice(1).map((one) => one?.guest.identifiers[0]?.value)).toEqual(asked);
});

describe('a sale', () => {
  test('spends, earns, counts the turnover and moves the level', async () => {
    const accountId = await newAccount(10_000n);
    const first = await registerCheck(platform, tenant, sale(accountId, 'lift', 1_000_000n, 4_000n));
    expect(first).toMatchObject({
      ok: true,
      value: { spent: 4_000, accrued: 30_000, balance: 36_000, level: 'Серебро', levelReached: 'Серебро' },
    });
    const view = await viewAccount(platform, tenant, accountId);
    expect(view?.state.turnover).toBe(1_000_000n);
    expect(view?.balance.available).toBe(36_000n);
  });

  test('with one key, sent fifty times at once, happens once and answers fifty times the same', async () => {
    const accountId = await newAccount();
    const other: LoyaltyPlatform = { ...platform, inTurn: createInTurn() };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        registerCheck(index % 2 ? platform : other, tenant, sale(accountId, 'storm', 100_000n)),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ ok: true, value: { accrued: 3_000, balance: 3_000 } });
    expect((await viewAccount(platform, tenant, accountId))?.balance.available).toBe(3_000n);
  });

  test('of many guests at the same moment reads each its own account and its own key', async () => {
    const accountIds: number[] = [];
    for (let index = 0; index < 8; index++) accountIds.push(await newAccount(BigInt(100 * (index + 1))));
    const known = await registerCheck(platform, tenant, sale(accountIds[3]!, 'moment-3', 10_000n, 400n));
    const sales = accountIds.map((accountId, index) =>
      sale(accountId, `moment-${index}`, 10_000n, 100n * BigInt(index + 1)),
    );
    const answers = await Promise.all(
      [...sales, sale(999_999_999, 'moment-x', 1n)].map((one) => registerCheck(platform, tenant, one)),
    );
    expect(answers.at(-1)).toMatchObject({ ok: false, refusal: { code: 'account_not_found' } });
    for (const [index, accountId] of accountIds.entries()) {
      const value = { accountId, spent: 100 * (index + 1), accrued: 300, balance: 300 };
      expect(answers[index]).toMatchObject({ ok: true, value });
    }
    expect(answers[3]).toEqual(known);
  });

  test('EX-I2: of fifty spends at once exactly as many succeed as the balance pays for', async () => {
    const accountId = await newAccount(10_000n);
    const other: LoyaltyPlatform = { ...platform, inTurn: createInTurn() };
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        registerCheck(index % 2 ? platform : other, tenant, {
          ...sale(accountId, `spend-${index}`, 0n, 1_000n),
          accrual: 0n,
        }),
      ),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(10);
    const codes = new Set(results.flatMap((result) => (result.ok ? [] : [result.refusal.code])));
    expect([...codes]).toEqual(['insufficient_points']);
    expect((await viewAccount(platform, tenant, accountId))?.balance.available).toBe(0n);
  });

  test('a used key with other sums is a conflict that names the first operation, and writes nothing', async () => {
    const accountId = await newAccount();
    const first = await registerCheck(platform, tenant, sale(accountId, 'twice', 50_000n));
    const second = await registerCheck(platform, tenant, sale(accountId, 'twice', 60_000n));
    expect(second).toMatchObject({
      ok: false,
      refusal: { code: 'idempotency_mismatch', params: { checkId: first.ok ? first.value.checkId : 0 } },
    });
    const answered = await registerCheck(platform, tenant, sale(accountId, 'twice', 60_000n), {
      onReusedKey: 'first_answer',
    });
    expect(answered).toEqual(first);
    expect((await viewAccount(platform, tenant, accountId))?.state.turnover).toBe(50_000n);
  });

  test('a refused sale binds nothing: the same key succeeds once the points are there', async () => {
    const accountId = await newAccount();
    const wish = sale(accountId, 'later', 0n, 500n);
    expect(await registerCheck(platform, tenant, wish)).toMatchObject({
      ok: false,
      refusal: { code: 'insufficient_points', params: { available: '0', wanted: '500' } },
    });
    await refillAccount(platform, tenant, { accountId, amount: 500n });
    expect(await registerCheck(platform, tenant, wish)).toMatchObject({ ok: true });
  });
});

describe('a return', () => {
  test('takes the whole sale back once, and repeated gives the first answer', async () => {
    const accountId = await newAccount(10_000n);
    await registerCheck(platform, tenant, sale(accountId, 'back', 90_000n, 10_000n));
    const first = await returnCheck(platform, tenant, { source: 'probonus', externalId: 'back' });
    expect(first).toMatchObject({
      ok: true,
      value: { moneyBack: 90_000, pointsBack: 10_000, clawedBack: 2_700, balance: 10_000, debt: 0 },
    });
    expect(await returnCheck(platform, tenant, { source: 'probonus', externalId: 'back' })).toEqual(first);
    expect((await viewAccount(platform, tenant, accountId))?.state.turnover).toBe(0n);
  });

  test('of points that were spent elsewhere leaves a debt, which the next sale settles', async () => {
    const accountId = await newAccount();
    await registerCheck(platform, tenant, sale(accountId, 'earn', 100_000n));
    await registerCheck(platform, tenant, { ...sale(accountId, 'use', 0n, 2_000n), accrual: 0n });
    const returned = await returnCheck(platform, tenant, { source: 'probonus', externalId: 'earn' });
    expect(returned).toMatchObject({ ok: true, value: { clawedBack: 3_000, balance: 0, debt: 2_000 } });
    const next = await registerCheck(platform, tenant, sale(accountId, 'next', 100_000n));
    expect(next).toMatchObject({ ok: true, value: { accrued: 3_000, balance: 1_000 } });
  });

  test('of an unknown check is refused', async () => {
    const result = await returnCheck(platform, tenant, { source: 'probonus', externalId: 'nowhere' });
    expect(result).toEqual({ ok: false, refusal: { code: 'check_not_found' } });
  });
});

describe('the ledger', () => {
  test('replayed from zero equals the stored state, for every account', async () => {
    const accounts = await tenant.query<{ account_id: bigint }>(
      'select account_id from accounts where company_id = $1',
      [tenant.companyId],
    );
    expect(accounts.length).toBeGreaterThan(5);
    for (const { account_id } of accounts) {
      const account = await selectAccount(tenant, Number(account_id));
      const entries = await selectEntriesFrom(tenant, Number(account_id), 1);
      expect(stateToJson(replay(entries))).toEqual(stateToJson(account!.state));
    }
  });

  test('cannot be changed or deleted by the application', async () => {
    const change = tenant.query('update entries set change = 0 where company_id = $1', [tenant.companyId]);
    await expect(change).rejects.toThrow(/permission denied/);
    const deletion = tenant.query('delete from entries where company_id = $1', [tenant.companyId]);
    await expect(deletion).rejects.toThrow(/permission denied/);
  });

  test('of another company is not there', async () => {
    const accountId = await newAccount(100n);
    const other = await newCompany(platform, 'Другое кафе');
    expect(await viewAccount(platform, other, accountId)).toBeNull();
    // Even a statement that names the wrong company sees nothing.
    expect(await other.query('select 1 from accounts where company_id = $1', [tenant.companyId])).toEqual([]);
    expect(await registerCheck(platform, other, sale(accountId, 'theft', 0n, 100n))).toMatchObject({
      ok: false,
      refusal: { code: 'account_not_found' },
    });
  });
});
