import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { METHODS } from '../methods/index.ts';
import { mapAnswer, mapRefusal, mapRequest } from './apply-mapping.ts';
import { DEFAULT_MAPPING, isDefault, type Mapping } from './model.ts';
import { parseMapping } from './parse-mapping.ts';

const mapping = (json: object): Mapping => {
  const parsed = parseMapping(json);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.mapping;
};
const problems = (json: unknown) => {
  const parsed = parseMapping(json);
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path}: ${code}`);
};
const method = (name: string) => METHODS.find((one) => one.name === name)!;
const refill = method('accounts/refill');
const find = method('accounts/find_by_phone');

describe('the default mapping', () => {
  test('is what nothing at all says, and changes nothing', () => {
    expect(mapping({})).toEqual(DEFAULT_MAPPING);
    expect(isDefault(mapping({}))).toBe(true);
    fc.assert(
      fc.property(fc.constantFrom(...METHODS), fc.jsonValue(), (one, value) => {
        expect(mapRequest(DEFAULT_MAPPING, one, value)).toEqual(value);
        expect(mapAnswer(DEFAULT_MAPPING, one, value)).toEqual(value);
        const refused = { code: 'account_exists', status: 400, body: value };
        expect(mapRefusal(DEFAULT_MAPPING, one, refused)).toEqual(refused);
      }),
    );
  });
});

describe('names of fields', () => {
  test('a request is read by the caller’s names, and not by ours that he calls otherwise', () => {
    const said = mapping({ methods: { 'accounts/refill': { request: { sum: 'amount', accountId: 'id' } } } });
    expect(mapRequest(said, refill, { id: 5, amount: 100, comment: 'x' })).toEqual({
      comment: 'x',
      sum: 100,
      accountId: 5,
    });
    expect(mapRequest(said, refill, { id: 5, sum: 100 })).toEqual({ accountId: 5 });
    for (const strange of [null, 7, 'x', [], [{ id: 1 }]]) mapRequest(said, refill, strange);
  });

  test('an answer is told by the caller’s names, below and in lists too', () => {
    const answer = {
      accountId: 5,
      level: { id: 'base', name: 'Базовый' },
      phones: [{ phone: '79161234567', main: true }],
    };
    const said = mapping({
      phones: 'plus',
      methods: {
        'accounts/find_by_phone': {
          answer: { accountId: 'id', 'level.name': 'title', phones: 'tel', 'phones.phone': 'number' },
        },
      },
    });
    expect(mapAnswer(said, find, answer)).toEqual({
      id: 5,
      level: { id: 'base', title: 'Базовый' },
      tel: [{ number: '+79161234567', main: true }],
    });
    const list = mapping({ methods: { 'account_groups/list': { answer: { haveTemplate: 'has_template' } } } });
    expect(mapAnswer(list, method('account_groups/list'), [{ id: 3, name: 'Гости', haveTemplate: true }])).toEqual([
      { id: 3, name: 'Гости', has_template: true },
    ]);
  });

  test('two fields may change their names with each other', () => {
    const said = mapping({ methods: { 'accounts/refill': { request: { sum: 'accountId', accountId: 'sum' } } } });
    expect(mapRequest(said, refill, { sum: 5, accountId: 100 })).toEqual({ sum: 100, accountId: 5 });
  });
});

describe('sums and phones', () => {
  test('roubles become kopecks and kopecks roubles, to the kopeck', () => {
    const said = mapping({ amounts: 'roubles' });
    const read = (sum: unknown) => (mapRequest(said, refill, { sum }) as { sum: unknown }).sum;
    expect([150, 150.5, 0.29, 1.1, '150,50', '7.05'].map(read)).toEqual([15_000, 15_050, 29, 110, 15_050, 705]);
    // What is no sum of roubles stays what it is, and the schema refuses it.
    expect([0.005, 'x', '1e3', null, true].map(read)).toEqual([0.005, 'x', '1e3', null, true]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), (kopecks) => {
        const told = mapAnswer(said, refill, { balance: kopecks }) as { balance: number };
        expect(read(told.balance)).toBe(kopecks);
      }),
    );
  });

  test('phones are told as the caller writes them', () => {
    const told = (phones: string, phone: string) =>
      (mapAnswer(mapping({ phones }), find, { phones: [{ phone }] }) as { phones: { phone: string }[] }).phones[0]!
        .phone;
    expect(told('digits', '79161234567')).toBe('79161234567');
    expect(told('plus', '79161234567')).toBe('+79161234567');
    expect(told('eight', '79161234567')).toBe('89161234567');
    expect(told('eight', '375291234567')).toBe('375291234567');
  });
});

test('a refusal gets the status and the body that the caller knows', () => {
  const said = mapping({
    methods: {
      'accounts/find_by_phone': { refusals: { account_not_found: { status: 200, body: 'null' } } },
      'accounts/insert_by_template': { refusals: { account_exists: { status: 409 } } },
    },
  });
  const body = { code: 'account_not_found' };
  expect(mapRefusal(said, find, { code: 'account_not_found', status: 404, body })).toEqual({ status: 200, body: null });
  const exists = { code: 'account_exists', status: 400, body: { code: 'account_exists' } };
  expect(mapRefusal(said, method('accounts/insert_by_template'), exists)).toEqual({ status: 409, body: exists.body });
  expect(mapRefusal(said, find, exists)).toEqual(exists);
});

test('everything that is wrong with a mapping is named', () => {
  expect(problems(null)).toEqual([': wrong_type']);
  expect(
    problems({
      amounts: 'dollars',
      phones: 1,
      methods: {
        'accounts/find': {},
        'accounts/refill': {
          request: { total: 'x', sum: 'a b', accountId: 7, comment: 'note', externalId: 'note', lifetimeDays: 'sum' },
          answer: { 'items.sum': 'expiresAt', 'items.until': 'x', balance: '__proto__' },
          refusals: { nonsense: { status: 400 }, account_blocked: { status: 99, body: 'text', more: 1 } },
          other: 1,
        },
        'accounts/update': [],
      },
      more: true,
    }),
  ).toEqual([
    'more: unknown_field',
    'amounts: unknown_value',
    'phones: unknown_value',
    'methods.accounts/find: unknown_field',
    'methods.accounts/refill.other: unknown_field',
    'methods.accounts/refill.request.total: unknown_field',
    'methods.accounts/refill.request.sum: unknown_value',
    'methods.accounts/refill.request.accountId: wrong_type',
    'methods.accounts/refill.request.externalId: repeated',
    'methods.accounts/refill.request.lifetimeDays: taken',
    'methods.accounts/refill.answer.items.until: unknown_field',
    'methods.accounts/refill.answer.balance: unknown_value',
    'methods.accounts/refill.answer.items.sum: taken',
    'methods.accounts/refill.refusals.nonsense: unknown_field',
    'methods.accounts/refill.refusals.account_blocked.more: unknown_field',
    'methods.accounts/refill.refusals.account_blocked.status: unknown_value',
    'methods.accounts/refill.refusals.account_blocked.body: unknown_value',
    'methods.accounts/update: wrong_type',
  ]);
});
