import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderCard, renderCardOnWallpaper } from './card.ts';
import { renderGoogleCard } from './card-google.ts';
import { APPLE_STORE_CARD, type CardModel } from './card-model.ts';
import { safeUrl } from './html.ts';
import { renderLockScreenMessage } from './lock-screen.ts';

const field = (key: string, value = `value ${key}`): { key: string; label: string; value: string } => ({
  key,
  label: `label ${key}`,
  value,
});

const card: CardModel = {
  style: 'storeCard',
  organizationName: 'Чайка',
  logoText: 'Чайка',
  images: { logo: '/logo.png', strip: '/strip.png' },
  colours: { background: '#1f3a44', foreground: '#fdf6ea', label: '#e8b98c' },
  headerFields: [field('h1')],
  primaryFields: [field('p1')],
  secondaryFields: [field('s1'), field('s2')],
  auxiliaryFields: [field('a1')],
  backFields: [field('b1', 'see https://example.com/menu. Call +7 912 345-67-89')],
  barcode: { format: 'qr', svg: '<svg xmlns="http://www.w3.org/2000/svg"/>', altText: '4242' },
};

describe('geometry of an Apple store card', () => {
  const css = readFileSync(new URL('./card.css', import.meta.url), 'utf8');
  const rule = (selector: string): string =>
    css.match(new RegExp(`(?:^|\\n)${selector.replaceAll('.', '\\.')} \\{([^}]*)\\}`))?.[1] ?? '';

  test('card.css draws with the points of APPLE_STORE_CARD', () => {
    expect(rule('.t-card')).toContain(`/ ${APPLE_STORE_CARD.width})`);
    expect(css).toContain(`100cqi / ${APPLE_STORE_CARD.width}`);
    expect(rule('.t-card-face')).toContain(`height: calc(${APPLE_STORE_CARD.height} * var(--u))`);
    expect(rule('.t-card-header')).toContain(`height: calc(${APPLE_STORE_CARD.strip.top} * var(--u))`);
    expect(rule('.t-card-strip')).toContain(`height: calc(${APPLE_STORE_CARD.strip.height} * var(--u))`);
    expect(rule('.t-card-logo')).toContain(`max-width: calc(${APPLE_STORE_CARD.logo.maxWidth} * var(--u))`);
    expect(rule('.t-card-logo')).toContain(`height: calc(${APPLE_STORE_CARD.logo.height} * var(--u))`);
    expect(rule('.t-card-code-square')).toContain(`width: calc(${APPLE_STORE_CARD.squareCode + 20} * var(--u))`);
  });

  test('the phone draws 3 header fields, 1 primary, and 4 secondary and auxiliary together; more are left out', () => {
    const many = (prefix: string): CardModel['headerFields'] => [1, 2, 3, 4, 5].map((n) => field(`${prefix}${n}`));
    const out = renderCard(
      {
        ...card,
        headerFields: many('h'),
        primaryFields: many('p'),
        secondaryFields: many('s').slice(0, 3),
        auxiliaryFields: many('a'),
      },
      { platform: 'apple', lang: 'ru' },
    );
    expect(out.match(/value h\d/g)).toEqual(['value h1', 'value h2', 'value h3']);
    expect(out.match(/value p\d/g)).toEqual(['value p1']);
    expect(out.match(/value [sa]\d/g)).toEqual(['value s1', 'value s2', 'value s3', 'value a1']);
  });
});

describe('what is drawn', () => {
  test('the back lists every back field and makes addresses and phones links', () => {
    const out = renderCard(card, { platform: 'apple', side: 'back', lang: 'en' });
    expect(out).toContain('href="https://example.com/menu"');
    expect(out).toContain('href="tel:+79123456789"');
    expect(out).not.toContain('value p1');
  });

  test('a voided card shows no code and says so in words', () => {
    const out = renderCard({ ...card, voided: true }, { platform: 'apple', lang: 'en' });
    expect(out).not.toContain('data:image/svg+xml');
    expect(out).toContain('no longer valid');
  });

  test('a thumbnail has one name and a sketched code', () => {
    const out = renderCard(card, { platform: 'apple', size: 'thumbnail', lang: 'ru' });
    expect(out).toContain('role="img" aria-label="Карта «Чайка»"');
    expect(out).not.toContain('data:image/svg+xml');
  });
});

