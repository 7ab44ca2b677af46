import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API_TOKEN, OWNER, startTestServer, type TestServer } from '../server.ts';
import { type Answer, call, registerGuest, signIn } from './calls.ts';

// What happens at the counter besides finding and selling for a sum: names, lines, stamps, visits, returns in part.

let server: TestServer;
let owner: Record<string, string>;
let cashier: Record<string, string>;
let guest: { accountId: number; phone: string };

const milestones = [{ at: 2, name: '100 баллов', reward: { kind: 'points', points: 10_000 } }];
const wallets = [
  { id: 'coffee', kind: 'stamps', name: 'Кофейная карта', slots: 2, milestones },
  { id: 'lunch', kind: 'stamps', name: 'Ланчи', slots: 2, earn: { per: 'item' }, milestones },
];
const earning = {
  rules: [{ id: 'cake', name: 'Торты', items: { groups: ['cakes'] }, effect: { kind: 'bonus', points: 5_000 } }],
};

const tell = (headers: Record<string, string>, path: string, body?: unknown, method?: string): Promise<Answer> =>
  call(server, { path, headers, ...(body === undefined ? {} : { body }), ...(method ? { method } : {}) });

async function ask(path: string, body?: unknown, method?: string, headers = cashier) {
  const answer = await tell(headers, path, body, method);
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer.body;
}

const refusalOf = async (path: string, body: unknown, headers = cashier): Promise<string> =>
  ((await tell(headers, path, body)).body.error as { code: string } | undefined)?.code ?? 'none';

beforeAll(async () => {
  server = await startTestServer();
  owner = { ...(await signIn(server, OWNER)), 'accept-language': 'ru' };
  cashier = { ...(await signIn(server, server.cashier)), 'accept-language': 'ru' };
  guest = await registerGuest(server, { name: 'Алёна Берёзкина' });
  const { programme } = (await ask(`/api/v1/accounts/${guest.accountId}`, undefined, 'GET', owner)) as {
    programme: { id: number };
  };
  const path = `/api/v1/programmes/${programme.id}`;
  const draft = (await ask(`${path}/draft`, undefined, 'GET', owner)) as {
    version: number;
    body: Record<string, unknown>;
  };
  const body = { ...draft.body, wallets, earning };
  const saved = (await ask(`${path}/draft`, { version: draft.version, body }, 'PUT', owner)) as { version: number };
  await ask(`${path}/publish`, { key: randomUUID(), version: saved.version }, 'POST', owner);
});
afterAll(() => server?.stop());

const sell = (body: Record<string, unknown>) =>
  ask('/api/v1/till/sales', { operationKey: randomUUID(), accountId: guest.accountId, spend: 0, ...body });

describe('a name', () => {
  type Found = { items: { accountId: number; name: string; phoneHint: string }[]; more: boolean };
  const search = async (name: string) => (await ask('/api/v1/till/search', { name })) as unknown as Found;

  test('finds by the beginnings of its words in any order, with е for ё, and shows what a queue may read', async () => {
    for (const typed of ['берез', 'Берёз', 'алена бер', 'бер ал', 'АЛ']) {
      const { items } = await search(typed);
      expect(items.find(({ accountId }) => accountId === guest.accountId)).toMatchObject({ name: 'Алёна Б.' });
      expect(JSON.stringify(items)).not.toContain(guest.phone.slice(-10));
    }
  });

  test('is not found by what stands inside a word, nor by signs that mean something to the database', async () => {
    for (const typed of ['ёзкина', 'лена', '%%', '__', 'бе_', 'бер%']) {
      const answer = await tell(cashier, '/api/v1/till/search', { name: typed });
      const items = (answer.body.items ?? []) as Found['items'];
      if (typed === 'бе_' || typed === 'бер%') continue;
      expect(items.some(({ accountId }) => accountId === guest.accountId)).toBe(false);
    }
    expect(await refusalOf('/api/v1/till/search', { name: '%%' })).toBe('name_too_short');
    expect(await refusalOf('/api/v1/till/search', { name: 'а б' })).toBe('name_too_short');
    expect(await refusalOf('/api/v1/till/search', { name: 'ан' }, {})).toBe('unauthorized');
  });
});

