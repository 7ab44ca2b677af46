import type { AccountDetail, AccountRow, CheckRow, DeviceRow, EntryRow, Session } from '@tessera/contract';
import { designs } from './pictures.ts';

/** Invented by pattern: nobody here exists, and the phones are of a range that is never given out. */
const firstNames = [
  'Анна',
  'Пётр',
  'Мария',
  'Илья',
  'София',
  'Олег',
  'Вера',
  'Тимур',
  'Алия',
  'Георгий',
  'Нина',
  'Лев',
];
const lastNames = [
  'Берёзова',
  'Кузнецов',
  'Сафина',
  'Орлов',
  'Лебедева',
  'Ким',
  'Волкова',
  'Ахметов',
  'Розова',
  'Чехов',
  'Зимина',
];
export const levels = [
  { id: 'guest', name: 'Гость', rateBasisPoints: 300, from: 0 },
  { id: 'friend', name: 'Друг дома', rateBasisPoints: 500, from: 2_000_000 },
  { id: 'own', name: 'Свой человек', rateBasisPoints: 1000, from: 6_000_000 },
] as const;

export const session: Session = {
  user: { id: 1, name: 'Владелец Демо', email: 'owner@demo.tessera', role: 'owner' },
  company: { id: 1, name: 'Кафе «Тессера»', currency: 'RUB', timeZone: 'Europe/Moscow', language: 'ru', demo: true },
};

const DAY = 86_400_000;
const start = Date.now();
const ago = (days: number): string => new Date(start - days * DAY).toISOString();
const ACCOUNTS = 420;

const nameOf = (n: number): string =>
  n % 23 === 7 ? '' : `${firstNames[n % firstNames.length]} ${lastNames[(n * 7) % lastNames.length]}`;
const phoneOf = (n: number): string => `7999000${String(1000 + n)}`;
const turnoverOf = (n: number): number => ((n * 918_273) % 9_000_000) + (n % 3 === 0 ? 50 : 0);
const levelOf = (turnover: number) => levels.findLast((level) => turnover >= level.from) ?? levels[0];

export const accounts: AccountRow[] = Array.from({ length: ACCOUNTS }, (_, index) => {
  const n = index + 1;
  const turnover = n % 41 === 5 ? 0 : turnoverOf(n);
  return {
    accountId: n,
    name: n === 3 ? 'Александра-Екатерина Константинопольская-Преображенская' : nameOf(n),
    phone: n % 29 === 11 ? null : phoneOf(n),
    level: levelOf(turnover).name,
    balance: n % 37 === 4 ? -12_500 : ((n * 7919) % 430_000) - ((n * 7919) % 50),
    turnover,
    cards: n % 5 === 0 ? 2 : n % 7 === 3 ? 0 : 1,
    lastSaleAt: turnover === 0 ? null : ago((index * 0.37) % 400),
    createdAt: ago(index + 1),
    blocked: n % 53 === 9,
  };
}).sort((a, b) => (b.lastSaleAt ?? '').localeCompare(a.lastSaleAt ?? '') || b.accountId - a.accountId);

const inDays = (days: number): string => ago(-days);

export function detailOf(row: AccountRow): AccountDetail {
  const level = levels.find((one) => one.name === row.level) ?? levels[0];
  const next = levels[levels.indexOf(level) + 1];
  const [firstName = '', lastName = ''] = row.name.split(' ');
  const available = Math.max(0, row.balance);
  return {
    accountId: row.accountId,
    guest: {
      guestId: row.accountId,
      firstName,
      lastName,
      middleName: '',
      birthday: row.accountId % 3 === 0 ? null : `19${70 + (row.accountId % 30)}-0${1 + (row.accountId % 9)}-12`,
      sex: row.accountId % 4 === 0 ? null : row.accountId % 2 ? 'female' : 'male',
      email: row.accountId % 2 ? `guest${row.accountId}@example.org` : null,
      language: 'ru',
      identifiers: [
        ...(row.phone === null ? [] : [{ kind: 'phone', value: row.phone, main: true, verifiedAt: row.createdAt }]),
        { kind: 'card', value: `40001${String(row.accountId).padStart(7, '0')}`, main: false, verifiedAt: null },
      ],
      consents:
        row.accountId % 6 === 0
          ? []
          : [
              { purpose: 'personal_data', textVersion: '2026-03', givenAt: row.createdAt, source: 'form' },
              { purpose: 'marketing', textVersion: '2026-03', givenAt: row.createdAt, source: 'form' },
            ],
    },
    group: { id: 1, name: 'Гости зала' },
    programme: { id: 1, name: 'Баллы «Тессеры»' },
    balance: {
      available,
      pending: row.accountId % 2 ? 24_050 : 0,
      held: row.accountId % 9 === 0 ? 10_000 : 0,
      debt: row.balance < 0 ? -row.balance : 0,
    },
    level: { id: level.id, name: level.name, rateBasisPoints: level.rateBasisPoints },
    nextLevel: next
      ? { name: next.name, fromTurnover: next.from, missing: Math.max(0, next.from - row.turnover) }
      : null,
    ladder: {
      measure: 'turnover',
      amount: row.turnover,
      graceUntil: row.accountId % 4 === 1 && level !== levels[0] ? inDays(12) : null,
      pinned: row.accountId % 5 === 2 ? { level: { id: level.id, name: level.name }, until: inDays(90) } : null,
      levels: levels.map(({ id, name }) => ({ id, name })),
    },
    turnover: row.turnover,
    blocked: row.blocked,
    createdAt: row.createdAt,
    lots: lotsOf(row, available),
    wallets: walletsOf(row),
    passes: passesOf(row),
  };
}

