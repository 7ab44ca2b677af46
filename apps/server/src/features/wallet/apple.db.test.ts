import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createWalletHouse, TEST_PASS_TYPE, tokenOf, type WalletHouse } from '../../../test/wallet-house.ts';
import type { PassRecord } from './model.ts';
import { raiseMarkers, saveGaps, selectMarkers } from './store/markers.ts';
import { selectPass } from './store/passes.ts';

let house: WalletHouse;
beforeAll(async () => {
  house = await createWalletHouse();
});
afterAll(() => house.close());
beforeEach(() => {
  house.pushes.length = 0;
  house.answerPushes({ status: 'accepted', apnsId: 'a' });
});

const base = '/wallet/apple/v1';
let devices = 0;
const newDevice = () => `device-${++devices}`;
const pushTokenOf = (device: string) => createHash('sha256').update(device).digest('hex');
const authorization = (pass: PassRecord) => `ApplePass ${tokenOf(house, pass)}`;
const registrationUrl = (device: string, pass: PassRecord) =>
  `${base}/devices/${device}/registrations/${pass.passTypeIdentifier}/${pass.serial}`;

const register = (device: string, pass: PassRecord, change: { token?: string; as?: PassRecord } = {}) =>
  house.http.inject({
    method: 'POST',
    url: registrationUrl(device, pass),
    headers: { authorization: authorization(change.as ?? pass) },
    payload: { pushToken: change.token ?? pushTokenOf(device) },
  });
const unregister = (device: string, pass: PassRecord) =>
  house.http.inject({
    method: 'DELETE',
    url: registrationUrl(device, pass),
    headers: { authorization: authorization(pass) },
  });
async function list(device: string, tag?: string): Promise<{ serialNumbers: string[]; lastUpdated: string } | null> {
  const query = tag === undefined ? '' : `?passesUpdatedSince=${encodeURIComponent(tag)}`;
  const url = `${base}/devices/${device}/registrations/pass.example.card${query}`;
  const response = await house.http.inject({ url });
  expect(response.headers['cache-control']).toBe('no-store');
  if (response.statusCode === 204) {
    expect(response.body).toBe('');
    return null;
  }
  expect(response.statusCode).toBe(200);
  return response.json();
}
const fetchPass = (pass: PassRecord, headers: Record<string, string> = {}) =>
  house.http.inject({
    url: `${base}/passes/${pass.passTypeIdentifier}/${pass.serial}`,
    headers: { authorization: authorization(pass), ...headers },
  });
const download = (pass: PassRecord) => house.http.inject({ url: `/c/${pass.guid}.pkpass` });
const earn = (pass: PassRecord, available: bigint) => house.change(pass.accountId, { available });
const now = (pass: PassRecord) => selectPass(house.tenant, house.tenant.companyId, pass.passId) as Promise<PassRecord>;

/** A card on a phone that has heard of everything so far. */
async function cardOnPhone(device = newDevice()) {
  const pass = await house.newPass();
  await download(pass);
  expect((await register(device, pass)).statusCode).toBe(201);
  return { device, pass, tag: (await list(device))?.lastUpdated };
}

