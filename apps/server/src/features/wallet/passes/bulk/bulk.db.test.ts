import type { PassOperation } from '@tessera/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDraft, testFiles } from '../../../../../test/wallet-design.ts';
import { createWalletHouse, type WalletHouse } from '../../../../../test/wallet-house.ts';
import { createDesign } from '../../index.ts';
import type { PassRecord } from '../../model.ts';
import { selectPass } from '../../store/passes.ts';
import { selectPassList } from '../list.store.ts';
import { ANY_PASS } from '../list-passes.ts';
import { workOnBulk } from './run-bulk.ts';

let house: WalletHouse;
beforeAll(async () => {
  house = await createWalletHouse();
});
afterAll(() => house.close());

const newDesign = async (name: string): Promise<number> => {
  const [design] = await house.tenant.query<{ credential_id: number; programme_id: number }>(
    'select credential_id, programme_id from designs where company_id = $1 and design_id = $2',
    [house.tenant.companyId, house.designId],
  );
  const made = await createDesign(house.wallet, house.tenant, {
    name,
    programmeId: design!.programme_id,
    credentialId: design!.credential_id,
    draft: testDraft(),
    files: testFiles,
  });
  if (!made.ok) throw new Error(made.refusal.code);
  return made.value.designId;
};
/** A design with so many cards. */
const cardsOf = async (name: string, count: number) => {
  const designId = await newDesign(name);
  const passes: PassRecord[] = [];
  for (let i = 0; i < count; i++) passes.push(await house.newPass(house.tenant, designId));
  return { designId, passes };
};
const now = async ({ passId }: { passId: number }) => (await selectPass(house.tenant, house.tenant.companyId, passId))!;
const send = async <T = PassOperation>(url: string, payload?: object, method: 'POST' | 'GET' | 'PATCH' = 'POST') => {
  const response = await house.http.inject({ method, url, ...(payload ? { payload } : {}) });
  const body = response.json() as T & { error?: { code: string } };
  return { status: response.statusCode, body, code: body.error?.code };
};
const begin = (filter: object, change: object, operationKey: string = crypto.randomUUID()) =>
  send('/api/v1/pass-operations', { operationKey, filter, change });
const stateOf = async (id: number) => (await send(`/api/v1/pass-operations/${id}`, undefined, 'GET')).body;
const wish = (id: number, to: string) => send(`/api/v1/pass-operations/${id}/${to}`);
/** An operation that somebody has paused before it looked at a card. */
const paused = async (filter: object): Promise<number> => {
  const { body } = await begin(filter, { kind: 'restore' });
  await house.tenant.query(
    `update bulk_operations set state = 'paused', reached = 0, done = 0, same = 0, finished_at = null
     where company_id = $1 and bulk_id = $2`,
    [house.tenant.companyId, body.operationId],
  );
  return body.operationId;
};
const setPoints = { kind: 'set_field', field: 'points', value: 'Всем' };

describe('a change of many cards', () => {
  test('changes exactly those that the filter fits, once, and counts them', async () => {
    const { designId, passes } = await cardsOf('Все вместе', 5);
    await send(
      `/api/v1/passes/${passes[0]!.passId}`,
      { revision: 1, push: false, values: { points: 'Всем' } },
      'PATCH',
    );
    await send(`/api/v1/passes/${passes[1]!.passId}/void`);
    const stranger = await house.newPass();
    const key = crypto.randomUUID();
    const { body } = await begin({ designId, state: 'active' }, setPoints, key);
    expect(body).toMatchObject({ total: 4, state: 'running' });
    expect((await begin({ designId, state: 'active' }, setPoints, key)).body.operationId).toBe(body.operationId);
    expect(await begin({ designId }, setPoints, key)).toMatchObject({ status: 409, code: 'idempotency_mismatch' });
    await house.settle();
    expect(await stateOf(body.operationId)).toMatchObject({
      state: 'finished',
      done: 3,
      same: 1,
      failed: 0,
      undoable: true,
    });
    for (const pass of passes.slice(2)) expect((await now(pass)).ownValues).toEqual({ points: 'Всем' });
    expect((await now(passes[1]!)).ownValues).toEqual({});
    expect((await now(stranger)).ownValues).toEqual({});
  });

  test('passes over cards that came later', async () => {
    const { designId, passes } = await cardsOf('Поздние', 2);
    const { body } = await begin({ designId }, { kind: 'void' });
    const late = await house.newPass(house.tenant, designId);
    await house.settle();
    expect((await now(passes[0]!)).voided).toBe(true);
    expect((await now(late)).voided).toBe(false);
    expect(await stateOf(body.operationId)).toMatchObject({ done: 2 });
  });

  test('tells how many cards could not be changed', async () => {
    const { designId, passes } = await cardsOf('Откуда', 3);
    const target = await newDesign('Куда');
    const subject = house.subjects.get(passes[0]!.accountId)!;
    house.subjects.set(passes[0]!.accountId, {
      ...subject,
      levelDesigns: { wanted: designId, all: [designId, target] },
    });
    const { body } = await begin({ designId }, { kind: 'move', designId: target });
    await house.settle();
    expect(await stateOf(body.operationId)).toMatchObject({ state: 'finished', done: 2, same: 0, failed: 1 });
    expect([(await now(passes[0]!)).designId, (await now(passes[1]!)).designId]).toEqual([designId, target]);
  });

  test('pushes many without a change of them', async () => {
    const { designId, passes } = await cardsOf('Разбудить', 2);
    const { body } = await begin({ designId }, { kind: 'push' });
    await house.settle();
    expect(await stateOf(body.operationId)).toMatchObject({ state: 'finished', done: 2, undoable: false });
    expect((await now(passes[0]!)).contentVersion).toBe(1);
  });

  test('is refused without a sense, and is moved on only from where it is', async () => {
    const { designId } = await cardsOf('Отказы', 1);
    expect(await begin({ designId }, { kind: 'set_field', field: 'nosuch', value: 'x' })).toMatchObject({
      code: 'pass_field_unknown',
    });
    expect(await begin({ designId }, { kind: 'move', designId: 99_999 })).toMatchObject({ status: 404 });
    const deletion = { kind: 'delete_design', designId, name: 'Отказы', to: null };
    expect(await begin({ designId }, deletion)).toMatchObject({ status: 400 });
    const { body } = await begin({ designId }, setPoints);
    await house.settle();
    expect(await stateOf(body.operationId)).toMatchObject({ state: 'finished', done: 1 });
    expect(await wish(body.operationId, 'pause')).toMatchObject({ code: 'pass_operation_state' });
    expect(await wish(99_999, 'undo')).toMatchObject({ code: 'pass_operation_not_found' });
  });
});

