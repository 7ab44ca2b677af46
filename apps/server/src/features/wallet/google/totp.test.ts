import { describe, expect, test } from 'vitest';
import { stepAt, totp } from './totp.ts';

// RFC 6238, appendix B.
const KEY = Buffer.from('12345678901234567890', 'ascii');
const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1_000);

describe('the changing code', () => {
  test.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('at %d seconds is %s', (seconds, value) => {
    expect(totp(KEY, stepAt(at(seconds), 30), 8)).toBe(value);
  });

  test('stays for its period and changes after it', () => {
    expect(stepAt(at(59), 30)).toBe(1n);
    expect(stepAt(at(60), 30)).toBe(2n);
  });
});
