import { beforeEach, describe, expect, test } from 'vitest';
import {
  dropOperation,
  type KeyStore,
  keepOperation,
  MOST_PENDING,
  type Operation,
  pendingOperations,
} from './operations.ts';

let kept: Map<string, string>;
let store: KeyStore;
beforeEach(() => {
  kept = new Map();
  store = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
});

const sale = (operationKey: string, changes: Partial<Operation> = {}): Operation => ({
  operationKey,
  accountId: 7,
  amount: 125_000,
  spend: 0,
  toPay: 125_000,
  madeAtMs: 1_700_000_000_000,
  ...changes,
});

describe('keys of sales on their way', () => {
  test('a key survives a reload until its answer, oldest first', () => {
    keepOperation(store, 1, sale('a'));
    keepOperation(store, 1, sale('b'));
    expect(pendingOperations(store, 1).map((one) => one.operationKey)).toEqual(['a', 'b']);
    dropOperation(store, 1, 'a');
    expect(pendingOperations(store, 1).map((one) => one.operationKey)).toEqual(['b']);
    dropOperation(store, 1, 'b');
    expect(kept.size).toBe(0);
  });
  test('keeping the same key again does not make two of it', () => {
    keepOperation(store, 1, sale('a'));
    keepOperation(store, 1, sale('a'));
    expect(pendingOperations(store, 1)).toHaveLength(1);
  });
  test('another company on the same device never sees it', () => {
    keepOperation(store, 1, sale('a'));
    expect(pendingOperations(store, 2)).toEqual([]);
  });
  test('spoiled storage is no sale and no crash', () => {
    for (const rubbish of ['{', 'null', '{"a":1}', '[{"operationKey":"x","amount":1.5}]', '[null,3]']) {
      kept.set('tessera.till.operations.1', rubbish);
      expect(pendingOperations(store, 1)).toEqual([]);
    }
  });
  test('when the device cannot keep the key, it says so, and nothing may be sent', () => {
    const full: KeyStore = {
      ...store,
      setItem: () => {
        throw new Error('quota exceeded');
      },
    };
    expect(keepOperation(full, 1, sale('a'))).toBe(false);
  });
  test('a device does not pile up unanswered sales without end', () => {
    for (let number = 0; number < MOST_PENDING; number += 1)
      expect(keepOperation(store, 1, sale(`k${number}`))).toBe(true);
    expect(keepOperation(store, 1, sale('one more'))).toBe(false);
    expect(keepOperation(store, 1, sale('k0'))).toBe(true);
  });
});
