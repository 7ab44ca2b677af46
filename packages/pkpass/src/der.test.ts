import { describe, expect, test } from 'vitest';
import {
  childrenOf,
  derTag,
  encodeDer,
  encodeObjectIdentifier,
  encodeSetOf,
  encodeUtcTime,
  readDer,
  readObjectIdentifier,
  readTime,
} from './der.ts';
import { oid } from './object-identifiers.ts';

describe('DER', () => {
  test('lengths take the shortest form and come back', () => {
    for (const [length, header] of [
      [0, '0400'],
      [127, '047f'],
      [128, '048180'],
      [256, '04820100'],
      [70_000, '0483011170'],
    ] as const) {
      const encoded = encodeDer(derTag.octetString, Buffer.alloc(length));
      expect(encoded.toString('hex', 0, header.length / 2)).toBe(header);
      expect(readDer(encoded).content).toHaveLength(length);
    }
  });

  test('every object identifier in use survives a round trip', () => {
    for (const dotted of Object.values(oid))
      expect(readObjectIdentifier(readDer(encodeObjectIdentifier(dotted)))).toBe(dotted);
    expect(encodeObjectIdentifier(oid.signedData).toString('hex')).toBe('06092a864886f70d010702');
  });

  test('a set is sorted by bytes', () => {
    const parts = [encodeDer(derTag.octetString, Buffer.from('b')), encodeDer(derTag.integer, Buffer.from([9]))];
    expect(encodeSetOf(derTag.set, parts).toString('hex')).toBe('3106020109040162');
  });

  test('UTCTime counts from 1950 to 2049 and comes back', () => {
    for (const text of ['1950-01-01T00:00:00Z', '2026-11-22T10:00:01Z', '2049-12-31T23:59:59Z']) {
      const instant = Temporal.Instant.from(text);
      expect(readTime(readDer(encodeUtcTime(instant))).equals(instant)).toBe(true);
    }
    expect(() => encodeUtcTime(Temporal.Instant.from('2050-01-01T00:00:00Z'))).toThrow(RangeError);
  });

  test('long forms, missing bytes and endless lengths are refused', () => {
    for (const hex of ['', '30', '3001', '308005', '30850000000001', '048101aa', '04820001aa', '1f810100', '3081']) {
      expect(() => readDer(Buffer.from(hex, 'hex')), hex).toThrow();
    }
    expect(() => childrenOf(readDer(Buffer.from('3003020200', 'hex')))).toThrow();
  });
});
