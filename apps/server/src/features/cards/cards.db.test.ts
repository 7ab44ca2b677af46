import { randomUUID } from 'node:crypto';
import type { CardNumbers, CardRangeSettings } from '@tessera/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../../test/platform.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { createInTurn } from '../../platform/in-turn.ts';
import { BONUS_PROGRAMME, createGroup, createProgramme, createRulesLibrary, findMember } from '../loyalty/index.ts';
import { createCompanies, createCompany } from '../tenancy/index.ts';
import { activateCard, type CardsPlatform } from './activate-card.ts';
import { blockCard } from './block-card.ts';
import { makeRange } from './make-range.ts';
import { checkDigitOf } from './model.ts';
import { selectCards } from './store.ts';
import { takeNumbers } from './take-numbers.ts';

let house: TestHouse;
let platform: CardsPlatform;
let tenant: Tenant;
let other: Tenant;
beforeAll(async () => {
  house = await createTestHouse();
  platform = {
    ...house.platform,
    rules: createRulesLibrary(),
    inTurn: createInTurn(),
    companies: createCompanies(),
  } as CardsPlatform;
  [tenant, other] = [await company(), await company()];
});
afterAll(() => house.close());

async function company(): Promise<Tenant> {
  const made = await createCompany(platform, {
    name: 'Траттория',
    language: 'ru',
    currency: 'RUB',
    timeZone: 'Europe/Moscow',
    country: 'RU',
    demo: false,
  });
  const levels = [
    { id: 'base', name: 'Бронза', fromTurnover: 0, rateBasisPoints: 300 },
    { id: 'gold', name: 'Золото', fromTurnover: 1_000_000, rateBasisPoints: 700 },
  ];
  const rules = { timeZone: 'Europe/Moscow', levels, welcome: { amount: 10_000, lifetimeDays: 30 } };
  const programmeId = await createProgramme(platform, made, { name: 'Баллы', kind: BONUS_PROGRAMME, rules });
  await createGroup(made, { groupId: 1, programmeId, name: 'Пластик', template: { welcome: true, level: 'gold' } });
  await createGroup(made, { groupId: 2, programmeId, name: 'Без шаблона', template: null });
  return made;
}

const usual: CardRangeSettings = {
  handOutUntil: null,
  atTill: true,
  onePerGuest: false,
  toKnownGuests: true,
  nameNeeded: false,
  birthdayNeeded: false,
};
const make = (numbers: CardNumbers, settings: Partial<CardRangeSettings> = {}, groupId = 1, of = tenant) =>
  makeRange(platform, of, {
    operationKey: randomUUID(),
    name: 'Серия',
    groupId,
    settings: { ...usual, ...settings },
    numbers,
  });
let next = 1_000_000;
/** A range of so many numbers that no other test has. */
async function range(count: number, settings: Partial<CardRangeSettings> = {}) {
  const from = next;
  next += count;
  const made = await make({ kind: 'sequence', from: String(from), to: String(next - 1) }, settings);
  if (!made.ok) throw new Error(made.refusal.code);
  return { ...made.value, numbers: Array.from({ length: count }, (_, at) => String(from + at)) };
}
let phones = 79_160_000_000;
const newPhone = () => String(++phones);
const hand = (number: string, phone: string, name = 'Мария Иванова', birthday: string | null = '1990-03-01') => {
  const [firstName = '', lastName = ''] = name.split(' ');
  const wish = { number, phone, name: { firstName, lastName, middleName: '' }, birthday, asker: 'station:1' };
  return activateCard(platform, tenant, wish);
};
const refused = (code: string) => ({ ok: false, refusal: { code } });

