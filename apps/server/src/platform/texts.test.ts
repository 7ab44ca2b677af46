import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from '@tessera/contract/messages';
import { describe, expect, test } from 'vitest';
import { chooseLanguage, createTexts } from './texts.ts';

const sources = join(import.meta.dirname, '..');
const PLURAL = /_(zero|one|two|few|many|other)$/;

function keysOf(catalogue: object, prefix: string): string[] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value as object, `${prefix}${key}.`),
  );
}
const keys = Object.entries(resources.ru).flatMap(([namespace, catalogue]) => keysOf(catalogue, `${namespace}:`));

/** The keys that the server names; `${…}` in one stands for any one word (or a few, joined with underscores). */
function usedKeys(): Map<string, string> {
  const used = new Map<string, string>();
  for (const path of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts') || path.endsWith('.test.ts')) continue;
    const text = readFileSync(join(sources, path), 'utf8');
    for (const match of text.matchAll(/['`]((?:errors|server|guest|console|till):[^'`\s]+)['`]/g)) {
      used.set(match[1]!.replace(/\$\{[^}]*\}/g, '*'), path);
    }
  }
  return used;
}

const matches = (pattern: string, key: string): boolean =>
  new RegExp(`^${pattern.split('*').map(RegExp.escape).join('[\\w.]*')}$`).test(key.replace(PLURAL, ''));

describe('the server’s texts', () => {
  const used = usedKeys();

  test('every key that the server names stands in the catalogue', () => {
    expect(used.size).toBeGreaterThan(8);
    const missing = [...used].filter(([pattern]) => !keys.some((key) => matches(pattern, key)));
    expect(missing).toEqual([]);
  });

  test('every text of the server is named somewhere', () => {
    const orphans = keys.filter(
      (key) => key.startsWith('server:') && ![...used.keys()].some((pattern) => matches(pattern, key)),
    );
    expect(orphans).toEqual([]);
  });

  const texts = createTexts();
  const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

  test('write points and money as people do, each language in its way', () => {
    const params = { available: '15000', wanted: '123456', currency: 'RUB' };
    expect(plain(texts('ru')('errors:insufficient_points', params))).toContain('150');
    expect(plain(texts('en')('errors:insufficient_points', params))).toContain('1 234.56');
    expect(plain(texts('ru')('errors:insufficient_points', params))).toContain('1 234,56');
    expect(plain(texts('ru')('server:entry.turnover', { money: '150000', currency: 'RUB' }))).toContain('1 500 ₽');
  });

  test('take what a guest typed as it is: nothing in it is read as a placeholder', () => {
    const text = texts('en')('errors:value_invalid', { field: '<b>{{available}}</b>' });
    expect(text).toContain('<b>{{available}}</b>');
  });
});

describe('the reader’s language', () => {
  test.each([
    ['en', 'ru', 'ru', 'en'],
    [undefined, 'en-US,en;q=0.9', 'ru', 'en'],
    [undefined, 'de,fr', 'en', 'en'],
    [undefined, undefined, 'ru', 'ru'],
    ['xx', undefined, 'en', 'en'],
    [['en', 'ru'], undefined, 'ru', 'ru'],
    [undefined, `${'x,'.repeat(100_000)}en`, 'ru', 'ru'],
  ] as const)('asked %j, accepted %s, else %s', (asked, accepted, fallback, expected) => {
    expect(chooseLanguage(asked, accepted?.slice(0, 300_000), fallback)).toBe(expected);
  });
});
