import { expect, test } from 'vitest';
import { csvRow, csvStyleOf, guardCell, unguardCell } from './csv.ts';

const russian = csvStyleOf('ru');

test('a cell that a spreadsheet would run as a formula is guarded, and the guard comes off again', () => {
  const dangerous = ['=HYPERLINK("x")', '+7912', '-1+2', '@SUM(A1)', '\t=1', '\r=1'];
  for (const text of dangerous) {
    expect(guardCell(text)).toBe(`'${text}`);
    expect(unguardCell(guardCell(text))).toBe(text);
  }
  for (const text of ['Мария', "'тихо'", '', '7-й']) expect(unguardCell(guardCell(text))).toBe(text);
});

test('numbers are no text: a minus stays a minus, decimals follow the language', () => {
  const cells = [{ minor: -5n, scale: 2 }, { minor: 123_456n, scale: 2 }, { minor: 7n, scale: 0 }, -3, null];
  expect(csvRow(cells, russian)).toBe('-0,05;1234,56;7;-3;\r\n');
  expect(csvRow(cells, csvStyleOf('en'))).toBe('-0.05,1234.56,7,-3,\r\n');
});

test('delimiters, quotes and line ends inside a cell are quoted', () => {
  expect(csvRow(['a;b', 'say "hi"', 'two\nlines', 'a,b'], russian)).toBe('"a;b";"say ""hi""";"two\nlines";a,b\r\n');
});
