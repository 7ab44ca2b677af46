import { replay, stateToJson } from '@tessera/loyalty';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addProgramme, newCompany, openGuest, processOn } from '../../../../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../../../../test/platform.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { selectAccount } from '../accounts.store.ts';
import { selectEntriesFrom } from '../checks.store.ts';
import { type LoyaltyPlatform, registerCheck, settleDue, viewAccount } from '../index.ts';
import { pinLevel } from '../levels/pin-level.ts';
import { activateCheck } from './activate-check.ts';
import { transferPoints } from './transfer-points.ts';

let house: TestHouse;
/** Two processes on one database. */
let platforms: LoyaltyPlatform[];
let platform: LoyaltyPlatform;
let tenant: Tenant;
let keys = 0;

const levels = [
  { id: 'base', name: 'Гость', fromTurnover: 0, rateBasisPoints: 1000 },
  { id: 'gold', name: 'Друг', fromTurnover: 1_000_000, rateBasisPoints: 2000 },
];

beforeAll(async () => {
  house = await createTestHouse();
  platforms = [processOn(house), processOn(house)];
  platform = platforms[0]!;
  tenant = await newCompany(platform);
  const plain = { timeZone: 'Europe/Moscow', levels };
  const onDelivery = {
    ...plain,
    activationDelay: { kind: 'event', cancelAfterDays: 10 },
    ladder: { window: { kind: 'rolling', months: 1 }, downgrade: 'at_once' },
  };
  await addProgramme(platform, tenant, plain);
  await addProgramme(platform, tenant, onDelivery, { groupId: 4 });
});
afterAll(() => house.close());

const newAccount = async (points: bigint, groupId = 3): Promise<number> =>
  (await openGuest(platform, tenant, { groupId, points, lifetimeDays: 30 })).accountId;

const call = (accountId: number, externalId = `key-${++keys}`) => ({ accountId, source: 'api', externalId });
const availableOf = async (accountId: number) => (await viewAccount(platform, tenant, accountId))?.balance.available;
async function expectReplay(accountId: number): Promise<void> {
  const account = await selectAccount(tenant, accountId);
  const entries = await selectEntriesFrom(tenant, accountId, 1);
  expect(stateToJson(replay(entries))).toEqual(stateToJson(account!.state));
}
const sell = (accountId: number, externalId: string, total: bigint) =>
  registerCheck(platform, tenant, { accountId, source: 'till', externalId, mode: 'priced', spend: 0n, total });

describe('points moved to another member', () => {
  test('keep their expiry; both histories point at each other, and the same key moves them once', async () => {
    const [from, to] = [await newAccount(500n), await newAccount(0n)];
    const key = call(from);
    const moved = await transferPoints(platform, tenant, key, { to, amount: 300n });
    expect(moved).toMatchObject({ ok: true, value: { available: 200, entry: 2, entryThere: 1 } });
    expect(await transferPoints(platform, tenant, key, { to, amount: 300n })).toEqual(moved);
    expect(await transferPoints(platform, tenant, key, { to, amount: 301n })).toMatchObject({
      refusal: { code: 'idempotency_mismatch' },
    });
    expect([await availableOf(from), await availableOf(to)]).toEqual([200n, 300n]);
    const [left, arrived] = await Promise.all([from, to].map((id) => selectEntriesFrom(tenant, id, 1)));
    expect(left!.at(-1)?.explain.texts.account).toBe(String(to));
    expect(arrived!.at(-1)?.explain.texts.account).toBe(String(from));
    expect(arrived!.at(-1)?.lots[0]?.terms?.expiresAtMs).toBe(left![0]?.lots[0]?.terms?.expiresAtMs);
    await Promise.all([from, to].map(expectReplay));
  });

  test('both ways at once, from two processes: nothing is lost, made or left undone', async () => {
    const [one, other] = [await newAccount(1_000n), await newAccount(1_000n)];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const [from, to] = index % 2 === 0 ? [one, other] : [other, one];
        return transferPoints(platforms[index % 2]!, tenant, call(from), { to, amount: 10n });
      }),
    );
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect([await availableOf(one), await availableOf(other)]).toEqual([1_000n, 1_000n]);
    await Promise.all([one, other].map(expectReplay));
  });

  test('that are refused change neither account and leave the key free', async () => {
    const [from, to, elsewhere] = [await newAccount(100n), await newAccount(0n), await newAccount(0n, 4)];
    const key = call(from);
    const codes = [
      await transferPoints(platform, tenant, key, { to, amount: 101n }),
      await transferPoints(platform, tenant, key, { to: elsewhere, amount: 10n }),
      await transferPoints(platform, tenant, key, { to: from, amount: 10n }),
      await transferPoints(platform, tenant, key, { to: 987_654_321, amount: 10n }),
    ].map((answer) => (answer.ok ? 'ok' : answer.refusal.code));
    expect(codes).toEqual(['insufficient_points', 'other_programme', 'value_invalid', 'account_not_found']);
    expect((await transferPoints(platform, tenant, key, { to, amount: 100n })).ok).toBe(true);
  });
});

