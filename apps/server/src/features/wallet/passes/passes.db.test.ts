import type { PassDetail, PassPage } from '@tessera/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDraft, testFiles } from '../../../../test/wallet-design.ts';
import { addCompany, createWalletHouse, tokenOf, type WalletHouse } from '../../../../test/wallet-house.ts';
import { createDesign, findByCode, findPassByGuid, issuePass, passesOfAccount, updateDesign } from '../index.ts';
import type { PassRecord } from '../model.ts';
import { selectPass } from '../store/passes.ts';
import { selectPassList } from './list.store.ts';
import { ANY_PASS } from './list-passes.ts';
import type { PassFilter } from './model.ts';

let house: WalletHouse;
beforeAll(async () => {
  house = await createWalletHouse();
});
afterAll(() => house.close());

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const call = async <T = PassDetail>(method: Method, url: string, payload?: unknown) => {
  const response = await house.http.inject({
    method,
    url,
    ...(payload === undefined ? {} : { payload: payload as object }),
  });
  const body = response.json() as T & { error?: { code: string; params?: unknown } };
  return { status: response.statusCode, body, code: body.error?.code };
};
const accountOfCode = async (code: string) => (await findByCode(house.wallet, house.tenant, code))?.accountId ?? null;
const now = async (pass: { passId: number }) => (await selectPass(house.tenant, house.tenant.companyId, pass.passId))!;
const register = (pass: PassRecord, device = `phone-${pass.passId}`) =>
  house.http.inject({
    method: 'POST',
    url: `/wallet/apple/v1/devices/${device}/registrations/${pass.passTypeIdentifier}/${pass.serial}`,
    headers: { authorization: `ApplePass ${tokenOf(house, pass)}`, 'user-agent': 'passd/1.0 CFNetwork/1 Darwin/1' },
    payload: { pushToken: 'ab'.repeat(32) },
  });
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
const secondDesign = async (name: string, programmeId?: number) => {
  const [credential] = await house.tenant.query<{ credential_id: number; programme_id: number }>(
    'select credential_id, programme_id from designs where company_id = $1 and design_id = $2',
    [house.tenant.companyId, house.designId],
  );
  const made = await createDesign(house.wallet, house.tenant, {
    name,
    programmeId: programmeId ?? credential!.programme_id,
    credentialId: credential!.credential_id,
    draft: testDraft(),
    files: testFiles,
  });
  if (!made.ok) throw new Error(made.refusal.code);
  return made.value.designId;
};

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
    const designId = await secondDesign('Для фильтров');
    const [poor, rich] = [await house.newPass(house.tenant, designId), await house.newPass(house.tenant, designId)];
    await house.tenant.query(
      `update accounts set available = 25000, level = 'gold' where company_id = $1 and account_id = $2`,
      [house.tenant.companyId, rich.accountId],
    );
    await register(rich);
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
    expect((await now(first.body)).ownValues).toEqual({ points: 'Свой текст' });
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
    const pass = await now(odd.body);
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

