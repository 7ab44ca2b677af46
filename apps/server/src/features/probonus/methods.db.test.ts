import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProbonusHouse, type ProbonusHouse } from '../../../test/probonus-house.ts';
import { listEntries, replayAccounts } from '../loyalty/index.ts';

let there: ProbonusHouse;
let phones = 79_160_000_000;

beforeAll(async () => {
  there = await createProbonusHouse({
    timeZone: 'Europe/Moscow',
    levels: [
      { id: 'base', name: 'Базовый', fromTurnover: 0, rateBasisPoints: 500 },
      { id: 'gold', name: 'Золотой', fromTurnover: 100_000_000, rateBasisPoints: 1000 },
    ],
  });
});
afterAll(() => there.close());

const newPhone = () => {
  phones += 1;
  return String(phones);
};

async function newGuest(more: object = {}) {
  const phone = newPhone();
  const { body } = await there.post('accounts/insert_by_template', { accountGroupId: 3, phone, ...more });
  return { accountId: body.accountId as number, phone };
}

const sell = (accountId: number, more: object = {}) => {
  const checkGuid = randomUUID();
  const body = { checkGuid, accountId, moneySpentSum: 100_000, ...more };
  return there.post('external/register_check', body).then((answer) => ({ ...answer, checkGuid }));
};

const update = (accountId: number, change: object) => there.post('accounts/update', { accountId, ...change });

const kindsOf = async (accountId: number): Promise<string[]> =>
  (await listEntries(there.tenant, { accountId, before: null, limit: 100 })).map(({ body }) => body.kind);

/** What every account's row says is what its entries say. */
const expectReplayed = async () => expect(await replayAccounts(there.tenant)).toMatchObject({ differences: 0 });

describe('accounts/update', () => {
  test('changes what it names, leaves what it does not, and answers the whole account', async () => {
    const { accountId, phone } = await newGuest({ firstName: 'Мария', lastName: 'Петрова', identifiers: ['700001'] });
    const changed = await update(accountId, { lastName: 'Иванова', birthday: '1990-05-17', sex: 'female' });
    expect(changed).toMatchObject({
      status: 200,
      body: { firstName: 'Мария', lastName: 'Иванова', birthday: '1990-05-17', sex: 'female', phones: [{ phone }] },
    });
    const emptied = await update(accountId, { birthday: null, email: 'm@example.com', identifiers: ['700002'] });
    expect(emptied.body).toMatchObject({ birthday: null, emails: ['m@example.com'], lastName: 'Иванова' });
    expect(emptied.body.cards).toEqual([{ number: '700001' }, { number: '700002' }]);
    expect((await there.post('accounts/find_by_phone', { phone })).body).toEqual(emptied.body);
    const taken = await update(accountId, { removeIdentifiers: ['700001', 'nobody’s'] });
    expect(taken.body.cards).toEqual([{ number: '700002' }]);
  });

  test('a rate, a discount, a term and a level agreed with a guest hold for his checks; null is the programme’s again', async () => {
    const { accountId } = await newGuest();
    const terms = { bonusRate: 700, discount: 300, bonusLifetimeDays: 10, level: 'gold' };
    const changed = await update(accountId, terms);
    expect(changed.body).toMatchObject({
      bonusRate: 700,
      discount: 300,
      level: { id: 'gold' },
      personal: terms,
    });
    expect((await sell(accountId)).body).toMatchObject({ accrued: 7_000, level: 'Золотой' });
    const { items } = (await there.post('accounts/get_balance_extended', { accountId })).body as never as {
      items: { expiresAt: string }[];
    };
    const day = there.house.clock.now().toZonedDateTimeISO('Europe/Moscow').toPlainDate().add({ days: 11 });
    expect(items[0]?.expiresAt).toBe(day.toZonedDateTime('Europe/Moscow').toInstant().toString());
    const back = await update(accountId, { bonusRate: null, discount: null, bonusLifetimeDays: null, level: null });
    expect(back.body).toMatchObject({
      bonusRate: 500,
      discount: 0,
      level: { id: 'base' },
      personal: { bonusRate: null, discount: null, bonusLifetimeDays: null, level: null },
    });
    expect((await sell(accountId)).body).toMatchObject({ accrued: 5_000 });
    const told = (await there.post('accounts/transactions', { accountId })).body as { text: string }[];
    expect(told.map(({ text }) => text)).toContain(
      'Личные условия: начисление 7 %, скидка 3 %, баллы действуют 10 дней',
    );
    await expectReplayed();
  });

  test('a block keeps checks out and is taken off again', async () => {
    const { accountId } = await newGuest();
    expect((await update(accountId, { blocked: true })).body).toMatchObject({ blocked: true });
    expect((await sell(accountId)).body).toMatchObject({ code: 'account_blocked' });
    expect((await update(accountId, { blocked: false })).body).toMatchObject({ blocked: false });
    expect((await sell(accountId)).status).toBe(200);
  });

  test('happens wholly or not at all', async () => {
    const other = await newGuest({ identifiers: ['800001'] });
    const { accountId, phone } = await newGuest({ firstName: 'Анна' });
    const before = await there.post('accounts/find_by_phone', { phone });
    const wrong: [object, number, string][] = [
      [{ firstName: 'Вера', bonusRate: 900, level: 'platinum' }, 404, 'unknown_level'],
      [{ firstName: 'Вера', blocked: true, identifiers: ['800001'] }, 409, 'identifier_taken'],
      [{ firstName: 'Вера', phone: other.phone }, 409, 'identifier_taken'],
      [{ firstName: 'Вера', birthday: '2090-01-01' }, 400, 'value_invalid'],
      [{ firstName: 'Вера', level: 'gold', levelLastDay: '1999' }, 400, 'invalid_request'],
      [{ firstName: 'Вера', levelLastDay: '2090-01-01' }, 400, 'value_invalid'],
      [{ firstName: 'Вера', level: 'gold', levelLastDay: '2025-01-01' }, 400, 'value_invalid'],
      [{ firstName: 'Вера', identifiers: ['1'], removeIdentifiers: ['1'] }, 400, 'value_invalid'],
      [{ firstName: 'Вера', phone: '12' }, 400, 'invalid_phone'],
      [{ firstName: 'Вера', bonusRate: 10_001 }, 400, 'invalid_request'],
    ];
    for (const [change, status, code] of wrong) {
      const answer = await update(accountId, change);
      expect({ change, status: answer.status, code: answer.body.code }).toEqual({ change, status, code });
    }
    expect((await there.post('accounts/find_by_phone', { phone })).body).toEqual(before.body);
    expect(await update(8_999_999, { firstName: 'Вера' })).toMatchObject({ status: 404 });
  });

  test('a new phone takes the place of the main one, whose number is free for somebody else', async () => {
    const { accountId, phone } = await newGuest();
    const next = newPhone();
    expect((await update(accountId, { phone: `+${next}` })).body.phones).toEqual([{ phone: next, main: true }]);
    expect(await update(accountId, { phone: next })).toMatchObject({ status: 200 });
    expect(await there.post('accounts/find_by_phone', { phone })).toMatchObject({ status: 404 });
    const heir = await there.post('accounts/insert_by_template', { accountGroupId: 3, phone });
    expect(heir).toMatchObject({ status: 200 });
    expect(heir.body.accountId).not.toBe(accountId);
  });

  test('the same update twice, and many at once, come to the same', async () => {
    const { accountId } = await newGuest();
    const change = { firstName: 'Ольга', bonusRate: 650, identifiers: ['900001'], level: 'gold' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => update(accountId, change)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await kindsOf(accountId)).filter((kind) => kind === 'own_terms')).toHaveLength(1);
    await expectReplayed();
  });
});

