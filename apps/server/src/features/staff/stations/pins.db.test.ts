import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStaffHouse, SESSION, STATION, type StaffHouse, told } from '../../../../test/staff-house.ts';
import { checkPin } from './sign-in-by-pin.ts';

let house: StaffHouse;
beforeAll(async () => {
  house = await createStaffHouse();
});
afterAll(() => house.close());

describe('a PIN', () => {
  test('opens a session that lives at its station, for a shift: its cookie alone is nothing', async () => {
    const stationId = await house.newStation();
    const userId = await house.newCashier();
    const here = await house.pair(stationId);
    const elsewhere = await house.pair(await house.newStation());
    const signedIn = await house.typePin(here, userId, '4071');
    expect(signedIn.body).toMatchObject({ user: { id: userId, email: null, role: 'cashier' } });
    const session = { [SESSION]: signedIn.cookies[SESSION]! };
    const sold = await house.ask('GET', '/sell', { cookies: { ...here, ...session } });
    expect(sold.body).toEqual({ userId, role: 'cashier', station: { stationId, venueCode: 7 } });
    for (const cookies of [session, { ...elsewhere, ...session }, { ...session, [STATION]: 'x' }]) {
      expect((await house.ask('GET', '/sell', { cookies })).status).toBe(401);
      expect((await house.ask('GET', '/api/v1/session', { cookies })).status).toBe(401);
    }
    house.clock.advance({ hours: 12 });
    expect((await house.ask('GET', '/sell', { cookies: { ...here, ...session } })).status).toBe(401);
  });

  test('of an owner opens the till and not the console; his password does both, and the station is known', async () => {
    const here = await house.pair(await house.newStation());
    const me = (await house.ask('GET', '/api/v1/session', { cookies: house.owner })).body.user as unknown as {
      id: number;
    };
    await house.ask('PATCH', `/api/v1/staff/${me.id}`, { body: { pin: '2846' }, cookies: house.owner });
    const byPin = { ...here, ...(await house.typePin(here, me.id, '2846')).cookies };
    expect((await house.ask('GET', '/sell', { cookies: byPin })).status).toBe(200);
    expect(told(await house.ask('GET', '/console', { cookies: byPin }))).toEqual([403, 'forbidden']);
    const byPassword = { ...here, ...house.owner };
    expect((await house.ask('GET', '/console', { cookies: byPassword })).status).toBe(200);
    expect((await house.ask('GET', '/sell', { cookies: byPassword })).body).toMatchObject({
      station: { venueCode: 7 },
    });
  });

  test('that is wrong, of nobody, of a blocked one, of one without a PIN, of another company: one answer', async () => {
    const here = await house.pair(await house.newStation());
    const blocked = await house.newCashier();
    await house.ask('PATCH', `/api/v1/staff/${blocked}`, { body: { blocked: true }, cookies: house.owner });
    const without = await house.newCashier();
    await house.ask('PATCH', `/api/v1/staff/${without}`, { body: { pin: null }, cookies: house.owner });
    const foreign = await house.other.query<{ user_id: number }>('select user_id from users where company_id = $1', [
      house.other.companyId,
    ]);
    const wrong = await house.typePin(here, await house.newCashier(), '9999');
    expect(told(wrong)).toEqual([401, 'pin_wrong']);
    for (const userId of [blocked, without, foreign[0]!.user_id, 999_999]) {
      const answer = await house.typePin(here, userId, '4071');
      expect([answer.status, answer.body, answer.cookies]).toEqual([wrong.status, wrong.body, {}]);
    }
  });

  test('wrong five times locks, longer each time; ten at once get no more tries; a new PIN unlocks', async () => {
    const here = await house.pair(await house.newStation());
    const userId = await house.newCashier();
    const together = await Promise.all(Array.from({ length: 10 }, () => house.typePin(here, userId, '9999')));
    expect(together.filter(({ body }) => body.error?.code === 'pin_wrong')).toHaveLength(5);
    const locked = await house.typePin(here, userId, '4071');
    expect(told(locked)).toEqual([429, 'pin_locked']);
    expect(locked.body.error).toMatchObject({ params: { minutes: 15 } });
    house.clock.advance({ minutes: 60 });
    for (let tries = 0; tries < 5; tries += 1) {
      expect(told(await house.typePin(here, userId, '9999'))).toEqual([401, 'pin_wrong']);
    }
    expect((await house.typePin(here, userId, '4071')).body.error).toMatchObject({ params: { minutes: 30 } });
    const list = await house.ask('GET', '/api/v1/staff', { cookies: house.manager });
    const items = list.body.items as unknown as { userId: number; pinLockedUntil: string | null }[];
    expect(items.find((one) => one.userId === userId)?.pinLockedUntil).not.toBeNull();
    const unlocked = await house.ask('PATCH', `/api/v1/staff/${userId}`, {
      body: { pin: '5829' },
      cookies: house.manager,
    });
    expect(unlocked.body).toMatchObject({ hasPin: true, pinLockedUntil: null });
    expect((await house.typePin(here, userId, '5829')).status).toBe(200);
  });

  test('right begins the count anew', async () => {
    const here = await house.pair(await house.newStation());
    const userId = await house.newCashier();
    for (let round = 0; round < 3; round += 1) {
      for (let tries = 0; tries < 4; tries += 1) await house.typePin(here, userId, '9999');
      expect((await house.typePin(here, userId, '4071')).status).toBe(200);
    }
  });

  test('wrong twenty times at one station makes it wait for an hour, whoever is tried; others go on', async () => {
    const here = await house.pair(await house.newStation());
    const there = await house.pair(await house.newStation());
    const people = [];
    for (let at = 0; at < 6; at += 1) people.push(await house.newCashier());
    const answers = [];
    for (const userId of people) {
      for (let tries = 0; tries < 4; tries += 1)
        answers.push((await house.typePin(here, userId, '9999')).body.error?.code);
    }
    expect(answers.filter((code) => code === 'pin_wrong')).toHaveLength(20);
    expect(told(await house.typePin(here, people[5]!, '4071'))).toEqual([429, 'pin_station_waits']);
    expect((await house.typePin(there, people[5]!, '4071')).status).toBe(200);
    house.clock.advance({ minutes: 60 });
    expect((await house.typePin(here, people[5]!, '4071')).status).toBe(200);
  });

  test('easy to guess is not taken; nobody learns it from the database, the list or the log', async () => {
    for (const pin of ['0000', '1234', '121212']) {
      const body = { name: `Т ${pin}`, role: 'cashier', pin };
      expect(told(await house.ask('POST', '/api/v1/staff', { body, cookies: house.owner }))).toEqual([
        400,
        'pin_trivial',
      ]);
    }
    const userId = await house.newCashier('730915');
    const rows = await house.tenant.query('select * from users where company_id = $1 and user_id = $2', [
      house.tenant.companyId,
      userId,
    ]);
    const list = await house.ask('GET', '/api/v1/staff', { cookies: house.owner });
    expect(JSON.stringify([rows, list.body]) + house.logged.join()).not.toContain('730915');
    expect(JSON.stringify(rows)).not.toContain(Buffer.from('730915').toString('hex'));
  });

  test('is asked of those only who have one and may work, by name', async () => {
    const here = await house.pair(await house.newStation());
    const seen = async () => {
      const { station } = (await house.ask('GET', '/api/v1/station', { cookies: here })).body as unknown as {
        station: { staff: object[] };
      };
      return station.staff;
    };
    const userId = await house.newCashier('4071', 'Зоя Видимая');
    expect(await seen()).toContainEqual({ userId, name: 'Зоя Видимая' });
    await house.ask('PATCH', `/api/v1/staff/${userId}`, { body: { blocked: true }, cookies: house.owner });
    expect(await seen()).not.toContainEqual({ userId, name: 'Зоя Видимая' });
  });

  test('guessed by somebody who never sleeps stays unknown: after a month a handful of PINs has been compared', async () => {
    const { platform, clock } = house;
    const stationId = await house.newStation();
    const userId = await house.newCashier();
    const found = {
      tenant: house.tenant,
      station: { stationId, name: '', venueCode: null, settings: { lockMinutes: 0, shiftHours: 1 } },
    };
    const end = clock.now().add({ hours: 30 * 24 });
    let compared = 0;
    while (Temporal.Instant.compare(clock.now(), end) < 0) {
      const answer = await checkPin(platform, found, { userId, pin: '9999' });
      if (answer.ok) throw new Error('guessed');
      const { code, params } = answer.refusal;
      if (code === 'pin_wrong') compared += 1;
      else clock.advance({ minutes: Number(params?.minutes) });
    }
    expect(compared).toBe(60);
  });
});
