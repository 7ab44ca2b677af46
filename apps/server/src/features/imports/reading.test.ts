import { parseRules } from '@tessera/loyalty';
import { describe, expect, test } from 'vitest';
import { detectFormat, readCsv, readHead, UnreadableFile } from './csv-file.ts';
import { guessFields } from './guess-fields.ts';
import type { Fields } from './model.ts';
import { expiryText, readAmount, readDay, readExpiry, readStart, startText } from './read-cell.ts';
import { createLineReader } from './read-line.ts';
import { createSeen } from './seen.ts';

const moscow = { timeZone: 'Europe/Moscow', dayStartsAt: '00:00' };
const value = <T>(read: { value?: T; problem: string | null }): T | string | null =>
  read.problem === null ? (read.value as T) : read.problem;

/** Windows-1251 of a text in Russian letters and ASCII. */
const windows1251 = (text: string): Buffer =>
  Buffer.from(
    [...text].map((letter) => (letter >= 'А' && letter <= 'я' ? letter.charCodeAt(0) - 0x350 : letter.charCodeAt(0))),
  );

const linesOf = async (bytes: Buffer, size = 3): Promise<[number, string[]][]> => {
  const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
    bytes.subarray(n * size, (n + 1) * size),
  );
  const lines: [number, string[]][] = [];
  for await (const { line, cells } of readCsv(parts, detectFormat(bytes))) lines.push([line, cells]);
  return lines;
};

describe('a file', () => {
  test('is read in every encoding and delimiter that spreadsheets save, cut anywhere', async () => {
    const text = 'Имя;Баллы\r\nМария;10\r\n"Анна; младшая";5\r\n';
    const expected = [
      [1, ['Имя', 'Баллы']],
      [2, ['Мария', '10']],
      [3, ['Анна; младшая', '5']],
    ];
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(`\uFEFF${text}`),
      windows1251(text),
      Buffer.from(`\uFEFF${text}`, 'utf16le'),
    ]) {
      expect(await linesOf(bytes)).toEqual(expected);
    }
    expect(detectFormat(Buffer.from('a\tb\tc\n1\t2\t3'))).toEqual({ encoding: 'utf-8', delimiter: '\t' });
    expect(detectFormat(Buffer.from('"a;b",c,d\n'))).toEqual({ encoding: 'utf-8', delimiter: ',' });
  });

  test('tells where its lines begin, also with line ends inside a cell and empty lines', async () => {
    const lines = await linesOf(Buffer.from('a;b\n"x\ny";1\n\n;\nz;2\n'));
    expect(lines.map(([line, [first]]) => [line, first])).toEqual([
      [1, 'a'],
      [2, 'x\ny'],
      [6, 'z'],
    ]);
  });

  test('with a quote that is never closed is refused with the line, not swallowed', async () => {
    const open = `a;b\n1;2\n3;"open\n${'4;5\n'.repeat(40_000)}`;
    await expect(linesOf(Buffer.from(open), 65_536)).rejects.toMatchObject({
      failure: { code: 'line_too_long', line: 3 },
    });
    await expect(linesOf(Buffer.from('a;b\n1;"2\n'))).rejects.toBeInstanceOf(UnreadableFile);
    await expect(linesOf(Buffer.from('a;b\n\0;2\n'))).rejects.toMatchObject({ failure: { code: 'not_text' } });
  });

  test('without anything in it is told so', async () => {
    await expect(readHead(Buffer.from('\n\n'), { encoding: 'utf-8', delimiter: ';' }, 3)).rejects.toMatchObject({
      failure: { code: 'empty' },
    });
  });
});

test('headings are guessed in Russian and English, each field once, lots by number', () => {
  expect(
    guessFields(['Телефон', 'Фамилия', 'ИМЯ', 'Дата рождения', 'Остаток', 'Сгорают', 'Комментарий', 'Телефон 2']),
  ).toEqual(['phone', 'lastName', 'firstName', 'birthday', 'points', 'expires', null, null]);
  expect(
    guessFields(['Phone number', 'Full name', 'Points 1', 'Expires 1', 'lot2_points', 'lot2 expires', 'lot3']),
  ).toEqual(['phone', 'fullName', 'points.1', 'expires.1', 'points.2', 'expires.2', 'points.3']);
});

