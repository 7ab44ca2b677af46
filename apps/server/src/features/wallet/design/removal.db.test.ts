import type { DesignDetail, PassOperation } from '@tessera/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWalletHouse, type WalletHouse } from '../../../../test/wallet-house.ts';
import { findPassByGuid } from '../find-pass.ts';
import { issuePass } from '../issue-pass.ts';
import { selectPass } from '../store/passes.ts';
import { updateDeleted } from './designs.store.ts';

let house: WalletHouse;

beforeAll(async () => {
  house = await createWalletHouse();
}, 120_000);
afterAll(() => house?.close());

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const call = async (method: Method, url: string, payload?: object) => {
  const answer = await house.http.inject({
    method,
    url: `/api/v1${url}`,
    ...(payload ? { payload } : {}),
    headers: { 'accept-language': 'ru' },
  });
  return { status: answer.statusCode, body: answer.json() };
};
const read = async (designId: number): Promise<DesignDetail> => (await call('GET', `/designs/${designId}`)).body;
const cardOf = async (passId: number) => (await selectPass(house.tenant, house.tenant.companyId, passId))!;

const operation = async (operationId: number): Promise<PassOperation> =>
  (await call('GET', `/pass-operations/${operationId}`)).body;
/** A change of many cards that somebody has paused: others wait for it. */
async function otherWork(): Promise<number> {
  const wish = { operationKey: crypto.randomUUID(), filter: {}, change: { kind: 'restore' } };
  const { operationId } = (await call('POST', '/pass-operations', wish)).body;
  await house.tenant.query(
    `update bulk_operations set state = 'paused', finished_at = null where company_id = $1 and bulk_id = $2`,
    [house.tenant.companyId, operationId],
  );
  return operationId;
}

let names = 0;
/** A copy of the house's design: nothing else in the tests touches it. */
async function newDesign(): Promise<DesignDetail> {
  const copied = await call('POST', `/designs/${house.designId}/copy`, { name: `Копия ${++names}` });
  expect(copied.status).toBe(201);
  return copied.body;
}

const withLogo = ({ name, credentialId, body, revision }: DesignDetail, logoText: string) => ({
  name,
  credentialId,
  revision,
  body: { ...body, logoText },
});

