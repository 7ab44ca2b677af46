import { describe, expect, test } from 'vitest';

const sources: Record<string, string> = import.meta.glob('./**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
/** Catalogues by language and namespace: the console's own, and those of the rooms that language.ts loads. */
const catalogues: Record<'ru' | 'en', Record<string, object>> = {
  ru: byName(
    import.meta.glob(
      ['../../../packages/contract/src/messages/ru/*.json', '!**/{api,errors,guest,rules,server,till}.json'],
      {
        import: 'default',
        eager: true,
      },
    ),
  ),
  en: byName(
    import.meta.glob(
      ['../../../packages/contract/src/messages/en/*.json', '!**/{api,errors,guest,rules,server,till}.json'],
      {
        import: 'default',
        eager: true,
      },
    ),
  ),
};
function byName(files: Record<string, object>): Record<string, object> {
  return Object.fromEntries(Object.entries(files).map(([path, file]) => [path.replace(/^.*\/|\.json$/g, ''), file]));
}
const pages = Object.entries(sources).filter(([path]) => !path.endsWith('.test.ts'));

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** All keys of a catalogue as dotted paths. */
function keysOf(catalogue: object, prefix = ''): string[] {
  return Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value as object, `${prefix}${key}.`),
  );
}

/** A room with a catalogue of its own: its folder bears the catalogue's name. All other files speak `console`. */
const roomOf = (path: string): string => {
  const folder = path.split('/')[1] ?? '';
  return folder in catalogues.ru ? folder : 'console';
};

/** Keys as components name them, `namespace:a.b`; `a.${…}` is `a.*`. */
function usedKeys(): Map<string, string> {
  const used = new Map<string, string>();
  for (const [path, source] of pages) {
    const full = (key: string) => (key.includes(':') ? key : `${roomOf(path)}:${key}`);
    for (const match of source.matchAll(/\bt\(\s*([^;]*?)\)/gs)) {
      for (const literal of (match[1] ?? '').matchAll(/'((?:[a-z]+:)?[a-zA-Z]+(?:\.[\w.]+)?)'|`([^`]*)`/g)) {
        const key = literal[1] ?? (literal[2] ?? '').replace(/\$\{[^}]*\}/g, '*');
        if (key.includes('.') || keysOf(catalogues.ru[roomOf(path)]!).includes(key)) used.set(full(key), path);
      }
    }
    for (const match of source.matchAll(/word: '([^']+)'/g)) used.set(full(match[1] ?? ''), path);
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

const rooms = Object.keys(catalogues.ru);

describe.each(rooms.flatMap((room) => [['ru', room] as const, ['en', room] as const]))(
  'the %s catalogue of %s',
  (language, room) => {
    const keys = keysOf(catalogues[language][room]!);
    const used = [...usedKeys()].flatMap(([key, path]) =>
      key.startsWith(`${room}:`) ? [[key.slice(room.length + 1), path] as const] : [],
    );

    test('has every text that a component asks for', () => {
      expect(used.filter(([key]) => !keys.some((known) => matches(key, known)))).toEqual([]);
    });

    test('has no text that nothing asks for', () => {
      expect(keys.filter((key) => !used.some(([pattern]) => matches(pattern, key)))).toEqual([]);
    });
  },
);

test.each(rooms)('Russian and English say the same things with the same variables in %s', (room) => {
  const variables = (catalogue: object) =>
    new Map(
      values(catalogue).map(([key, text]) => [
        key.replace(PLURAL, ''),
        [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort(),
      ]),
    );
  expect(variables(catalogues.en[room]!)).toEqual(variables(catalogues.ru[room]!));
});

test.each(rooms)('Russian counts in all its forms in %s', (room) => {
  const keys = keysOf(catalogues.ru[room]!);
  const counted = new Set(keys.filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')));
  for (const key of counted) {
    for (const form of ['one', 'few', 'many', 'other']) expect(keys).toContain(`${key}_${form}`);
  }
});

test('components hold no Russian of their own', () => {
  const literal = pages.filter(([, source]) => /[а-яё]/i.test(source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')));
  expect(literal.map(([path]) => path)).toEqual([]);
});
