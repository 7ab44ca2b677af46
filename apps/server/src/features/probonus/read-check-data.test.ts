import { expect, test } from 'vitest';
import { readCheckData } from './read-check-data.ts';

const items = [
  { code: 17, name: 'Пицца', quantity: 1, sum: 70_000, groups: ['kitchen'] },
  { code: 'wine', quantity: 1.5, sum: 30_000 },
  { sum: 0 },
];

test('items of a check become its lines, numbered from one, with quantities in thousandths', () => {
  expect(readCheckData(JSON.stringify({ items, table: 4 }), 100_000n)).toEqual({
    lines: [
      { id: '1', itemId: '17', amount: 70_000n, quantityThousandths: 1_000, groups: ['kitchen'] },
      { id: '2', itemId: 'wine', amount: 30_000n, quantityThousandths: 1_500, groups: [] },
      { id: '3', amount: 0n, quantityThousandths: 1_000, groups: [] },
    ],
    names: { '1': 'Пицца' },
  });
});

test('what is no JSON with items, or does not add up, is a text for the record', () => {
  const texts = [
    undefined,
    '',
    'Пицца 700, вино 300',
    '{',
    '[]',
    'null',
    '{"items":{}}',
    '{"items":[]}',
    '{"items":[1]}',
  ];
  for (const text of texts) expect(readCheckData(text, 100_000n)).toBeNull();
  expect(readCheckData(JSON.stringify({ items }), 100_001n)).toBeNull();
  for (const wrong of [{ sum: 1.5 }, { sum: -1 }, { sum: '100000' }, { sum: 100_000, quantity: 0 }, { sum: null }]) {
    expect(readCheckData(JSON.stringify({ items: [wrong] }), 100_000n)).toBeNull();
  }
});
