import { createInstance } from 'i18next';
import { describe, expect, test } from 'vitest';
import { type ErrorCode, errors } from '../errors.ts';
import { type Language, languages, resources } from './index.ts';

const PLURAL = /_(zero|one|two|few|many|other)$/;
const namespaces = Object.keys(resources.ru) as (keyof (typeof resources)['ru'])[];

/** All texts of a catalogue: dotted key → sentence. */
function textsOf(catalogue: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[`${prefix}${key}`, value]] : [...textsOf(value as object, `${prefix}${key}.`)],
    ),
  );
}

const catalogue = (language: Language, namespace: (typeof namespaces)[number]) =>
  textsOf(resources[language][namespace]);
const stem = (key: string) => key.replace(PLURAL, '');
const stems = (keys: Iterable<string>) => [...new Set([...keys].map(stem))].sort();

/** The forms that numbers take in a language, fractions included. */
function formsOf(language: Language): string[] {
  return new Intl.PluralRules(language).resolvedOptions().pluralCategories.map(String).sort();
}

/** Plural forms by the stem they belong to. A key that merely ends in «_one» has no sister and is no plural. */
function pluralsOf(texts: Map<string, string>): Map<string, string[]> {
  const forms = new Map<string, string[]>();
  for (const key of texts.keys()) {
    const form = PLURAL.exec(key)?.[1];
    if (form) forms.set(stem(key), [...(forms.get(stem(key)) ?? []), form].sort());
  }
  return forms;
}

/** `{{name, format}}` → name and format; what a component fills in as a tag counts too. */
function placeholdersOf(text: string): string[] {
  const inner = [...text.matchAll(/\{\{\s*-?\s*([^{}]+?)\s*\}\}/g)].map((match) => match[1]!.replace(/\s+/g, ''));
  const tags = [...text.matchAll(/<\/?\w+\s*\/?>/g)].map((match) => match[0]);
  return [...new Set([...inner, ...tags])].sort();
}

describe('the registry of errors', () => {
  test.each(languages)('every code has a sentence in %s, and every sentence a code', (language) => {
    expect([...catalogue(language, 'errors').keys()].sort()).toEqual(Object.keys(errors).sort());
  });

  test('every status is one of a refusal, and only what may succeed later is retryable', () => {
    const never: number[] = [400, 401, 403, 404, 405, 413, 415];
    for (const [code, { status, retryable }] of Object.entries(errors) as [ErrorCode, (typeof errors)[ErrorCode]][]) {
      expect({ code, status: status >= 400 && status <= 599 }).toEqual({ code, status: true });
      if (never.includes(status)) expect({ code, retryable }).toEqual({ code, retryable: false });
      if (status >= 500) expect({ code, retryable }).toEqual({ code, retryable: true });
    }
  });
});

describe.each(namespaces)('the %s texts', (namespace) => {
  const [ru, en] = [catalogue('ru', namespace), catalogue('en', namespace)];

  test('are the same in both languages', () => {
    expect(stems(ru.keys())).toEqual(stems(en.keys()));
  });

  test.each(languages)('have every form that numbers take in %s', (language) => {
    const wrong = [...pluralsOf(catalogue(language, namespace))].filter(
      ([, forms]) => forms.join() !== formsOf(language).join(),
    );
    expect(wrong).toEqual([]);
  });

  test('are plural in both languages or in none', () => {
    expect([...pluralsOf(ru).keys()].sort()).toEqual([...pluralsOf(en).keys()].sort());
  });

  test('ask for the same values in both languages', () => {
    // «one» may say «a day» instead of a number: what counts is what all forms of a text ask for together.
    const asked = (texts: Map<string, string>) => {
      const together = new Map<string, string>();
      for (const [key, text] of texts) together.set(stem(key), `${together.get(stem(key)) ?? ''} ${text}`);
      return [...together]
        .map(([key, text]) => [key, placeholdersOf(text)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));
    };
    expect(asked(ru)).toEqual(asked(en));
  });

  test('are all written: none is empty, none has spaces at its ends or a broken placeholder', () => {
    for (const texts of [ru, en]) {
      const wrong = [...texts].filter(
        ([, text]) => text.trim() !== text || text === '' || /\{\{|\}\}/.test(text.replace(/\{\{[^{}]+\}\}/g, '')),
      );
      expect(wrong).toEqual([]);
    }
  });

  test('are in their language: Russian letters in Russian, none in English', () => {
    // A language is called by its own name everywhere.
    const foreign = [...en].filter(([key, text]) => /[а-яё]/i.test(text) && !/languages?\.ru$/.test(key));
    expect(foreign).toEqual([]);
    // «Apple Wallet» is a name; three words in a row are a sentence that nobody translated.
    const words = [...ru].filter(
      ([, text]) =>
        !/[а-яё]/i.test(text) && /[a-z]{2,}\s+[a-z]{2,}\s+[a-z]{2,}/i.test(text.replace(/\{\{[^{}]+\}\}/g, '')),
    );
    expect(words).toEqual([]);
  });
});

describe('the forms of numbers', () => {
  test.each([
    ['ru', [1, 2, 5, 11, 21, 1.5]],
    ['en', [1, 2, 5, 11, 21, 1.5]],
  ] as const)('are found for every number in %s', async (language, numbers) => {
    const instance = createInstance();
    await instance.init({ lng: language, fallbackLng: false, resources, ns: namespaces, initAsync: false });
    for (const namespace of namespaces) {
      for (const key of pluralsOf(catalogue(language, namespace)).keys()) {
        for (const count of numbers) {
          expect({ key, count, found: instance.exists(`${namespace}:${key}`, { count }) }).toEqual({
            key,
            count,
            found: true,
          });
        }
      }
    }
  });
});
