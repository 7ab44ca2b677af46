import { gzipSync } from 'node:zlib';
import { resources } from '@tessera/contract/messages';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Translate } from './data.ts';
import {
  cardPage,
  codePage,
  consentTextPage,
  demoMessagesPage,
  demoPhonePage,
  errorPage,
  landingPage,
  registrationPage,
  thanksPage,
} from './index.ts';
import * as fixtures from './preview/fixtures.ts';
import { previewPages } from './preview/pages.ts';
import { translator } from './preview/translator.ts';

const LANGUAGES = ['ru', 'en'] as const;
const PLURAL = /_(zero|one|two|few|many|other)$/;

let all: [string, string][] = [];
const asked = new Set<string>();

beforeAll(async () => {
  for (const lang of LANGUAGES) {
    const t = await translator(lang);
    const recording: Translate = (key, params) => {
      asked.add(key);
      return t(key, params);
    };
    all = all.concat(
      Object.entries(previewPages(recording, lang)).map(([name, page]): [string, string] => [`${lang}/${name}`, page]),
    );
  }
});

/** Names of pages for which something does not hold. */
const failing = (holds: (page: string) => boolean): string[] =>
  all.filter(([, page]) => !holds(page)).map(([name]) => name);

function keysOf(tree: unknown, prefix = ''): string[] {
  if (typeof tree !== 'object' || tree === null) return [prefix];
  return Object.entries(tree).flatMap(([key, value]) => keysOf(value, prefix === '' ? key : `${prefix}.${key}`));
}

describe('texts', () => {
  const keys = (lang: 'ru' | 'en'): Set<string> =>
    new Set(keysOf(resources[lang].guest).map((key) => key.replace(PLURAL, '')));

  test('Russian and English hold the same texts', () => {
    expect([...keys('ru')].sort()).toEqual([...keys('en')].sort());
  });

  test('every text that a page asks for exists, and every text that exists is shown somewhere', () => {
    expect([...asked].filter((key) => !keys('ru').has(key))).toEqual([]);
    expect([...keys('ru')].filter((key) => !asked.has(key))).toEqual([]);
  });

  test('a text with plural forms has all forms of its language', () => {
    for (const [lang, forms] of [
      ['ru', ['one', 'few', 'many', 'other']],
      ['en', ['one', 'other']],
    ] as const) {
      const found = keysOf(resources[lang].guest).filter((key) => PLURAL.test(key));
      for (const base of new Set(found.map((key) => key.replace(PLURAL, '')))) {
        expect(found.filter((key) => key.replace(PLURAL, '') === base).sort()).toEqual(
          forms.map((form) => `${base}_${form}`).sort(),
        );
      }
    }
  });

  test('both languages name the same parameters', () => {
    const parameters = (lang: 'ru' | 'en'): Record<string, string[]> =>
      Object.fromEntries(
        [...keys(lang)].map((key) => {
          const texts = keysOf(resources[lang].guest).filter((one) => one.replace(PLURAL, '') === key);
          const value = (path: string): string =>
            String(
              path.split('.').reduce<unknown>((node, part) => Reflect.get(Object(node), part), resources[lang].guest),
            );
          return [key, [...new Set(texts.flatMap((path) => value(path).match(/\{\{\w+\}\}|\[/g) ?? []))].sort()];
        }),
      );
    expect(parameters('ru')).toEqual(parameters('en'));
  });

  test('no placeholder is left unfilled', () => {
    expect(failing((page) => !/\{\{|\}\}/.test(page.replace(/<style>.*<\/style>/s, '')))).toEqual([]);
  });
});

describe('every page', () => {
  test('weighs at most 40 kB over the wire, without the pictures, and most far less', () => {
    expect(failing((page) => gzipSync(page).byteLength <= 40 * 1024)).toEqual([]);
    expect(failing((page) => gzipSync(page).byteLength <= 14 * 1024)).toEqual([]);
  });

  test('is a whole document in its language, with one h1, a title and a viewport that may be zoomed', () => {
    expect(failing((page) => page.startsWith('<!doctype html>'))).toEqual([]);
    expect(failing((page) => (page.match(/<h1/g) ?? []).length === 1)).toEqual([]);
    expect(failing((page) => /<title>[^<]+<\/title>/.test(page))).toEqual([]);
    expect(failing((page) => page.includes('width=device-width') && !/user-scalable|maximum-scale/.test(page))).toEqual(
      [],
    );
    for (const [name, page] of all) expect(page).toContain(`<html lang="${name.slice(0, 2)}">`);
  });

  test('names no id twice, and every label, description and error has its element', () => {
    expect(
      failing((page) => {
        const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
        const pointed = [...page.matchAll(/ (?:for|aria-describedby|aria-labelledby)="([^"]+)"/g)].flatMap((match) =>
          (match[1] ?? '').split(' '),
        );
        return new Set(ids).size === ids.length && pointed.every((id) => ids.includes(id));
      }),
    ).toEqual([]);
  });

  test('every input that is seen has a label', () => {
    expect(
      failing((page) =>
        [...page.matchAll(/<(?:input|select)\b[^>]*>/g)].every(([tag]) => {
          if (tag.includes('type="hidden"')) return true;
          const id = / id="([^"]+)"/.exec(tag)?.[1];
          const wrapped = new RegExp(`<label[^>]*>\\s*${tag.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`).test(page);
          return wrapped || (id !== undefined && page.includes(`<label for="${id}">`));
        }),
      ),
    ).toEqual([]);
  });

  test('runs no inline script and asks for nothing from elsewhere', () => {
    expect(failing((page) => !/<script(?![^>]*\ssrc=)|\son[a-z]+=|@import|@font-face/i.test(page))).toEqual([]);
    expect(
      failing((page) =>
        [...page.matchAll(/<(?:script|link|img)[^>]*(?:src|href)="([^"]*)"/g)].every(
          ([, url]) => !/^(https?:)?\/\//.test(url ?? ''),
        ),
      ),
    ).toEqual([]);
  });

  test('pages behind a secret address stay out of search engines, the form does not', () => {
    const indexed = all
      .filter(([, page]) => !page.includes('content="noindex"'))
      .map(([name]) => name.slice(3).replace(/-.*/, ''));
    expect([...new Set(indexed)].sort()).toEqual(['consent', 'form', 'landing']);
  });
});