describe('register and unregister', () => {
  test('answer 201 at first, 200 again, 200 for every removal, and forget the device with its last card', async () => {
    const device = newDevice();
    const [first, second] = [await house.newPass(), await house.newPass()];
    expect((await register(device, first)).statusCode).toBe(201);
    expect((await register(device, first)).statusCode).toBe(200);
    expect((await register(device, second)).statusCode).toBe(201);
    expect((await unregister(device, first)).statusCode).toBe(200);
    expect((await unregister(device, first)).statusCode).toBe(200);
    expect((await list(device))?.serialNumbers).toEqual([second.serial]);
    await unregister(device, second);
    expect(await list(device)).toBeNull();
    const rows = await house.tenant.query('select 1 from apple_devices where company_id = $1 and device_id = $2', [
      house.tenant.companyId,
      device,
    ]);
    expect(rows).toEqual([]);
  });

  test('overwrite the push token: a change is pushed to the newest one only', async () => {
    const { device, pass } = await cardOnPhone();
    const fresh = 'cd'.repeat(32);
    await register(device, pass, { token: fresh });
    await house.settle();
    house.pushes.length = 0;
    await earn(pass, 77n);
    expect(house.pushes.map(({ pushToken }) => pushToken)).toEqual([fresh]);
  });

  test('tell a wrong token, a token of another card, an unknown card and a card of nobody apart for nobody', async () => {
    const [mine, other] = [await house.newPass(), await house.newPass()];
    const device = newDevice();
    const answers = [
      await register(device, mine, { as: other }),
      await house.http.inject({
        method: 'POST',
        url: registrationUrl(device, mine),
        payload: { pushToken: 'ab'.repeat(32) },
      }),
      await register(device, { ...mine, serial: 'NOBODYS000000000000000000' }, { as: mine }),
      await register(device, { ...mine, serial: 'NOBODYS000000000000000000' }),
      await register(device, { ...mine, passTypeIdentifier: 'pass.of.nobody' }),
      await fetchPass({ ...mine, serial: other.serial }, { authorization: authorization(mine) }),
      await fetchPass(mine, { authorization: authorization(other) }),
      await fetchPass(mine, { authorization: 'Bearer x' }),
    ];
    for (const { statusCode, body } of answers) expect([statusCode, body]).toEqual([401, '']);
    expect(await list(device)).toBeNull();
  });

  test.each([
    ['no body', undefined],
    ['no JSON', 'pushToken'],
    ['a list', '[]'],
    ['no token', '{}'],
    ['a number', '{"pushToken":5}'],
    ['no hexadecimal digits', '{"pushToken":"zz"}'],
  ])('refuse %s with 400 and write nothing', async (_name, payload) => {
    const pass = await house.newPass();
    const device = newDevice();
    const headers = { authorization: authorization(pass), 'content-type': 'application/json' };
    const url = registrationUrl(device, pass);
    const response = await house.http.inject({ method: 'POST', url, headers, ...(payload ? { payload } : {}) });
    expect(response.statusCode).toBe(400);
    expect(await list(device)).toBeNull();
  });

  test('refuse a body above 4 kB', async () => {
    const pass = await house.newPass();
    const response = await house.http.inject({
      method: 'POST',
      url: registrationUrl(newDevice(), pass),
      headers: { authorization: authorization(pass) },
      payload: { pushToken: 'a'.repeat(5_000) },
    });
    expect(response.statusCode).toBe(413);
  });

  test('take readers on Android, whose tokens never go to Apple', async () => {
    const pass = await house.newPass();
    const device = newDevice();
    const response = await house.http.inject({
      method: 'POST',
      url: registrationUrl(device, pass),
      headers: { authorization: `AndroidPass ${tokenOf(house, pass)}` },
      payload: { pushToken: 'APA91b:not-hex' },
    });
    expect(response.statusCode).toBe(201);
    await earn(pass, 5n);
    expect(house.pushes).toEqual([]);
    expect((await list(device))?.serialNumbers).toEqual([pass.serial]);
  });

  test('find their way with doubled slashes, slashes at the end and encoded names', async () => {
    const pass = await house.newPass();
    const device = newDevice();
    const headers = { authorization: authorization(pass) };
    const payload = { pushToken: pushTokenOf(device) };
    const url = registrationUrl(device, pass).replace('/wallet/apple', '/wallet/apple/').replace('pass.', '%70ass.');
    expect((await house.http.inject({ method: 'POST', url: `${url}/`, headers, payload })).statusCode).toBe(201);
  });
});

describe('the list of changed cards', () => {
  test('names only what changed after the tag, and says nothing with 204', async () => {
    const { device, pass, tag } = await cardOnPhone();
    const first = await list(device);
    expect(first?.serialNumbers).toEqual([pass.serial]);
    expect(typeof first?.lastUpdated).toBe('string');
    expect(await list(device, first?.lastUpdated ?? tag)).toBeNull();
    await earn(pass, 1n);
    expect((await list(device, first?.lastUpdated))?.serialNumbers).toEqual([pass.serial]);
  });

  test('gives the highest marker that it covers as the tag, not the newest one of the database', async () => {
    const { device, pass } = await cardOnPhone();
    const { pass: elsewhere } = await cardOnPhone();
    await earn(pass, 2n);
    await earn(elsewhere, 2n);
    expect((await list(device))?.lastUpdated).toBe((await now(pass)).updateSequence.toString());
  });

  test('keeps two changes within one second apart, seen and unseen', async () => {
    const device = newDevice();
    const [a, b] = [(await cardOnPhone(device)).pass, (await cardOnPhone(device)).pass];
    const before = (await list(device))?.lastUpdated;
    await earn(a, 10n);
    const seen = await list(device, before);
    expect(seen?.serialNumbers).toEqual([a.serial]);
    await earn(b, 10n);
    expect((await list(device, seen?.lastUpdated))?.serialNumbers).toEqual([b.serial]);
    await earn(a, 20n);
    expect((await list(device, seen?.lastUpdated))?.serialNumbers).toEqual([b.serial, a.serial]);
    const versions = await Promise.all([now(a), now(b)]);
    expect(versions.map(({ contentVersion }) => contentVersion)).toEqual([3, 2]);
  });

  test.each(['rubbish', '-1', '', '9999999999999', '99999999999999999999999', '1', '1e9'])(
    'names all cards for a tag that this database cannot have given out (%s)',
    async (tag) => {
      const { device, pass } = await cardOnPhone();
      expect((await list(device, tag))?.serialNumbers).toEqual([pass.serial]);
    },
  );

  test('names all cards for a tag that was given out after the backup from which the database was restored', async () => {
    const { device, pass } = await cardOnPhone();
    const { last } = await selectMarkers(house.platform.database.platform);
    // The database that is lost went on from here; the one that was restored begins far above, and knows the step.
    await saveGaps(house.platform.database.platform, [[last + 1, last + 9_999]]);
    await raiseMarkers(house.platform.database.platform, last + 10_000);
    expect(await list(device, String(last))).toBeNull();
    expect((await list(device, String(last + 50)))?.serialNumbers).toEqual([pass.serial]);
    await earn(pass, 3n);
    expect((await list(device, String(last)))?.serialNumbers).toEqual([pass.serial]);
  });

  test('tells an unknown device and an unknown type nothing, without an error', async () => {
    expect(await list('unknown')).toBeNull();
    const response = await house.http.inject({ url: `${base}/devices/x/registrations/pass.of.nobody` });
    expect(response.statusCode).toBe(204);
  });
});

