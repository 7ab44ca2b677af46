import { afterAll, beforeAll, expect, test } from 'vitest';
import { addProgramme, newCompany, openGuest, processOn } from '../../../../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../../../../test/platform.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { selectAccount } from '../accounts.store.ts';
import { type LoyaltyPlatform, refillAccount, registerCheck, returnCheck, settleDue } from '../index.ts';
import { adjustAccount } from '../operations/adjust-account.ts';
import { reportLiability } from './report-liability.ts';

let house: TestHouse;
let platform: LoyaltyPlatform;
let tenant: Tenant;
let programmeId: number;
const accounts: number[] = [];
let checks = 0;

beforeAll(async () => {
  house = await createTestHouse();
  platform = processOn(house);
  tenant = await newCompany(platform);
  const rules = {
    timeZone: 'Europe/Moscow',
    dayStartsAt: '05:00',
    levels: [{ id: 'base', name: 'База', fromTurnover: 0, rateBasisPoints: 1000 }],
    expiry: { unit: 'days', length: 3 },
    welcome: { amount: 1000 },
    wallets: [{ id: 'money', kind: 'deposit', name: 'Депозит' }],
  };
  programmeId = await addProgramme(platform, tenant, rules, { welcome: true });
  for (let guest = 0; guest < 2; guest++) accounts.push((await openGuest(platform, tenant)).accountId);
});
afterAll(() => house.close());

async function sell(accountId: number, money: bigint, spend = 0n): Promise<number> {
  checks += 1;
  const facts = { source: 'probonus', externalId: `c${checks}`, mode: 'reported', money, spend } as const;
  const sold = await registerCheck(platform, tenant, { accountId, ...facts });
  if (!sold.ok) throw new Error(sold.refusal.code);
  return sold.value.checkId;
}

const report = async (from: string, to: string) => {
  const answer = await reportLiability(platform, tenant, { programmeId, from, to });
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
};

const owed = async (): Promise<number> => {
  const states = await Promise.all(accounts.map((accountId) => selectAccount(tenant, accountId)));
  return states.reduce((sum, one) => {
    const { available, pending, held, debt } = one!.state;
    return sum + Number(available + pending + held - debt);
  }, 0);
};

test('each day rolls forward from its opening, and the closing is what the ledger holds', async () => {
  const [anna, boris] = accounts as [number, number];
  const first = await sell(anna, 100_000n);
  await sell(boris, 50_000n, 500n);
  // Four in the morning belongs to the business day before.
  house.clock.advance({ hours: 16 });
  await refillAccount(platform, tenant, { accountId: boris, amount: 3000n, lifetimeDays: null });
  house.clock.advance({ hours: 10 });
  await sell(anna, 20_000n, 10_500n);
  await returnCheck(platform, tenant, { checkId: first });
  house.clock.advance({ days: 4 });
  await settleDue(platform, tenant);
  const { days, total, outstanding, worth } = await report('2026-03-01', '2026-03-07');
  expect(days[0]).toEqual({
    day: '2026-03-01',
    opening: 0,
    // Two welcomes of 10.00, 100.00 and 50.00 for the checks.
    earned: 17_000,
    earnedReversed: 0,
    redeemed: 500,
    redeemedGivenBack: 0,
    expired: 0,
    manual: 3000,
    settled: 0,
    closing: 19_500,
  });
  expect(days.map(({ day, closing }, index) => [day, days[index + 1]?.opening ?? closing])).toEqual(
    days.map(({ day, closing }) => [day, closing]),
  );
  expect(days[1]).toMatchObject({ earned: 2000, redeemed: 10_500, earnedReversed: 10_000 });
  expect([days.at(-1)!.closing, total.closing, outstanding, worth]).toEqual(Array(4).fill(await owed()));
  expect(total.opening).toBe(0);
  // A period that ends before today closes at what was owed then.
  expect((await report('2026-03-02', '2026-03-02')).days[0]).toMatchObject({
    opening: 19_500,
    closing: days[1]!.closing,
  });
  expect((await report('2026-02-01', '2026-02-28')).total).toMatchObject({ opening: 0, closing: 0, earned: 0 });
});

test('a deposit is no points: what is paid into it and taken out of it moves nothing', async () => {
  const before = await report('2026-03-01', '2026-03-07');
  const call = { accountId: accounts[0]!, source: 'house', externalId: null };
  for (const [kind, amount] of [
    ['refill', 70_000n],
    ['deduct', 20_000n],
  ] as const) {
    const done = await adjustAccount(platform, tenant, call, { kind, amount, wallet: 'money' });
    expect(done.ok ? null : done.refusal).toBeNull();
  }
  expect(await report('2026-03-01', '2026-03-07')).toEqual(before);
});

test('days that are none, in the wrong order or too many are refused, and so is an unknown programme', async () => {
  for (const [from, to] of [
    ['2026-02-30', '2026-03-01'],
    ['2026-03-02', '2026-03-01'],
    ['2026-01-01', '2027-01-02'],
  ] as const) {
    const answer = await reportLiability(platform, tenant, { programmeId, from, to });
    expect(answer.ok ? null : answer.refusal.code).toBe('value_invalid');
  }
  const unknown = await reportLiability(platform, tenant, { programmeId: 999, from: '2026-03-01', to: '2026-03-01' });
  expect(unknown.ok ? null : unknown.refusal.code).toBe('programme_not_found');
});
