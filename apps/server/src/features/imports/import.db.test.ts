import { entryFromJson, replay, stateToJson } from '@tessera/loyalty';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addProgramme, newCompany, processOn } from '../../../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../../../test/platform.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { createTexts } from '../../platform/texts.ts';
import { adjustAccount, findMember, listEntries } from '../loyalty/index.ts';
import { createCompanies } from '../tenancy/index.ts';
import type { ImportsPlatform } from './check-import.ts';
import { exportAccounts, exportEntries } from './export-accounts.ts';
import { beginImport, moveOn, readColumns, takePart } from './keep-import.ts';
import { PART_BYTES_MAX } from './model.ts';
import { selectImport, selectRejects } from './store.ts';
import { importsJobs } from './tasks.ts';

let house: TestHouse;
let platform: ImportsPlatform;
let tenant: Tenant;

const rules = {
  timeZone: 'Europe/Moscow',
  levels: [
    { id: 'base', name: 'База', fromTurnover: 0, rateBasisPoints: 300 },
    { id: 'gold', name: 'Золото', fromTurnover: 1_000_000, rateBasisPoints: 700 },
  ],
  wallets: [{ id: 'money', kind: 'deposit', name: 'Депозит' }],
};

beforeAll(async () => {
  house = await createTestHouse();
  platform = { ...processOn(house), companies: createCompanies() };
  tenant = await openCompany('Кафе');
});
afterAll(() => house.close());

async function openCompany(name: string): Promise<Tenant> {
  const fresh = await newCompany(platform, name);
  await addProgramme(platform, fresh, rules);
  return fresh;
}

const work = (importId: number, owner = tenant) =>
  importsJobs(platform).tasks.work_on_import!({ importId }, owner.companyId, 1);

/** Sends a file as far as its dry run. */
async function upload(text: string, owner = tenant): Promise<number> {
  const key = crypto.randomUUID();
  const begun = await beginImport(platform, owner, { key, name: 'guests.csv', groupId: 3, userId: null });
  if (!begun.ok) throw new Error(begun.refusal.code);
  const { importId } = begun.value;
  const bytes = Buffer.from(text);
  for (let part = 0; part * PART_BYTES_MAX < bytes.length; part++) {
    await takePart(owner, importId, part, bytes.subarray(part * PART_BYTES_MAX, (part + 1) * PART_BYTES_MAX));
  }
  const columns = await readColumns(platform, owner, importId);
  if (!columns.ok) throw new Error(columns.refusal.code);
  await moveOn(platform, owner, importId, 'check', columns.value.row.fields!);
  await work(importId, owner);
  return importId;
}

/** Works until the import rests. */
async function finish(importId: number, owner = tenant) {
  for (;;) {
    await work(importId, owner);
    const row = await selectImport(owner, importId);
    if (row?.status !== 'running') return row!;
  }
}

async function run(importId: number, owner = tenant) {
  const moved = await moveOn(platform, owner, importId, 'run');
  if (!moved.ok) throw new Error(moved.refusal.code);
  return finish(importId, owner);
}

const member = (phone: string, owner = tenant) => findMember(platform, owner, 'phone', phone);