describe('operations beside each other', () => {
  test('wait, begin in the order in which they were asked for, and are left out when stopped before', async () => {
    const { designId, passes } = await cardsOf('Очередь', 2);
    const first = await paused({ designId });
    const ids: number[] = [];
    for (const value of ['Второй', 'Третий', 'Четвёртый']) {
      const { body } = await begin({ designId }, { ...setPoints, value });
      expect(body.state).toBe('waiting');
      ids.push(body.operationId);
    }
    await house.settle();
    expect((await now(passes[0]!)).ownValues).toEqual({});
    expect(await wish(ids[1]!, 'pause')).toMatchObject({ code: 'pass_operation_state' });
    expect((await wish(ids[1]!, 'cancel')).body).toMatchObject({ state: 'cancelled', undoable: false });
    await wish(first, 'resume');
    await house.settle();
    expect(await stateOf(first)).toMatchObject({ state: 'finished', same: 2 });
    for (const id of [ids[0]!, ids[2]!]) expect(await stateOf(id)).toMatchObject({ state: 'finished', done: 2 });
    for (const pass of passes)
      expect(await now(pass)).toMatchObject({ ownValues: { points: 'Четвёртый' }, revision: 3 });
    expect(await stateOf(ids[1]!)).toMatchObject({ state: 'cancelled', done: 0 });
  });

  test('begin as soon as the one at work is stopped', async () => {
    const { designId, passes } = await cardsOf('Вместо', 1);
    const first = await paused({ designId });
    const { body } = await begin({ designId }, { kind: 'void' });
    expect((await wish(first, 'cancel')).body.state).toBe('cancelled');
    expect((await stateOf(body.operationId)).state).toBe('running');
    await house.settle();
    expect(await now(passes[0]!)).toMatchObject({ voided: true, ownValues: {} });
  });

  test('are not taken back, and not asked for without end', async () => {
    const { designId } = await cardsOf('Предел', 1);
    const done = (await begin({ designId }, setPoints)).body.operationId;
    await house.settle();
    const first = await paused({ designId });
    expect(await wish(done, 'undo')).toMatchObject({ status: 409, code: 'pass_operation_limit' });
    const asked = await Promise.all(Array.from({ length: 21 }, () => begin({ designId }, { kind: 'restore' })));
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(asked.find(({ status }) => status !== 200)).toMatchObject({ status: 409, code: 'pass_operation_queue' });
    await wish(first, 'cancel');
    await house.settle();
    for (const { status, body } of asked) {
      if (status === 200) expect(await stateOf(body.operationId)).toMatchObject({ state: 'finished', same: 1 });
    }
    expect((await wish(done, 'undo')).body.state).toBe('undoing');
    await house.settle();
  });
});

