import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLoyaltyHouse, type LoyaltyHouse } from '../../../../test/loyalty-house.ts';
import { replay } from '../../../commands/replay.ts';
import { addUser } from '../../staff/index.ts';
import { adjustAccount, holdPoints, registerCheck, returnPart } from '../index.ts';
import { replayAccounts } from './replay-accounts.ts';
import { replayAllCompanies } from './replay-all-companies.ts';

let there: LoyaltyHouse;
let admin: pg.Client;
let accountIds: number[];

beforeAll(async () => {
  there = await createLoyaltyHouse({
    timeZone: 'Europe/Moscow',
    levels: [{ id: 'base', name: 'Базовый', fromTurnover: 0, rateBasisPoints: 500 }],
  });
  const { platform, tenant, house } = there;
  await addUser(platform, tenant, { email: 'owner@example.com', name: 'Анна', role: 'owner', password: 'long enough' });
  admin = new pg.Client({ connectionString: house.connectionString, options: '-c search_path=tessera' });
  await admin.connect();
  // More accounts than a page, one with more entries than a page.
  accountIds = [];
  for (let index = 0; index < 250; index++) accountIds.push(await there.newAccount(index % 3 ? 1_000n : 0n));
  const accountId = accountIds[100]!;
  const call = { accountId, source: 'test', externalId: null };
  for (let times = 0; times < 1_100; times++) {
    await adjustAccount(platform, tenant, call, { kind: 'refill', amount: 2n });
    await adjustAccount(platform, tenant, call, { kind: 'deduct', amount: 1n });
  }
  const facts = { accountId, source: 'api', externalId: 'one', spend: 0n, mode: 'priced', total: 90_000n } as const;
  const sold = await registerCheck(platform, tenant, facts);
  if (!sold.ok) throw new Error(sold.refusal.code);
  await returnPart(platform, tenant, sold.value.checkId, { amount: 40_000n }, { source: 'api', returnKey: 'part' });
  await holdPoints(platform, tenant, { accountId, key: 'open' }, { amount: 100n, ttlSeconds: 60 });
}, 120_000);
afterAll(async () => {
  await admin.end();
  await there.house.close();
});

const gauge = async () => (await there.platform.metrics.replayDifferences.get()).values[0]?.value;
const command = async () => {
  const lines: string[] = [];
  const config = { databaseUrl: there.house.connectionString } as Parameters<typeof replay>[0];
  return { code: await replay(config, (line) => lines.push(line)), lines: lines.join('\n') };
};

describe('a replay of all accounts', () => {
  test('finds each of them to be what its entries say', async () => {
    expect(await replayAccounts(there.tenant)).toEqual({ accounts: 250, differences: 0, accountIds: [] });
    expect(await command()).toEqual({
      code: 0,
      lines: `Company ${there.tenant.companyId}: 250 accounts, 0 differ from their entries.`,
    });
    await replayAllCompanies(there.platform);
    expect(await gauge()).toBe(0);
  });

  test('names those that are not: a state, a figure beside it, a lost entry; and the night says so loudly', async () => {
    const [state, figure, entry] = [accountIds[3]!, accountIds[120]!, accountIds[241]!];
    await admin.query(
      `update accounts set state = replace(state::text, '"available":', '"available":1')::json
                       where account_id = $1`,
      [state],
    );
    await admin.query('update accounts set available = available + 1 where account_id = $1', [figure]);
    await admin.query('delete from entries where account_id = $1 and sequence = 1', [entry]);
    const damaged = [state, figure, entry];
    expect(await replayAccounts(there.tenant)).toEqual({ accounts: 250, differences: 3, accountIds: damaged });
    const { code, lines } = await command();
    expect(code).toBe(1);
    expect(lines).toContain(`accounts ${damaged.join(', ')}`);
    there.house.logged.length = 0;
    await replayAllCompanies(there.platform);
    expect(await gauge()).toBe(3);
    expect(there.house.logged.join('\n')).toContain('accounts are not what their entries say');
  });
});