describe('the ways to keep a card', () => {
  const page = async (device: 'iphone' | 'android' | 'other', withGoogle: boolean) => {
    const google = withGoogle ? { googleUrl: '/c/8fQ2/google' } : {};
    const browser = { device, inApp: false, program: 'other' } as const;
    return cardPage({ ...fixtures.cardData('ru'), ...google, browser }, await translator('ru'), 'ru');
  };
  const order = (text: string) =>
    [...text.matchAll(/href="(\/c\/8fQ2\.pkpass|\/c\/8fQ2\/google|#code)"/g)].map(([, address]) => address);

  test.each([
    ['iphone', ['/c/8fQ2.pkpass', '#code', '/c/8fQ2/google']],
    ['android', ['/c/8fQ2/google', '#code', '/c/8fQ2.pkpass']],
    ['other', ['#code', '/c/8fQ2.pkpass', '/c/8fQ2/google']],
  ] as const)('begin with what an %s can do', async (device, expected) => {
    expect(order(await page(device, true))).toEqual(expected);
  });

  test('name no Google Wallet where it is not offered, and the code leads on Android', async () => {
    expect(order(await page('android', false))).toEqual(['#code', '/c/8fQ2.pkpass']);
    expect(await page('android', false)).not.toContain('Google');
  });
});

test('a card that may not be passed on is handed to nobody, and its page says so kindly', async () => {
  const t = await translator('ru');
  const inTelegram = { device: 'iphone', inApp: true, program: 'telegram' } as const;
  const { invite: _, ...data } = { ...fixtures.cardData('ru'), browser: inTelegram };
  const open = cardPage({ ...data, mayShare: true }, t, 'ru');
  expect(open).toContain(`data-share="${data.pageUrl}"`);
  expect(open).toContain(`data-copy="${data.pageUrl}"`);
  expect(open).not.toContain(t('card.personal'));
  const personal = cardPage({ ...data, mayShare: false }, t, 'ru');
  expect(personal).not.toContain(data.pageUrl);
  expect(personal).not.toContain('data-share="');
  expect(personal).toContain(t('card.personal'));
  expect(personal).toContain(t('card.window.heading', { browser: t('card.window.safari') }));
});