/** Every second guest collects stamps and has a deposit; some owe a stamp. */
function walletsOf({ accountId }: AccountRow): AccountDetail['wallets'] {
  if (accountId % 2 === 0) return [];
  const milestones = [
    { at: 3, name: 'Сок к завтраку' },
    { at: 6, name: 'Кофе в подарок' },
  ];
  const owes = accountId % 5 === 0;
  const stamps = owes ? 0 : accountId % 6;
  const expiring = owes ? null : { amount: 1, expiresAt: ago(-9) };
  return [
    {
      kind: 'stamps',
      id: 'coffee',
      name: 'Кофейная карта',
      stamps,
      debt: owes ? 1 : 0,
      slots: 6,
      milestones,
      expiring,
    },
    { kind: 'deposit', id: 'deposit', name: 'Депозит', available: 250_000, debt: 0, expiring: null },
  ];
}

function lotsOf(row: AccountRow, available: number): AccountDetail['lots'] {
  const third = Math.floor(available / 3);
  const lot = (
    lotId: number,
    amount: number,
    remaining: number,
    reason: string,
    days: number | null,
    pending = false,
  ) => ({
    lotId,
    amount,
    remaining,
    reason,
    activatesAt: pending ? inDays(4) : ago(30),
    expiresAt: days === null ? null : inDays(days),
    awaits: null,
    status: pending ? ('pending' as const) : ('usable' as const),
  });
  const lots = [
    lot(1, third + 20_000, third, 'purchase', 9),
    lot(2, third, third, 'birthday', 47),
    lot(3, available - 2 * third, available - 2 * third, 'welcome', null),
  ].filter((one) => one.remaining > 0);
  return row.accountId % 2 ? [...lots, lot(4, 24_050, 24_050, 'purchase', 190, true)] : lots;
}

function passesOf(row: AccountRow): AccountDetail['passes'] {
  return Array.from({ length: row.cards }, (_, index) => ({
    serial: `${row.accountId}-${index + 1}`.padStart(9, '0'),
    guid: `00000000-0000-4000-8000-${String(row.accountId * 10 + index).padStart(12, '0')}`,
    designId: index + 1,
    designName: index === 0 ? 'Карта гостя' : 'Карта завтраков',
    devices: (row.accountId + index) % 4,
    version: 7,
    updatedAt: ago(index + 0.2),
    voided: index === 1 && row.accountId % 10 === 0,
    picture: designs[index]!.picture,
  }));
}

export const checksOf = (row: AccountRow): CheckRow[] =>
  row.lastSaleAt === null
    ? []
    : Array.from({ length: 134 }, (_, index) => ({
        checkId: row.accountId * 1000 + 200 - index,
        source: 'till',
        externalId: `e${row.accountId}-${index}`,
        number: String(1200 - index),
        venue: index % 3 === 0 ? 'Тессера на Покровке' : 'Тессера на набережной',
        money: 84_000 + ((index * 31_337) % 420_000),
        spent: index % 4 === 2 ? 15_000 : 0,
        accrued: index % 4 === 2 ? 0 : 4_200 + ((index * 773) % 21_000),
        discount: index % 11 === 3 ? 12_000 : 0,
        status:
          index % 17 === 5
            ? ('returned' as const)
            : index % 19 === 7
              ? ('partly_returned' as const)
              : ('sold' as const),
        occurredAt: ago(index * 2.3 + 0.1),
      }));

/** The story that ends with the row's balance; read backwards, each step undoes one change. */
export function entriesOf(row: AccountRow, russian: boolean): EntryRow[] {
  let balance = row.balance;
  return checksOf(row).map((check, index) => {
    const change = check.accrued - check.spent;
    const entry: EntryRow = {
      sequence: 1000 - index,
      kind: change >= 0 ? 'accrued' : 'spent',
      wallet: null,
      change,
      balance,
      occurredAt: check.occurredAt,
      recordedAt: check.occurredAt,
      checkId: index % 9 === 8 ? null : check.checkId,
      text: toldOf(change, check.number, russian),
    };
    balance -= change;
    return entry;
  });
}

function toldOf(change: number, number: string, russian: boolean): string {
  const points = Math.abs(change) / 100;
  if (russian)
    return change >= 0 ? `Начислили ${points} за чек №\u00a0${number}.` : `Списали ${points} в чеке №\u00a0${number}.`;
  return change >= 0 ? `Earned ${points} for check no. ${number}.` : `Spent ${points} in check no. ${number}.`;
}

const deviceKinds = ['apple', 'apple', 'google', 'apple', 'web', 'walletpasses', 'pass2u'] as const;
export const devices: DeviceRow[] = accounts
  .filter((row) => row.cards > 0 && row.accountId % 3 !== 0)
  .map((row, index) => ({ row, index, platform: deviceKinds[index % deviceKinds.length]! }))
  .map(({ row, index, platform }) => ({
    fingerprint: ((row.accountId * 2_654_435_761) % 0xffff_ffff).toString(16).padStart(8, '0').slice(0, 8),
    platform,
    cards: passesOf(row).map((pass, number) => ({
      passId: row.accountId * 10 + number,
      serial: pass.serial,
      accountId: row.accountId,
      guestName: row.name,
      designName: pass.designName,
    })),
    registeredAt: row.createdAt,
    lastSeenAt: platform === 'google' ? null : ago(index * 0.11),
    upToDate: platform === 'web' ? null : index % 6 !== 2,
  }));
