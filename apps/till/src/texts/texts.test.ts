import english from '@tessera/contract/messages/en/till.json';
import russian from '@tessera/contract/messages/ru/till.json';
import { describe, expect, test } from 'vitest';
import { type Catalogue, translator } from './translate.ts';

const sources = import.meta.glob<string>('../**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });
const catalogues: Record<string, Catalogue> = { ru: russian, en: english };

const flat = (catalogue: Catalogue) =>
  Object.entries(catalogue).flatMap(([section, texts]) =>
    Object.entries(texts).map(([name, text]) => [`${section}.${name}`, text] as const),
  );
const base = (key: string) => key.replace(/_(one|few|many|other)$/, '');
const bases = (catalogue: Catalogue) => [...new Set(flat(catalogue).map(([key]) => base(key)))].sort();

/** Every «section.name» in quotes in the sources: calls of t() and tables of keys. */
const used = [
  ...new Set(
    Object.entries(sources)
      .filter(([path]) => !path.includes('.test.'))
      .flatMap(([, text]) => [...text.matchAll(/'([a-zA-Z]+\.[a-zA-Z]+)'/g)].map((match) => match[1] ?? ''))
      .filter((key) => (key.split('.')[0] ?? '') in russian),
  ),
].sort();

describe('the till’s texts', () => {
  test('sources and their keys are really read', () => {
    expect(used.length).toBeGreaterThan(60);
    expect(used).toContain('uncertain.safe');
  });
  test.each(['ru', 'en'])('every key used on the page exists in %s', (lang) => {
    const there = new Set(bases(catalogues[lang] ?? {}));
    expect(used.filter((key) => !there.has(key))).toEqual([]);
  });
  test('no text is left that no page uses', () => {
    expect(bases(russian).filter((key) => !used.includes(key))).toEqual([]);
  });
  test('Russian and English have the same keys and the same values inside each text', () => {
    expect(bases(english)).toEqual(bases(russian));
    const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
    const inRussian = new Map(flat(russian).map(([key, text]) => [base(key), holes(text)]));
    for (const [key, text] of flat(english)) expect([key, holes(text)]).toEqual([key, inRussian.get(base(key))]);
  });
  test('every counted text has all forms of its language', () => {
    for (const [lang, forms] of [
      ['ru', ['few', 'many', 'one', 'other']],
      ['en', ['one', 'other']],
    ] as const) {
      const counted = flat(catalogues[lang] ?? {}).filter(([key]) => key !== base(key));
      for (const name of new Set(counted.map(([key]) => base(key)))) {
        const there = counted.filter(([key]) => base(key) === name).map(([key]) => key.slice(name.length + 1));
        expect([name, there.sort()]).toEqual([name, [...forms]]);
      }
    }
  });
  test('no text is empty or shouts', () => {
    for (const catalogue of Object.values(catalogues)) {
      for (const [key, text] of flat(catalogue)) expect(text.trim() === '' || text.includes('!') ? key : '').toBe('');
    }
  });
});

describe('filling in a text', () => {
  const t = translator(russian, 'ru');
  test('the right plural form', () => {
    expect(t('pending.count', { count: 1 })).toBe('1 продажа ждёт ответа');
    expect(t('pending.count', { count: 3 })).toBe('3 продажи ждут ответа');
    expect(t('pending.count', { count: 11 })).toBe('11 продаж ждут ответа');
    expect(translator(english, 'en')('pending.count', { count: 2 })).toBe('2 sales are waiting for an answer');
  });
  test('values are text, never patterns', () => {
    expect(t('done.level', { level: '$& {{level}}' })).toBe('Новый уровень: $& {{level}}');
  });
});
