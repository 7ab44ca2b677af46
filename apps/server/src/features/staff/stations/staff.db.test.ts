import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Cookies,
  createStaffHouse,
  PASSWORD,
  SESSION,
  type StaffHouse,
  told,
} from '../../../../test/staff-house.ts';

let house: StaffHouse;
beforeAll(async () => {
  house = await createStaffHouse();
});
afterAll(() => house.close());

describe('staff', () => {
  const change = (userId: number, body: object, cookies = house.owner) =>
    house.ask('PATCH', `/api/v1/staff/${userId}`, { body, cookies });
  const add = (body: object) => house.ask('POST', '/api/v1/staff', { body, cookies: house.owner });
  const idOf = async (cookies: Cookies) =>
    ((await house.ask('GET', '/api/v1/session', { cookies })).body.user as unknown as { id: number }).id;

  test('comes in by e-mail and password, or by a PIN, and an owner by e-mail', async () => {
    const body = { name: 'Пётр', role: 'manager', email: 'Petr@Example.com', password: PASSWORD };
    expect((await add(body)).body).toMatchObject({ email: 'petr@example.com', hasPin: false, blocked: false });
    expect(Object.keys(await house.signIn('petr@example.com'))).toEqual([SESSION]);
    expect(told(await add({ ...body, name: 'Павел' }))).toEqual([409, 'email_taken']);
    expect(told(await add({ ...body, name: 'Павел', email: 'other@example.com' }))).toEqual([409, 'email_taken']);
    expect(told(await add({ ...body, email: 'new@example.com' }))).toEqual([409, 'name_taken']);
    expect(told(await add({ name: 'Павел', role: 'cashier' }))).toEqual([400, 'staff_needs_way_in']);
    expect(told(await add({ name: 'Павел', role: 'cashier', email: 'a@example.com' }))).toEqual([
      400,
      'staff_needs_way_in',
    ]);
    expect(told(await add({ name: 'Павел', role: 'owner', pin: '4071' }))).toEqual([400, 'staff_needs_email']);
    const userId = await house.newCashier('4071', 'Павел');
    expect(told(await add({ name: 'павел', role: 'cashier', pin: '5829' }))).toEqual([409, 'name_taken']);
    expect(told(await change(userId, { role: 'owner' }))).toEqual([400, 'staff_needs_email']);
  });

  test('two of one name who come at once are one', async () => {
    const body = { name: 'Близнец', role: 'cashier', pin: '4071' };
    const answers = await Promise.all([add(body), add(body), add(body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  test('keeps its last owner, also when two demote each other at once, and nobody locks himself out', async () => {
    const first = await idOf(house.owner);
    expect(told(await change(first, { blocked: true }))).toEqual([409, 'own_access']);
    expect(told(await change(first, { role: 'cashier' }))).toEqual([409, 'own_access']);
    await add({ name: 'Вторая', role: 'owner', email: 'second@example.com', password: PASSWORD });
    const cookies = await house.signIn('second@example.com');
    const second = await idOf(cookies);
    const answers = await Promise.all([
      change(second, { role: 'manager' }),
      change(first, { role: 'manager' }, cookies),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const owners = await house.tenant.query(
      `select user_id from users where company_id = $1 and role = 'owner' and blocked_at is null`,
      [house.tenant.companyId],
    );
    expect(owners).toHaveLength(1);
    await house.tenant.query(`update users set role = 'owner' where company_id = $1 and user_id = $2`, [
      house.tenant.companyId,
      first,
    ]);
    await house.tenant.query(`update users set role = 'cashier' where company_id = $1 and user_id = $2`, [
      house.tenant.companyId,
      second,
    ]);
  });

  test('who is blocked is out at once, and stays out until he signs in again', async () => {
    await add({ name: 'Временный', role: 'manager', email: 'gone@example.com', password: PASSWORD });
    const cookies = await house.signIn('gone@example.com');
    const userId = await idOf(cookies);
    expect((await change(userId, { blocked: true })).body).toMatchObject({ blocked: true });
    expect((await house.ask('GET', '/console', { cookies })).status).toBe(401);
    expect(await house.signIn('gone@example.com')).toEqual({});
    expect((await change(userId, { blocked: false })).body).toMatchObject({ blocked: false });
    expect((await house.ask('GET', '/console', { cookies })).status).toBe(401);
    expect(Object.keys(await house.signIn('gone@example.com'))).toEqual([SESSION]);
  });

  test('a manager gives PINs to cashiers and himself, and nothing else to nobody', async () => {
    const cashier = await house.newCashier();
    expect((await change(cashier, { pin: '5829' }, house.manager)).status).toBe(200);
    expect((await change(await idOf(house.manager), { pin: '5829' }, house.manager)).status).toBe(200);
    expect(told(await change(await idOf(house.owner), { pin: '5829' }, house.manager))).toEqual([403, 'forbidden']);
    expect(told(await change(cashier, { pin: '5829', role: 'manager' }, house.manager))).toEqual([403, 'forbidden']);
    expect(told(await change(cashier, { blocked: true }, house.manager))).toEqual([403, 'forbidden']);
    expect(
      told(
        await house.ask('POST', '/api/v1/staff', {
          body: { name: 'x', role: 'cashier', pin: '4071' },
          cookies: house.manager,
        }),
      ),
    ).toEqual([403, 'forbidden']);
  });

  test('a new PIN ends what the old one opened, and no session of a password', async () => {
    const here = await house.pair(await house.newStation());
    const userId = await house.newCashier();
    const cookies = { ...here, ...(await house.typePin(here, userId, '4071')).cookies };
    expect((await house.ask('GET', '/sell', { cookies })).status).toBe(200);
    await change(userId, { pin: '5829' });
    expect((await house.ask('GET', '/sell', { cookies })).status).toBe(401);
    const me = await idOf(house.manager);
    await change(me, { pin: '5829' }, house.manager);
    expect((await house.ask('GET', '/console', { cookies: house.manager })).status).toBe(200);
  });
});