describe('an operation that dies', () => {
  test('behind the changes and before the note of them goes on there and changes and counts no card twice', async () => {
    const { designId, passes } = await cardsOf('Смерть', 4);
    const { body } = await begin({ designId }, setPoints);
    await house.settle();
    const { companyId } = house.tenant;
    // As if the process had died before the batch was noted: the cards are changed, the operation does not know how far it is.
    await house.tenant.query(
      `update bulk_operations set state = 'running', reached = 0, finished_at = null where company_id = $1 and bulk_id = $2`,
      [companyId, body.operationId],
    );
    await workOnBulk(house.wallet, house.tenant, body.operationId);
    expect(await stateOf(body.operationId)).toMatchObject({ state: 'finished', done: 4, same: 0, failed: 0 });
    for (const pass of passes) expect(await now(pass)).toMatchObject({ revision: 2, contentVersion: 2 });
  });

  test('between batches goes on with the rest', async () => {
    const { designId, passes } = await cardsOf('Половина', 3);
    const { body } = await begin({ designId }, setPoints);
    await house.settle();
    // As if only the first card had had its turn.
    const { companyId } = house.tenant;
    const [first, ...rest] = passes;
    await house.tenant.query(
      `with back as (update passes set own_values = '{}', revision = 1 where company_id = $1 and pass_id = any ($3)),
         gone as (delete from bulk_changes where company_id = $1 and bulk_id = $2 and pass_id = any ($3))
       update bulk_operations set state = 'running', reached = $4, done = 1, finished_at = null
       where company_id = $1 and bulk_id = $2`,
      [companyId, body.operationId, rest.map(({ passId }) => passId), first!.passId],
    );
    await Promise.all([
      workOnBulk(house.wallet, house.tenant, body.operationId),
      workOnBulk(house.wallet, house.tenant, body.operationId),
    ]);
    expect(await stateOf(body.operationId)).toMatchObject({ state: 'finished', done: 3 });
    for (const pass of passes) expect((await now(pass)).ownValues).toEqual({ points: 'Всем' });
  });
});

describe('taking an operation back', () => {
  test('gives cards back what they were and leaves alone what somebody changed since', async () => {
    const { designId, passes } = await cardsOf('Назад', 3);
    const [own, later, plain] = passes as [PassRecord, PassRecord, PassRecord];
    await send(`/api/v1/passes/${own.passId}`, { revision: 1, push: false, values: { points: 'Моё' } }, 'PATCH');
    const { body } = await begin({ designId }, setPoints);
    await house.settle();
    await send(`/api/v1/passes/${later.passId}`, { revision: 2, push: false, values: { points: 'Позже' } }, 'PATCH');
    expect((await send(`/api/v1/pass-operations/${body.operationId}/undo`)).body.state).toBe('undoing');
    await house.settle();
    expect(await stateOf(body.operationId)).toMatchObject({ state: 'undone', undone: 2, kept: 1, undoable: false });
    expect((await now(own)).ownValues).toEqual({ points: 'Моё' });
    expect((await now(later)).ownValues).toEqual({ points: 'Позже' });
    expect((await now(plain)).ownValues).toEqual({});
  });

  test('also takes back a move and a voiding, and goes on where it died', async () => {
    const { designId, passes } = await cardsOf('Туда', 2);
    const target = await newDesign('И обратно');
    const { body } = await begin({ designId }, { kind: 'move', designId: target });
    await house.settle();
    const voided = (await begin({ designId: target }, { kind: 'void' })).body;
    await house.settle();
    await send(`/api/v1/pass-operations/${voided.operationId}/undo`);
    await house.settle();
    expect((await now(passes[0]!)).voided).toBe(false);
    // Somebody voided and restored them since the move, for all that the move knows: they stay where they are.
    await send(`/api/v1/pass-operations/${body.operationId}/undo`);
    await house.settle();
    expect(await stateOf(body.operationId)).toMatchObject({ state: 'undone', undone: 0, kept: 2 });
    const again = (await begin({ designId: target }, { kind: 'move', designId })).body;
    await house.settle();
    await send(`/api/v1/pass-operations/${again.operationId}/undo`);
    await house.settle();
    await house.tenant.query(
      `update bulk_operations set state = 'undoing', undo_reached = 0 where company_id = $1 and bulk_id = $2`,
      [house.tenant.companyId, again.operationId],
    );
    await workOnBulk(house.wallet, house.tenant, again.operationId);
    expect(await stateOf(again.operationId)).toMatchObject({ state: 'undone', undone: 2, kept: 0 });
    expect((await now(passes[1]!)).designId).toBe(target);
  });
});

test('cards leave as a file of a flat stream, and no cell is a formula', async () => {
  const { designId, passes } = await cardsOf('Файл', 2);
  await house.tenant.query(
    `update guests set first_name = '=1+1', last_name = '' where company_id = $1
       and guest_id = (select guest_id from accounts where company_id = $1 and account_id = $2)`,
    [house.tenant.companyId, passes[0]!.accountId],
  );
  const file = await house.http.inject({
    url: `/api/v1/exports/passes.csv?designId=${designId}`,
    headers: { 'accept-language': 'ru' },
  });
  expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
  const lines = file.body.trim().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[2]).toContain(`${passes[0]!.serial};Файл;`);
  expect(lines[2]).toContain(";'=1+1;");
  const { items } = await selectPassList(house.tenant, house.tenant.companyId, {
    filter: { ...ANY_PASS, designId },
    before: null,
    limit: 5,
  });
  expect(items).toHaveLength(2);
});