describe('a cell', () => {
  test('amounts are read as people write them', () => {
    const read = (text: string) => value(readAmount(text, 2));
    expect(
      ['1 250,50', '1,250.50', '1250.5', '1.250,50', '1,250,000', '0', '12,3400', '50 ₽', '1\u00A0000'].map(read),
    ).toEqual([125_050n, 125_050n, 125_050n, 125_050n, 125_000_000n, 0n, 1_234n, 5_000n, 100_000n]);
    expect(['12,345', '-5', '1e3', 'много', '10.2.3,4x', '99999999999999'].map(read)).toEqual([
      'too_precise',
      'negative',
      'number_invalid',
      'number_invalid',
      'number_invalid',
      'too_big',
    ]);
    expect(value(readAmount('10,5', 0))).toBe('too_precise');
  });

  test('days are read as people write them, and never guessed', () => {
    const read = (text: string) => String(value(readDay(text)));
    expect(
      [
        '2026-12-31',
        '31.12.2026',
        '31/12/2026',
        '20261231',
        '1.2.2026',
        '2026-12-31 23:59',
        '31.02.2026',
        '12/31/2026',
        'завтра',
      ].map(read),
    ).toEqual([
      '2026-12-31',
      '2026-12-31',
      '2026-12-31',
      '2026-12-31',
      '2026-02-01',
      '2026-12-31',
      'date_invalid',
      'date_invalid',
      'date_invalid',
    ]);
  });

  test('a lot burns at the end of the day that is named, and the way back says the same day', () => {
    const expiry = readExpiry('31.12.2026', moscow);
    expect(String(value(expiry))).toBe('2026-12-31T21:00:00Z');
    expect(expiryText(Temporal.Instant.from('2026-12-31T21:00:00Z'), moscow)).toBe('2026-12-31');
    expect(value(readExpiry('Бессрочно', moscow))).toBeNull();
    const odd = '2026-12-31T10:30:00Z';
    expect(expiryText(Temporal.Instant.from(odd), moscow)).toBe(odd);
    expect(String(value(readExpiry(odd, moscow)))).toBe(odd);
    expect(startText(Temporal.Instant.from(String(value(readStart('2026-05-01', moscow)))), moscow)).toBe('2026-05-01');
  });
});

describe('a line', () => {
  const parsed = parseRules({
    id: 'r',
    timeZone: 'Europe/Moscow',
    levels: [
      { id: 'base', name: 'База', fromTurnover: 0, rateBasisPoints: 300 },
      { id: 'gold', name: 'Золото', fromTurnover: 3_000_000, rateBasisPoints: 700 },
    ],
  });
  if (!parsed.ok) throw new Error('rules');
  const now = Temporal.Instant.from('2026-03-01T09:00:00Z');
  const reader = (fields: Fields) =>
    createLineReader({
      fields,
      programmeId: 1,
      rules: parsed.rules,
      country: 'RU',
      language: 'ru',
      now,
      ownTag: 'here-',
    });

  test('becomes a guest with lots of their own terms', () => {
    const read = reader([
      'phone',
      'fullName',
      'birthday',
      'sex',
      'level',
      'turnover',
      'points',
      'expires',
      'points.2',
      'activates.2',
    ]);
    const line = read([
      '8 (912) 345-67-89',
      'Иванова Мария Петровна',
      '12.03.1990',
      'жен.',
      'золото',
      '12 000',
      '150,5',
      '31.12.2026',
      '40',
      '01.04.2026',
    ]);
    expect(line.guest).toMatchObject({
      identifiers: [{ kind: 'phone', value: '79123456789' }],
      profile: {
        firstName: 'Мария',
        lastName: 'Иванова',
        middleName: 'Петровна',
        birthday: '1990-03-12',
        sex: 'female',
      },
      level: 'gold',
      turnover: 1_200_000n,
      lots: [{ amount: 15_050n }, { amount: 4_000n, expiresAt: undefined }],
    });
    expect(line.guest?.lots.map(({ expiresAt, activatesAt }) => String(expiresAt ?? activatesAt))).toEqual([
      '2026-12-31T21:00:00Z',
      '2026-03-31T21:00:00Z',
    ]);
  });

  test('everything that is wrong with it is named with its column, and nothing is taken', () => {
    const read = reader(['phone', 'points', 'expires', 'level', 'email', 'birthday']);
    const line = read(['12', '-5', '01.01.2020', 'Платина', 'нет', '31.02.1990']);
    expect(line.problems?.map(({ column, code }) => [column, code])).toEqual([
      [0, 'phone_invalid'],
      [5, 'birthday_invalid'],
      [4, 'email_invalid'],
      [1, 'negative'],
      [3, 'level_unknown'],
    ]);
    expect(read(['', '5', '', '', '', '']).problems).toMatchObject([{ column: null, code: 'no_identifier' }]);
    expect(read(['+79123456789', '5', '01.01.2020', '', '', '']).problems).toMatchObject([{ code: 'expired' }]);
  });

  test('the key of a lot is whose it is and its terms, or the key of the file', () => {
    const keys = (fields: Fields, cells: string[]) => reader(fields)(cells).guest?.lots.map(({ key }) => key);
    const plain = keys(['phone', 'points', 'expires'], ['+79123456789', '5', '31.12.2026']);
    expect(keys(['points', 'expires', 'firstName', 'phone'], ['5,00', '2026-12-31', 'Мария', '89123456789'])).toEqual(
      plain,
    );
    expect(keys(['phone', 'points', 'expires'], ['+79123456789', '6', '31.12.2026'])).not.toEqual(plain);
    expect(keys(['phone', 'points', 'key'], ['+79123456789', '5', 'here-1-1'])).toEqual([]);
    const own = keys(['phone', 'points', 'key'], ['+79123456789', '5', 'A-1']);
    expect(keys(['phone', 'points', 'key'], ['+79123456789', '7', 'A-1'])).toEqual(own);
  });
});

test('keys that were seen are remembered with their first number, however many there are', () => {
  const seen = createSeen(8);
  const key = (n: number) =>
    ((n * 2_654_435_761) >>> 0).toString(16).padStart(8, '0') + n.toString(16).padStart(8, '0');
  for (let n = 0; n < 20_000; n++) expect(seen.note(key(n), n)).toBeNull();
  for (let n = 0; n < 20_000; n += 7) expect(seen.note(key(n), 99)).toBe(n);
  expect(seen.size).toBe(20_000);
});
