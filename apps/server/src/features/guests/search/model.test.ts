import { expect, test } from 'vitest';
import { readGuestSearch, readNameSearch, searchKey } from './model.ts';

test('a text is compared in small letters, with «е» for «ё», by its beginning', () => {
  expect(searchKey('  Черёмухина ')).toBe('черемухина');
  expect(searchKey('Ё'.repeat(200))).toBe('е'.repeat(80));
});

test.each([
  ['+7 (916) 123', ['7916123']],
  ['8 916 123', ['8916123', '7916123']],
  ['9161', ['9161', '79161']],
  ['4915', ['4915']],
  ['916', []],
  ['8916 доб. 4', []],
])('a phone may be typed as people write it: %s', (typed, beginnings) => {
  expect(readGuestSearch(typed).phoneBeginnings).toEqual(beginnings);
});

test.each([
  ['45-67', '4567'],
  ['0012345', '0012345'],
  ['567', null],
  ['анна 4567', null],
])('the last digits of a number lead to it, when there are enough of them: %s', (typed, ending) => {
  expect(readGuestSearch(typed).ending).toBe(ending);
});

test.each([
  ['Черёмухина Анна', ['черемухина', 'анна']],
  ['ан', ['ан', '']],
  ['а б', null],
  ['анна@', null],
  ['анна 2', null],
  ['%%', null],
])('a name is its two longest words, whichever is which: %s', (typed, names) => {
  expect(readGuestSearch(typed).names).toEqual(names);
  expect(readNameSearch(typed).names).toEqual(names);
});

test('who may look by name only finds nobody by phone, e-mail or number', () => {
  expect(readNameSearch('79161234567')).toEqual({ key: '', text: '', phoneBeginnings: [], ending: null, names: null });
});
