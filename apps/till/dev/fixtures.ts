import type { Session, TillGuest, TillRecent } from '@tessera/contract';

const DAY_MS = 86_400_000;

/** People and sales for development and pictures; all made up. */
export const session: Session = {
  user: { id: 3, name: 'Мария Котова', email: 'kassa@example.com', role: 'cashier' },
  company: { id: 1, name: 'Кафе «Смородина»', currency: 'RUB', timeZone: 'Europe/Moscow', language: 'ru', demo: true },
};

export interface FixtureGuest extends TillGuest {
  readonly finds: readonly string[];
}

const plain = {
  discount: null,
  debt: 0,
  expiring: null,
  birthdayToday: false,
  blocked: false,
  wallets: [],
  note: '',
  lastVisit: null,
  stampable: [],
};

const coffee = {
  kind: 'stamps',
  id: 'coffee',
  name: 'Кофейная карта',
  stamps: 5,
  debt: 0,
  slots: 6,
  milestones: [{ at: 6, name: 'Кофе в подарок' }],
  expiring: null,
} as const;
const deposit = {
  kind: 'deposit',
  id: 'deposit',
  name: 'Депозит',
  available: 250_000,
  debt: 0,
  expiring: null,
} as const;

export function guests(nowMs: number): FixtureGuest[] {
  return [
    {
      ...plain,
      finds: ['9161234567', 'TS-4567'],
      accountId: 101,
      name: 'Анна Лебедева',
      phoneHint: '•• 45-67',
      level: 'Золотая ложка',
      rateBasisPoints: 500,
      balance: 60_000,
      expiring: { amount: 12_000, expiresAt: new Date(nowMs + 9 * DAY_MS).toISOString() },
      birthdayToday: true,
      wallets: [{ ...coffee, milestones: [...coffee.milestones] }, deposit],
      stampable: ['coffee'],
      note: 'Аллергия на орехи. Любит столик у окна.',
      lastVisit: { occurredAt: new Date(nowMs - 12 * DAY_MS).toISOString(), amount: 184_000 },
    },
    {
      ...plain,
      finds: ['9035550102', '4607012345678'],
      lastVisit: { occurredAt: new Date(nowMs - 26 * 3_600_000).toISOString(), amount: 43_050 },
      accountId: 102,
      name: 'Борис',
      phoneHint: '•• 01-02',
      level: 'Гость',
      rateBasisPoints: 325,
      balance: 4_550,
      debt: 0,
    },
    {
      ...plain,
      finds: ['9260000007'],
      accountId: 107,
      name: 'Анна В.',
      phoneHint: '•• 00-07',
      level: 'Гость',
      rateBasisPoints: 300,
      balance: 900,
    },
    {
      ...plain,
      finds: ['9260000008'],
      accountId: 108,
      name: 'Анна-Мария К.',
      phoneHint: '•• 00-08',
      level: 'Серебряная',
      rateBasisPoints: 300,
      balance: 900,
    },
    {
      ...plain,
      finds: ['9260000003'],
      accountId: 103,
      name: '',
      phoneHint: '•• 00-03',
      level: 'Гость',
      rateBasisPoints: 300,
      balance: 0,
      debt: 15_000,
    },
    {
      ...plain,
      finds: ['9260000004'],
      accountId: 104,
      name: 'Константин Константинопольский-Долгорукий',
      phoneHint: '•• 00-04',
      level: 'Почётный завсегдатай',
      rateBasisPoints: 1000,
      balance: 1_234_567_89,
    },
    {
      ...plain,
      finds: ['9260000005'],
      accountId: 105,
      name: 'Вера',
      phoneHint: '•• 00-05',
      level: 'Гость',
      rateBasisPoints: 300,
      balance: 20_000,
      blocked: true,
    },
    {
      ...plain,
      finds: ['9260000006'],
      accountId: 106,
      name: 'Галина',
      phoneHint: '•• 00-06',
      level: 'Серебряная',
      rateBasisPoints: 0,
      discount: { basisPoints: 750, alone: true },
      balance: 0,
    },
  ];
}

type Item = TillRecent['items'][number];

export function recentSales(nowMs: number): Item[] {
  const ago = (minutes: number) => new Date(nowMs - minutes * 60_000).toISOString();
  return [
    {
      checkId: 909,
      number: '909',
      accountId: 101,
      name: 'Анна Лебедева',
      amount: 125_000,
      spent: 30_000,
      accrued: 4_750,
      occurredAt: ago(4),
      status: 'sold',
    },
    {
      checkId: 908,
      number: '908',
      accountId: 102,
      name: 'Борис',
      amount: 43_050,
      spent: 0,
      accrued: 1_399,
      occurredAt: ago(19),
      status: 'sold',
    },
    {
      checkId: 907,
      number: '907',
      accountId: 103,
      name: '',
      amount: 89_900,
      spent: 0,
      accrued: 2_697,
      occurredAt: ago(47),
      status: 'returned',
    },
    {
      checkId: 906,
      number: '906',
      accountId: 104,
      name: 'Константин Константинопольский-Долгорукий',
      amount: 12_345_678,
      spent: 1_000_000,
      accrued: 1_134_567,
      occurredAt: ago(190),
      status: 'partly_returned',
    },
    {
      checkId: 905,
      number: '905',
      accountId: 102,
      name: 'Борис',
      amount: 21_000,
      spent: 0,
      accrued: 682,
      occurredAt: ago(1500),
      status: 'sold',
    },
  ];
}
