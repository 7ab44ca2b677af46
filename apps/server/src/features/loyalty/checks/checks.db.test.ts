import { replay, stateToJson } from '@tessera/loyalty';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLoyaltyHouse, type LoyaltyHouse } from '../../../../test/loyalty-house.ts';
import { selectAccount } from '../accounts.store.ts';
import { selectEntriesFrom } from '../checks.store.ts';
import {
  adjustAccount,
  holdPoints,
  quoteSale,
  type ReturnWish,
  registerCheck,
  releaseHold,
  returnCheck,
  returnPart,
  type Sale,
  viewAccount,
} from '../index.ts';
import { readCheck } from './read-check.ts';

let there: LoyaltyHouse;
let keys = 0;

beforeAll(async () => {
  there = await createLoyaltyHouse({
    timeZone: 'Europe/Moscow',
    levels: [{ id: 'base', name: 'Базовый', fromTurnover: 0, rateBasisPoints: 500 }],
    spendLimits: { maxPercentBasisPoints: 10_000 },
  });
});
afterAll(() => there.house.close());

const nextKey = () => {
  keys += 1;
  return `key-${keys}`;
};
const hold = (accountId: number, key: string, amount: bigint, ttlSeconds = 900) =>
  holdPoints(there.platform, there.tenant, { accountId, key }, { amount, ttlSeconds });
const sell = (accountId: number, sale: Partial<Sale> & { externalId?: string }, platform = there.platform) => {
  const check = {
    source: 'api',
    externalId: nextKey(),
    accountId,
    spend: 0n,
    mode: 'priced',
    total: 100_000n,
    ...sale,
  };
  return registerCheck(platform, there.tenant, check as Sale);
};
const capture = (accountId: number, holdKey: string, spend: bigint, externalId = nextKey()) =>
  sell(accountId, { holdKey, spend, accrual: 0n, externalId });
const giveBack = (checkId: number, returnKey: string, wish: ReturnWish = {}, platform = there.platform) =>
  returnPart(platform, there.tenant, checkId, wish, { source: 'api', returnKey });
const balanceOf = async (accountId: number) => (await viewAccount(there.platform, there.tenant, accountId))!.balance;

/** What an account's row says is what its entries say. */
async function expectReplayed(accountId: number): Promise<void> {
  const entries = await selectEntriesFrom(there.tenant, accountId, 1);
  const account = await selectAccount(there.tenant, accountId);
  expect(stateToJson(replay(entries))).toEqual(stateToJson(account!.state));
}

/** Two lots: 30.00 that burn soon and 100.00 that burn later. */
async function withTwoLots(): Promise<number> {
  const accountId = await there.newAccount();
  const call = { accountId, source: 'test', externalId: null };
  await adjustAccount(there.platform, there.tenant, call, { kind: 'refill', amount: 3_000n, lifetimeDays: 9 });
  await adjustAccount(there.platform, there.tenant, call, { kind: 'refill', amount: 10_000n, lifetimeDays: 120 });
  return accountId;
}

