import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, registerGuest, signIn } from './calls.ts';

// A programme gives a discount instead of points: the till shows it before and after the sale.

let server: TestServer;
let headers: { cookie: string; 'accept-language': string };
let guest: { accountId: number; phone: string };
let path: string;

async function ask(address: string, body?: unknown, method?: string): Promise<Record<string, unknown>> {
  const answer = await call(server, {
    path: address,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(method ? { method } : {}),
  });
  if (answer.status >= 300) throw new Error(`${address}: ${answer.status} ${answer.text}`);
  return answer.body;
}

/** The levels of the programme with this rate each, and 7.5 % off for everybody. */
async function publishDiscount(rateBasisPoints: number): Promise<void> {
  type Draft = { version: number; body: { levels: { id: string }[] } };
  const draft = (await ask(`${path}/draft`)) as Draft;
  const levels = draft.body.levels.map((level) => ({ ...level, rateBasisPoints }));
  const discount = { kind: 'levels', levels: levels.map(({ id }) => ({ level: id, basisPoints: 750 })) };
  const body = { ...draft.body, levels, discount };
  const saved = (await ask(`${path}/draft`, { version: draft.version, body }, 'PUT')) as { version: number };
  await ask(`${path}/publish`, { key: randomUUID(), version: saved.version });
}

beforeAll(async () => {
  server = await startTestServer();
  headers = { ...(await signIn(server, OWNER)), 'accept-language': 'ru' };
  guest = await registerGuest(server);
  const { programme } = (await ask(`/api/v1/accounts/${guest.accountId}`)) as { programme: { id: number } };
  path = `/api/v1/programmes/${programme.id}`;
});
afterAll(() => server?.stop());

test('the till shows the percent of the card and what it takes off the check, before the sale and after it', async () => {
  await publishDiscount(0);
  const found = await ask('/api/v1/till/find', { query: guest.phone });
  expect(found).toMatchObject({ discount: { basisPoints: 750, alone: true } });
  const wish = { accountId: guest.accountId, amount: 99_990 };
  expect(await ask('/api/v1/till/quote', wish)).toMatchObject({ discount: 7_499, toPay: 92_491, earn: 0 });
  const sale = { ...wish, operationKey: randomUUID(), spend: 0 };
  const sold = await ask('/api/v1/till/sales', sale);
  expect(sold).toMatchObject({ discount: 7_499, toPay: 92_491, accrued: 0 });
  expect(await ask('/api/v1/till/sales', sale)).toEqual(sold);
});

test('where checks earn points beside the discount, the till shows both', async () => {
  await publishDiscount(500);
  const found = await ask('/api/v1/till/find', { query: guest.phone });
  expect(found).toMatchObject({ rateBasisPoints: 500, discount: { basisPoints: 750, alone: false } });
  const wish = { accountId: guest.accountId, amount: 100_000 };
  expect(await ask('/api/v1/till/quote', wish)).toMatchObject({ discount: 7_500, toPay: 92_500, earn: 4_625 });
});
