import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { call, registerGuest, signIn } from './calls.ts';

// An owner adds a card of stamps and a deposit to a programme that runs; the till and the console show both.

let server: TestServer;
let headers: { cookie: string; 'accept-language': string };
let guest: { accountId: number; phone: string };

const milestones = [{ at: 2, name: '100 баллов', reward: { kind: 'points', points: 10_000 } }];
const wallets = [
  { id: 'coffee', kind: 'stamps', name: 'Кофейная карта', slots: 2, milestones },
  { id: 'deposit', kind: 'deposit', name: 'Депозит' },
];

async function ask(path: string, body?: unknown, method?: string): Promise<Record<string, unknown>> {
  const answer = await call(server, {
    path,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(method ? { method } : {}),
  });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer.body;
}

beforeAll(async () => {
  server = await startTestServer();
  headers = { ...(await signIn(server, OWNER)), 'accept-language': 'ru' };
  guest = await registerGuest(server);
  const { programme } = (await ask(`/api/v1/accounts/${guest.accountId}`)) as { programme: { id: number } };
  const path = `/api/v1/programmes/${programme.id}`;
  const draft = (await ask(`${path}/draft`)) as { version: number; body: Record<string, unknown> };
  const saved = (await ask(`${path}/draft`, { version: draft.version, body: { ...draft.body, wallets } }, 'PUT')) as {
    version: number;
  };
  await ask(`${path}/publish`, { key: randomUUID(), version: saved.version });
});
afterAll(() => server?.stop());

const sell = (amount: number, deposit?: number) =>
  ask('/api/v1/till/sales', {
    operationKey: randomUUID(),
    accountId: guest.accountId,
    amount,
    spend: 0,
    ...(deposit ? { deposit: { wallet: 'deposit', amount: deposit } } : {}),
  });

test('the till shows stamps and deposit, says what a check adds, and takes a part from the deposit', async () => {
  const operation = { externalId: randomUUID(), kind: 'refill', wallet: 'deposit', amount: 50_000 };
  expect(await ask(`/api/v1/accounts/${guest.accountId}/operations`, operation)).toMatchObject({ available: 50_000 });
  expect(await ask('/api/v1/till/find', { query: guest.phone })).toMatchObject({
    wallets: [
      { kind: 'stamps', stamps: 0, slots: 2 },
      { kind: 'deposit', available: 50_000 },
    ],
  });
  const wish = { accountId: guest.accountId, amount: 100_000, deposit: { wallet: 'deposit', amount: 50_000 } };
  expect(await ask('/api/v1/till/quote', wish)).toMatchObject({
    toPay: 50_000,
    deposits: [{ wallet: 'deposit', most: 50_000 }],
    cards: [{ given: 1, stamps: 1, slots: 2 }],
  });
  expect(await sell(100_000, 50_000)).toMatchObject({ toPay: 50_000, cards: [{ stamps: 1 }], rewards: [] });
});

test('a full card brings its reward; the return takes it back; the account tells all of it', async () => {
  const sold = await sell(100_000);
  expect(sold).toMatchObject({ cards: [{ given: 1, stamps: 0 }], rewards: [{ name: '100 баллов', points: 10_000 }] });
  const returned = await ask(`/api/v1/till/sales/${sold.checkId}/return`, undefined, 'POST');
  expect(returned).toMatchObject({ rewardsWithdrawn: 1, cards: [{ takenBack: 1, stamps: 1 }] });
  expect(await ask(`/api/v1/accounts/${guest.accountId}`)).toMatchObject({
    wallets: [
      { id: 'coffee', stamps: 1, debt: 0, milestones: [{ at: 2, name: '100 баллов' }] },
      { id: 'deposit', available: 0 },
    ],
  });
  const { items } = (await ask(`/api/v1/accounts/${guest.accountId}/entries`)) as {
    items: { text: string; change: number; wallet: { kind: string } | null }[];
  };
  const told = items.map(({ text }) => text.replaceAll(/\s/g, ' '));
  expect(told).toContain('Кофейная карта: 1 штамп за покупку');
  expect(told).toContain('Кофейная карта: 2 штампа, награда «100 баллов»');
  expect(told).toContain('Кофейная карта: награда отменена из-за возврата, вернулись 2 штампа');
  expect(told).toContain('Депозит: оплачено 500 ₽ чека');
  expect(items.filter(({ wallet }) => wallet?.kind === 'stamps').map(({ change }) => change)).toContain(-2);
});

test('a guest with money on his deposit is not erased before it is paid out; then his stamps lapse with him', async () => {
  const saver = await registerGuest(server);
  const account = `/api/v1/accounts/${saver.accountId}`;
  const { guest: person } = (await ask(account)) as { guest: { guestId: number } };
  const erasure = `/api/v1/guests/${person.guestId}/erasure`;
  const move = (kind: 'refill' | 'deduct', wallet: string, amount: number) =>
    ask(`${account}/operations`, { externalId: randomUUID(), kind, wallet, amount });
  await move('refill', 'deposit', 30_000);
  await move('refill', 'coffee', 1);
  expect(await ask(erasure)).toMatchObject({ state: 'none', deposit: 30_000 });
  const refused = await call(server, { path: erasure, body: { basis: 'request' }, headers });
  expect(refused).toMatchObject({ status: 409, body: { error: { code: 'deposit_not_empty' } } });
  expect(await ask(erasure)).toMatchObject({ state: 'none', record: null });
  expect(await ask(account)).toMatchObject({ closed: false });
  await move('deduct', 'deposit', 30_000);
  expect(await ask(erasure, { basis: 'request' })).toMatchObject({ state: 'finished', deposit: 0 });
  expect(await ask(account)).toMatchObject({ closed: true, balance: { available: 0 } });
  const entries = (await ask(`${account}/entries`)) as { items: { text: string }[] };
  expect(entries.items.map(({ text }) => text)).toContain('Кофейная карта: сгорел 1 штамп, счёт закрыт');
});
