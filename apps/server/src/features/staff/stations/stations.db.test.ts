import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, createStaffHouse, HOST, STATION, type StaffHouse, told } from '../../../../test/staff-house.ts';
import { findStation } from './pair-station.ts';

let house: StaffHouse;
beforeAll(async () => {
  house = await createStaffHouse();
});
afterAll(() => house.close());

describe('pairing a station', () => {
  test('gives the device a cookie that no script reads, and the secret stands in the fragment only', async () => {
    const stationId = await house.newStation();
    const begun = await house.ask('POST', `/api/v1/stations/${stationId}/pairing`, { cookies: house.owner });
    const url = new URL(String(begun.body.url));
    expect([url.pathname, url.search]).toEqual(['/till/', '']);
    expect(codeOf(url.href)).toMatch(/^[\w-]{43}$/);
    const response = await house.http.inject({
      method: 'POST',
      url: '/api/v1/station/pair',
      headers: { host: HOST },
      payload: { code: codeOf(url.href), deviceName: 'iPad' },
    });
    expect(response.cookies).toEqual([
      expect.objectContaining({ name: STATION, path: '/', httpOnly: true, secure: true, sameSite: 'Lax' }),
    ]);
    expect(response.body).not.toContain(response.cookies[0]?.value);
    expect(response.json().station).toMatchObject({
      stationId,
      venue: { code: 7, name: 'На углу' },
      company: { name: 'Траттория' },
    });
    const list = await house.ask('GET', '/api/v1/stations', { cookies: house.manager });
    const items = list.body.items as unknown as { stationId: number }[];
    expect(items.find((one) => one.stationId === stationId)).toMatchObject({
      paired: true,
      deviceName: 'iPad',
      venueName: 'На углу',
      pairingExpiresAt: null,
    });
  });

  test('works once, for a quarter of an hour, by the newest code; every other code gets one answer', async () => {
    const stationId = await house.newStation();
    const first = await house.newCode(stationId);
    const second = await house.newCode(stationId);
    const late = await house.newCode(await house.newStation());
    const send = (code: string) => house.ask('POST', '/api/v1/station/pair', { body: { code } });
    const over = told(await send('nobody’s code'));
    expect(over).toEqual([400, 'pairing_over']);
    expect(told(await send(first))).toEqual(over);
    const racing = await Promise.all([send(second), send(second), send(second)]);
    expect(racing.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(told(await send(second))).toEqual(over);
    house.clock.advance({ minutes: 15 });
    expect(told(await send(late))).toEqual(over);
  });

  test('anew puts the device before out; disconnecting puts out whoever is there, at once', async () => {
    const stationId = await house.newStation();
    const userId = await house.newCashier();
    const before = await house.pair(stationId);
    const session = (await house.typePin(before, userId, '4071')).cookies;
    expect((await house.ask('GET', '/sell', { cookies: { ...before, ...session } })).status).toBe(200);
    const now = await house.pair(stationId);
    expect((await house.ask('GET', '/sell', { cookies: { ...before, ...session } })).status).toBe(401);
    expect((await house.ask('GET', '/api/v1/station', { cookies: before })).body).toEqual({ station: null });
    const again = (await house.typePin(now, userId, '4071')).cookies;
    expect((await house.ask('GET', '/sell', { cookies: { ...now, ...again } })).status).toBe(200);
    expect((await house.ask('DELETE', `/api/v1/stations/${stationId}`, { cookies: house.owner })).status).toBe(204);
    expect((await house.ask('GET', '/sell', { cookies: { ...now, ...again } })).status).toBe(401);
    expect((await house.ask('GET', '/api/v1/session', { cookies: { ...now, ...again } })).status).toBe(401);
    expect((await house.ask('GET', '/api/v1/station', { cookies: now })).body).toEqual({ station: null });
    expect(told(await house.typePin(now, userId, '4071'))).toEqual([401, 'station_not_paired']);
    expect(told(await house.ask('DELETE', `/api/v1/stations/${stationId}`, { cookies: house.owner }))).toEqual([
      404,
      'station_not_found',
    ]);
  });

  test('is undone at the device too, and the station may be paired again', async () => {
    const stationId = await house.newStation();
    const cookies = await house.pair(stationId);
    expect((await house.ask('DELETE', '/api/v1/station', { cookies })).status).toBe(204);
    expect((await house.ask('GET', '/api/v1/station', { cookies })).body).toEqual({ station: null });
    await house.pair(stationId);
  });

  test('with a program gives it the key once, which findStation knows until another takes its place', async () => {
    const { platform } = house;
    const stationId = await house.newStation();
    const issue = async () =>
      String((await house.ask('POST', `/api/v1/stations/${stationId}/token`, { cookies: house.owner })).body.token);
    const token = await issue();
    const found = await findStation(platform, token);
    expect(found?.tenant.companyId).toBe(house.tenant.companyId);
    expect(found?.station).toMatchObject({ stationId, venueCode: 7, settings: { lockMinutes: 10, shiftHours: 12 } });
    const next = await issue();
    expect(await findStation(platform, token)).toBeNull();
    expect(await findStation(platform, next)).not.toBeNull();
    expect(await findStation(platform, 'x')).toBeNull();
  });

  test('is for the owner; two stations of one name are not told apart, so there are none', async () => {
    const body = { name: 'Бар' };
    expect(told(await house.ask('POST', '/api/v1/stations', { body, cookies: house.manager }))).toEqual([
      403,
      'forbidden',
    ]);
    await house.newStation('Бар');
    const again = await house.ask('POST', '/api/v1/stations', { body: { name: ' бар ' }, cookies: house.owner });
    expect(told(again)).toEqual([409, 'name_taken']);
    const stationId = await house.newStation();
    const change = (body: object) =>
      house.ask('PATCH', `/api/v1/stations/${stationId}`, { body, cookies: house.owner });
    expect(told(await change({ name: 'БАР' }))).toEqual([409, 'name_taken']);
    const changed = await change({ settings: { lockMinutes: 0 }, venueCode: null });
    expect(changed.body).toMatchObject({ venueCode: null, settings: { lockMinutes: 0, shiftHours: 12 } });
  });
});