const dishes = {
  items: [
    { code: 17, name: 'Паста', quantity: 2, sum: 60_000, groups: ['кухня'] },
    { code: 'w1', name: 'Вино', quantity: 0.375, sum: 40_000 },
  ],
};

describe('checks/get_by_id', () => {
  test('tells a check down to its dishes, and what of them has gone back', async () => {
    const { accountId } = await newGuest();
    const sale = { restCode: 1, rkUnit: 999, externalCheck: 1042, checkData: JSON.stringify(dishes) };
    const sold = await sell(accountId, { ...sale, moneySpentSum: 100_000 });
    const { checkId } = sold.body;
    const returnGuid = randomUUID();
    await there.post('external/return_check', {
      checkGuid: sold.checkGuid,
      returnGuid,
      lines: [{ id: '1', quantity: 1 }],
    });
    expect((await there.post('checks/get_by_id', { checkId })).body).toMatchObject({
      checkId,
      accountId,
      checkGuid: sold.checkGuid,
      source: 'probonus',
      externalCheck: '1042',
      restCode: 1,
      rkUnit: 999,
      status: 'partly_returned',
      moneySpentSum: 100_000,
      bonusSpentSum: 0,
      bonusAccruedSum: 5_000,
      checkData: JSON.stringify(dishes),
      lines: [
        {
          id: '1',
          code: '17',
          name: 'Паста',
          quantity: 2,
          sum: 60_000,
          bonusAccruedSum: 3_000,
          returned: { quantity: 1, moneySum: 30_000, bonusAccruedSum: 1_500 },
        },
        { id: '2', code: 'w1', name: 'Вино', quantity: 0.375, returned: { quantity: 0 } },
      ],
      returned: { moneySum: 30_000, bonusSpentSum: 0, bonusAccruedSum: 1_500 },
      returns: [{ returnGuid, moneyBack: 30_000, accruedBack: 1_500 }],
    });
    expect(await there.post('checks/get_by_id', { checkId: 8_999_999 })).toMatchObject({
      status: 404,
      body: { code: 'check_not_found' },
    });
  });
});

