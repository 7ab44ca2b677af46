import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPhoneNumber, OWNER, startTestServer, type TestServer } from '../server.ts';
import { type Answer, call, callTill, registerGuest, signIn } from './calls.ts';

// A station of r_keeper 7 talks to us by FarCards: lookup, sale, cancellation, each of them more than once.

let server: TestServer;
let cookie: string;
let path: string;
const guest = { phone: newPhoneNumber(), accountId: 0, card: '' };

const settings = {
  addresses: [] as string[],
  levels: { bronze: { discount: 11, bonus: 21 }, silver: { discount: 12 } },
  restaurants: { '7001': 2 },
  language: 'ru',
};

const configure = (change: object = {}, more: object = {}): Promise<Answer> =>
  call(server, {
    method: 'PUT',
    path: '/api/v1/farcards',
    body: { settings: { ...settings, ...change }, ...more },
    headers: { cookie, origin: server.url },
  });
const ask = async (name: string, xml: string, address = path): Promise<string> => {
  const response = await fetch(`${server.url}${address}/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>${xml}`,
  });
  return (await response.text()).replace(/[\u00a0\u202f]/g, ' ');
};
const balance = async (): Promise<number> =>
  (await callTill(server, 'accounts/get_balance_extended', { accountId: guest.accountId })).body.balance as number;

const checkXml = (guid: string, dishes: readonly [code: string, sum: number][]): string =>
  `<INPBUF InpKind="1"><CHECK stationcode="3" restaurantcode="7001"><CHECKDATA checknum="12" checkguid="{${guid}}"><CHECKLINES>${dishes
    .map(
      ([code, sum], index) =>
        `<LINE uni="${index + 1}" code="${code}" name="Блюдо ${code}" price="${sum}" quantity="1" sum="${sum}"/>`,
    )
    .join('')}</CHECKLINES></CHECKDATA></CHECK></INPBUF>`;
const packageXml = (
  guid: string,
  transactions: readonly [kind: number, sum: number][],
  dishes: readonly [string, number][],
) =>
  `<ROOT><Transactions>${transactions
    .map(
      ([kind, sum]) =>
        `<TransactionsEx Card="${guest.card}" PersonID="1" Account="1" Kind="${kind}" Summa="${sum}" Restaurant="7001" RKDate="46348" RKUni="3" RKCheck="12"/>`,
    )
    .join('')}${checkXml(guid, dishes)}</Transactions></ROOT>`;

beforeAll(async () => {
  server = await startTestServer();
  ({ cookie } = await signIn(server, OWNER));
  guest.accountId = (await registerGuest(server, { phone: guest.phone })).accountId;
  const saved = await configure();
  path = new URL(saved.body.address as string).pathname;
});
afterAll(() => server?.stop());

describe('a cashier finds a guest', () => {
  test.each([(phone: string) => `+${phone}`, (phone: string) => `8${phone.slice(1)}`])(
    'by the phone, typed into the search field in any usual way (%#)',
    async (write) => {
      const found = await ask('FindEmail', `<ROOT><QRY Email="${write(guest.phone)}"/></ROOT>`);
      expect(found).toMatch(/<FindEmail Result="0"/);
      guest.card = /CardCode="(\d+)"/.exec(found)![1]!;
      expect(found).toContain(`Account="${guest.accountId}"`);
    },
  );

  test('by that card: name, codes of the reference, what can be spent on this order', async () => {
    const order = checkXml(randomUUID(), [['501', 15_000]]);
    const found = await ask(
      'GetCardInfoEx',
      `<ROOT><QRY Card="${guest.card}" Restaurant="7001" UnitNo="3">${order}</QRY></ROOT>`,
    );
    expect(found).toContain('Result="0"');
    expect(found).toContain('Holder="Мария И."');
    expect(found).toContain('Discount="11"');
    expect(found).toContain('Bonus="21"');
    // Half of the order at most, by the rules of the demo; 100 points are on the card.
    expect(found).toContain('Summa="7500"');
    expect(found).toContain('ScrMessage="Бронза. На карте 100 баллов"');
  });

  test.each(['8002', '0', '-1', '1000000000420000001'])('not by the unknown card %s', async (card) => {
    const found = await ask('GetCardInfoEx', `<ROOT><QRY Card="${card}" Restaurant="7001" UnitNo="3"/></ROOT>`);
    expect(found).toContain('GetCardInfoEx Result="1"');
  });
});

