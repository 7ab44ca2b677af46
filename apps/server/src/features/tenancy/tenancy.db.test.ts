import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../../test/platform.ts';
import { addVenue, createCompanies, createCompany, type NewCompany } from './index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await createTestHouse();
});
afterAll(() => house.close());

const company: NewCompany = {
  name: 'Траттория',
  language: 'ru',
  currency: 'RUB',
  timeZone: 'Europe/Moscow',
  country: 'RU',
  demo: false,
};

describe('a company', () => {
  test('is what it was made as, and nobody else’s', async () => {
    const tenant = await createCompany(house.platform, { ...company, settings: { reusedCheckGuid: 'first_answer' } });
    const other = await createCompany(house.platform, { ...company, name: 'Кофейня' });
    const companies = createCompanies();
    expect(await companies.of(tenant)).toEqual({
      ...company,
      companyId: tenant.companyId,
      settings: { reusedCheckGuid: 'first_answer' },
    });
    expect(await companies.of(other)).toEqual({
      ...company,
      name: 'Кофейня',
      companyId: other.companyId,
      settings: {},
    });
  });

  test('gets a number of its own, also when many are made at once', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => createCompany(house.platform, company)));
    expect(new Set(made.map(({ companyId }) => companyId)).size).toBe(8);
  });

  test('is reached by work that goes through all of them, also where nobody signs in by e-mail', async () => {
    const { directory, database } = house.platform;
    const tenant = await createCompany(house.platform, company);
    expect(await directory.companies()).toContain(tenant.companyId);
    await expect(createCompany(house.platform, { ...company, country: 'RUS' })).rejects.toThrow();
    const known = await directory.companies();
    const rows = await database.platform.query<{ last: bigint }>(
      `select last_value as last from companies_company_id_seq`,
      [],
    );
    expect(known).not.toContain(Number(rows[0]!.last));
    // Companies from before are entered by a migration, under the same key.
    const same = await database.platform.query(
      `select from directory where kind = 'company' and key = sha256(convert_to($1, 'UTF8')) and company_id = $2`,
      [String(tenant.companyId), tenant.companyId],
    );
    expect(same).toHaveLength(1);
  });

  test('that does not exist is a defect, not an empty company', async () => {
    await expect(createCompanies().of(house.platform.database.tenant(999_999))).rejects.toThrow('no company 999999');
  });

  test.each([{ currency: 'rub' }, { currency: 'RUBL' }, { country: 'RUS' }, { language: 'de' as 'ru' }])(
    'is refused by the database itself with %j',
    async (wrong) => {
      await expect(createCompany(house.platform, { ...company, ...wrong })).rejects.toThrow(/check constraint/);
    },
  );

  test('has one venue for a code: the same code again renames it', async () => {
    const tenant = await createCompany(house.platform, company);
    const other = await createCompany(house.platform, company);
    await addVenue(tenant, { code: 7, name: 'Старое' });
    await addVenue(tenant, { code: 7, name: 'Новое' });
    await addVenue(other, { code: 7, name: 'Чужое' });
    const rows = await tenant.query('select code, name from venues where company_id = $1', [tenant.companyId]);
    expect(rows).toEqual([{ code: 7, name: 'Новое' }]);
  });
});
