import { describe, expect, test } from 'vitest';
import { addGap, GAPS_MAX, type MarkerGap, readTag } from './tags.ts';

describe('a tag', () => {
  test('of this database is read as it was given out', () => {
    expect(readTag('1000', 2000n, [])).toBe(1000n);
    expect(readTag('2000', 2000n, [])).toBe(2000n);
  });

  test.each([undefined, '', 'abc', '-5', '1e3', '12.5', '0x10', '99999999999999999999', ' 5'])(
    'that is none (%s) is as good as absent',
    (tag) => expect(readTag(tag, 2000n, [])).toBe(0n),
  );

  test('of the future is as good as absent', () => {
    expect(readTag('2001', 2000n, [])).toBe(0n);
  });

  test('that was given out after the backup, which is gone, is as good as absent', () => {
    const gaps: MarkerGap[] = [[501, 1999]];
    expect(readTag('500', 3000n, gaps)).toBe(500n);
    expect(readTag('501', 3000n, gaps)).toBe(0n);
    expect(readTag('1999', 3000n, gaps)).toBe(0n);
    expect(readTag('2000', 3000n, gaps)).toBe(2000n);
  });
});

describe('gaps', () => {
  test('span what was never given out', () => {
    expect(addGap([], 500, 2000)).toEqual([[501, 1999]]);
    expect(addGap([], 500, 501)).toEqual([]);
  });

  test('stay few: the oldest grow together', () => {
    let gaps: MarkerGap[] = [];
    for (let start = 0; start < 100; start++) gaps = addGap(gaps, start * 1000, start * 1000 + 500);
    expect(gaps).toHaveLength(GAPS_MAX);
    expect(gaps[0]?.[0]).toBe(1);
    expect(gaps.at(-1)).toEqual([99_001, 99_499]);
  });
});
