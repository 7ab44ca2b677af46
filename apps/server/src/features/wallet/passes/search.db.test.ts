import type { PassPage } from '@tessera/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPassHouse, type PassHouse } from '../../../../test/pass-house.ts';
import { addCompany, tokenOf } from '../../../../test/wallet-house.ts';
import { findByCode } from '../index.ts';
import { selectPassList } from './list.store.ts';
import { ANY_PASS } from './list-passes.ts';
import type { PassFilter } from './model.ts';

let house: PassHouse;
let call: PassHouse['call'];
beforeAll(async () => {
  house = await createPassHouse();
  call = house.call;
});
afterAll(() => house.close());

const accountOfCode = async (code: string) => (await findByCode(house.wallet, house.tenant, code))?.accountId ?? null;
const nameGuest = (accountId: number, first: string, last: string, phone: string, email: string | null = null) =>
  house.tenant.query(
    `with g as (update guests set first_name = $3, last_name = $4, email = $6
       where company_id = $1 and guest_id = (select guest_id from accounts where company_id = $1 and account_id = $2)
       returning guest_id)
     insert into guest_identifiers (company_id, kind, value, guest_id, main, created_at)
     select $1, 'phone', $5, guest_id, true, now() from g`,
    [house.tenant.companyId, accountId, first, last, phone, email],
  );
const list = async (filter: Partial<PassFilter>, limit = 50) =>
  (
    await selectPassList(house.tenant, house.tenant.companyId, {
      filter: { ...ANY_PASS, ...filter },
      before: null,
      limit,
    })
  ).items;