describe('a design that is deleted', () => {
  test('with cards it is deleted only if somebody says what becomes of them', async () => {
    const design = await newDesign();
    await house.newPass(house.tenant, design.designId);
    await house.newPass(house.tenant, design.designId);
    const refused = await call('DELETE', `/designs/${design.designId}`);
    expect([refused.status, refused.body.error.code, refused.body.error.params]).toEqual([
      409,
      'design_has_cards',
      { cards: 2 },
    ]);
    expect((await call('DELETE', `/designs/${design.designId}?cards=move`)).status).toBe(400);
    expect((await read(design.designId)).passes).toBe(2);
  });

  test('its cards move to another design, with their numbers, and phones are told', async () => {
    const [old, other] = [await newDesign(), await newDesign()];
    const pushed = withLogo(other, 'Другая');
    await call('PUT', `/designs/${other.designId}`, { ...pushed, push: true });
    const passes = [await house.newPass(house.tenant, old.designId), await house.newPass(house.tenant, old.designId)];
    const removed = await call('DELETE', `/designs/${old.designId}?cards=move&to=${other.designId}`);
    expect(removed).toEqual({ status: 200, body: { cards: 2, fate: 'move', operationId: expect.any(Number) } });
    await house.settle();
    for (const pass of passes) {
      expect(await cardOf(pass.passId)).toMatchObject({
        designId: other.designId,
        serial: pass.serial,
        contentVersion: 2,
        voided: false,
      });
    }
    expect(await operation(removed.body.operationId)).toMatchObject({
      kind: 'delete_design',
      change: { name: old.name, to: { designId: other.designId, name: pushed.name } },
      state: 'finished',
      total: 2,
      done: 2,
      failed: 0,
      undoable: true,
    });
    expect((await call('GET', `/designs/${old.designId}`)).status).toBe(404);
    expect((await call('POST', `/designs/${house.designId}/copy`, { name: old.name })).status).toBe(201);
  });

  test('or they end, and keep their look', async () => {
    const design = await newDesign();
    const pass = await house.newPass(house.tenant, design.designId);
    await call('DELETE', `/designs/${design.designId}?cards=void`);
    await house.settle();
    expect(await cardOf(pass.passId)).toMatchObject({ designId: design.designId, voided: true, contentVersion: 2 });
    expect(await findPassByGuid(house.wallet, pass.guid)).not.toBeNull();
  });

  test('a card takes the other design also where its guest has one of it already', async () => {
    const [old, other] = [await newDesign(), await newDesign()];
    const pass = await house.newPass(house.tenant, old.designId);
    const wish = { accountId: pass.accountId, designId: other.designId };
    expect(await issuePass(house.wallet, house.tenant, wish)).toMatchObject({ ok: true });
    await call('DELETE', `/designs/${old.designId}?cards=move&to=${other.designId}`);
    await house.settle();
    expect(await cardOf(pass.passId)).toMatchObject({ designId: other.designId, serial: pass.serial });
  });

  test('its deletion does not fail beside other work on cards: it waits its turn', async () => {
    const [old, other] = [await newDesign(), await newDesign()];
    const pass = await house.newPass(house.tenant, old.designId);
    const work = await otherWork();
    const { status, body } = await call('DELETE', `/designs/${old.designId}?cards=move&to=${other.designId}`);
    expect([status, (await operation(body.operationId)).state]).toEqual([200, 'waiting']);
    await house.settle();
    expect((await cardOf(pass.passId)).designId).toBe(old.designId);
    // The other design goes as well: what is on its way to it counts as its own, and follows in turn.
    expect((await call('DELETE', `/designs/${other.designId}`)).body.error.params).toEqual({ cards: 1 });
    const ended = await call('DELETE', `/designs/${other.designId}?cards=void`);
    expect(ended.body).toMatchObject({ cards: 1, fate: 'void' });
    await call('POST', `/pass-operations/${work}/cancel`);
    await house.settle();
    expect(await cardOf(pass.passId)).toMatchObject({ designId: other.designId, voided: true });
    expect(await operation(ended.body.operationId)).toMatchObject({ state: 'finished', done: 1 });
  });

  test('taken back or stopped it brings the design back into the archive, with its cards', async () => {
    for (const fate of ['void', 'move'] as const) {
      const [old, other] = [await newDesign(), await newDesign()];
      const passes = [await house.newPass(house.tenant, old.designId), await house.newPass(house.tenant, old.designId)];
      const to = fate === 'move' ? `&to=${other.designId}` : '';
      const { operationId } = (await call('DELETE', `/designs/${old.designId}?cards=${fate}${to}`)).body;
      await house.settle();
      expect((await call('POST', `/pass-operations/${operationId}/undo`)).body.state).toBe('undoing');
      await house.settle();
      expect(await operation(operationId)).toMatchObject({ state: 'undone', undone: 2, kept: 0 });
      for (const { passId } of passes)
        expect(await cardOf(passId)).toMatchObject({ designId: old.designId, voided: false });
      expect((await read(old.designId)).archivedAt).not.toBeNull();

      const work = await otherWork();
      const again = (await call('DELETE', `/designs/${old.designId}?cards=${fate}${to}`)).body.operationId;
      expect((await call('POST', `/pass-operations/${again}/cancel`)).body.state).toBe('cancelled');
      await call('POST', `/pass-operations/${work}/cancel`);
      await house.settle();
      for (const { passId } of passes)
        expect(await cardOf(passId)).toMatchObject({ designId: old.designId, voided: false });
      expect((await read(old.designId)).passes).toBe(2);
    }
  });

  test('cards do not go back to a design that is gone by now', async () => {
    const [old, other] = [await newDesign(), await newDesign()];
    const pass = await house.newPass(house.tenant, old.designId);
    const move = { operationKey: crypto.randomUUID(), filter: { designId: old.designId } };
    const change = { kind: 'move', designId: other.designId };
    const { operationId } = (await call('POST', '/pass-operations', { ...move, change })).body;
    await house.settle();
    expect((await call('DELETE', `/designs/${old.designId}`)).body).toEqual({
      cards: 0,
      fate: null,
      operationId: null,
    });
    await call('POST', `/pass-operations/${operationId}/undo`);
    await house.settle();
    expect(await operation(operationId)).toMatchObject({ state: 'undone', undone: 0, kept: 1 });
    expect((await cardOf(pass.passId)).designId).toBe(other.designId);
  });

  test('no card is issued of a design that is deleted in the same moment', async () => {
    const design = await newDesign();
    const issued = await issuePass(house.wallet, house.tenant, {
      accountId: await house.newAccount(),
      designId: design.designId,
      forbid: async (transaction) => {
        await updateDeleted(transaction, design.designId, house.clock.now());
        return null;
      },
    });
    expect(issued).toMatchObject({ ok: false, refusal: { code: 'design_archived' } });
  });
});
