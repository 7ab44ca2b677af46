import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrastRatio, readableOn } from './contrast.ts';

describe('a colour that can be read', () => {
  test('is the colour itself where it can be read already', () => {
    expect(readableOn('#ffffff', '#1f3a44')).toBe('#ffffff');
  });

  test('is found for any two colours, and can be read', () => {
    const colour = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`);
    fc.assert(
      fc.property(colour, colour, (text, background) => {
        expect(contrastRatio(readableOn(text, background), background)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});
