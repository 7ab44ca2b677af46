import { afterAll, beforeAll, expect, test } from 'vitest';
import { addProgramme, newCompany, processOn } from '../../../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../../../test/platform.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { createTexts } from '../../platform/texts.ts';
import { createCompanies } from '../tenancy/index.ts';
import type { ImportsPlatform } from './check-import.ts';
import { describeReject } from './describe-import.ts';
import { beginImport, moveOn, readColumns, takePart } from './keep-import.ts';
import { selectImport, selectPart, selectRejects } from './store.ts';
import { importsJobs } from './tasks.ts';

let house: TestHouse;
let platform: ImportsPlatform;
let tenant: Tenant;
beforeAll(async () => {
  house = await createTestHouse();
  platform = { ...processOn(house), companies: createCompanies() };
  tenant = await newCompany(platform, 'Кафе');
  await addProgramme(platform, tenant, {
    timeZone: 'Europe/Moscow',
    levels: [{ id: 'base', name: 'База', fromTurnover: 0, rateBasisPoints: 300 }],
  });
});
afterAll(() => house.close());

const jobs = () => importsJobs(platform).tasks;
const nightAfter = async (days: number) => {
  house.clock.advance({ hours: 24 * days });
  await jobs().forget_import_lines!({}, 0, 1);
};
/** A checked import with one good line and one that names a guest by name alone. */
async function upload(): Promise<number> {
  const wish = { key: crypto.randomUUID(), name: 'guests.csv', groupId: 3, userId: null };
  const begun = await beginImport(platform, tenant, wish);
  if (!begun.ok) throw new Error(begun.refusal.code);
  const { importId } = begun.value;
  const file = 'Телефон;Имя;Фамилия;Почта\n+7 912 111-11-01;Мария;Котова;\n;Лев;Заречный;лев@@\n';
  await takePart(tenant, importId, 0, Buffer.from(file));
  const columns = await readColumns(platform, tenant, importId);
  if (!columns.ok) throw new Error(columns.refusal.code);
  await moveOn(platform, tenant, importId, 'check', columns.value.row.fields!);
  await jobs().work_on_import!({ importId }, tenant.companyId, 1);
  return importId;
}
const rejectsOf = (importId: number) => selectRejects(tenant, importId, 0, 10);

test('thirty days after an import only the numbers of its bad lines and their reasons are left', async () => {
  const importId = await upload();
  await moveOn(platform, tenant, importId, 'run');
  await jobs().work_on_import!({ importId }, tenant.companyId, 1);
  expect((await selectImport(tenant, importId))?.status).toBe('done');
  await nightAfter(29);
  const [whole] = await rejectsOf(importId);
  expect(whole!.cells).toEqual(['', 'Лев', 'Заречный', 'лев@@']);
  await nightAfter(2);
  const [left] = await rejectsOf(importId);
  expect(left).toEqual({
    line: whole!.line,
    cells: [],
    problems: whole!.problems.map(({ column, code }) => ({ column, code, value: '' })),
  });
  const told = describeReject(left!, ['Телефон', 'Имя', 'Фамилия', 'Почта'], createTexts()('ru'));
  expect(told.problems.map(({ message }) => message)).toEqual(
    whole!.problems.map(({ code }) => createTexts()('ru')(`server:import.kind.${code}`)),
  );
  expect(JSON.stringify(told)).not.toMatch(/Лев|Заречный|«»/);
});

test('an import that nobody went on with is over after thirty days, and its file is gone', async () => {
  const [left, live] = [await upload(), await upload()];
  await nightAfter(20);
  expect((await selectImport(tenant, left))?.status).toBe('checked');
  // Somebody looks at the columns of this one again.
  await moveOn(platform, tenant, live, 'check');
  await jobs().work_on_import!({ importId: live }, tenant.companyId, 1);
  await nightAfter(11);
  expect((await selectImport(tenant, left))?.status).toBe('cancelled');
  expect(await selectPart(tenant, left, 0)).toBeNull();
  expect((await selectImport(tenant, live))?.status).toBe('checked');
  expect(await selectPart(tenant, live, 0)).not.toBeNull();
  // Its lines stay as long as those of any import that ended.
  expect((await rejectsOf(left))[0]!.cells).not.toEqual([]);
  await nightAfter(31);
  expect((await rejectsOf(left))[0]!.cells).toEqual([]);
});