describe('an import', () => {
  const file = `Телефон;Имя;Уровень;Оборот;Баллы;Сгорают
+7 912 111-11-01;Мария;;12 000,00;150,50;31.12.2026
8 912 111-11-02;Анна;золото;;40;
89121111101;Мария;;12 000,00;60;никогда
+7 912 111;Лев;;;10;
+7 912 111-11-03;Иван;платина;;-5;
`;
  let importId: number;

  test('tells first what it would do, and which lines it cannot take', async () => {
    importId = await upload(file);
    const before = await selectImport(tenant, importId);
    expect(before).toMatchObject({
      status: 'checked',
      lines: 5,
      report: { lines: 5, good: 3, bad: 2, guestsNew: 2, guestsKnown: 0, lots: 3, points: '25050', repeatedLots: 0 },
    });
    expect(before?.report?.problems).toEqual({ phone_invalid: 1, level_unknown: 1, negative: 1 });
    const rejects = await selectRejects(tenant, importId, 0, 10);
    expect(rejects.map(({ line, problems }) => [line, problems.map(({ code, column }) => [code, column])])).toEqual([
      [5, [['phone_invalid', 0]]],
      [
        6,
        [
          ['negative', 4],
          ['level_unknown', 2],
        ],
      ],
    ]);
    expect(await member('79121111101')).toBeNull();
  });

  test('then brings the good lines: lots with their own terms, turnover, level', async () => {
    expect(await run(importId)).toMatchObject({
      status: 'done',
      linesDone: 5,
      result: { opened: 2, changed: 0, rejected: 2, lots: 3, points: '25050' },
    });
    const maria = await member('79121111101');
    expect(maria?.account.state).toMatchObject({ available: 21_050n, turnover: 1_200_000n, level: 'gold' });
    expect(maria?.account.balance.lotsByExpiry.map(({ expiresAt, amount }) => [String(expiresAt), amount])).toEqual([
      ['2026-12-31T21:00:00Z', 15_050n],
      ['null', 6_000n],
    ]);
    expect((await member('79121111102'))?.account.level.id).toBe('gold');
  });

  test('leaves entries that add up to the account, and no file behind', async () => {
    const maria = await member('79121111101');
    const rows = await listEntries(tenant, { accountId: maria!.account.accountId, before: null, limit: 50 });
    const entries = rows.map(({ body }) => entryFromJson(body)).reverse();
    expect(stateToJson(replay(entries))).toEqual(stateToJson(maria!.account.state));
    expect(entries.map(({ kind }) => kind)).toEqual(['refill', 'refill', 'turnover', 'level_change']);
    const parts = await tenant.query('select part from import_parts where company_id = $1', [tenant.companyId]);
    expect(parts).toEqual([]);
  });

  test('brought again, or mended and sent again, adds only what is new', async () => {
    const mended = file
      .replace('+7 912 111;', '+7 912 111-11-04;')
      .replace('платина;;-5', ';;5')
      .replace('Анна', 'Анна Мария');
    const again = await upload(mended);
    expect((await selectImport(tenant, again))?.report).toMatchObject({
      good: 5,
      guestsNew: 2,
      guestsKnown: 2,
      lots: 2,
      repeatedLots: 3,
      points: '1500',
    });
    expect((await run(again)).result).toMatchObject({ opened: 2, changed: 0, unchanged: 2, lots: 2, repeatedLots: 3 });
    expect((await member('79121111101'))?.account.state).toMatchObject({ available: 21_050n, turnover: 1_200_000n });
    expect((await member('79121111102'))?.guest.firstName).toBe('Анна');
  });

  test('a line that repeats another is kept back and says which; with keys of its own both count', async () => {
    const twice = await upload('phone;points\n79121112201;50\n79121112202;10\n79121112201;50,00\n');
    expect((await selectImport(tenant, twice))?.report).toMatchObject({ good: 2, bad: 1, points: '6000' });
    const [reject] = await selectRejects(tenant, twice, 0, 10);
    expect(reject).toMatchObject({ line: 4, problems: [{ code: 'repeated', value: '2' }] });
    const keyed = await upload('phone;points;key\n79121112203;50;a\n79121112203;50;b\n');
    expect((await run(keyed)).result).toMatchObject({ opened: 1, lots: 2, points: '10000' });
  });

  test('one guest under two names in one batch gets both, on one account', async () => {
    await run(await upload('phone;card;points\n79121113301;C-1;10\n'));
    const both = await upload('phone;card;points\n79121113301;;20\n;C-1;30\n');
    expect((await run(both)).result).toMatchObject({ changed: 2, lots: 2, points: '5000' });
    expect((await member('79121113301'))?.account.state.available).toBe(6_000n);
  });

  test('a blocked account and a card that is somebody else’s are told, the others go on', async () => {
    const blocked = await member('79121111103');
    await tenant.query(
      `update accounts set state = jsonb_set(state::jsonb, '{blocked}', 'true')::json where company_id = $1 and account_id = $2`,
      [tenant.companyId, blocked!.account.accountId],
    );
    const id = await upload('phone;card;points\n79121111103;;77\n79121114401;C-1;10\n');
    expect((await selectImport(tenant, id))?.report).toMatchObject({
      good: 1,
      bad: 1,
      problems: { account_blocked: 1 },
    });
    expect((await run(id)).result).toMatchObject({ opened: 1, rejected: 2, lots: 1 });
    const rejects = await selectRejects(tenant, id, 0, 10);
    expect(rejects.map(({ problems }) => problems[0]?.code)).toEqual(['account_blocked', 'identifier_taken']);
    // What was refused has not used its key up: unblocked, the same file brings it.
    await tenant.query(
      `update accounts set state = (state::jsonb - 'blocked')::json where company_id = $1 and account_id = $2`,
      [tenant.companyId, blocked!.account.accountId],
    );
    expect((await run(await upload('phone;points\n79121111103;77\n'))).result).toMatchObject({
      changed: 1,
      points: '7700',
    });
  });
});