describe('a check', () => {
  const guid = randomUUID();
  const dishes: [string, number][] = [
    ['501', 20_000],
    ['77', 5_000],
  ];
  const sale: [number, number][] = [
    [0, -5_000],
    [3, 20_000],
  ];

  test('is booked: points spent, points earned, a slip to print', async () => {
    const answer = await ask('TransactionsEx', packageXml(guid, sale, dishes));
    expect(answer).toContain('TransactionsEx Result="0"');
    expect(answer).toContain('slip="Начислено 6 баллов&#10;На карте 56 баллов"');
    expect(await balance()).toBe(5_600);
  });

  test('has its dishes, its venue and its number in the console', async () => {
    const rows = await server.query<{ venue_code: number; number: string; sale: { lines: unknown[] } }>(
      `select venue_code, number, sale from checks where source = 'farcards'`,
    );
    expect(rows.map(({ venue_code, number, sale: stored }) => [venue_code, number, stored.lines.length])).toEqual([
      [2, '12', 2],
    ]);
  });

  test('sent again, and ten times at once, changes nothing and gets the first answer', async () => {
    const first = await ask('TransactionsEx', packageXml(guid, sale, dishes));
    const more = await Promise.all(
      Array.from({ length: 10 }, () => ask('TransactionsEx', packageXml(guid, sale, dishes))),
    );
    expect(new Set([first, ...more]).size).toBe(1);
    expect(await balance()).toBe(5_600);
  });

  test('with other sums under the same GUID is refused', async () => {
    const answer = await ask('TransactionsEx', packageXml(guid, [[3, 99_900]], dishes));
    expect(answer).toContain('TransactionsEx Result="1"');
    expect(answer).toMatch(/err_text="[^"]+"/);
    expect(await balance()).toBe(5_600);
  });

  test('cancelled, brings every balance back; cancelled again, it changes nothing', async () => {
    const cancel: [number, number][] = [
      [0, 5_000],
      [3, -20_000],
    ];
    expect(await ask('TransactionsEx', packageXml(guid, cancel, dishes))).toContain('Result="0"');
    expect(await ask('TransactionsEx', packageXml(guid, cancel, dishes))).toContain('Result="0"');
    expect(await balance()).toBe(10_000);
  });

  test('that spends more than the card holds writes nothing of its package', async () => {
    const before = await server.countRows();
    const answer = await ask(
      'TransactionsEx',
      packageXml(
        randomUUID(),
        [
          [0, -50_000],
          [3, 20_000],
        ],
        [['501', 70_000]],
      ),
    );
    expect(answer).toContain('Result="1"');
    expect(answer).toContain('Баллов не хватает');
    expect(await server.countRows()).toEqual(before);
  });

  test('whose cancellation was never sold is refused', async () => {
    const answer = await ask('TransactionsEx', packageXml(randomUUID(), [[3, -20_000]], [['501', 20_000]]));
    expect(answer).toContain('Result="1"');
  });

  test.each(['', 'not xml', '<ROOT/>', '<ROOT><Transactions/></ROOT>'])(
    'that cannot be read (%#) is refused in words',
    async (xml) => {
      expect(await ask('TransactionsEx', xml)).toMatch(/Result="1".*err_text="[^"]+"/);
    },
  );

  test('in windows-1251 is read as it is written', async () => {
    const bytes = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="windows-1251"?><ROOT><QRY Email="'),
      Buffer.from([0xcd, 0xff]),
      Buffer.from('"/></ROOT>'),
    ]);
    const response = await fetch(`${server.url}${path}/FindEmail`, { method: 'POST', body: bytes });
    expect(await response.text()).toContain('FindEmail Result="1"');
  });
});

describe('who may call', () => {
  test('nobody without the secret', async () => {
    const response = await fetch(`${server.url}/farcards/guess/GetCardInfoEx`, { method: 'POST', body: '<ROOT/>' });
    expect([response.status, await response.text()]).toEqual([404, '']);
  });

  test('nobody from an address that is not on the list', async () => {
    await configure({ addresses: ['203.0.113.0/24'] });
    expect(await ask('LicenseInfo', '<ROOT/>')).toBe('');
    await configure({ addresses: ['127.0.0.0/8', '::1'] });
    expect(await ask('LicenseInfo', '<ROOT/>')).toContain('Root');
  });

  test('the old address ends when a new one is made', async () => {
    const renewed = await configure({}, { newSecret: true });
    const fresh = new URL(renewed.body.address as string).pathname;
    expect(await ask('LicenseInfo', '<ROOT/>')).toBe('');
    expect(await ask('LicenseInfo', '<ROOT/>', fresh)).toContain('Root');
    expect((await configure()).body.address).toBeNull();
  });

  test('whether a station has called, to the minute, and what it will show', async () => {
    const look = () => call(server, { path: '/api/v1/farcards', headers: { cookie } });
    const first = (await look()).body.lastCalledAt as string;
    expect(Date.parse(first)).toBeLessThanOrEqual(server.clock.now().epochMilliseconds);
    const fresh = new URL((await configure({}, { newSecret: true })).body.address as string).pathname;
    server.clock.advance({ seconds: 20 });
    await ask('LicenseInfo', '<ROOT/>', fresh);
    expect((await look()).body.lastCalledAt).toBe(first);
    server.clock.advance({ minutes: 1 });
    await ask('LicenseInfo', '<ROOT/>', fresh);
    const second = (await look()).body.lastCalledAt as string;
    expect(Date.parse(second) - Date.parse(first)).toBeGreaterThan(60_000);
    expect(JSON.stringify((await look()).body.examples).replace(/[\u00a0\u202f]/g, ' ')).toContain(
      '{level}. На карте 1 250 баллов',
    );
  });

  test('a list that cannot be read is refused, and a cashier may not look', async () => {
    const wrong = await configure({ addresses: ['till.example'] });
    expect([wrong.status, (wrong.body.error as { code: string }).code]).toEqual([400, 'address_invalid']);
    const cashier = await signIn(server, server.cashier);
    expect((await call(server, { path: '/api/v1/farcards', headers: cashier })).status).toBe(403);
  });
});