describe('finding cards', () => {
  test('goes by the beginning of serial, phone, e-mail, name and any text of the card’s own', async () => {
    const pass = await house.newPass();
    await nameGuest(pass.accountId, 'Алёна', 'Черёмухина', '79161234567', 'Alena@Example.com');
    await call('PATCH', `/api/v1/passes/${pass.passId}`, {
      revision: 1,
      push: false,
      values: { points: 'Золотой клиент' },
      notes: 'любит столик у окна',
    });
    const find = async (search: string) => (await list({ search })).map(({ passId }) => passId);
    for (const text of [
      pass.serial.slice(0, 6).toLowerCase(),
      pass.serial,
      '+7 (916) 123',
      '8916123',
      '9161234',
      'алена',
      'черем',
      'Черёмухина Ал',
      'alena@',
      'золотой',
      'Любит столик',
    ]) {
      expect(await find(text), text).toEqual([pass.passId]);
    }
    for (const text of ['черемухина борис', '7999999', 'нет такого', '%', '_'])
      expect(await find(text), text).toEqual([]);
  });

  test('goes by filters, one and several, and tells the newest first', async () => {
    const designId = await house.secondDesign('Для фильтров');
    const [poor, rich] = [await house.newPass(house.tenant, designId), await house.newPass(house.tenant, designId)];
    await house.tenant.query(
      `update accounts set available = 25000, level = 'gold' where company_id = $1 and account_id = $2`,
      [house.tenant.companyId, rich.accountId],
    );
    await house.register(rich);
    const ids = async (filter: Partial<PassFilter>) =>
      (await list({ designId, ...filter })).map(({ passId }) => passId);
    expect(await ids({})).toEqual([rich.passId, poor.passId]);
    // J79: sum of bonuses greater than 100.
    expect(await ids({ pointsOver: 10_000 })).toEqual([rich.passId]);
    expect(await ids({ pointsOver: 25_000 })).toEqual([]);
    expect(await ids({ level: 'gold' })).toEqual([rich.passId]);
    expect(await ids({ installed: true })).toEqual([rich.passId]);
    expect(await ids({ installed: false })).toEqual([poor.passId]);
    expect(await ids({ platform: 'apple' })).toEqual([rich.passId]);
    expect(await ids({ platform: 'google' })).toEqual([]);
    expect(await ids({ voided: true })).toEqual([]);
    const hour = house.clock.now().subtract({ hours: 1 }).toString();
    const later = house.clock.now().add({ hours: 1 }).toString();
    expect(await ids({ createdFrom: hour, createdTo: later })).toEqual([rich.passId, poor.passId]);
    expect(await ids({ createdTo: hour })).toEqual([]);
    expect(await ids({ createdFrom: later })).toEqual([]);
  });

  test('leads through all pages, each card once', async () => {
    const seen: number[] = [];
    let after = '';
    do {
      const { body } = await call<PassPage>('GET', `/api/v1/passes?limit=2&pointsOver=-1&after=${after}`);
      seen.push(...body.items.map(({ passId }) => passId));
      after = body.next ?? '';
    } while (after !== '');
    const all = (await list({}, 200)).map(({ passId }) => passId);
    expect(seen).toEqual(all);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('shows nothing of another company', async () => {
    const other = await addCompany(house.wallet, house.chain).catch(() => null);
    const pass = await house.newPass();
    if (!other) {
      const rows = await house.platform.database
        .tenant(house.tenant.companyId + 1)
        .query('select pass_id from passes where company_id = $1', [house.tenant.companyId]);
      expect(rows).toEqual([]);
    } else {
      const page = await selectPassList(other.tenant, other.tenant.companyId, {
        filter: { ...ANY_PASS, search: pass.serial },
        before: null,
        limit: 5,
      });
      expect(page.items).toEqual([]);
    }
  });

  // Row security would keep any index from serving `like`: a query that seems to have one reads every card.
  test('is served by indexes, also under row security', async () => {
    const pass = await house.newPass();
    await house.tenant.query(
      `insert into passes (company_id, guid, serial, pass_type_identifier, credential_id, design_id, account_id, token_key_id,
         snapshot, content_hash, update_sequence, last_modified, created_at)
       select p.company_id, gen_random_uuid(), 'MANY' || n, p.pass_type_identifier, p.credential_id, p.design_id, p.account_id,
         p.token_key_id, p.snapshot, p.content_hash, p.update_sequence, p.last_modified, p.created_at
       from passes p, generate_series(1, 3000) n where p.company_id = $1 and p.pass_id = $2`,
      [house.tenant.companyId, pass.passId],
    );
    const plan = await house.tenant.query<{ 'QUERY PLAN': string }>(
      'explain select pass_id from passes where company_id = $1 and serial_key >= $2 and serial_key < $3 limit 1000',
      [house.tenant.companyId, 'many12', 'many13'],
    );
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toMatch(/Index Cond: .*serial_key >=/);
    await house.tenant.query(`delete from passes where company_id = $1 and serial like 'MANY%'`, [
      house.tenant.companyId,
    ]);
  });
});

describe('adding a card', () => {
  const add = async (wish: object) =>
    call<{ passId: number; serial: string; known: boolean; warnings: { code: string }[] }>('POST', '/api/v1/passes', {
      designId: house.designId,
      ...wish,
    });

  test('takes a number of somebody’s choice, and the same again is the same card', async () => {
    const accountId = await house.newAccount();
    const first = await add({ serial: ' VIP777 ', accountId, values: { points: 'Свой текст' } });
    expect(first).toMatchObject({ status: 200, body: { serial: 'VIP777', known: false, warnings: [] } });
    expect((await house.now(first.body)).ownValues).toEqual({ points: 'Свой текст' });
    expect(await add({ serial: 'VIP777', accountId })).toMatchObject({
      status: 200,
      body: { passId: first.body.passId, known: true },
    });
    expect(await accountOfCode('VIP777')).toBe(accountId);
  });

  test('refuses a number that another card of this pass type has, also a deleted one', async () => {
    const pass = await house.newPass();
    const accountId = await house.newAccount();
    expect(await add({ serial: pass.serial, accountId })).toMatchObject({ status: 409, code: 'serial_taken' });
    await call('DELETE', `/api/v1/passes/${pass.passId}`);
    expect(await add({ serial: pass.serial, accountId })).toMatchObject({ status: 409, code: 'serial_taken' });
    const both = await Promise.all([
      add({ serial: 'RACE1', accountId }),
      add({ serial: 'RACE1', accountId: await house.newAccount() }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('refuses a number that is another guest’s plastic card: a till would find two', async () => {
    const [mine, his] = [await house.newAccount(), await house.newAccount()];
    await house.tenant.query(
      `insert into guest_identifiers (company_id, kind, value, guest_id, created_at)
       select $1, 'card', '5000123', guest_id, now() from accounts where company_id = $1 and account_id = $2`,
      [house.tenant.companyId, his],
    );
    expect(await add({ serial: '5000123', accountId: mine })).toMatchObject({ code: 'serial_taken' });
    expect(await add({ serial: '5000123', accountId: his })).toMatchObject({ status: 200 });
  });

  test('warns of signs that scanners may not pass on, and refuses what no number can be', async () => {
    const odd = await add({ serial: 'Гость №1/5', accountId: await house.newAccount() });
    expect(odd).toMatchObject({ status: 200, body: { warnings: [{ code: 'serial_characters' }] } });
    const pass = await house.now(odd.body);
    const response = await house.http.inject({
      url: `/wallet/apple/v1/passes/${pass.passTypeIdentifier}/${encodeURIComponent(pass.serial)}`,
      headers: { authorization: `ApplePass ${tokenOf(house, pass)}` },
    });
    expect(response.statusCode).toBe(200);
    for (const serial of ['   ', 'a\nb', 'x'.repeat(65)]) {
      expect((await add({ serial, accountId: await house.newAccount() })).status, serial).toBe(400);
    }
  });

  test('tells the number of the card that the guest has, and who is missing', async () => {
    const pass = await house.newPass();
    expect(await add({ serial: 'SECOND', accountId: pass.accountId })).toMatchObject({
      code: 'pass_exists',
      body: { error: { params: { serial: pass.serial } } },
    });
    expect(await add({})).toMatchObject({ code: 'pass_owner_missing' });
    expect(await add({ accountId: 999_999 })).toMatchObject({ code: 'account_not_found' });
    expect(await add({ accountId: pass.accountId, designId: 99_999 })).toMatchObject({ status: 404 });
    expect(await add({ accountId: await house.newAccount(), values: { nosuch: 'x' } })).toMatchObject({
      code: 'pass_field_unknown',
    });
  });

  test('in a coalition keeps a number within all pass types, elsewhere within its own', async () => {
    const pass = await house.newPass();
    const { companyId } = house.tenant;
    // As if that card were of another type: its number is free for this one.
    await house.tenant.query(
      `update passes set pass_type_identifier = 'pass.example.other' where company_id = $1 and pass_id = $2`,
      [companyId, pass.passId],
    );
    await house.tenant.query(`insert into partners (company_id, name, created_at) values ($1, 'Кофейня', now())`, [
      companyId,
    ]);
    const accountId = await house.newAccount();
    expect(await add({ serial: pass.serial, accountId })).toMatchObject({ code: 'serial_taken' });
    await house.tenant.query('delete from partners where company_id = $1', [companyId]);
    expect(await add({ serial: pass.serial, accountId })).toMatchObject({ status: 200 });
  });
});
