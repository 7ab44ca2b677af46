import { describe, expect, test } from 'vitest';
import { createVault } from '../../../platform/crypto/index.ts';
import { AFTER_FETCH_SECONDS, type CodeState, judgeCode, readCode, sealOf, writeCode } from './model.ts';

const vault = createVault(Buffer.alloc(32, 7));
const now = Temporal.Instant.from('2026-11-20T12:00:00Z');
const ago = (seconds: number) => now.subtract({ seconds });
const grace = { graceMinutes: 10 };

describe('a code of a card', () => {
  test('says which card and how manieth code, in letters that a QR code packs densest, and nothing else', () => {
    for (const name of [
      { passId: 1, epoch: 0 },
      { passId: 31, epoch: 32 },
      { passId: 987_654_321, epoch: 2_000_000 },
      { passId: Number.MAX_SAFE_INTEGER, epoch: 0x7fff_fffe },
    ]) {
      const code = writeCode(vault, 5, name);
      expect(code).toMatch(/^L2:[0-9A-Z]+:[0-9A-Z]+:[0-9A-Z]{16}$/);
      expect(readCode(code)).toEqual({ ...name, seal: sealOf(vault, 5, name) });
    }
    // Version 2 of a QR code at error correction M holds 38 such letters.
    expect(writeCode(vault, 5, { passId: 99_999_999, epoch: 100_000 }).length).toBeLessThanOrEqual(38);
  });

  test('has a seal of its own for every company, card and number, and another under another master key', () => {
    const seals = new Set<string>();
    for (const companyId of [1, 11])
      for (const passId of [1, 11, 111])
        for (const epoch of [1, 11]) seals.add(sealOf(vault, companyId, { passId, epoch }));
    seals.add(sealOf(createVault(Buffer.alloc(32, 8)), 1, { passId: 1, epoch: 1 }));
    expect(seals.size).toBe(13);
  });

  test('spreads its 80 bits: no letter of the seal stays', () => {
    const seen = Array.from({ length: 16 }, () => new Set<string>());
    for (let epoch = 0; epoch < 500; epoch++) {
      for (const [at, letter] of [...sealOf(vault, 1, { passId: 1, epoch })].entries()) seen[at]!.add(letter);
    }
    for (const letters of seen) expect(letters.size).toBe(32);
  });

  test.each([
    '',
    'L2',
    'L2:1:1:',
    'L2:1:1:0000000000000000X',
    'L2:I:1:0000000000000000',
    'L1:1:1:0000000000000000',
    'l2:1:1:0000000000000000',
    'L2:1:ZZZZZZZ:0000000000000000',
    'L2:ZZZZZZZZZZZZZ:1:0000000000000000',
  ])('is not %s', (text) => expect(readCode(text)).toBeNull());
});

describe('a genuine code', () => {
  const state: CodeState = { epoch: 5, changedAt: ago(120), seenEpoch: 4, seenAt: ago(5_000), devices: 1 };

  test('is as good as the card while it is the newest, also after a backup was restored', () => {
    expect(judgeCode(5, state, grace, now)).toBe('full');
    expect(judgeCode(9, state, grace, now)).toBe('full');
  });

  test('counts for the time of grace while the phone has not fetched the next, and for a minute after it has', () => {
    expect(judgeCode(4, state, grace, now)).toBe('full');
    expect(judgeCode(4, { ...state, changedAt: ago(601) }, grace, now)).toBe('weak');
    expect(judgeCode(4, { ...state, seenEpoch: 5, seenAt: ago(AFTER_FETCH_SECONDS) }, grace, now)).toBe('full');
    expect(judgeCode(4, { ...state, seenEpoch: 5, seenAt: ago(AFTER_FETCH_SECONDS + 1) }, grace, now)).toBe('old');
    expect(judgeCode(4, state, { graceMinutes: 0 }, now)).toBe('weak');
  });

  test('never locks out a phone that was offline, however many codes have passed', () => {
    for (const epoch of [0, 1, 2, 3]) {
      expect(judgeCode(epoch, { ...state, seenEpoch: epoch, changedAt: ago(90_000) }, grace, now)).toBe('weak');
    }
    expect(judgeCode(3, { ...state, seenEpoch: 0, seenAt: null }, grace, now)).toBe('weak');
  });

  test('is a picture once the only phone shows a newer one; of two phones one may not have heard', () => {
    const fetched = { ...state, seenEpoch: 5, seenAt: ago(3_600) };
    expect(judgeCode(3, fetched, grace, now)).toBe('old');
    expect(judgeCode(3, { ...fetched, devices: 0 }, grace, now)).toBe('old');
    expect(judgeCode(3, { ...fetched, devices: 2 }, grace, now)).toBe('weak');
  });

  test('is worth no more as time goes by, and a lower number no more than a higher', () => {
    const worths = ['old', 'weak', 'full'];
    const rank = (epoch: number, one: CodeState, at: Temporal.Instant) =>
      worths.indexOf(judgeCode(epoch, one, grace, at));
    for (const seenEpoch of [0, 3, 4, 5]) {
      for (const devices of [0, 1, 2, 3]) {
        const one = { ...state, seenEpoch, devices };
        for (let epoch = 0; epoch < 6; epoch++) {
          for (const seconds of [0, 30, 61, 599, 601, 90_000]) {
            expect(rank(epoch, one, now.add({ seconds }))).toBeLessThanOrEqual(rank(epoch, one, now));
            expect(rank(epoch, one, now)).toBeLessThanOrEqual(rank(epoch + 1, one, now));
          }
        }
      }
    }
  });
});
