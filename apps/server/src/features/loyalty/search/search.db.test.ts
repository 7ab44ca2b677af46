import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../../../test/platform.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { createCompany } from '../../tenancy/index.ts';

let house: TestHouse;
let tenant: Tenant;

beforeAll(async () => {
  house = await createTestHouse();
  const company = { name: 'Траттория', language: 'ru', currency: 'RUB', timeZone: 'Europe/Moscow' } as const;
  tenant = await createCompany(house.platform, { ...company, country: 'RU', demo: false });
});
afterAll(() => house.close());

// Row security would keep any index from serving `like`: a query that seems to have one reads every guest.
test('names are looked for in an index, whatever stands in the table', async () => {
  await tenant.query(
    `insert into guests (company_id, first_name, last_name, language, created_at)
     select $1, 'Имя' || n, 'Фамилия' || n, 'ru', now() from generate_series(1, 5000) n`,
    [tenant.companyId],
  );
  const plan = await tenant.query<{ 'QUERY PLAN': string }>(
    `explain select guest_id from guests where company_id = $1 and last_key >= $2 and last_key < $3 limit 200`,
    [tenant.companyId, 'фамилия12', 'фамилия12\u{10ffff}'],
  );
  const text = plan.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).toMatch(/Index Cond: .*last_key >=/);
  expect(text).not.toMatch(/Seq Scan/);
});
