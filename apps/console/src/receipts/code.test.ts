import { expect, test } from 'vitest';
import { codeOf } from './code.ts';

test('numbers become the text of a code; what is not whole becomes none', () => {
  const numbers = {
    date: '2026-11-03',
    time: '14:05',
    sum: '1 250,5',
    storage: '9999 0789 0000 4312',
    document: '12345',
    sign: '77',
  };
  expect(codeOf(numbers)).toBe('t=20261103T1405&s=1250.50&fn=9999078900004312&i=12345&fp=77&n=1');
  for (const name of Object.keys(numbers)) expect(codeOf({ ...numbers, [name]: '' })).toBeNull();
  expect(codeOf({ ...numbers, sum: 'сто' })).toBeNull();
});