describe('a card that changed between download and registration', () => {
  test('is pushed and listed, even to a phone whose tag is already beyond the change', async () => {
    const device = newDevice();
    const pass = await house.newPass();
    await download(pass);
    await earn(pass, 6n);
    // Another card of this phone brings its tag above the change.
    const other = (await cardOnPhone(device)).pass;
    await earn(other, 1n);
    const tag = (await list(device))?.lastUpdated;
    await house.settle();
    house.pushes.length = 0;
    expect((await register(device, pass)).statusCode).toBe(201);
    await house.settle();
    expect(house.pushes.map(({ pushToken }) => pushToken)).toEqual([pushTokenOf(device)]);
    expect((await list(device, tag))?.serialNumbers).toEqual([pass.serial]);
  });

  test('is not pushed when the newest version was downloaded', async () => {
    const pass = await house.newPass();
    await earn(pass, 6n);
    await download(pass);
    await register(newDevice(), pass);
    await house.settle();
    expect(house.pushes).toEqual([]);
  });

  test('is pushed when nobody knows what the phone holds, as after a restore to another phone', async () => {
    const { pass } = await cardOnPhone();
    const restored = newDevice();
    await register(restored, pass);
    await house.settle();
    expect(house.pushes.map(({ pushToken }) => pushToken)).toEqual([pushTokenOf(restored)]);
  });

  test('and was installed again from an old file is pushed although the phone is registered', async () => {
    const { device, pass } = await cardOnPhone();
    await download(pass);
    await earn(pass, 9n);
    const tag = (await list(device))?.lastUpdated;
    house.pushes.length = 0;
    expect((await register(device, pass)).statusCode).toBe(200);
    await house.settle();
    expect(house.pushes).toHaveLength(1);
    expect((await list(device, tag))?.serialNumbers).toEqual([pass.serial]);
  });
});

describe('the latest version', () => {
  test('comes with its date, and not again while nothing changed', async () => {
    const { pass } = await cardOnPhone();
    const response = await fetchPass(pass);
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'application/vnd.apple.pkpass',
      'cache-control': 'no-store, no-transform',
      'content-length': String(response.rawPayload.length),
    });
    const date = String(response.headers['last-modified']);
    expect((await fetchPass(pass, { 'if-modified-since': date })).statusCode).toBe(304);
    expect((await fetchPass(pass)).rawPayload.equals(response.rawPayload)).toBe(true);
    await earn(pass, 4n);
    const changed = await fetchPass(pass, { 'if-modified-since': date });
    expect(changed.statusCode).toBe(200);
    expect(Date.parse(String(changed.headers['last-modified']))).toBeGreaterThan(Date.parse(date));
  });

  test('answers HEAD like GET, without the body', async () => {
    const { pass } = await cardOnPhone();
    const url = `${base}/passes/${pass.passTypeIdentifier}/${pass.serial}`;
    const response = await house.http.inject({ method: 'HEAD', url, headers: { authorization: authorization(pass) } });
    expect(response.statusCode).toBe(200);
    expect(response.body).toBe('');
    expect(response.headers['last-modified']).toBeDefined();
    // Looking is not fetching.
    expect((await now(pass)).fetchedVersion).toBe(1);
    await earn(pass, 3n);
    await house.http.inject({ method: 'HEAD', url, headers: { authorization: authorization(pass) } });
    expect((await now(pass)).fetchedVersion).toBe(1);
  });

  test('is no new version when nothing that the card shows has changed', async () => {
    const { device, pass } = await cardOnPhone();
    const before = await now(pass);
    const tag = (await list(device))?.lastUpdated;
    await house.change(pass.accountId, { turnover: 999n, lastName: 'Другая' });
    expect(await now(pass)).toEqual(before);
    expect(await list(device, tag)).toBeNull();
    expect(house.pushes).toEqual([]);
  });
});