test('a note is written by a manager and seen at the till', async () => {
  const { guest: profile } = (await ask(`/api/v1/accounts/${guest.accountId}`, undefined, 'GET', owner)) as {
    guest: { guestId: number };
  };
  const path = `/api/v1/guests/${profile.guestId}/note`;
  expect((await tell(cashier, path, { note: 'x' }, 'PUT')).status).toBe(403);
  expect((await tell(owner, path, { note: 'x'.repeat(501) }, 'PUT')).status).toBe(400);
  await ask(path, { note: '  Аллергия на орехи  ' }, 'PUT', owner);
  expect(await ask('/api/v1/till/find', { query: guest.phone })).toMatchObject({ note: 'Аллергия на орехи' });
  expect(await ask(`/api/v1/accounts/${guest.accountId}`, undefined, 'GET', owner)).toMatchObject({
    guest: { note: 'Аллергия на орехи' },
  });
});

describe('a visit without a sale', () => {
  test('counts once a day and once for its key; then the check of the day is no second one', async () => {
    const body = { operationKey: randomUUID(), accountId: guest.accountId };
    const first = await ask('/api/v1/till/visits', body);
    expect(first).toMatchObject({ visits: 1, levelReached: null });
    expect(await ask('/api/v1/till/visits', body)).toEqual(first);
    expect(await refusalOf('/api/v1/till/visits', { ...body, operationKey: randomUUID() })).toBe('already_visited');
    const { items } = (await ask(`/api/v1/accounts/${guest.accountId}/entries`, undefined, 'GET', owner)) as {
      items: { text: string }[];
    };
    expect(items.map(({ text }) => text)).toContain('Визит без покупки');
    const other = await registerGuest(server);
    await sell({ accountId: other.accountId, amount: 10_000 });
    const late = { operationKey: randomUUID(), accountId: other.accountId };
    expect(await refusalOf('/api/v1/till/visits', late)).toBe('already_visited');
  });
});

describe('stamps without a sum', () => {
  const stamp = (wallet: string, operationKey = randomUUID()) => ({
    operationKey,
    accountId: guest.accountId,
    wallet,
  });

  test('fill a card of visits, bring its reward, and count once for a key', async () => {
    const shown = await ask(`/api/v1/till/guests/${guest.accountId}`);
    expect(shown).toMatchObject({ stampable: ['coffee'] });
    const body = stamp('coffee');
    const first = await ask('/api/v1/till/stamps', body);
    expect(first).toMatchObject({ stamps: 1, slots: 2, rewards: [] });
    expect(await ask('/api/v1/till/stamps', body)).toEqual(first);
    expect(await ask('/api/v1/till/stamps', stamp('coffee'))).toMatchObject({
      stamps: 0,
      rewards: [{ name: '100 баллов', points: 10_000 }],
    });
  });

  test('are refused where a purchase has to bring them, and beyond what a day may see', async () => {
    expect(await refusalOf('/api/v1/till/stamps', stamp('lunch'))).toBe('stamp_needs_sale');
    expect(await refusalOf('/api/v1/till/stamps', stamp('nothing'))).toBe('unknown_wallet');
    for (let given = 2; given < 10; given += 1) await ask('/api/v1/till/stamps', stamp('coffee'));
    expect(await refusalOf('/api/v1/till/stamps', stamp('coffee'))).toBe('stamp_limit');
  });
});