describe('forms', () => {
  test('no consent is ticked beforehand, and the two consents are apart', async () => {
    const page = registrationPage(fixtures.registration('ru'), await translator('ru'), 'ru');
    const boxes = page.match(/<input type="checkbox"[^>]*>/g) ?? [];
    expect(boxes).toHaveLength(2);
    for (const box of boxes) expect(box).not.toContain('checked');
    expect(boxes.filter((box) => box.includes('required'))).toHaveLength(1);
    expect(page).toContain('href="/n/summer/consent"');
  });

  test('what was typed comes back with the errors, each beside its field', async () => {
    const form = fixtures.registration('ru');
    const page = registrationPage(
      {
        ...form,
        fields: form.fields.map((field) =>
          field.kind === 'phone'
            ? { ...field, value: '+7 912', error: { code: 'phone_invalid' } }
            : { ...field, value: field.kind === 'name' ? "Анна «Ня» О'Нил" : '' },
        ),
      },
      await translator('ru'),
      'ru',
    );
    expect(page).toContain('value="Анна «Ня» О&#39;Нил"');
    expect(page).toMatch(/id="phone"[^>]*aria-invalid="true"[^>]*value="\+7 912"/);
    expect(page).toMatch(/id="phone-error">В номере/);
    expect(page).toContain('data-steps="off"');
  });

  test('the code field takes the code from the SMS, the phone is masked', async () => {
    const page = codePage(fixtures.code('ru'), await translator('ru'), 'ru');
    expect(page).toMatch(/<input[^>]*inputmode="numeric"[^>]*autocomplete="one-time-code"/);
    expect(page).not.toContain('345');
  });

  test('points that expire are said in the right number and with the right day', async () => {
    const said = async (lang: 'ru' | 'en'): Promise<string[]> => {
      const page = cardPage(fixtures.cardData(lang), await translator(lang), lang);
      return [...page.matchAll(/<li title[^>]*>([^<]*(?:сгор|expire)[^<]*)</g)].map((match) =>
        (match[1] ?? '').replaceAll('\u00A0', ' '),
      );
    };
    expect(await said('ru')).toEqual(['1 балл сгорит завтра', '320 баллов сгорят 12 декабря']);
    expect(await said('en')).toEqual(['1 point expires tomorrow', '320 points expire on 12 December']);
  });

  test('the card page shows at most ten events', async () => {
    const data = fixtures.cardData('ru');
    const entry = data.entries[0];
    if (entry === undefined) throw new Error('The fixture has entries.');
    const page = cardPage({ ...data, entries: Array.from({ length: 30 }, () => entry) }, await translator('ru'), 'ru');
    expect(page.match(/Начислено за чек на/g)).toHaveLength(10);
  });
});

describe('nothing that a guest or a company writes can inject', () => {
  const ATTACKS = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)",
    'javascript:alert(1)',
    '</style><b>',
    '</textarea><svg onload=alert(1)>',
  ];

  /** Puts the attack into every string of the data, except those that choose among ours. */
  function poison<T>(data: T, attack: string): T {
    const keep = new Set([
      'assetBase',
      'code',
      'kind',
      'device',
      'style',
      'format',
      'currency',
      'timeZone',
      'now',
      'at',
      'since',
      'until',
      'program',
      'status',
      'wallpaper',
      'side',
      'svg',
    ]);
    const walk = (value: unknown, key: string): unknown => {
      if (typeof value === 'string') return keep.has(key) ? value : attack;
      if (Array.isArray(value)) return value.map((one) => walk(one, key));
      if (typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]));
      return value;
    };
    return walk(data, '') as T;
  }

  const TAG = /<(\/?[a-z0-9]+|!doctype)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*\/?>/gi;
  const style = /<style>[^<]*<\/style>/;

  /** Which attributes stand in which tags, and what is left outside of them. */
  function takeApart(page: string): { pairs: Set<string>; rest: string } {
    const body = page.replace(style, '');
    const pairs = [...body.matchAll(TAG)].flatMap((match) =>
      ['', ...[...(match[2] ?? '').matchAll(/\s([a-z-]+)(?:="[^"]*")?/g)].map((attribute) => attribute[1] ?? '')].map(
        (name) => `${match[1]} ${name}`,
      ),
    );
    return { pairs: new Set(pairs), rest: body.replace(TAG, '') };
  }

  test.each(ATTACKS)('%s', async (attack) => {
    const t = await translator('ru');
    const voice = (key: string, params?: Readonly<Record<string, string | number>>): string => t(key, params);
    const consent = {
      site: fixtures.site('ru', '/x'),
      locale: fixtures.locale,
      title: '',
      version: '',
      since: 0,
      operatorName: '',
      text: '',
      backUrl: '',
    };
    const pages = [
      registrationPage(poison(fixtures.registration('ru'), attack), voice, 'ru'),
      registrationPage(poison(fixtures.fullRegistration('ru'), attack), voice, 'ru'),
      thanksPage(poison(fixtures.thanks('ru'), attack), voice, 'ru'),
      codePage(poison(fixtures.code('ru'), attack), voice, 'ru'),
      cardPage(poison(fixtures.cardData('ru'), attack), voice, 'ru'),
      consentTextPage(poison(consent, attack), voice, 'ru'),
      errorPage(
        poison({ site: fixtures.site('ru', '/x'), status: 500 as const, reference: '', homeUrl: '' }, attack),
        voice,
        'ru',
      ),
      landingPage(poison(fixtures.landing('ru'), attack), voice, 'ru'),
      demoPhonePage(poison(fixtures.phone('ru'), attack), voice, 'ru'),
      demoMessagesPage(poison(fixtures.messages('ru'), attack), voice, 'ru'),
    ];
    const ours = new Set(all.flatMap(([, page]) => [...takeApart(page).pairs]));
    for (const page of pages) {
      const { pairs, rest } = takeApart(page);
      expect([...pairs].filter((pair) => !ours.has(pair))).toEqual([]);
      expect(rest).not.toMatch(/[<>]/);
      expect(page).not.toMatch(/\s(?:href|src|action)="\s*javascript:/i);
    }
  });
});