describe('complaints of phones', () => {
  const log = (payload: string) =>
    house.http.inject({ method: 'POST', url: `${base}/log`, payload, headers: { 'content-type': 'text/plain' } });

  test('are kept without serials and device ids; nonsense is taken too', async () => {
    const { device, pass } = await cardOnPhone();
    const message = `Get pass task (pass type pass.example.card, serial number ${pass.serial}) for ${device}: the pass was unchanged`;
    expect((await log(JSON.stringify({ logs: [message] }))).statusCode).toBe(200);
    for (const nonsense of ['', 'x', '{}', '{"logs":5}']) expect((await log(nonsense)).statusCode).toBe(200);
    const rows = await house.tenant.query('select * from apple_reports where company_id = $1', [
      house.tenant.companyId,
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ kind: 'unchanged', count: 1 });
    expect(JSON.stringify(rows)).not.toContain(pass.serial);
  });

  test('are counted by day and kind, and told with their meaning and what to do', async () => {
    const say = (message: string, times = 1) =>
      log(JSON.stringify({ logs: Array.from({ length: times }, () => `${message} (pass type ${TEST_PASS_TYPE})`) }));
    await say('Get pass task encountered error: The request timed out', 3);
    await say('Get pass task encountered error: The request timed out', 2);
    house.clock.advance({ hours: 24 });
    await say('Get pass task encountered error: The request timed out');
    for (let at = 0; at < 3; at++) await say(`Odd thing number ${'x'.repeat(at)}`, 20);
    const { items } = (await house.http.inject({ url: '/api/v1/phone-reports' })).json();
    const timeouts = items.find(({ kind }: { kind: string }) => kind === 'no_connection');
    expect(timeouts).toMatchObject({ count: 6, wording: '', passTypeIdentifier: TEST_PASS_TYPE });
    expect(timeouts.days.map(({ count }: { count: number }) => count)).toEqual([5, 1]);
    for (const { meaning, advice } of items) {
      for (const text of [meaning, advice]) expect(text).toMatch(/[а-яё].*[.]$/s);
    }
  });

  test('of ever new words fill no table: fifty a day keep theirs, the rest is counted', async () => {
    house.clock.advance({ hours: 24 });
    const strange = (at: number) =>
      `Strange ${String.fromCharCode(97 + (at % 26))}${'y'.repeat(at / 26)} of ${TEST_PASS_TYPE}`;
    for (let from = 0; from < 120; from += 40) {
      await log(JSON.stringify({ logs: Array.from({ length: 40 }, (_, at) => strange(from + at)) }));
    }
    const rows = await house.tenant.query<{ wording: string; count: number }>(
      'select wording, count from apple_reports where company_id = $1 and day = $2::timestamptz::date',
      [house.tenant.companyId, house.clock.now().toString()],
    );
    expect(rows.filter(({ wording }) => wording !== '')).toHaveLength(50);
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(120);
  });

  test('above 64 kB are refused', async () => {
    expect((await log(`{"logs":["${'x'.repeat(70_000)}"]}`)).statusCode).toBe(413);
  });
});

test('what phones say is nowhere in the logs: no device id, token, serial', async () => {
  const { device, pass } = await cardOnPhone();
  await fetchPass(pass);
  await earn(pass, 8n);
  const logged = house.logged.join('');
  for (const secret of [device, pushTokenOf(device), tokenOf(house, pass), pass.serial, pass.guid]) {
    expect(logged.includes(secret)).toBe(false);
  }
});

test('who floods the log is told to wait', async () => {
  const statuses = new Set<number>();
  for (let i = 0; i < 70; i++) {
    statuses.add((await house.http.inject({ method: 'POST', url: `${base}/log`, payload: {} })).statusCode);
  }
  expect([...statuses].sort()).toEqual([200, 429]);
});

test('a personalisation is not offered', async () => {
  const pass = await house.newPass();
  const url = `${base}/passes/${pass.passTypeIdentifier}/${pass.serial}/personalize`;
  expect((await house.http.inject({ method: 'POST', url, payload: {} })).statusCode).toBe(404);
});