describe('nothing in a card can inject', () => {
  const attack = fc.oneof(
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onload='x",
      'javascript:alert(1)',
      'red;}</style>',
      '</article>',
      '&lt;',
    ),
    fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', ';', '}', 'a', ' ', '=') }),
  );
  const fields = fc.array(fc.record({ key: attack, label: attack, value: attack }), { maxLength: 3 });
  const model: fc.Arbitrary<CardModel> = fc.record({
    style: fc.constantFrom('storeCard' as const, 'coupon' as const, 'generic' as const, 'eventTicket' as const),
    organizationName: attack,
    logoText: attack,
    images: fc.record({
      logo: attack,
      strip: attack,
      icon: attack,
      thumbnail: attack,
      background: attack,
      artwork: attack,
    }),
    colours: fc.record({ background: attack, foreground: attack, label: attack }),
    headerFields: fields,
    primaryFields: fields,
    secondaryFields: fields,
    auxiliaryFields: fields,
    backFields: fields,
    barcode: fc.record({ format: fc.constantFrom('qr' as const, 'pdf417' as const), svg: attack, altText: attack }),
    voided: fc.boolean(),
    poster: fc.record({ title: attack, headerFields: fields, primaryFields: fields, footerFields: fields }),
    links: fc.array(fc.record({ label: attack, url: attack }), { maxLength: 3 }),
    actions: fc.array(fc.oneof(attack, fc.constant('constructor')), { maxLength: 3 }),
  });
  const TAG = /<\/?([a-z]+)((?:\s+[a-z-]+="[^"<>]*")*)\s*>/g;
  /** Everything outside of tags, and the names of tags and attributes. */
  const takeApart = (html: string): { rest: string; names: Set<string> } => ({
    rest: html.replace(TAG, ''),
    names: new Set(
      [...html.matchAll(TAG)].flatMap((m) => [
        m[1] ?? '',
        ...[...(m[2] ?? '').matchAll(/\s([a-z-]+)="[^"]*"/g)].map((a) => a[1] ?? ''),
      ]),
    ),
  });
  const OURS = new Set(
    'article header figure figcaption section div dl dt dd ul li p i span strong img a class style role src alt href rel lang aria-label aria-hidden'.split(
      ' ',
    ),
  );

  test('every < and > belongs to a well-formed tag of the renderer, whatever the fields hold', () => {
    fc.assert(
      fc.property(
        model,
        fc.constantFrom('front' as const, 'back' as const),
        fc.constantFrom('full' as const, 'thumbnail' as const),
        fc.constantFrom('apple' as const, 'web' as const, 'print' as const),
        fc.boolean(),
        (m, side, size, platform, poster) => {
          const out =
            renderCardOnWallpaper(m, { platform, poster, side, size, lang: 'ru', wallpaper: 'dark' }) +
            renderGoogleCard(
              {
                issuer: m.organizationName,
                title: m.logoText,
                colour: m.colours.background,
                rows: [m.headerFields],
                details: m.backFields,
                links: m.links ?? [],
                ended: m.voided === true,
                ...(m.images.logo === undefined ? {} : { logo: m.images.logo, hero: m.images.logo }),
                ...(m.barcode === undefined ? {} : { barcode: m.barcode }),
              },
              { side, lang: 'en', wallpaper: 'light' },
            ) +
            renderLockScreenMessage({
              icon: m.images.icon,
              organizationName: m.organizationName,
              text: m.logoText,
              at: 'now',
              lang: 'en',
            });
          const { rest, names } = takeApart(out);
          expect(rest).not.toMatch(/[<>]/);
          expect([...names].filter((name) => !OURS.has(name))).toEqual([]);
          expect(out).not.toMatch(/(src|href)="\s*javascript:/i);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('colours that are no colours are replaced, picture addresses that are no pictures left out', () => {
    const out = renderCard(
      {
        ...card,
        colours: { background: 'red;background:url(x)', foreground: '#fff', label: '#123456' },
        images: { logo: 'javascript:x' },
      },
      { platform: 'web', lang: 'en' },
    );
    expect(out).toContain('--card-background:#ffffff;--card-foreground:#221c17;--card-label:#123456');
    expect(out).not.toContain('javascript');
    expect(safeUrl('data:text/html,x', 'image')).toBeUndefined();
    expect(safeUrl('java\nscript:x', 'link')).toBeUndefined();
    expect(safeUrl('/c/1.png', 'image')).toBe('/c/1.png');
  });
});
