import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, registerGuest, signIn } from './calls.ts';

// A card whose last day is over finds nobody at any till, and each of them says why; its guest is found by phone.

let server: TestServer;
let owner: { cookie: string };
const guest = { phone: newPhoneNumber(), accountId: 0, serial: '' };
const ENDED = /Срок этой карты закончился/;

beforeAll(async () => {
  server = await startTestServer();
  owner = await signIn(server, OWNER);
  guest.accountId = (await registerGuest(server, { phone: guest.phone })).accountId;
  const list = await call(server, { path: `/api/v1/passes?accountId=${guest.accountId}`, headers: owner });
  const [card] = list.body.items as { passId: number; serial: string }[];
  guest.serial = card!.serial;
  const yesterday = server.clock.now().subtract({ hours: 48 }).toString().slice(0, 10);
  const body = { revision: 1, push: false, expiresOn: yesterday };
  const path = `/api/v1/passes/${card!.passId}`;
  const changed = await call(server, { method: 'PATCH', path, body, headers: owner });
  if (changed.status !== 200) throw new Error(changed.text);
});
afterAll(() => server?.stop());

describe('an ended card', () => {
  const find = (query: string) => call(server, { path: '/api/v1/till/find', body: { query }, headers: owner });

  test('is refused by the till’s page with the reason', async () => {
    const shown = await find(guest.serial);
    expect([shown.status, shown.text]).toEqual([400, expect.stringMatching(ENDED)]);
    expect((await find(guest.phone)).body).toMatchObject({ accountId: guest.accountId });
  });

  test('is refused to the script of a station, and read in the search of r_keeper', async () => {
    const made = await call(server, { path: '/api/v1/stations', body: { name: 'Касса' }, headers: owner });
    const path = `/api/v1/stations/${made.body.stationId}/token`;
    const { token } = (await call(server, { method: 'POST', path, headers: owner })).body as { token: string };
    const asked = await call(server, {
      path: '/api/v1/stations/self/find',
      body: { text: guest.serial },
      headers: { 'x-station-token': token },
    });
    expect(asked.body).toMatchObject({ error: { code: 'card_ended', message: expect.stringMatching(ENDED) } });

    const settings = { addresses: [], levels: {}, restaurants: {}, language: 'ru' };
    const headers = { ...owner, origin: server.url };
    const saved = await call(server, { method: 'PUT', path: '/api/v1/farcards', body: { settings }, headers });
    const answer = await fetch(`${server.url}${new URL(saved.body.address as string).pathname}/FindEmail`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: `<ROOT><QRY Email="${guest.serial}"/></ROOT>`,
    });
    expect(await answer.text()).toMatch(/<FindEmail Result="1" ErrorText="Срок этой карты закончился/);
  });

  test('counts for a sale without network that was made while it was good, else waits for a manager', async () => {
    const sale = async (hoursAgo: number) => {
      const at = server.clock.now();
      const occurredAt = at.subtract({ hours: hoursAgo }).toString();
      const body = {
        operationKey: randomUUID(),
        query: guest.serial,
        amount: 10_000,
        occurredAt,
        sentAt: at.toString(),
      };
      return (await call(server, { path: '/api/v1/till/queued-sales', body, headers: owner })).body;
    };
    expect(await sale(60)).toMatchObject({ state: 'booked' });
    expect(await sale(1)).toMatchObject({ state: 'kept', message: expect.stringMatching(ENDED) });
  });
});