describe('changing a card', () => {
  const patch = (passId: number, body: object) => call('PATCH', `/api/v1/passes/${passId}`, { push: true, ...body });

  test('own texts override, empty ones fall back, in every form at once, and phones are told', async () => {
    const pass = await house.newPass();
    await register(pass);
    await house.settle();
    house.pushes.length = 0;
    const { body } = await patch(pass.passId, {
      revision: 1,
      values: { points: 'Только вам' },
      expiresOn: '2031-05-01',
    });
    expect(body).toMatchObject({
      revision: 2,
      own: { values: { points: 'Только вам' }, expiresOn: '2031-05-01' },
      versions: { current: 2 },
    });
    expect(body.picture.headerFields[0]?.value).toBe('Только вам');
    await house.settle();
    expect(house.pushes).toHaveLength(1);
    expect((await now(pass)).snapshot.expiresAt).toBe('2031-05-01T23:59:59Z');
    const back = await patch(pass.passId, { revision: 2, values: { points: '  ' }, expiresOn: null });
    expect(back.body.own).toMatchObject({ values: {}, expiresOn: null });
    expect(back.body.picture.headerFields[0]?.value).toBe(body.fields.find(({ key }) => key === 'points')?.inherited);
  });

  test('without a push is seen by who asks, and the push command tells the phones afterwards', async () => {
    const pass = await house.newPass();
    await register(pass);
    await house.settle();
    house.pushes.length = 0;
    const { body } = await patch(pass.passId, { revision: 1, push: false, values: { points: 'Тихо' } });
    expect(body.versions.current).toBe(2);
    await house.settle();
    expect(house.pushes).toEqual([]);
    const pushed = await call<{ devices: number }>('POST', `/api/v1/passes/${pass.passId}/push`);
    expect(pushed.body).toEqual({ devices: 1, google: false });
    await house.settle();
    expect(house.pushes).toHaveLength(1);
  });

  test('names the revision it saw: the second of two is told, the same again is not', async () => {
    const pass = await house.newPass();
    await patch(pass.passId, { revision: 1, notes: 'первая' });
    expect(await patch(pass.passId, { revision: 1, notes: 'вторая' })).toMatchObject({
      status: 409,
      code: 'pass_changed',
    });
    expect(await patch(pass.passId, { revision: 1, notes: 'первая' })).toMatchObject({
      status: 200,
      body: { revision: 2 },
    });
    const twice = await Promise.all([
      patch(pass.passId, { revision: 2, notes: 'а' }),
      patch(pass.passId, { revision: 2, notes: 'б' }),
    ]);
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('keeps notes that nobody sees without a new version', async () => {
    const pass = await house.newPass();
    const { body } = await patch(pass.passId, { revision: 1, notes: 'про гостя' });
    expect(body).toMatchObject({ revision: 2, own: { notes: 'про гостя' }, versions: { current: 1 } });
  });

  test('lets a code of its own lead a till to the guest, unless several cards share it', async () => {
    const [one, two] = [await house.newPass(), await house.newPass()];
    const { body } = await patch(one.passId, { revision: 1, barcodeMessage: 'CODE-77' });
    expect(body.picture.barcode).toBeDefined();
    expect(body.inheritedBarcode).toBe(one.serial);
    expect(await accountOfCode('CODE-77')).toBe(one.accountId);
    await patch(two.passId, { revision: 1, barcodeMessage: 'CODE-77' });
    expect(await accountOfCode('CODE-77')).toBeNull();
    expect(await accountOfCode(one.serial)).toBe(one.accountId);
  });

  test('is refused for a field that is none and a day that is none', async () => {
    const pass = await house.newPass();
    expect(await patch(pass.passId, { revision: 1, values: { nosuch: 'x' } })).toMatchObject({
      code: 'pass_field_unknown',
    });
    expect(await patch(pass.passId, { revision: 1, expiresOn: '2030-02-30' })).toMatchObject({ code: 'value_invalid' });
    expect(await patch(999_999, { revision: 1 })).toMatchObject({ status: 404, code: 'pass_not_found' });
  });

  test('can be looked at before: the card, and what phones would say', async () => {
    const pass = await house.newPass();
    const { body } = await call<{ notice: string; picture: { headerFields: { value: string }[] } }>(
      'POST',
      `/api/v1/passes/${pass.passId}/preview`,
      { values: { points: '500' } },
    );
    expect(body.notice).toBe('Баллов на карте: 500');
    expect(body.picture.headerFields[0]?.value).toBe('500');
    expect((await now(pass)).revision).toBe(1);
  });

  test('keeps own texts when the balance and the design change', async () => {
    const pass = await house.newPass();
    await patch(pass.passId, { revision: 1, values: { points: 'Своё' } });
    await house.change(pass.accountId, { available: 77_700n });
    expect((await now(pass)).ownValues).toEqual({ points: 'Своё' });
    expect((await now(pass)).contentVersion).toBe(2);
  });
});

describe('a card that ends', () => {
  test('is refused by the till, grey on phones, and lives again when it is restored', async () => {
    const pass = await house.newPass();
    const voided = await call('POST', `/api/v1/passes/${pass.passId}/void`);
    expect(voided.body).toMatchObject({ voided: true, versions: { current: 2 }, picture: { voided: true } });
    expect((await call('POST', `/api/v1/passes/${pass.passId}/void`)).body.revision).toBe(voided.body.revision);
    expect(await accountOfCode(pass.serial)).toBeNull();
    await call('POST', `/api/v1/passes/${pass.passId}/restore`);
    expect(await accountOfCode(pass.serial)).toBe(pass.accountId);
  });

  test('when deleted leaves a tombstone without anything personal: phones hear of it, the link and lists do not know it', async () => {
    const pass = await house.newPass();
    await register(pass);
    await call('PATCH', `/api/v1/passes/${pass.passId}`, {
      revision: 1,
      push: true,
      notes: 'секрет',
      values: { points: 'Ане' },
    });
    await house.settle();
    house.pushes.length = 0;
    expect((await call('DELETE', `/api/v1/passes/${pass.passId}`)).body).toEqual({
      passId: pass.passId,
      serial: pass.serial,
    });
    await house.settle();
    expect(house.pushes).toHaveLength(1);
    expect(await findPassByGuid(house.wallet, pass.guid)).toBeNull();
    expect(await passesOfAccount(house.tenant, pass.accountId)).toEqual([]);
    expect(await list({ search: pass.serial })).toEqual([]);
    expect((await call('GET', `/api/v1/passes/${pass.passId}`)).code).toBe('pass_not_found');
    const tombstone = await now(pass);
    expect(tombstone).toMatchObject({ voided: true, ownValues: {}, own: {}, snapshot: { variables: {} } });
    const fetched = await house.http.inject({
      url: `/wallet/apple/v1/passes/${pass.passTypeIdentifier}/${pass.serial}`,
      headers: { authorization: `ApplePass ${tokenOf(house, pass)}` },
    });
    expect(fetched.statusCode).toBe(200);
    // Its guest may be forgotten: nothing asks for him any more.
    house.subjects.delete(pass.accountId);
    const design = (await createDesignChange(pass.designId)).revision;
    await house.settle();
    expect(design).toBeGreaterThan(1);
    expect((await call('DELETE', `/api/v1/passes/${pass.passId}`)).status).toBe(200);
    expect((await call('POST', `/api/v1/passes/${pass.passId}/restore`)).code).toBe('pass_not_found');
  });

  test('when deleted makes room for a new one of the same guest', async () => {
    const pass = await house.newPass();
    await call('DELETE', `/api/v1/passes/${pass.passId}`);
    const again = await issuePass(house.wallet, house.tenant, { accountId: pass.accountId, designId: house.designId });
    expect(again.ok && again.value.passId).not.toBe(pass.passId);
  });
});

async function createDesignChange(designId: number) {
  const changed = await updateDesign(house.wallet, house.tenant, {
    designId,
    draft: { ...testDraft(), description: `Карта ${Math.random()}` },
  });
  if (!changed.ok) throw new Error(changed.refusal.code);
  return changed.value;
}

describe('moving a card', () => {
  test('goes to a design of the same programme and pass type, and is the same card there', async () => {
    const pass = await house.newPass();
    const designId = await secondDesign('Праздничный');
    const moved = await call('POST', `/api/v1/passes/${pass.passId}/move`, { designId });
    expect(moved.body).toMatchObject({ designId, serial: pass.serial, guid: pass.guid, revision: 2 });
    expect((await call('POST', `/api/v1/passes/${pass.passId}/move`, { designId })).body.revision).toBe(2);
  });

  test('is refused where the guest has one already, and where a level chooses the design', async () => {
    const designId = await secondDesign('Второй');
    const pass = await house.newPass();
    await issuePass(house.wallet, house.tenant, { accountId: pass.accountId, designId });
    expect(await call('POST', `/api/v1/passes/${pass.passId}/move`, { designId })).toMatchObject({
      code: 'pass_exists',
    });
    const leveled = await house.newPass();
    const subject = house.subjects.get(leveled.accountId)!;
    house.subjects.set(leveled.accountId, {
      ...subject,
      levelDesigns: { wanted: house.designId, all: [house.designId, designId] },
    });
    expect(await call('POST', `/api/v1/passes/${leveled.passId}/move`, { designId })).toMatchObject({
      code: 'design_by_level',
    });
    expect(await call('POST', `/api/v1/passes/${leveled.passId}/move`, { designId: 99_999 })).toMatchObject({
      status: 404,
    });
  });
});
