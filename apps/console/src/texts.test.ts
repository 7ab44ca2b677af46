import en from '@tessera/contract/messages/en/console.json';
import ru from '@tessera/contract/messages/ru/console.json';
import { describe, expect, test } from 'vitest';

const sources: Record<string, string> = import.meta.glob('./**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const pages = Object.entries(sources).filter(([path]) => !path.endsWith('.test.ts'));

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** All keys of a catalogue as dotted paths. */
function keysOf(catalogue: object, prefix = ''): string[] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value as object, `${prefix}${key}.`),
  );
}

/** Keys as components name them: `a.b`, and `a.${…}` as `a.*`. */
function usedKeys(): Map<string, string> {
  const used = new Map<string, string>();
  for (const [path, source] of pages) {
    for (const match of source.matchAll(/\bt\(\s*([^;]*?)\)/gs)) {
      for (const literal of (match[1] ?? '').matchAll(/'([a-zA-Z]+\.[\w.]+)'|`([^`]*)`/g)) {
        used.set(literal[1] ?? (literal[2] ?? '').replace(/\$\{[^}]*\}/g, '*'), path);
      }
    }
    for (const match of source.matchAll(/word: '([^']+)'/g)) used.set(match[1] ?? '', path);
  }
  return used;
}

const matches = (pattern: string, key: string): boolean =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}$`).test(key.replace(PLURAL, ''));

const values = (catalogue: object): [string, string][] =>
  keysOf(catalogue).map((key) => [
    key,
    key.split('.').reduce<unknown>((place, step) => (place as Record<string, unknown>)[step], catalogue) as string,
  ]);

describe.each([
  ['ru', ru],
  ['en', en],
])('the %s catalogue', (_, catalogue) => {
  const keys = keysOf(catalogue);

  test('has every text that a component asks for', () => {
    const missing = [...usedKeys()].filter(([key]) => !keys.some((known) => matches(key, known)));
    expect(missing).toEqual([]);
  });

  test('has no text that nothing asks for', () => {
    const used = [...usedKeys().keys()];
    expect(keys.filter((key) => !used.some((pattern) => matches(pattern, key)))).toEqual([]);
  });
});

test('Russian and English say the same things with the same variables', () => {
  const variables = (catalogue: object) =>
    new Map(
      values(catalogue).map(([key, text]) => [
        key.replace(PLURAL, ''),
        [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort(),
      ]),
    );
  expect(variables(en)).toEqual(variables(ru));
});

test('Russian counts in all its forms', () => {
  const counted = new Set(
    keysOf(ru)
      .filter((key) => PLURAL.test(key))
      .map((key) => key.replace(PLURAL, '')),
  );
  for (const key of counted) {
    for (const form of ['one', 'few', 'many', 'other']) expect(keysOf(ru)).toContain(`${key}_${form}`);
  }
});

test('components hold no Russian of their own', () => {
  const literal = pages.filter(([, source]) => /[а-яё]/i.test(source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')));
  expect(literal.map(([path]) => path)).toEqual([]);
});