describe('lines', () => {
  const lines = [
    { name: 'Латте', amount: 50_000, quantityThousandths: 2_000 },
    { name: 'Медовик', amount: 40_000, category: 'cakes' },
  ];
  type Sold = { checkId: number; accrued: number };

  test('earn by rules about goods, in the quote as in the sale; a sum alone does not', async () => {
    const wish = { accountId: guest.accountId, amount: 90_000 };
    const plain = (await ask('/api/v1/till/quote', wish)) as { earn: number };
    const told = (await ask('/api/v1/till/quote', { ...wish, lines })) as { earn: number };
    expect(told.earn).toBe(plain.earn + 5_000);
    const sold = (await sell({ amount: 90_000, lines })) as unknown as Sold;
    expect(sold.accrued).toBe(told.earn);
    const wrong = { operationKey: randomUUID(), accountId: guest.accountId, spend: 0, amount: 90_001, lines };
    expect(await refusalOf('/api/v1/till/sales', wrong)).toBe('lines_do_not_sum');
  });

  test('go back by name and quantity: the preview says what the return then does, once for its key', async () => {
    const sold = (await sell({ amount: 90_000, lines, number: 'A-77' })) as unknown as Sold;
    const path = `/api/v1/till/sales/${sold.checkId}`;
    const found = (await ask('/api/v1/till/sales?number=A-77')) as { items: { checkId: number }[] };
    expect(found.items.map(({ checkId }) => checkId)).toEqual([sold.checkId]);
    expect(await ask(`/api/v1/till/sales?number=${sold.checkId}`)).toMatchObject({ items: [{ number: 'A-77' }] });
    expect(await ask('/api/v1/till/sales?number=nobody')).toEqual({ items: [] });
    expect(await ask(path)).toMatchObject({
      number: 'A-77',
      left: 90_000,
      lines: [
        { id: '1', name: 'Латте', left: { quantityThousandths: 2_000, money: 50_000 } },
        { id: '2', name: 'Медовик', left: { quantityThousandths: 1_000, money: 40_000 } },
      ],
    });
    const wish = { lines: [{ id: '1', quantityThousandths: 1_000 }] };
    const before = await server.countRows();
    const preview = await ask(`${path}/return-preview`, wish);
    expect(await server.countRows()).toEqual(before);
    expect(preview).toMatchObject({ moneyBack: 25_000, whole: false });
    const body = { operationKey: randomUUID(), ...wish };
    const returned = await ask(`${path}/returns`, body);
    expect(returned).toEqual(preview);
    expect(await ask(`${path}/returns`, body)).toEqual(returned);
    expect(await refusalOf(`${path}/returns`, { ...body, amount: 100, lines: undefined })).toBe('idempotency_mismatch');
    expect(await ask(path)).toMatchObject({ status: 'partly_returned', left: 65_000 });
    const rest = await ask(`${path}/returns`, { operationKey: randomUUID() });
    expect(rest).toMatchObject({ moneyBack: 65_000, whole: true });
    expect(await refusalOf(`${path}/return-preview`, { amount: 100 })).toBe('nothing_to_return');
  });

  test('of a sum alone an amount goes back', async () => {
    const { checkId } = (await sell({ amount: 30_000 })) as unknown as Sold;
    const path = `/api/v1/till/sales/${checkId}`;
    expect(await ask(`${path}/return-preview`, { amount: 10_000 })).toMatchObject({ moneyBack: 10_000 });
    expect(await ask(`${path}/returns`, { operationKey: randomUUID(), amount: 10_000 })).toMatchObject({
      moneyBack: 10_000,
      whole: false,
    });
  });

  test('of another system are out of a cashier’s reach', async () => {
    const headers = { authorization: `Bearer ${API_TOKEN}` };
    const body = { externalId: randomUUID(), accountId: guest.accountId, total: 10_000 };
    const { checkId } = (await ask('/api/v1/checks', body, 'POST', headers)) as unknown as Sold;
    const path = `/api/v1/till/sales/${checkId}`;
    expect((await tell(cashier, path)).status).toBe(403);
    expect(await refusalOf(`${path}/return-preview`, {})).toBe('forbidden');
    expect(await refusalOf(`${path}/returns`, { operationKey: randomUUID() })).toBe('forbidden');
    expect((await tell(owner, path)).status).toBe(200);
  });
});

test('a found guest comes with his last check', async () => {
  await sell({ amount: 12_300 });
  expect(await ask('/api/v1/till/find', { query: guest.phone })).toMatchObject({ lastVisit: { amount: 12_300 } });
});

test('a guest without a card is shown where to register', async () => {
  const { items } = (await ask('/api/v1/till/forms')) as { items: { address: string; qr: string }[] };
  expect(items[0]?.address).toBe(`${server.url}/n/chaika`);
  expect(items[0]?.qr).toContain('<svg');
});