describe('a range', () => {
  test('holds exactly the numbers of its sequence', async () => {
    const made = await range(25);
    expect(made).toMatchObject({ free: 25, active: 0, blocked: 0, closed: false, group: 'Пластик' });
    const cards = await selectCards(tenant, { rangeId: made.rangeId, state: null, after: '', limit: 100 });
    expect(cards.map(({ number }) => number)).toEqual(made.numbers);
  });

  test('of random numbers holds as many as wanted, no two alike, with a check digit', async () => {
    const made = await make({ kind: 'random', count: 1_000, digits: 12, prefix: '77' });
    if (!made.ok) throw new Error(made.refusal.code);
    const cards = await selectCards(tenant, { rangeId: made.value.rangeId, state: 'free', after: '', limit: 2_000 });
    expect(new Set(cards.map(({ number }) => number)).size).toBe(1_000);
    for (const { number } of cards) {
      expect(number).toMatch(/^77\d{10}$/);
      expect(checkDigitOf(number.slice(0, -1))).toBe(number.at(-1));
    }
  });

  test('is made once for one key, and refuses other numbers under it', async () => {
    const operationKey = randomUUID();
    const wish = { operationKey, name: 'Раз', groupId: 1, settings: usual };
    const numbers: CardNumbers = { kind: 'sequence', from: '50001', to: '50010' };
    const all = await Promise.all([1, 2, 3].map(() => makeRange(platform, tenant, { ...wish, numbers })));
    expect(new Set(all.map((made) => made.ok && made.value.rangeId)).size).toBe(1);
    const changed = await makeRange(platform, tenant, { ...wish, numbers: { ...numbers, to: '50011' } });
    expect(changed).toEqual(refused('idempotency_mismatch'));
  });

  test('refuses what is no range, and numbers that stand somewhere', async () => {
    const sequence = (from: string, to: string) => make({ kind: 'sequence', from, to });
    expect(await sequence('2000', '1999')).toEqual(refused('card_range_numbers'));
    expect(await sequence('9999', '10001')).toEqual(refused('card_range_numbers'));
    expect(await sequence('100000000', '100100000')).toMatchObject(refused('card_range_full'));
    expect(await make({ kind: 'random', count: 1_000, digits: 8, prefix: '777' })).toEqual({
      ok: false,
      refusal: { code: 'card_range_guessable', params: { digits: 11 } },
    });
    expect(await make({ kind: 'list' }, {}, 2)).toEqual(refused('group_without_template'));
    expect(await make({ kind: 'list' }, {}, 9)).toEqual(refused('group_not_found'));
    const { numbers } = await range(3);
    expect(await sequence(numbers[2]!, String(Number(numbers[2]) + 5))).toMatchObject({
      refusal: { code: 'card_numbers_exist', params: { count: 1, first: numbers[2] } },
    });
    next += 10;
    expect(await make({ kind: 'sequence', from: numbers[0]!, to: numbers[2]! }, {}, 1, other)).toMatchObject({
      ok: true,
    });
  });
});

describe('a file of numbers', () => {
  test('is taken line by line, tells what is wrong with each other line, and adds nothing when it comes again', async () => {
    const made = await make({ kind: 'list' });
    if (!made.ok) throw new Error(made.refusal.code);
    const { rangeId } = made.value;
    const elsewhere = (await range(1)).numbers[0]!;
    const file = Buffer.from(
      `\ufeffНомер;Имя\r\n700001;Анна\r\n"700 002"\r\n\r\n0007;x\r\n700001\r\n${elsewhere}\r\nnot\r\n`,
    );
    expect(await takeNumbers(tenant, rangeId, file)).toEqual({
      ok: true,
      value: {
        added: 2,
        known: 0,
        wrong: 4,
        problems: [
          { line: 5, number: '0007', code: 'card_number_invalid' },
          { line: 6, number: '700001', code: 'card_number_repeated' },
          { line: 7, number: elsewhere, code: 'card_number_elsewhere' },
          { line: 8, number: 'not', code: 'card_number_invalid' },
        ],
      },
    });
    expect(await takeNumbers(tenant, rangeId, file)).toMatchObject({ value: { added: 0, known: 2, wrong: 4 } });
    expect(await takeNumbers(other, rangeId, file)).toEqual(refused('card_range_not_found'));
  });

  test('larger than a range is refused as a whole', async () => {
    const made = await make({ kind: 'list' });
    if (!made.ok) throw new Error(made.refusal.code);
    const rows = Array.from({ length: 100_001 }, (_, at) => 600_000_000 + at).join('\n');
    expect(await takeNumbers(tenant, made.value.rangeId, Buffer.from(rows))).toMatchObject(refused('card_range_full'));
  });
});

