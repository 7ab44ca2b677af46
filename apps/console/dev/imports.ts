import type { Import, ImportColumns, ImportReject } from '@tessera/contract';

/** Imports at every step, for work on their pages. */
const made = (importId: number, change: Partial<Import>): Import => ({
  importId,
  name: 'гости-2026.csv',
  groupId: 3,
  status: 'done',
  columns: ['Телефон', 'ФИО', 'Баллы', 'Сгорают', 'Комментарий'],
  fields: ['phone', 'fullName', 'points', 'expires', null],
  lines: 12_480,
  linesDone: 12_480,
  rate: null,
  secondsLeft: null,
  report: null,
  result: null,
  failure: null,
  createdAt: '2026-03-14T10:20:00Z',
  ...change,
});

const result = {
  opened: 7_210,
  changed: 512,
  unchanged: 14,
  rejected: 38,
  lots: 7_700,
  points: 412_300_50,
  repeatedLots: 0,
};

export const imports: Import[] = [
  made(4, { status: 'ready' }),
  made(3, {
    status: 'checked',
    linesDone: 12_480,
    report: {
      good: 12_442,
      bad: 38,
      guestsNew: 11_900,
      guestsKnown: 542,
      lots: 12_300,
      points: 684_000_50,
      repeatedLots: 120,
      problems: [
        { code: 'phone_invalid', message: 'не телефон', lines: 30 },
        { code: 'expired', message: 'баллы уже сгорели', lines: 8 },
      ],
    },
  }),
  made(2, { status: 'running', linesDone: 7_774, rate: 5_200, secondsLeft: 214, result }),
  made(1, { status: 'failed', failure: { code: 'quote_open', line: 12, message: 'Кавычка у строки 12 не закрыта.' } }),
];

export const importColumns = (row: Import): ImportColumns => ({
  import: row,
  encoding: 'windows-1251',
  delimiter: ';',
  samples: [
    ['+7 912 000-11-22', 'Иванова Мария', '150,50', '31.12.2026', ''],
    ['8 912 000-11-33', 'Петров Лев', '40', '', 'с 2019 года'],
  ],
});

export const rejects: ImportReject[] = Array.from({ length: 38 }, (_, index) => ({
  line: 12 + index * 31,
  problems: [
    index % 4 === 0
      ? {
          code: 'expired',
          column: 'Сгорают',
          value: '01.01.2020',
          message: '«01.01.2020» уже прошло: такие баллы сгорели',
        }
      : { code: 'phone_invalid', column: 'Телефон', value: '+7 912 00', message: '«+7 912 00» — не телефон' },
  ],
  cells: ['+7 912 00', 'Петров Лев', '40', '01.01.2020', 'просил позвонить'],
}));
