import type { Session } from '@tessera/contract';
import { describe, expect, test } from 'vitest';
import {
  deviceName,
  keepSession,
  keepStation,
  readSession,
  readStation,
  type Station,
  takePairingCode,
} from './station.ts';

const station: Station = {
  stationId: 4,
  name: 'Бар',
  venue: null,
  company: { id: 1, name: 'Смородина', language: 'ru' },
  settings: { lockMinutes: 10, shiftHours: 12 },
  staff: [],
};
const session = { user: { id: 3 }, company: { id: 1 } } as Session;

function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

describe('a pairing address', () => {
  const open = (hash: string) => {
    const shown: string[] = [];
    const history = { replaceState: (_: unknown, __: string, url: string) => shown.push(url) } as unknown as History;
    return [takePairingCode({ hash, pathname: '/till/' } as Location, history), shown];
  };
  test('gives its code, which then stands nowhere', () => {
    expect(open('#pair=AbC-_9')).toEqual(['AbC-_9', ['/till/']]);
  });
  test.each(['', '#sales', '#pair=', '#pair=<script>', `#pair=${'x'.repeat(101)}`])('is not %j', (hash) => {
    expect(open(hash)).toEqual([null, []]);
  });
});

describe('what the device remembers', () => {
  test('is its station, until that is taken from it', () => {
    const store = storage();
    keepStation(store, station);
    expect(readStation(store)).toEqual(station);
    keepStation(store, null);
    expect(readStation(store)).toBeNull();
  });
  test('is who was signed in, for a shift, at this station only', () => {
    const store = storage();
    keepSession(store, station, session, 0);
    expect(readSession(store, 4, 12 * 3_600_000 - 1)).toEqual(session);
    expect(readSession(store, 4, 12 * 3_600_000)).toBeNull();
    expect(readSession(store, 5, 0)).toBeNull();
    keepSession(store, station, null, 0);
    expect(readSession(store, 4, 0)).toBeNull();
  });
  test('is nothing where something else stands', () => {
    const store = storage();
    for (const rubbish of ['', '{', '7', '[]', '{"stationId":"x"}']) {
      store.setItem('tessera.till.station', rubbish);
      store.setItem('tessera.till.session', rubbish);
      expect([readStation(store), readSession(store, 4, 0)]).toEqual([null, null]);
    }
  });
});

test('a device names its kind and nothing more', () => {
  expect(deviceName('Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)')).toBe('iPad');
  expect(deviceName('Mozilla/5.0 (Linux; Android 14; SM-X200)')).toBe('Android');
  expect(deviceName('curl')).toBe('');
});
