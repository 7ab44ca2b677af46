import { expect, test } from 'vitest';
import { newCode, readCode } from './model.ts';

test('codes are read as people write them, and hold no letter that could be another', () => {
  let seed = 0;
  const random = (bytes: number) =>
    Buffer.from(
      Array.from({ length: bytes }, () => {
        seed = (seed * 73 + 41) % 256;
        return seed;
      }),
    );
  for (let index = 0; index < 200; index++) {
    const code = newCode(random);
    expect(code).toMatch(/^[2-9BCDFGHJKMNPQRSTVWXZ]{7}$/);
    expect(readCode(` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `)).toBe(code);
  }
  for (const text of ['', 'ABC', 'O0I1LAE', '23456789', "' or 1=1"]) expect(readCode(text)).toBeNull();
});
