import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { type Answer, call, callTill, signIn } from './calls.ts';

// An owner sets up a programme of each type over HTTP, opens an account in it and sells.

let server: TestServer;
let cookie: string;

beforeAll(async () => {
  server = await startTestServer();
  ({ cookie } = await signIn(server, OWNER));
});
afterAll(() => server?.stop());

const office = (path: string, body?: unknown, method?: string): Promise<Answer> =>
  call(server, {
    path: `/api/v1${path}`,
    headers: { cookie },
    ...(method ? { method } : {}),
    ...(body ? { body } : {}),
  });

type Made = { programmeId: number; accountId: number };

/** A programme of a type with its own beginning, a group, and an account in it. */
async function setUp(kind: number, rules?: unknown): Promise<Made> {
  const wish = { key: randomUUID(), name: `Тип ${kind}`, kind, ...(rules ? { rules } : {}) };
  const programme = await office('/programmes', wish);
  expect(programme.status).toBe(200);
  expect(await office('/programmes', wish)).toMatchObject({ body: { programmeId: programme.body.programmeId } });
  const programmeId = Number(programme.body.programmeId);
  const group = await office('/account-groups', { programmeId, name: `Группа ${kind}`, template: { welcome: false } });
  expect(group.status).toBe(200);
  const opened = await callTill(server, 'accounts/insert_by_template', {
    accountGroupId: group.body.groupId,
    phone: newPhoneNumber(),
  });
  expect(opened.status).toBe(200);
  return { programmeId, accountId: Number(opened.body.id ?? opened.body.accountId) };
}

const sell = (accountId: number, moneySpentSum: number) =>
  callTill(server, 'external/register_check', { accountId, checkGuid: randomUUID(), moneySpentSum });

const example = async ({ programmeId }: Made, wish: object) => {
  const told = await office(`/programmes/${programmeId}/example`, { total: 100_000, of: 'live', ...wish });
  expect({ status: told.status, text: told.text }).toMatchObject({ status: 200 });
  return told.body;
};

describe('a programme of type', () => {
  test('bonus: a check earns what the live example says', async () => {
    const made = await setUp(1);
    const told = await example(made, { level: 'silver', balance: 100_000 });
    expect(told).toMatchObject({ earn: 5_000, maxSpend: 50_000 });
    expect(told.text).toMatch(/Серебро.*начислим 50\sбаллов, списать можно до 500/);
    expect((await sell(made.accountId, 100_000)).status).toBe(200);
    const account = await office(`/accounts/${made.accountId}`);
    expect(account.body).toMatchObject({ balance: { available: 3_000 }, turnover: 100_000 });
  });

  test('discount: the level decides', async () => {
    const made = await setUp(2);
    expect(await example(made, { level: 'gold' })).toMatchObject({ discount: 7_000, money: 93_000, earn: 0 });
    expect((await sell(made.accountId, 93_000)).status).toBe(200);
  });

  test('matrix: level and venue decide', async () => {
    const rules = {
      timeZone: 'Europe/Moscow',
      levels: [{ id: 'base', name: 'База', fromTurnover: 0, rateBasisPoints: 0 }],
      discount: { kind: 'matrix', cells: [{ level: 'base', venue: '2', basisPoints: 1_000 }], defaultBasisPoints: 200 },
    };
    const made = await setUp(3, rules);
    expect(await example(made, { venue: '2' })).toMatchObject({ discount: 10_000 });
    expect(await example(made, { venue: '7' })).toMatchObject({ discount: 2_000 });
    expect((await sell(made.accountId, 98_000)).status).toBe(200);
  });

  test('stamps: a check gives one', async () => {
    const made = await setUp(-1);
    expect((await example(made, {})).text).toMatch(/\+1 из 6/);
    expect((await sell(made.accountId, 100_000)).status).toBe(200);
  });

  test.each([
    [0, 0],
    [4, 5_000],
    [5, 0],
  ])('%i: it opens accounts, and a check earns %i', async (kind, earn) => {
    const made = await setUp(kind);
    expect(await example(made, {})).toMatchObject({ earn });
    const sold = await sell(made.accountId, 100_000);
    expect(sold).toMatchObject({ status: 200, body: { accrued: earn } });
  });

  test('that contradicts itself is not made, and the answer says why', async () => {
    const rules = { timeZone: 'Europe/Moscow', levels: [{ id: 'a', name: 'A', rateBasisPoints: 500 }] };
    const refused = await office('/programmes', { key: randomUUID(), name: 'Извне', kind: 0, rules });
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'draft_contradictory' } } });
    expect(refused.text).toContain('levels[0].rateBasisPoints');
  });
});

test('a draft is previewed in words, published at a time, and rolled back', async () => {
  const made = await setUp(1);
  const at = `/programmes/${made.programmeId}`;
  const { version, body } = (await office(`${at}/draft`)).body as { version: number; body: { levels: object[] } };
  const [bronze, silver, gold] = body.levels;
  const levels = [bronze, silver, { ...gold, rateBasisPoints: 900 }];
  const draft = { ...body, levels, expiry: { kind: 'period', length: 6, unit: 'months' } };
  const saved = await office(`${at}/draft`, { version, body: draft }, 'PUT');
  expect(saved.status).toBe(200);
  expect(await office(`${at}/draft`, { version, body }, 'PUT')).toMatchObject({ status: 409 });
  const when = server.clock.now().add({ hours: 24 }).toString();
  const preview = await office(`${at}/draft/preview`, { at: when });
  const texts = (preview.body.changes as { text: string }[]).map(({ text }) => text);
  expect(texts).toHaveLength(2);
  expect(texts[0]).toMatch(/^С .*гости «Золото» получают 9\u00A0% вместо 7\u00A0%$/);
  expect(texts[1]).toMatch(
    /сгорают через 6 месяцев \(раньше: сгорают через 12 месяцев\); уже начисленные — по-старому$/,
  );
  const publish = { key: randomUUID(), version: saved.body.version, at: when };
  const published = await office(`${at}/publish`, publish);
  expect(published.status).toBe(200);
  expect((await office(`${at}/publish`, publish)).body).toEqual(published.body);
  expect(await example(made, { level: 'gold' })).toMatchObject({ earn: 7_000 });
  server.clock.advance({ hours: 25 });
  expect(await example(made, { level: 'gold' })).toMatchObject({ earn: 9_000 });
  const versions = (await office(`${at}/versions`)).body.items as {
    rulesId: number;
    state: string;
    changes: string[];
  }[];
  expect(versions.map(({ state }) => state)).toEqual(['live', 'past']);
  expect(versions[0]?.changes[0]).toBe('Гости «Золото» получают 9\u00A0% вместо 7\u00A0%');
  expect((await office(`${at}/rollback`, { key: randomUUID(), rulesId: versions[1]?.rulesId })).status).toBe(200);
  expect(await example(made, { level: 'gold' })).toMatchObject({ earn: 7_000 });
});
