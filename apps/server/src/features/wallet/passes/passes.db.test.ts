import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPassHouse, type PassHouse } from '../../../../test/pass-house.ts';
import { testDraft } from '../../../../test/wallet-design.ts';
import { tokenOf } from '../../../../test/wallet-house.ts';
import { findByCode, findPassByGuid, issuePass, passesOfAccount, updateDesign } from '../index.ts';
import { selectPassList } from './list.store.ts';
import { ANY_PASS } from './list-passes.ts';

let house: PassHouse;
let call: PassHouse['call'];
beforeAll(async () => {
  house = await createPassHouse();
  call = house.call;
});
afterAll(() => house.close());

const accountOfCode = async (code: string) => (await findByCode(house.wallet, house.tenant, code))?.accountId ?? null;
describe('changing a card', () => {
  const patch = (passId: number, body: object) => call('PATCH', `/api/v1/passes/${passId}`, { push: true, ...body });

  test('own texts override, empty ones fall back, in every form at once, and phones are told', async () => {
    const pass = await house.newPass();
    await house.register(pass);
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
    expect((await house.now(pass)).snapshot.expiresAt).toBe('2031-05-01T23:59:59Z');
    const back = await patch(pass.passId, { revision: 2, values: { points: '  ' }, expiresOn: null });
    expect(back.body.own).toMatchObject({ values: {}, expiresOn: null });
    expect(back.body.picture.headerFields[0]?.value).toBe(body.fields.find(({ key }) => key === 'points')?.inherited);
  });

  test('without a push is seen by who asks, and the push command tells the phones afterwards', async () => {
    const pass = await house.newPass();
    await house.register(pass);
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
    expect((await house.now(pass)).revision).toBe(1);
  });

  test('keeps own texts when the balance and the design change', async () => {
    const pass = await house.newPass();
    await patch(pass.passId, { revision: 1, values: { points: 'Своё' } });
    await house.change(pass.accountId, { available: 77_700n });
    expect((await house.now(pass)).ownValues).toEqual({ points: 'Своё' });
    expect((await house.now(pass)).contentVersion).toBe(2);
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
    await house.register(pass);
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
    const found = await selectPassList(house.tenant, house.tenant.companyId, {
      filter: { ...ANY_PASS, search: pass.serial },
      before: null,
      limit: 5,
    });
    expect(found.items).toEqual([]);
    expect((await call('GET', `/api/v1/passes/${pass.passId}`)).code).toBe('pass_not_found');
    const tombstone = await house.now(pass);
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
    const designId = await house.secondDesign('Праздничный');
    const moved = await call('POST', `/api/v1/passes/${pass.passId}/move`, { designId });
    expect(moved.body).toMatchObject({ designId, serial: pass.serial, guid: pass.guid, revision: 2 });
    expect((await call('POST', `/api/v1/passes/${pass.passId}/move`, { designId })).body.revision).toBe(2);
  });

  test('is refused where the guest has one already, and where a level chooses the design', async () => {
    const designId = await house.secondDesign('Второй');
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
