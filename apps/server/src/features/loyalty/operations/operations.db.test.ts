import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addProgramme, newCompany, openGuest, processOn } from '../../../../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../../../../test/platform.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { type Adjustment, adjustAccount, type LoyaltyPlatform, viewAccount } from '../index.ts';
import { selectEntries } from '../reads.store.ts';
import { selectEntryNotes } from './operations.store.ts';

let house: TestHouse;
/** Two processes on one database: each has a queue of its own. */
let platforms: LoyaltyPlatform[];
let platform: LoyaltyPlatform;
let tenant: Tenant;

beforeAll(async () => {
  house = await createTestHouse();
  platforms = [processOn(house), processOn(house)];
  platform = platforms[0]!;
  tenant = await newCompany(platform);
  const rules = {
    timeZone: 'Europe/Moscow',
    levels: [{ id: 'bronze', name: 'Бронза', fromTurnover: 0, rateBasisPoints: 300 }],
  };
  await addProgramme(platform, tenant, rules);
});
afterAll(() => house.close());

async function newAccount(): Promise<number> {
  return (await openGuest(platform, tenant)).accountId;
}

const adjust = (accountId: number, externalId: string | null, adjustment: Adjustment, comment?: string) =>
  adjustAccount(platform, tenant, { accountId, source: 'api', externalId, comment }, adjustment);
const balanceOf = async (accountId: number) => (await viewAccount(platform, tenant, accountId))?.balance;

describe('an operation with a key', () => {
  test('sent fifty times at once to two processes, happens once and answers fifty times the same', async () => {
    const accountId = await newAccount();
    const call = { accountId, source: 'api', externalId: 'storm' };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        adjustAccount(platforms[index % 2]!, tenant, call, { kind: 'refill', amount: 10_000n }),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ ok: true, value: { kind: 'refill', amount: 10_000, available: 10_000 } });
    expect((await balanceOf(accountId))?.available).toBe(10_000n);
  });

  test('repeated with other sums is refused with the first answer, and nothing is written', async () => {
    const accountId = await newAccount();
    await adjust(accountId, 'sums', { kind: 'refill', amount: 500n });
    const others: Adjustment[] = [
      { kind: 'refill', amount: 501n },
      { kind: 'refill', amount: 500n, lifetimeDays: 30 },
      { kind: 'refill', amount: 500n, lifetimeDays: null },
      { kind: 'deduct', amount: 500n },
      { kind: 'block' },
    ];
    for (const other of others) {
      expect(await adjust(accountId, 'sums', other)).toMatchObject({
        ok: false,
        refusal: { code: 'idempotency_mismatch', params: { kind: 'refill', amount: 500, available: 500 } },
      });
    }
    expect(await adjust(await newAccount(), 'sums', { kind: 'refill', amount: 500n })).toMatchObject({
      refusal: { code: 'idempotency_mismatch', params: { accountId } },
    });
    expect((await balanceOf(accountId))?.available).toBe(500n);
  });

  test('may say another reason: texts are no conflict', async () => {
    const accountId = await newAccount();
    const first = await adjust(accountId, 'texts', { kind: 'refill', amount: 500n }, 'Долго ждали');
    expect(await adjust(accountId, 'texts', { kind: 'refill', amount: 500n }, 'Long wait')).toEqual(first);
  });

  test('answers later what it answered first, whatever has happened since', async () => {
    const accountId = await newAccount();
    const first = await adjust(accountId, 'later', { kind: 'refill', amount: 500n });
    await adjust(accountId, 'later-2', { kind: 'deduct', amount: 200n });
    expect(await adjust(accountId, 'later', { kind: 'refill', amount: 500n })).toEqual(first);
    expect((await balanceOf(accountId))?.available).toBe(300n);
  });

  test('that is refused binds nothing: corrected, it is judged anew', async () => {
    const accountId = await newAccount();
    const refused = await adjust(accountId, 'anew', { kind: 'deduct', amount: 100n });
    expect(refused).toMatchObject({ refusal: { code: 'insufficient_points', params: { missing: '100' } } });
    await adjust(accountId, null, { kind: 'refill', amount: 100n });
    expect(await adjust(accountId, 'anew', { kind: 'deduct', amount: 100n })).toMatchObject({ ok: true });
  });

  test('and one without a key happens as often as it is sent', async () => {
    const accountId = await newAccount();
    for (let times = 0; times < 3; times++) await adjust(accountId, null, { kind: 'refill', amount: 100n });
    expect((await balanceOf(accountId))?.available).toBe(300n);
  });
});

describe('by hand', () => {
  test('points can be taken into a debt only when that is asked for (D15)', async () => {
    const accountId = await newAccount();
    await adjust(accountId, null, { kind: 'refill', amount: 300n });
    expect(await adjust(accountId, 'minus', { kind: 'deduct', amount: 500n })).toMatchObject({ ok: false });
    expect(await adjust(accountId, 'minus', { kind: 'deduct', amount: 500n, allowDebt: true })).toMatchObject({
      value: { available: 0, debt: 200 },
    });
  });

  test('an account is blocked and freed, and a blocked one is given nothing', async () => {
    const accountId = await newAccount();
    expect(await adjust(accountId, 'block', { kind: 'block' })).toMatchObject({ value: { blocked: true } });
    expect(await adjust(accountId, 'gift', { kind: 'refill', amount: 1n })).toMatchObject({
      refusal: { code: 'account_blocked' },
    });
    expect(await adjust(accountId, 'free', { kind: 'unblock' })).toMatchObject({ value: { blocked: false } });
  });

  test('the reason stands beside the entry that it explains', async () => {
    const accountId = await newAccount();
    await adjust(accountId, 'why', { kind: 'refill', amount: 300n, lifetimeDays: 1 }, 'Извинение за ожидание');
    house.clock.advance({ days: 3 });
    await adjust(accountId, 'why-too', { kind: 'refill', amount: 200n }, 'После сгорания');
    const rows = await selectEntries(tenant, { accountId, before: null, limit: 10 });
    expect(rows.map(({ body }) => body.kind)).toEqual(['refill', 'expire', 'refill']);
    const notes = await selectEntryNotes(tenant, accountId, [1, 2, 3]);
    expect([1, 2, 3].map((sequence) => notes.get(sequence)?.comment)).toEqual([
      'Извинение за ожидание',
      undefined,
      'После сгорания',
    ]);
  });
});
