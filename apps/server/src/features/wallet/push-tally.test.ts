import { describe, expect, test } from 'vitest';
import { countPush, emptyTally, haltOf, mayForgetBadToken } from './push-tally.ts';

const after = (...answers: [status: string, times: number][]) => {
  let tally = emptyTally;
  for (const [status, times] of answers) for (let i = 0; i < times; i++) tally = countPush(tally, status);
  return tally;
};

describe('pushes stand still', () => {
  test('when more than one in twenty tokens is wrong, and ten of them', () => {
    expect(haltOf(after(['bad_token', 9]))).toBeNull();
    expect(haltOf(after(['bad_token', 10]))).toBe('bad_tokens');
    expect(haltOf(after(['accepted', 190], ['bad_token', 10]))).toBeNull();
    expect(haltOf(after(['accepted', 190], ['bad_token', 11]))).toBe('bad_tokens');
  });

  test('when more than half of the tokens are dead, and fifty of them', () => {
    expect(haltOf(after(['unregistered', 49]))).toBeNull();
    expect(haltOf(after(['unregistered', 50]))).toBe('dead_tokens');
    expect(haltOf(after(['accepted', 100], ['unregistered', 90]))).toBeNull();
  });

  test('whatever went well long ago', () => {
    expect(haltOf(after(['accepted', 100_000], ['bad_token', 60]))).toBe('bad_tokens');
  });

  test('not for troubles of ours or of the network', () => {
    expect(haltOf(after(['retry_later', 500], ['misconfigured', 500], ['rejected_credential', 500]))).toBeNull();
  });
});

test('a wrong token is forgotten only beside pushes that get through', () => {
  expect(mayForgetBadToken(after(['bad_token', 5]))).toBe(false);
  expect(mayForgetBadToken(after(['accepted', 1], ['bad_token', 5]))).toBe(true);
});