describe('a hold', () => {
  test('EX-H1: locks lots in order; the capture takes from them in order and the rest goes back', async () => {
    const accountId = await withTwoLots();
    expect(await hold(accountId, 'h1', 8_000n)).toMatchObject({
      value: { amount: 8_000, available: 5_000, held: 8_000 },
    });
    expect(await capture(accountId, 'h1', 6_000n)).toMatchObject({ value: { spent: 6_000, balance: 7_000 } });
    const view = await viewAccount(there.platform, there.tenant, accountId);
    expect(view?.state.lots.map(({ remaining }) => remaining)).toEqual([7_000n]);
    await expectReplayed(accountId);
  });

  test('EX-H2: leaves to others what is not held', async () => {
    const accountId = await withTwoLots();
    await hold(accountId, 'h2', 8_000n);
    expect(await hold(accountId, 'h2-other', 6_000n)).toMatchObject({
      refusal: { code: 'insufficient_points', params: { available: '5000' } },
    });
  });

  test('EX-H3: gives everything back when its time is over, with lots and terms as they were', async () => {
    const accountId = await withTwoLots();
    const before = (await viewAccount(there.platform, there.tenant, accountId))!.state.lots;
    await hold(accountId, 'h3', 8_000n, 900);
    there.house.clock.advance({ minutes: 15 });
    const after = (await viewAccount(there.platform, there.tenant, accountId))!;
    expect(after.balance).toMatchObject({ available: 13_000n, held: 0n });
    expect(after.state.lots).toEqual(before);
  });

  test('EX-H4: is gone after its time; a capture that succeeded answers again the same', async () => {
    const accountId = await withTwoLots();
    await hold(accountId, 'h4', 8_000n, 900);
    there.house.clock.advance({ minutes: 15 });
    expect(await capture(accountId, 'h4', 6_000n)).toMatchObject({ refusal: { code: 'hold_expired' } });
    await hold(accountId, 'h4-again', 8_000n, 900);
    const key = nextKey();
    const first = await capture(accountId, 'h4-again', 6_000n, key);
    there.house.clock.advance({ hours: 1 });
    expect(await capture(accountId, 'h4-again', 6_000n, key)).toEqual(first);
    expect(await capture(accountId, 'h4-again', 6_000n)).toMatchObject({
      refusal: { code: 'hold_gone', params: { end: 'captured' } },
    });
  });

  test('EX-H5: does not pay for more than it holds', async () => {
    const accountId = await withTwoLots();
    await hold(accountId, 'h5', 5_000n);
    expect(await capture(accountId, 'h5', 5_001n)).toMatchObject({ refusal: { code: 'over_hold' } });
  });

  test('answers a repeated wish as the first, also after its end, and never opens twice', async () => {
    const accountId = await there.newAccount(10_000n);
    const first = await hold(accountId, 'twice', 4_000n);
    expect(await hold(accountId, 'twice', 4_000n)).toEqual(first);
    expect(await hold(accountId, 'twice', 4_001n)).toMatchObject({ refusal: { code: 'idempotency_mismatch' } });
    const key = { accountId, key: 'twice' };
    const released = await releaseHold(there.platform, there.tenant, key);
    expect(released).toMatchObject({ value: { released: 4_000, available: 10_000, held: 0 } });
    expect(await releaseHold(there.platform, there.tenant, key)).toEqual(released);
    expect(await hold(accountId, 'twice', 4_000n)).toEqual(first);
    expect((await balanceOf(accountId)).held).toBe(0n);
  });

  test('fifty at once on a balance for ten: ten are held, and nothing is below zero', async () => {
    const accountId = await there.newAccount(10_000n);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        holdPoints(
          index % 2 ? there.platform : there.other,
          there.tenant,
          { accountId, key: `race-${index}` },
          { amount: 1_000n, ttlSeconds: 900 },
        ),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
    expect(await balanceOf(accountId)).toMatchObject({ available: 0n, held: 10_000n });
    await expectReplayed(accountId);
  });

  test('EX-I4: capture and time-out race: exactly one wins, and the ledger balances either way', async () => {
    for (let round = 0; round < 12; round++) {
      const accountId = await there.newAccount(10_000n);
      await hold(accountId, 'i4', 8_000n, 60);
      // A read of the account writes the time-out down when it comes first; here a gift does, in another process.
      const call = { accountId, source: 'test', externalId: null };
      const gift = () => adjustAccount(there.other, there.tenant, call, { kind: 'refill', amount: 1n });
      const [captured] = await Promise.all([
        capture(accountId, 'i4', 6_000n),
        Promise.resolve().then(() => {
          if (round % 2) there.house.clock.advance({ seconds: 60 });
        }),
        gift(),
      ]);
      if (!captured.ok) expect(captured.refusal.code).toBe('hold_expired');
      there.house.clock.advance({ minutes: 2 });
      const balance = await balanceOf(accountId);
      expect(balance).toMatchObject({ available: captured.ok ? 4_001n : 10_001n, held: 0n });
      await expectReplayed(accountId);
    }
  });
});

const basket: Partial<Sale> = {
  total: undefined,
  lines: [
    { id: 'pizza', amount: 50_000n },
    { id: 'wine', amount: 30_000n, quantityThousandths: 3_000 },
    { id: 'cake', amount: 20_000n },
  ],
  lineNames: { pizza: 'Пицца', wine: 'Вино' },
} as Partial<Sale>;