describe('external/return_check by lines', () => {
  test('takes a part back once for its key, and the rest with a call that names no lines', async () => {
    const { accountId } = await newGuest();
    await there.post('accounts/refill', { accountId, sum: 20_000 });
    const { checkGuid } = await sell(accountId, {
      moneySpentSum: 80_000,
      bonusSpentSum: 20_000,
      checkData: JSON.stringify(dishes),
    });
    const part = { checkGuid, returnGuid: randomUUID(), lines: [{ id: '2', quantity: 0.375 }] };
    const first = await there.post('external/return_check', part);
    expect(first.body).toMatchObject({
      moneyBack: 32_000,
      spentBack: 8_000,
      accruedBack: 1_600,
      whole: false,
      lines: [{ id: '2', quantity: 0.375, moneySum: 32_000, bonusSpentSum: 8_000, bonusAccruedSum: 1_600 }],
    });
    expect((await there.post('external/return_check', part)).text).toBe(first.text);
    expect(await there.post('external/return_check', { ...part, lines: [{ id: '1', quantity: 1 }] })).toMatchObject({
      status: 409,
      body: { code: 'idempotency_mismatch', first: { moneyBack: 32_000 } },
    });
    const rest = await there.post('external/return_check', { checkGuid });
    expect(rest.body).toMatchObject({ balance: 20_000, debt: 0, moneyBack: 48_000 });
    expect((await there.post('external/return_check', { checkGuid })).text).toBe(rest.text);
    await expectReplayed();
  });

  test('EX-X8: more than remains, an unknown line or an unclear wish refuses the return whole', async () => {
    const { accountId } = await newGuest();
    const { checkGuid } = await sell(accountId, { checkData: JSON.stringify(dishes) });
    const returnGuid = randomUUID();
    const wrong: [object, number, string][] = [
      [{ returnGuid, lines: [{ id: '1', quantity: 2.001 }] }, 409, 'return_exceeds_sold'],
      [
        {
          returnGuid,
          lines: [
            { id: '1', quantity: 1 },
            { id: '9', quantity: 1 },
          ],
        },
        409,
        'unknown_line',
      ],
      [
        {
          returnGuid,
          lines: [
            { id: '1', quantity: 1 },
            { id: '1', quantity: 1 },
          ],
        },
        400,
        'line_repeated',
      ],
      [{ returnGuid, lines: [{ id: '1' }] }, 400, 'value_invalid'],
      [{ returnGuid, lines: [{ id: '1', quantity: 1, moneySum: 1 }] }, 400, 'value_invalid'],
      [{ returnGuid, lines: [{ id: '1', quantity: 1.0005 }] }, 400, 'value_invalid'],
      [{ returnGuid, moneySum: 100_001 }, 409, 'return_exceeds_sold'],
      [{ returnGuid, moneySum: 1, lines: [{ id: '1', quantity: 1 }] }, 400, 'value_invalid'],
      [{ lines: [{ id: '1', quantity: 1 }] }, 400, 'value_invalid'],
      [{ returnGuid, lines: [] }, 400, 'invalid_request'],
    ];
    for (const [wish, status, code] of wrong) {
      const answer = await there.post('external/return_check', { checkGuid, ...wish });
      expect({ wish, status: answer.status, code: answer.body.code }).toEqual({ wish, status, code });
    }
    const { balance } = (await there.post('accounts/get_balance_extended', { accountId })).body;
    expect(balance).toBe(5_000);
    // A refused key is free.
    expect(await there.post('external/return_check', { checkGuid, returnGuid, moneySum: 100_000 })).toMatchObject({
      body: { whole: true, balance: 0 },
    });
  });
});

describe('reads by GET', () => {
  test('answer what POST answers, and no phone is in the log', async () => {
    const { accountId, phone } = await newGuest({ firstName: 'Мария' });
    const { body: sold } = await sell(accountId);
    const reads: [string, Record<string, string>, object][] = [
      ['account_groups/list', {}, {}],
      ['accounts/find_by_phone', { phone: `+${phone}` }, { phone }],
      ['accounts/transactions', { accountId: String(accountId), count: '1' }, { accountId, count: 1 }],
      ['accounts/get_balance_extended', { accountId: String(accountId) }, { accountId }],
      ['checks/get_by_id', { checkId: String(sold.checkId) }, { checkId: sold.checkId }],
    ];
    for (const [name, query, body] of reads) {
      const read = await there.get(name, query);
      expect(read).toMatchObject({ status: 200 });
      expect(read.text).toBe((await there.post(name, body)).text);
    }
    expect(await there.get('accounts/find_by_phone', { phone: newPhone() })).toMatchObject({ status: 404 });
    expect(await there.get('accounts/find_by_phone')).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(await there.get('accounts/transactions', { accountId: 'x' })).toMatchObject({ status: 400 });
    expect(there.logged.length).toBeGreaterThan(0);
    expect(there.logged.filter((line) => line.includes(phone.slice(1)))).toEqual([]);
  });

  test('nothing that writes answers to GET', async () => {
    for (const name of ['accounts/refill', 'accounts/update', 'external/register_check', 'external/return_check']) {
      expect(await there.get(name, { accountId: '1', sum: '100' })).toMatchObject({ status: 404 });
    }
  });
});
