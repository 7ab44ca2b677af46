import { replay, stateToJson } from '@tessera/loyalty';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newCompany, openGuest, processOn } from '../../../../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../../../../test/platform.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { selectAccount } from '../accounts.store.ts';
import { selectEntriesFrom } from '../checks.store.ts';
import { BONUS_PROGRAMME, createProgramme, type LoyaltyPlatform, registerCheck, viewAccount } from '../index.ts';
import type { GroupTemplate } from '../model.ts';
import { addGroup, changeGroup } from './keep-groups.ts';

let house: TestHouse;
let platform: LoyaltyPlatform;
let tenant: Tenant;
let programmeId: number;

beforeAll(async () => {
  house = await createTestHouse();
  platform = processOn(house);
  tenant = await newCompany(platform);
  const rules = {
    timeZone: 'Europe/Moscow',
    levels: [
      { id: 'silver', name: 'Серебро', fromTurnover: 0, rateBasisPoints: 500 },
      { id: 'gold', name: 'Золото', fromTurnover: 10_000_000, rateBasisPoints: 700 },
    ],
    welcome: { amount: 10_000 },
  };
  programmeId = await createProgramme(platform, tenant, { name: 'Баллы', kind: BONUS_PROGRAMME, rules });
});
afterAll(() => house.close());

async function open(template: GroupTemplate, of = programmeId): Promise<number> {
  const group = await addGroup(platform, tenant, { programmeId: of, name: 'Друзья', template });
  if (!group.ok) throw new Error(group.refusal.code);
  return (await openGuest(platform, tenant, { groupId: group.value.groupId })).accountId;
}

test('an account begins with the level, the welcome and the term of its group, and a replay gives the same', async () => {
  const accountId = await open({
    welcome: true,
    welcomeAmount: 50_000,
    welcomeLifetimeDays: 7,
    level: 'gold',
    expiry: { kind: 'period', length: 1, unit: 'months' },
  });
  const sale = {
    accountId,
    source: 'probonus',
    externalId: 'own-term',
    spend: 0n,
    mode: 'reported',
    money: 100_000n,
  } as const;
  expect(await registerCheck(platform, tenant, sale)).toMatchObject({ value: { accrued: 7_000, level: 'Золото' } });
  const view = await viewAccount(platform, tenant, accountId);
  const lots = view?.balance.lotsByExpiry.map(({ amount, expiresAt }) => ({
    amount,
    expiresAt: expiresAt?.toString(),
  }));
  // The clock stands at noon of 1 March in Moscow.
  expect(lots).toEqual([
    { amount: 50_000n, expiresAt: '2026-03-08T21:00:00Z' },
    { amount: 7_000n, expiresAt: '2026-04-01T21:00:00Z' },
  ]);
  const account = await selectAccount(tenant, accountId);
  const entries = await selectEntriesFrom(tenant, accountId, 1);
  expect(stateToJson(replay(entries))).toEqual(stateToJson(account!.state));
});

test('tags of a group are segments of its guests from the first check on', async () => {
  const rules = {
    timeZone: 'Europe/Moscow',
    levels: [{ id: 'silver', name: 'Серебро', fromTurnover: 0, rateBasisPoints: 500 }],
    earning: {
      rules: [
        {
          id: 'staff',
          name: 'Сотрудники',
          condition: { segments: ['staff'] },
          effect: { kind: 'rate', rateBasisPoints: 1_000 },
        },
      ],
    },
  };
  const other = await createProgramme(platform, tenant, { name: 'Свои', kind: BONUS_PROGRAMME, rules });
  const earned = async (template: GroupTemplate): Promise<number> => {
    const accountId = await open(template, other);
    const sale = { accountId, source: 'probonus', externalId: `tags-${accountId}`, spend: 0n } as const;
    const sold = await registerCheck(platform, tenant, { ...sale, mode: 'reported', money: 100_000n });
    return sold.ok ? sold.value.accrued : -1;
  };
  expect(await earned({ welcome: false, tags: ['staff', 'vip'] })).toBe(10_000);
  expect(await earned({ welcome: false, tags: ['vip'] })).toBe(5_000);
});

test('a plain template begins as before: the lowest level, the welcome of the programme, no entry more', async () => {
  const accountId = await open({ welcome: true });
  const view = await viewAccount(platform, tenant, accountId);
  expect(view?.balance.available).toBe(10_000n);
  expect(view?.level.id).toBe('silver');
  expect((await selectEntriesFrom(tenant, accountId, 1)).map(({ kind }) => kind)).toEqual(['welcome']);
  const silent = await open({ welcome: false });
  expect(await selectEntriesFrom(tenant, silent, 1)).toEqual([]);
});

test('a template with a level or a term that there is not is refused, and a number is taken once', async () => {
  const wish = { programmeId, name: 'Гости' };
  expect(await addGroup(platform, tenant, { ...wish, template: { welcome: false, level: 'ruby' } })).toMatchObject({
    refusal: { code: 'group_template_invalid', params: { field: 'level' } },
  });
  const term = { welcome: false, expiry: { kind: 'period', length: 0 } };
  expect(await addGroup(platform, tenant, { ...wish, template: term })).toMatchObject({
    refusal: { params: { field: 'expiry.length' } },
  });
  const numbered = { ...wish, groupId: 900, template: null };
  const first = await addGroup(platform, tenant, numbered);
  expect(await addGroup(platform, tenant, numbered)).toEqual(first);
  expect(await addGroup(platform, tenant, { ...numbered, name: 'Другие' })).toMatchObject({
    refusal: { code: 'group_exists' },
  });
  const changed = await changeGroup(platform, tenant, { groupId: 900, name: 'VIP', template: { welcome: true } });
  expect(changed).toMatchObject({ ok: true, value: { name: 'VIP', template: { welcome: true } } });
  expect(await changeGroup(platform, tenant, { groupId: 901, name: 'VIP', template: null })).toMatchObject({
    refusal: { code: 'group_not_found' },
  });
});

test('a new name is told to the cards that show it, and nothing else is', async () => {
  const template = { welcome: false };
  const group = await addGroup(platform, tenant, { programmeId, name: 'Старое имя', template });
  if (!group.ok) throw new Error(group.refusal.code);
  const { groupId } = group.value;
  // Only the one who drains the outbox of all companies may read it.
  const admin = new pg.Client({ connectionString: house.connectionString });
  await admin.connect();
  const told = async () => {
    await admin.query(`set tessera.company_id = '0'`);
    const text = `select from tessera.outbox where company_id = $1 and kind = 'group_renamed'`;
    return (await admin.query(text, [tenant.companyId])).rowCount ?? 0;
  };
  const before = await told();
  await changeGroup(platform, tenant, { groupId, name: 'Старое имя', template: { welcome: true } });
  expect(await told()).toBe(before);
  expect(await changeGroup(platform, tenant, { groupId, name: 'Новое имя', template })).toMatchObject({ ok: true });
  expect(await told()).toBe(before + 1);
  await admin.end();
});
