import { describe, expect, test } from 'vitest';
import { needsSignIn, readProblem, settles } from './problem.ts';

const body = (code: string, retryable = false) => ({ error: { code, message: 'Фраза.', retryable } });

describe('whether an answer settles a sale', () => {
  test.each(['insufficient_points', 'over_spend_limit', 'account_blocked', 'idempotency_mismatch', 'invalid_request'])(
    '%s is a decision: the sale did not go through',
    (code) => expect(settles(readProblem(409, body(code)))).toBe(true),
  );
  test.each([
    [401, body('unauthorized')],
    [403, body('forbidden_origin')],
    [429, body('too_many_requests', true)],
    [409, body('in_progress', true)],
    [500, body('internal', true)],
    [503, body('unavailable', true)],
    [502, '<html>Bad gateway</html>'],
    [404, null],
    [200, undefined],
  ])('status %s leaves open whether an earlier attempt went through', (status, answer) => {
    expect(settles(readProblem(status, answer))).toBe(false);
  });
});

test('only a lost session asks to sign in again', () => {
  expect(needsSignIn(readProblem(401, body('unauthorized')))).toBe(true);
  expect(needsSignIn(readProblem(401, body('wrong_credentials')))).toBe(false);
});
