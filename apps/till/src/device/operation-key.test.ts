import { expect, test } from 'vitest';
import { newOperationKey } from './operation-key.ts';

test('without randomUUID (a plain http address) the key is still a version 4 UUID, and each differs', () => {
  const plain = { getRandomValues: crypto.getRandomValues.bind(crypto) } as unknown as Crypto;
  const keys = new Set(Array.from({ length: 50 }, () => newOperationKey(plain)));
  expect(keys.size).toBe(50);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
