import { describe, expect, test } from 'vitest';
import type { TillApi } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { memoryStore } from './memory-store.ts';
import { keepQueued, MOST_QUEUED, type QueuedSale, readQueue, readQueued, returnOf, takeBackQueued } from './queue.ts';
import { pauseAfter, sendOldest } from './send-queue.ts';

const place = { companyId: 1, stationId: 4 };
const sale = (operationKey: string, some: Partial<QueuedSale> = {}): QueuedSale => ({
  kind: 'sale',
  operationKey,
  query: '+7 912 345-67-89',
  accountId: null,
  guest: '+7 912 345-67-89',
  amount: 125_000,
  madeAtMs: 1_000,
  attempted: false,
  state: 'waiting',
  message: '',
  ...some,
});

/** A server that books each key once; the network may be away, or break after the server has written. */
function world() {
  const booked = new Map<string, number>();
  const returned = new Set<string>();
  const net: { state: 'there' | 'away' | 'no answer' | 'signed out'; refuse: Problem | null } = {
    state: 'there',
    refuse: null,
  };
  const told: string[] = [];
  const answer = <T>(value: T) => {
    if (net.state === 'no answer')
      return { ok: false, problem: { kind: 'unreachable', code: 'timeout', message: '' } } as const;
    return { ok: true, value } as const;
  };
  const closed = () => {
    if (net.state === 'away')
      return { ok: false, problem: { kind: 'unreachable', code: 'offline', message: '' } } as const;
    if (net.state === 'signed out') {
      return { ok: false, problem: { kind: 'refused', code: 'unauthorized', message: 'x', status: 401 } } as const;
    }
    return net.refuse === null ? null : ({ ok: false, problem: net.refuse } as const);
  };
  const api: Pick<TillApi, 'sendQueuedSale' | 'sendQueuedReturn'> = {
    async sendQueuedSale({ operationKey, amount, query, occurredAt, sentAt }) {
      told.push(operationKey);
      const shut = closed();
      if (shut) return shut;
      if (query === 'nobody') return answer({ state: 'kept', checkId: null, accrued: null, message: 'Нет такого.' });
      expect(Date.parse(sentAt) - Date.parse(occurredAt)).toBeGreaterThanOrEqual(0);
      if (!booked.has(operationKey)) booked.set(operationKey, amount);
      return answer({ state: 'booked', checkId: 1, accrued: 5, message: null });
    },
    async sendQueuedReturn({ saleKey }) {
      told.push(`-${saleKey}`);
      const shut = closed();
      if (shut) return shut;
      returned.add(saleKey);
      return answer({ state: 'returned', moneyBack: 1, waitsUntil: null });
    },
  };
  const store = memoryStore();
  const send = () => sendOldest({ api, store, place, nowMs: () => 9_000 });
  return { booked, returned, net, told, store, send };
}

describe('the queue of a till', () => {
  test('is kept oldest first, for this company and this station only', () => {
    const { store } = world();
    keepQueued(store, place, sale('b', { madeAtMs: 2_000 }));
    keepQueued(store, place, sale('a'));
    keepQueued(store, { companyId: 1, stationId: null }, sale('c'));
    keepQueued(store, { companyId: 11, stationId: 4 }, sale('d'));
    expect(readQueue(store, place).map((one) => one.operationKey)).toEqual(['a', 'b']);
  });

  test('takes no more than it can promise: neither over its limit nor where the device keeps nothing', () => {
    const { store } = world();
    for (let at = 0; at < MOST_QUEUED; at += 1) expect(keepQueued(store, place, sale(`k${at}`))).toBe(true);
    expect(keepQueued(store, place, sale('one more'))).toBe(false);
    expect(keepQueued(store, place, sale('k7', { attempted: true }))).toBe(true);
    const full = memoryStore();
    full.setItem = () => {
      throw new Error('QuotaExceededError');
    };
    expect(keepQueued(full, place, sale('a'))).toBe(false);
  });

  test('passes over what is no part of it', () => {
    const { store } = world();
    for (const [at, rubbish] of [
      '',
      '{',
      '7',
      '{"kind":"sale"}',
      JSON.stringify(sale('x', { amount: 0.5 })),
    ].entries()) {
      store.setItem(`tessera.till.queue.1.4.${at}`, rubbish);
    }
    expect(readQueue(store, place)).toEqual([]);
  });
});