describe('handing out a card', () => {
  test('opens an account by the range’s group: level, first points, profile, phone and number', async () => {
    const { numbers } = await range(1);
    const phone = newPhone();
    const handed = await hand(` ${numbers[0]!.slice(0, 4)} ${numbers[0]!.slice(4)}`, `8${phone.slice(1)}`);
    expect(handed).toMatchObject({
      ok: true,
      value: { number: numbers[0], name: 'Мария И.', level: 'Золото', balance: 10_000, opened: true, already: false },
    });
    const member = await findMember(platform, tenant, 'card', numbers[0]!);
    expect(member?.guest).toMatchObject({ firstName: 'Мария', lastName: 'Иванова', birthday: '1990-03-01' });
    expect(member?.guest.identifiers).toMatchObject([{ kind: 'phone', value: phone, main: true }, { kind: 'card' }]);
  });

  test('twice, and five times at once, is once', async () => {
    const { numbers, rangeId } = await range(2);
    const phone = newPhone();
    const all = await Promise.all(Array.from({ length: 5 }, () => hand(numbers[0]!, phone)));
    const accounts = all.map((one) => (one.ok ? one.value.accountId : one.refusal.code));
    expect(new Set(accounts).size).toBe(1);
    expect(await hand(numbers[0]!, phone)).toMatchObject({ ok: true, value: { already: true, balance: 10_000 } });
    const cards = await selectCards(tenant, { rangeId, state: 'active', after: '', limit: 10 });
    expect(cards).toHaveLength(1);
  });

  test('to two guests at once gives it to one', async () => {
    const { numbers } = await range(1);
    const phonesOfTwo = [newPhone(), newPhone()];
    const all = await Promise.all(phonesOfTwo.map((phone) => hand(numbers[0]!, phone)));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(all.find(({ ok }) => !ok)).toEqual(refused('card_taken'));
    const loser = phonesOfTwo[all.findIndex(({ ok }) => !ok)]!;
    expect(await findMember(platform, tenant, 'phone', loser)).toBeNull();
  });

  test('lets it lead to the account that the phone has, and changes nothing else there', async () => {
    const { numbers } = await range(2);
    const phone = newPhone();
    const first = await hand(numbers[0]!, phone);
    const second = await hand(numbers[1]!, phone, 'Анна Другая', '2000-01-01');
    if (!first.ok || !second.ok) throw new Error('Both cards are given.');
    expect(second.value).toEqual({ ...first.value, number: numbers[1], opened: false });
    const member = await findMember(platform, tenant, 'card', numbers[1]!);
    expect(member?.guest).toMatchObject({ firstName: 'Мария', birthday: '1990-03-01' });
  });

  test('is finished when a process has died in the middle of it', async () => {
    const { numbers } = await range(1, { onePerGuest: true, toKnownGuests: false });
    const phone = newPhone();
    await hand(numbers[0]!, phone);
    await tenant.query(
      `update cards set state = 'free', account_id = null where company_id = $1 and number = $2 returning number`,
      [tenant.companyId, numbers[0]],
    );
    expect(await hand(numbers[0]!, phone)).toMatchObject({ ok: true, value: { opened: true } });
    expect(await hand(numbers[0]!, phone)).toMatchObject({ ok: true, value: { already: true } });
  });

  test.each([
    ['a number outside all ranges', {}, () => hand('31337000', newPhone()), 'card_unknown'],
    ['what is no number', {}, () => hand('12', newPhone()), 'card_number_invalid'],
    ['a phone that is none', {}, (n: string) => hand(n, '12345'), 'invalid_phone'],
    ['a name that is missing', { nameNeeded: true }, (n: string) => hand(n, newPhone(), ''), 'card_name_needed'],
    [
      'a birthday that is missing',
      { birthdayNeeded: true },
      (n: string) => hand(n, newPhone(), 'Мария', null),
      'card_birthday_needed',
    ],
    ['a range that is over', { handOutUntil: '2026-02-28' }, (n: string) => hand(n, newPhone()), 'card_range_over'],
    ['a range that is not for tills', { atTill: false }, (n: string) => hand(n, newPhone()), 'card_not_at_till'],
  ])('refuses %s, and leaves it free', async (_what, settings, act, code) => {
    const { numbers, rangeId } = await range(1, settings);
    expect(await act(numbers[0]!)).toEqual(refused(code));
    expect(await selectCards(tenant, { rangeId, state: 'free', after: '', limit: 2 })).toHaveLength(1);
  });

  test('keeps to one a guest, and to new guests, where the range says so', async () => {
    const one = await range(2, { onePerGuest: true });
    const phone = newPhone();
    expect(await hand(one.numbers[0]!, phone)).toMatchObject({ ok: true });
    expect(await hand(one.numbers[1]!, phone)).toEqual(refused('card_already_held'));
    const fresh = await range(1, { toKnownGuests: false });
    expect(await hand(fresh.numbers[0]!, phone)).toEqual(refused('card_guest_known'));
  });

  test('never gives a number that another company has prepared', async () => {
    const { numbers } = await range(1);
    const wish = { number: numbers[0]!, phone: newPhone(), name: { firstName: 'А', lastName: '', middleName: '' } };
    expect(await activateCard(platform, other, { ...wish, birthday: null, asker: 'station:1' })).toEqual(
      refused('card_unknown'),
    );
  });
});

describe('a lost card', () => {
  test('leads to nobody once it is blocked, and to its guest again when that is taken back', async () => {
    const { numbers } = await range(1);
    const number = numbers[0]!;
    const phone = newPhone();
    await hand(number, phone);
    for (const _ of [1, 2]) {
      expect(await blockCard(platform, tenant, { number, blocked: true })).toMatchObject({
        value: { state: 'blocked' },
      });
    }
    expect(await findMember(platform, tenant, 'card', number)).toBeNull();
    expect(await hand(number, phone)).toEqual(refused('card_blocked'));
    for (const _ of [1, 2]) {
      expect(await blockCard(platform, tenant, { number, blocked: false })).toMatchObject({
        value: { state: 'active' },
      });
    }
    expect(await findMember(platform, tenant, 'card', number)).toMatchObject({ guest: { firstName: 'Мария' } });
    expect(await blockCard(platform, tenant, { number: '31337000', blocked: true })).toEqual(refused('card_unknown'));
  });

  test('that nobody has is never handed out', async () => {
    const { numbers } = await range(1);
    await blockCard(platform, tenant, { number: numbers[0]!, blocked: true });
    expect(await hand(numbers[0]!, newPhone())).toEqual(refused('card_blocked'));
    await blockCard(platform, tenant, { number: numbers[0]!, blocked: false });
    expect(await hand(numbers[0]!, newPhone())).toMatchObject({ ok: true });
  });
});
