import type { ShadowReport } from '@tessera/contract';
import { describe, expect, test } from 'vitest';
import { adviceOf, mappingDraftOf, readCredentials, readMapping, readShadow, shadowDraftOf } from './draft.ts';

const counted = (change: Partial<ShadowReport['methods'][number]>): ShadowReport => ({
  since: null,
  methods: [
    {
      method: 'accounts/find_by_phone',
      calls: 500,
      equal: 500,
      different: 0,
      oursRefused: 0,
      theirsRefused: 0,
      theirsFailed: 0,
      oursFailed: 0,
      notCompared: 0,
      ourMilliseconds: 1,
      theirMilliseconds: 1,
      ourMillisecondsMax: 1,
      theirMillisecondsMax: 1,
      ...change,
    },
  ],
});

describe('the mapping', () => {
  test('comes back from the form as it was', () => {
    const mapping = {
      amounts: 'roubles',
      phones: 'plus',
      methods: { 'accounts/refill': { request: { sum: 'amount' } } },
    };
    expect(readMapping(mappingDraftOf(mapping))).toEqual({ settings: mapping, wrong: [] });
  });
  test('is not sent while its text is no JSON', () => {
    expect(readMapping({ amounts: 'kopecks', phones: 'digits', methods: '{' }).wrong).toEqual(['methods']);
  });
});

describe('shadow mode', () => {
  test('takes the address without what every method adds to it', () => {
    const draft = { ...shadowDraftOf(null), on: true, url: 'https://old.example/api/v0/', seconds: '2,5' };
    expect(readShadow(draft)).toEqual({
      settings: { on: true, url: 'https://old.example', timeoutMilliseconds: 2500 },
      wrong: [],
    });
  });
  test('is not switched on without an address, nor with one that is none', () => {
    expect(readShadow({ ...shadowDraftOf(null), on: true }).wrong).toEqual(['url']);
    expect(readShadow({ ...shadowDraftOf(null), url: 'ftp://old.example' }).wrong).toEqual(['url']);
    expect(readShadow(shadowDraftOf(null))).toEqual({ settings: null, wrong: [] });
  });
  test('leaves stored credentials alone until new ones are typed whole', () => {
    const nothing = { token: ' ', login: 'old', password: '' };
    expect(readCredentials('token', nothing)).toBeUndefined();
    expect(readCredentials('login', nothing)).toBeUndefined();
    expect(readCredentials('login', { ...nothing, password: 'x' })).toEqual({ login: 'old', password: 'x' });
  });
});

test.each([
  [{ calls: 0, equal: 0 }, 'none'],
  [{ calls: 500, equal: 499, different: 1 }, 'differs'],
  [{ calls: 500, equal: 499, oursFailed: 1 }, 'differs'],
  [{ calls: 199, equal: 199 }, 'few'],
  [{ calls: 500, equal: 490, theirsFailed: 10 }, 'ready'],
] as const)('the comparison %j is told as %s', (change, advice) => expect(adviceOf(counted(change))).toBe(advice));
