import { replay, stateToJson } from '@tessera/loyalty';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addProgramme, newCompany, openGuest, processOn } from '../../../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../../../test/platform.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { selectAccount } from './accounts.store.ts';
import { selectEntriesFrom } from './checks.store.ts';
import { type LoyaltyPlatform, refillAccount, settleDue, viewAccount } from './index.ts';

let house: TestHouse;
let platform: LoyaltyPlatform;
let tenant: Tenant;
let accountId: number;

const levels = [{ id: 'base', name: 'Базовый', fromTurnover: 0, rateBasisPoints: 300 }];

beforeAll(async () => {
  house = await createTestHouse();
  platform = processOn(house);
  tenant = await newCompany(platform);
  const rules = { timeZone: 'Europe/Moscow', levels };
  await addProgramme(platform, tenant, rules);
  ({ accountId } = await openGuest(platform, tenant));
  await refillAccount(platform, tenant, { accountId, amount: 500n, lifetimeDays: 2 });
  await refillAccount(platform, tenant, { accountId, amount: 300n, lifetimeDays: 90 });
});
afterAll(() => house.close());

const kinds = async (): Promise<string[]> => (await selectEntriesFrom(tenant, accountId, 1)).map(({ kind }) => kind);

describe('what has come due', () => {
  test('is shown by every read before any job has run, and written once however often the job runs', async () => {
    expect(await settleDue(platform, tenant)).toBe(0);
    house.clock.advance({ days: 5 });
    const before = await viewAccount(platform, tenant, accountId);
    expect(before?.balance.available).toBe(300n);
    expect(await kinds()).toEqual(['refill', 'refill']);
    const results = await Promise.all([settleDue(platform, tenant), settleDue(platform, tenant)]);
    expect(results[0] + results[1]).toBe(1);
    expect(await kinds()).toEqual(['refill', 'refill', 'expire']);
    expect(await settleDue(platform, tenant)).toBe(0);
    expect((await viewAccount(platform, tenant, accountId))?.balance).toEqual(before?.balance);
  });

  test('leaves a state that replaying the entries gives', async () => {
    const account = await selectAccount(tenant, accountId);
    expect(stateToJson(replay(await selectEntriesFrom(tenant, accountId, 1)))).toEqual(stateToJson(account!.state));
    const [row] = await tenant.query<{ available: bigint }>(
      'select available from accounts where company_id = $1 and account_id = $2',
      [tenant.companyId, accountId],
    );
    expect(row?.available).toBe(300n);
  });

  test('is not looked for in another company', async () => {
    house.clock.advance({ days: 120 });
    const other = await newCompany(platform);
    expect(await settleDue(platform, other)).toBe(0);
    expect(await settleDue(platform, tenant)).toBe(1);
  });
});