describe('points that wait for an event', () => {
  test('become usable by its word, once; without it they are cancelled, whether or not a job runs', async () => {
    const accountId = await newAccount(0n, 4);
    const [kept, lost] = [await sell(accountId, 'kept', 100_000n), await sell(accountId, 'lost', 50_000n)];
    if (!kept.ok || !lost.ok) throw new Error('a sale was refused');
    expect(await availableOf(accountId)).toBe(0n);
    const { checkId } = kept.value;
    expect(await activateCheck(platform, tenant, checkId)).toMatchObject({
      value: { activated: 10_000, available: 10_000, pending: 5_000 },
    });
    expect(await activateCheck(platform, tenant, checkId)).toMatchObject({ value: { activated: 0 } });
    expect(await activateCheck(platform, tenant, 987_654_321)).toMatchObject({ refusal: { code: 'check_not_found' } });
    house.clock.advance({ days: 12 });
    expect((await viewAccount(platform, tenant, accountId))?.balance).toMatchObject({
      pending: 0n,
      available: 10_000n,
    });
    expect(await settleDue(platform, tenant)).toBeGreaterThan(0);
    const entries = await selectEntriesFrom(tenant, accountId, 1);
    expect(entries.at(-1)?.kind).toBe('cancel_pending');
    await expectReplay(accountId);
  });
});

describe('a level', () => {
  test('falls at its instant, found by the index on it; one held by hand stays until its last day is over', async () => {
    const [falls, held] = [await newAccount(0n, 4), await newAccount(0n, 4)];
    const sold = [await sell(falls, 'falls', 1_000_000n), await sell(held, 'held', 1_000_000n)];
    expect(sold.every((one) => one.ok)).toBe(true);
    const lastDay = house.clock.now().toZonedDateTimeISO('Europe/Moscow').toPlainDate().add({ days: 60 }).toString();
    const key = call(held);
    const pinned = await pinLevel(platform, tenant, key, { kind: 'pin_level', level: 'gold', lastDay });
    expect(pinned).toMatchObject({ ok: true, value: { level: { name: 'Друг' }, pinned: { level: { id: 'gold' } } } });
    expect(await pinLevel(platform, tenant, key, { kind: 'pin_level', level: 'gold', lastDay })).toEqual(pinned);
    const levelOf = async (id: number) => (await viewAccount(platform, tenant, id))?.level.id;
    expect([await levelOf(falls), await levelOf(held)]).toEqual(['gold', 'gold']);
    house.clock.advance({ days: 40 });
    expect([await levelOf(falls), await levelOf(held)]).toEqual(['base', 'gold']);
    await settleDue(platform, tenant);
    const rows = await tenant.query<{ level: string }>(
      'select level from accounts where company_id = $1 and account_id = any ($2) order by account_id',
      [tenant.companyId, [falls, held]],
    );
    expect(rows.map(({ level }) => level)).toEqual(['base', 'gold']);
    house.clock.advance({ days: 30 });
    expect(await levelOf(held)).toBe('base');
    await Promise.all([falls, held].map(expectReplay));
  });

  test('that the programme does not have is refused, and so is a last day that is over', async () => {
    const accountId = await newAccount(0n, 4);
    const unknown = await pinLevel(platform, tenant, call(accountId), {
      kind: 'pin_level',
      level: 'none',
      lastDay: null,
    });
    const over = await pinLevel(platform, tenant, call(accountId), {
      kind: 'pin_level',
      level: 'gold',
      lastDay: '2020-01-01',
    });
    expect([unknown, over].map((one) => (one.ok ? 'ok' : one.refusal.code))).toEqual([
      'unknown_level',
      'value_invalid',
    ]);
  });
});