describe('a long import', () => {
  const LINES = 4_321;
  const long = (first: number) =>
    `phone;name;points;expires\n${Array.from({ length: LINES }, (_, n) => `7913${String(first + n).padStart(7, '0')};Гость;${n % 90},${n % 10}0;31.12.2026\n`).join('')}`;
  const sumOf = async (owner: Tenant) => {
    const [row] = await owner.query<{ accounts: number; points: string }>(
      'select count(*)::integer as accounts, sum(available)::text as points from accounts where company_id = $1',
      [owner.companyId],
    );
    return row!;
  };

  test('two workers on it at once, a pause, a crash in the middle: every line exactly once', async () => {
    const own = await openCompany('Долгая');
    const id = await upload(long(1_000_000), own);
    const { report } = (await selectImport(own, id))!;
    expect(report).toMatchObject({ lines: LINES, good: LINES, guestsNew: LINES });
    await moveOn(platform, own, id, 'run');
    const workers = Promise.allSettled([work(id, own), work(id, own)]);
    while ((await selectImport(own, id))!.linesDone === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await moveOn(platform, own, id, 'pause');
    await workers;
    const paused = (await selectImport(own, id))!;
    expect(paused.status).toBe('paused');
    expect((await sumOf(own)).accounts).toBe(paused.linesDone);
    await moveOn(platform, own, id, 'run');
    const done = await finish(id, own);
    expect(done).toMatchObject({ status: 'done', linesDone: LINES, result: { opened: LINES, points: report!.points } });
    expect(await sumOf(own)).toEqual({ accounts: LINES, points: report!.points });
  });

  test('cancelled, it stops, keeps what it has brought and forgets the file', async () => {
    const own = await openCompany('Отмена');
    const id = await upload(long(2_000_000), own);
    await moveOn(platform, own, id, 'run');
    const working = work(id, own);
    while ((await selectImport(own, id))!.linesDone === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await moveOn(platform, own, id, 'cancel')).toMatchObject({ ok: true });
    await working;
    const { linesDone, status } = (await selectImport(own, id))!;
    expect([status, (await sumOf(own)).accounts]).toEqual(['cancelled', linesDone]);
    expect(linesDone).toBeLessThan(LINES);
    expect(await moveOn(platform, own, id, 'run')).toMatchObject({ refusal: { code: 'import_not_now' } });
  });
});

describe('a file that cannot be taken', () => {
  test('is told where it goes wrong, whether at its beginning or far inside', async () => {
    const broken = `2;"6\n${'79121115503;7\n'.repeat(9_000)}`;
    await expect(upload(`phone;points\n79121115501;5\n${broken}`)).rejects.toThrow('import_unreadable');
    const far = Array.from({ length: 25_000 }, (_, n) => `7912${1_200_000 + n};5`).join('\n');
    const id = await upload(`phone;points\n${far}\n${broken}`);
    const failure = { code: 'line_too_long', line: 25_002 };
    expect(await selectImport(tenant, id)).toMatchObject({ status: 'failed', failure });
  });

  test('is refused while parts of it are missing', async () => {
    const begun = await beginImport(platform, tenant, {
      key: crypto.randomUUID(),
      name: 'x',
      groupId: 3,
      userId: null,
    });
    if (!begun.ok) throw new Error('refused');
    const { importId } = begun.value;
    await takePart(tenant, importId, 1, Buffer.from('x'));
    expect(await readColumns(platform, tenant, importId)).toMatchObject({ refusal: { code: 'import_incomplete' } });
    expect(await moveOn(platform, tenant, importId, 'run')).toMatchObject({ refusal: { code: 'import_not_now' } });
  });

  test('belongs to its company alone', async () => {
    const other = await openCompany('Другая');
    const id = await upload('phone;points\n79121116601;5\n');
    for (const result of [
      await moveOn(platform, other, id, 'run'),
      await readColumns(platform, other, id),
      await takePart(other, id, 0, Buffer.from('x')),
    ]) {
      expect(result).toMatchObject({ refusal: { code: 'import_not_found' } });
    }
  });

  test('sent with one key twice is one import', async () => {
    const made = { key: crypto.randomUUID(), name: 'x.csv', groupId: 3, userId: null };
    const [one, two] = await Promise.all([beginImport(platform, tenant, made), beginImport(platform, tenant, made)]);
    expect(one).toEqual(two);
    expect(await beginImport(platform, tenant, { ...made, groupId: 99 })).toMatchObject({
      refusal: { code: 'group_not_found' },
    });
  });
});

describe('an export', () => {
  const style = { delimiter: ';', decimal: ',' } as const;
  const fileOf = async (owner: Tenant) => {
    const parts: string[] = [];
    const t = createTexts()('ru');
    for await (const part of exportAccounts(platform, owner, null, { t, style })) parts.push(part);
    return parts.join('');
  };

  test('is taken back by another company with every lot, term, level and turnover as it was', async () => {
    const from = await openCompany('Откуда');
    const to = await openCompany('Куда');
    await run(
      await upload(
        `phone;card;lastName;name;birthday;sex;email;level;turnover;points;expires;points 2;activates 2;expires 2
79141111101;C-9;=Иванова;Мария;12.03.1990;ж;m@example.org;;12000;150,50;31.12.2026;20;01.09.2026;never
79141111102;;;"Анна; младшая";;;;золото;0,5;7;;;;
79141111103;;;;;;;;;;;;;
`,
        from,
      ),
      from,
    );
    const file = await fileOf(from);
    expect(file).toContain(";'=Иванова;");
    const brought = await run(await upload(file, to), to);
    expect(brought.result).toMatchObject({ opened: 3, lots: 3, rejected: 0 });
    for (const phone of ['79141111101', '79141111102', '79141111103']) {
      const [there, here] = [await member(phone, from), await member(phone, to)];
      const plain = ({ account, guest }: NonNullable<typeof there>) => ({
        level: account.level.id,
        turnover: account.state.turnover,
        available: account.state.available,
        pending: account.state.pending,
        lots: account.state.lots.map(({ remaining, expiresAtMs, active }) => [remaining, expiresAtMs, active]),
        guest: { ...guest, guestId: 0 },
      });
      expect(plain(here!)).toEqual(plain(there!));
    }
    expect((await member('79141111101', to))?.guest.lastName).toBe('=Иванова');
  });

  test('brought back to where it came from adds nothing', async () => {
    const own = await openCompany('Сами');
    await run(await upload('phone;points\n79142222201;50\n79142222202;60\n', own), own);
    const before = await member('79142222201', own);
    const id = await upload(await fileOf(own), own);
    expect((await selectImport(own, id))?.report).toMatchObject({ bad: 0, lots: 0, repeatedLots: 2 });
    expect((await run(id, own)).result).toMatchObject({ unchanged: 2, lots: 0, points: '0', repeatedLots: 2 });
    expect((await member('79142222201', own))?.account.state).toEqual(before?.account.state);
  });

  test('of the history tells every entry of points in a sentence, account by account', async () => {
    const own = await openCompany('История');
    await run(await upload('phone;points;turnover\n79143333301;50;100\n79143333302;60;\n', own), own);
    const { accountId } = (await member('79143333301', own))!.account;
    // A deposit is a ledger of its own.
    const call = { accountId, source: 'house', externalId: null };
    const paidIn = await adjustAccount(platform, own, call, { kind: 'refill', amount: 70_000n, wallet: 'money' });
    expect(paidIn.ok).toBe(true);
    const telling = {
      t: createTexts()('ru'),
      style,
      language: 'ru',
      currency: 'RUB',
      timeZone: 'Europe/Moscow',
    } as const;
    const parts: string[] = [];
    for await (const part of exportEntries(platform, own, null, telling)) parts.push(part);
    const lines = parts.join('').trim().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/;79143333301;1;.*;50,00;50,00;/);
  });
});