describe('a check by lines', () => {
  test('is priced as its quote said', async () => {
    const accountId = await there.newAccount(10_000n);
    const wish = { accountId, lines: basket.lines!, spend: 10_000n };
    const quoted = await quoteSale(there.platform, there.tenant, wish);
    if (!quoted.ok) throw new Error(quoted.refusal.code);
    const sold = await sell(accountId, { ...basket, spend: 10_000n });
    expect(sold).toMatchObject({ value: { money: Number(quoted.value.money), accrued: Number(quoted.value.earn) } });
  });

  test('goes back by pieces, by money and by the rest, which reverses exactly everything', async () => {
    const accountId = await there.newAccount(10_000n);
    const sold = await sell(accountId, { ...basket, spend: 10_000n });
    if (!sold.ok) throw new Error(sold.refusal.code);
    const { checkId } = sold.value;
    const piece = await giveBack(checkId, 'piece', { lines: [{ id: 'wine', quantityThousandths: 1_000 }] });
    expect(piece).toMatchObject({
      value: {
        moneyBack: 9_000,
        pointsBack: 1_000,
        clawedBack: 450,
        whole: false,
        lines: [{ id: 'wine', quantityThousandths: 1_000, money: 9_000, paidByPoints: 1_000, earned: 450 }],
      },
    });
    await giveBack(checkId, 'money', { amount: 5_000n });
    const rest = await giveBack(checkId, 'rest');
    expect(rest).toMatchObject({ value: { whole: true, balance: 10_000, debt: 0 } });
    const check = await readCheck(there.tenant, checkId);
    expect(check).toMatchObject({
      value: {
        status: 'returned',
        money: 90_000,
        spent: 10_000,
        accrued: 4_500,
        returned: { money: 90_000, points: 10_000, clawedBack: 4_500 },
        returns: [
          { returnKey: 'piece', moneyBack: 9_000 },
          { returnKey: 'money', moneyBack: 5_000 },
          { returnKey: 'rest' },
        ],
        lines: [
          { id: 'pizza', name: 'Пицца', returned: { quantityThousandths: 1_000, money: 45_000 } },
          { id: 'wine', name: 'Вино', quantityThousandths: 3_000, returned: { quantityThousandths: 3_000 } },
          { id: 'cake', name: '' },
        ],
      },
    });
    await expectReplayed(accountId);
  });

  test('EX-X8: more than was sold, an unknown line or a line returned already refuses the return whole', async () => {
    const accountId = await there.newAccount();
    const sold = await sell(accountId, basket);
    if (!sold.ok) throw new Error(sold.refusal.code);
    const { checkId } = sold.value;
    const before = await balanceOf(accountId);
    const wishes: [ReturnWish, string][] = [
      [{ lines: [{ id: 'wine', quantityThousandths: 3_001 }] }, 'return_exceeds_sold'],
      [
        {
          lines: [
            { id: 'cake', quantityThousandths: 1_000 },
            { id: 'soup', quantityThousandths: 1 },
          ],
        },
        'unknown_line',
      ],
      [{ lines: [{ id: 'cake', amount: 20_001n }] }, 'return_exceeds_sold'],
      [{ amount: 100_001n }, 'return_exceeds_sold'],
    ];
    for (const [wish, code] of wishes) expect(await giveBack(checkId, 'x8', wish)).toMatchObject({ refusal: { code } });
    expect(await balanceOf(accountId)).toEqual(before);
    // The refused key is free: corrected, the same return goes through, and then its line is gone.
    const cake: ReturnWish = { lines: [{ id: 'cake', quantityThousandths: 1_000 }] };
    expect(await giveBack(checkId, 'x8', cake)).toMatchObject({ ok: true });
    expect(await giveBack(checkId, 'x8-again', cake)).toMatchObject({ refusal: { code: 'return_exceeds_sold' } });
  });

  test('EX-X9: the same return sent fifty times at once has one effect and fifty equal answers', async () => {
    const accountId = await there.newAccount();
    const sold = await sell(accountId, basket);
    if (!sold.ok) throw new Error(sold.refusal.code);
    const wish: ReturnWish = { lines: [{ id: 'wine', quantityThousandths: 1_000 }] };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        giveBack(sold.value.checkId, 'x9', wish, index % 2 ? there.platform : there.other),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ ok: true, value: { moneyBack: 10_000 } });
    expect((await balanceOf(accountId)).available).toBe(4_500n);
    const other: ReturnWish = { lines: [{ id: 'wine', quantityThousandths: 2_000 }] };
    expect(await giveBack(sold.value.checkId, 'x9', other)).toMatchObject({
      refusal: { code: 'idempotency_mismatch', params: { kind: 'return', moneyBack: 10_000 } },
    });
  });

  test('EX-X13: the whole return of the till API takes what parts have left, and repeated says the same', async () => {
    const accountId = await there.newAccount(1_000n);
    const externalId = nextKey();
    const sold = await sell(accountId, { ...basket, spend: 1_000n, externalId });
    if (!sold.ok) throw new Error(sold.refusal.code);
    await giveBack(sold.value.checkId, 'x13', { lines: [{ id: 'pizza', quantityThousandths: 1_000 }] });
    const key = { source: 'api', externalId } as const;
    const whole = await returnCheck(there.platform, there.tenant, key);
    expect(whole).toMatchObject({ value: { balance: 1_000, debt: 0 } });
    expect(await returnCheck(there.platform, there.tenant, key)).toEqual(whole);
    expect(await giveBack(sold.value.checkId, 'late')).toMatchObject({ refusal: { code: 'nothing_to_return' } });
  });

  test('of another system is not for a till to return', async () => {
    const accountId = await there.newAccount();
    const sold = await sell(accountId, {
      ...basket,
      source: 'probonus',
      mode: 'reported',
      money: 100_000n,
    } as Partial<Sale>);
    if (!sold.ok) throw new Error(sold.refusal.code);
    const { checkId } = sold.value;
    const refused = { refusal: { code: 'forbidden' } };
    expect(await returnCheck(there.platform, there.tenant, { checkId }, { sources: ['till'] })).toMatchObject(refused);
    expect(await returnCheck(there.platform, there.tenant, { checkId })).toMatchObject({ ok: true });
  });
});
