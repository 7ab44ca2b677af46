import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storableJson } from './json-text.ts';

test('half of a character becomes U+FFFD, in a value and in a name; whole ones stay', () => {
  expect(storableJson('{"a\\ud800":["\\uDBFF\\ud83e\\uddfe\\uDC00","🧾"]}')).toBe(
    '{"a\\ufffd":["\\ufffd\\ud83e\\uddfe\\ufffd","🧾"]}',
  );
});

test('a NUL is told, and a backslash before what only looks like an escape is left alone', () => {
  expect(storableJson('{"a":"b\\u0000"}')).toBeNull();
  expect(storableJson('{"\\u0000":1}')).toBeNull();
  for (const text of ['{"a":"\\\\u0000"}', '{"a":"\\\\ud800"}', '{"a":"\\"\\\\\\\\ud800 \\u00e9"}']) {
    expect(storableJson(text)).toBe(text);
  }
});

test('what is read from it is what was written, made well-formed', () => {
  const units = fc.array(fc.constantFrom('\ud800', '\udc00', '\ud83e\uddfe', '\\', 'ud800', '"', 'u0000', 'é'));
  fc.assert(
    fc.property(units, (parts) => {
      const text = parts.join('');
      const mended = storableJson(JSON.stringify({ text }));
      expect(JSON.parse(mended!)).toEqual({ text: text.toWellFormed() });
    }),
  );
});
