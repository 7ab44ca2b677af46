import { afterAll, beforeAll, expect, test } from 'vitest';
import { newCompany, openGuest, processOn } from '../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../test/platform.ts';
import { describeSubject } from './card-subject.ts';
import { addGroup, BONUS_PROGRAMME, createGroupNames, createProgramme } from './features/loyalty/index.ts';
import { createCompanies } from './features/tenancy/index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await createTestHouse();
});
afterAll(() => house.close());

test('J161: a card knows the name of the group that its account is in, its own company’s', async () => {
  const platform = processOn(house);
  const known = { companies: createCompanies(), groupNames: createGroupNames() };
  const told: string[] = [];
  for (const name of ['Друзья «Чайки»', 'Сотрудники']) {
    const tenant = await newCompany(platform);
    const levels = [{ id: 'base', name: 'Гость', fromTurnover: 0, rateBasisPoints: 500 }];
    const rules = { timeZone: 'Europe/Moscow', levels };
    const programmeId = await createProgramme(platform, tenant, { name: 'Баллы', kind: BONUS_PROGRAMME, rules });
    const group = await addGroup(platform, tenant, { groupId: 7, programmeId, name, template: { welcome: false } });
    if (!group.ok) throw new Error(group.refusal.code);
    const { accountId } = await openGuest(platform, tenant, { groupId: 7 });
    told.push((await describeSubject(platform, known, tenant, accountId)).groupName);
  }
  expect(told).toEqual(['Друзья «Чайки»', 'Сотрудники']);
});
