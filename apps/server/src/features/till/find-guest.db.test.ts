import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../../test/platform.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { createInTurn } from '../../platform/in-turn.ts';
import { BONUS_PROGRAMME, createGroup, createProgramme, createRulesLibrary, openAccount } from '../loyalty/index.ts';
import { createCompanies, createCompany } from '../tenancy/index.ts';
import { findTillGuest, type TillPlatform } from './find-guest.ts';

const SERIAL = '7K2M9QX4B8VN3T6Z';
let house: TestHouse;
let tenant: Tenant;
let platform: TillPlatform;
let accountId: number;
/** How often the database was asked. */
let asked = 0;

beforeAll(async () => {
  house = await createTestHouse();
  const findByCardCode: TillPlatform['findByCardCode'] = async (_tenant, code) => {
    asked += 1;
    return code.replace(/[\s-]/g, '').toUpperCase() === SERIAL ? { accountId, worth: 'full' } : null;
  };
  const { platform: ground } = house;
  const companies = createCompanies();
  platform = { ...ground, rules: createRulesLibrary(), inTurn: createInTurn(), companies, findByCardCode };
  const company = { name: 'Траттория', language: 'ru', currency: 'RUB', timeZone: 'Europe/Moscow' } as const;
  const plain = await createCompany(platform, { ...company, country: 'RU', demo: false });
  const query: Tenant['query'] = (statement, values) => {
    asked += 1;
    return plain.query(statement, values);
  };
  tenant = { ...plain, query };
  const levels = [{ id: 'bronze', name: 'Бронза', fromTurnover: 0, rateBasisPoints: 300 }];
  const rules = { timeZone: 'Europe/Moscow', levels };
  const programmeId = await createProgramme(platform, tenant, { name: 'Баллы', kind: BONUS_PROGRAMME, rules });
  await createGroup(tenant, { groupId: 1, programmeId, name: 'Все', template: { welcome: false } });
  const opened = await openAccount(platform, tenant, {
    groupId: 1,
    profile: {
      firstName: 'Мария',
      lastName: 'Петрова',
      middleName: '',
      birthday: '1990-03-01',
      sex: null,
      email: null,
      language: 'ru',
    },
    identifiers: [
      { kind: 'phone', value: '79123456789', main: true, verifiedAt: null },
      { kind: 'card', value: '0042', main: false, verifiedAt: null },
    ],
  });
  if (!opened.ok) throw new Error(opened.refusal.code);
  accountId = opened.value.accountId;
});
afterAll(() => house.close());

async function find(query: string) {
  asked = 0;
  const found = await findTillGuest(platform, tenant, query);
  return { found: found.ok ? found.value : found.refusal.code, asked };
}

describe('a till finds a guest', () => {
  test('by his phone however it is written, in one question to the database and one for his last visit', async () => {
    await find('79123456789');
    for (const query of ['+7 912 345-67-89', ' 8 (912) 345-67-89', '9123456789']) {
      expect(await find(query)).toMatchObject({ found: { accountId }, asked: 2 });
    }
  });

  test('by the code of his card, also typed in small letters and in groups, in one more', async () => {
    for (const query of [SERIAL, '7k2m 9qx4 b8vn-3t6z']) {
      expect(await find(query)).toMatchObject({ found: { accountId }, asked: 3 });
    }
  });

  test('by the number of a plastic card', async () => {
    expect((await find('0042')).found).toMatchObject({ accountId });
  });

  test('and shows no more than a queue may read', async () => {
    const { found } = await find('79123456789');
    expect(found).toMatchObject({ name: 'Мария П.', phoneHint: '•• 67-89', birthdayToday: true });
    expect(JSON.stringify(found)).not.toMatch(/Петрова|7912345|1990/);
  });

  test('or says that there is none, for whatever is typed', async () => {
    for (const query of ['79120000000', 'мария', '', '%', '\ud800', '7K2M9QX4B8VN3T6A', "' or 1=1 --"]) {
      expect((await find(query)).found).toBe('account_not_found');
    }
  });
});