describe('sending', () => {
  test('goes in order, one at a time, and leaves nothing behind', async () => {
    const { store, send, booked, told } = world();
    keepQueued(store, place, sale('b', { madeAtMs: 2_000, amount: 2 }));
    keepQueued(store, place, sale('a', { amount: 1 }));
    expect([await send(), await send(), await send()]).toEqual(['sent', 'sent', 'empty']);
    expect([told, [...booked]]).toEqual([
      ['a', 'b'],
      [
        ['a', 1],
        ['b', 2],
      ],
    ]);
    expect(readQueue(store, place)).toEqual([]);
  });

  test('without an answer keeps the sale and its key: however often it goes out, it counts once', async () => {
    const { store, send, booked, net } = world();
    keepQueued(store, place, sale('a'));
    net.state = 'no answer';
    expect([await send(), await send()]).toEqual(['later', 'later']);
    expect(readQueued(store, place, 'a')).toMatchObject({ attempted: true, state: 'waiting' });
    net.state = 'there';
    expect(await send()).toBe('sent');
    expect([...booked]).toEqual([['a', 125_000]]);
  });

  test('waits for a cashier when nobody is signed in, and for the network, with the sale untouched', async () => {
    const { store, send, net } = world();
    keepQueued(store, place, sale('a'));
    net.state = 'signed out';
    expect(await send()).toBe('signIn');
    net.state = 'away';
    expect(await send()).toBe('later');
    expect(readQueue(store, place)).toHaveLength(1);
  });

  test('of what cannot be booked leaves the sum in sight with the reason, and goes on with the next', async () => {
    const { store, send, booked, net } = world();
    keepQueued(store, place, sale('a', { query: 'nobody' }));
    keepQueued(store, place, sale('b', { madeAtMs: 2_000 }));
    expect([await send(), await send(), await send()]).toEqual(['sent', 'sent', 'empty']);
    expect([...booked.keys()]).toEqual(['b']);
    expect(readQueue(store, place)).toMatchObject([{ operationKey: 'a', state: 'kept', message: 'Нет такого.' }]);
    net.refuse = { kind: 'refused', code: 'idempotency_mismatch', message: 'Другая сумма.', status: 409 };
    keepQueued(store, place, sale('c'));
    expect(await send()).toBe('sent');
    expect(readQueued(store, place, 'c')).toMatchObject({ state: 'refused', message: 'Другая сумма.' });
  });

  test('what is said before the door settles nothing', async () => {
    const { store, send, net } = world();
    keepQueued(store, place, sale('a'));
    net.refuse = { kind: 'refused', code: 'too_many_requests', message: '', status: 429 };
    expect(await send()).toBe('later');
    expect(readQueued(store, place, 'a')).toMatchObject({ state: 'waiting' });
  });

  test('pauses twice as long each time, two minutes at most', () => {
    expect([1, 2, 3, 4, 20].map(pauseAfter)).toEqual([5_000, 10_000, 20_000, 40_000, 120_000]);
  });
});

describe('taking back', () => {
  const back = { operationKey: 'r', madeAtMs: 500 };
  test('of a sale that was never sent forgets it', async () => {
    const { store, send, booked } = world();
    keepQueued(store, place, sale('a'));
    expect(takeBackQueued(store, place, 'a', back)).toBe(true);
    expect([await send(), booked.size]).toEqual(['empty', 0]);
  });

  test('of a sale in doubt sends the return behind it, once, also when the device’s clock went back', async () => {
    const { store, send, net, told, returned } = world();
    keepQueued(store, place, sale('a'));
    net.state = 'no answer';
    await send();
    takeBackQueued(store, place, 'a', back);
    takeBackQueued(store, place, 'a', { operationKey: 'r2', madeAtMs: 9_000 });
    expect(readQueue(store, place).map((one) => one.kind)).toEqual(['sale', 'return']);
    expect(returnOf(readQueue(store, place), 'a')?.operationKey).toBe('r');
    net.state = 'there';
    told.length = 0;
    expect([await send(), await send(), await send()]).toEqual(['sent', 'sent', 'empty']);
    expect([told, [...returned]]).toEqual([['a', '-a'], ['a']]);
  });

  test('of a sale that has gone changes nothing', () => {
    const { store } = world();
    expect(takeBackQueued(store, place, 'a', back)).toBe(true);
    expect(readQueue(store, place)).toEqual([]);
  });
});
