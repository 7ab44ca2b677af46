import { validateAssets } from '@tessera/pkpass';
import { describe, expect, test } from 'vitest';
import { makePng, testDesign } from '../../../../test/wallet-design.ts';
import { findDesignProblems } from './find-problems.ts';
import { localizeDesign } from './localize.ts';
import { bundlePictures } from './pictures-of-language.ts';

const images = {
  'icon.png': 'icon',
  'hero.png': 'hero',
  'logo.png': 'logo',
  'strip.png': 'strip',
  'strip@2x.png': 'strip2',
  'strip@3x.png': 'strip3',
  'en.lproj/strip.png': 'english',
  'en.lproj/strip@2x.png': 'english2',
};
const body = { ...testDesign({ texts: { en: {} } }), images };

describe('a picture of one language', () => {
  test('stands in the place of the common one, with all its sizes, on the faces of that language alone', () => {
    expect(localizeDesign(body, 'en').images).toEqual({
      'icon.png': 'icon',
      'hero.png': 'hero',
      'logo.png': 'logo',
      'strip.png': 'english',
      'strip@2x.png': 'english2',
    });
    expect(localizeDesign(body, 'ru').images).toEqual({
      'icon.png': 'icon',
      'hero.png': 'hero',
      'logo.png': 'logo',
      'strip.png': 'strip',
      'strip@2x.png': 'strip2',
      'strip@3x.png': 'strip3',
    });
  });

  test('stands in a bundle beside those of the other languages and never at the top, where it would win over all', () => {
    expect(bundlePictures(images, ['ru', 'en'])).toEqual({
      'icon.png': 'icon',
      'hero.png': 'hero',
      'logo.png': 'logo',
      'ru.lproj/strip.png': 'strip',
      'ru.lproj/strip@2x.png': 'strip2',
      'ru.lproj/strip@3x.png': 'strip3',
      'en.lproj/strip.png': 'english',
      'en.lproj/strip@2x.png': 'english2',
    });
  });

  test('is no matter of designs without one: they stay what they were', () => {
    const { 'en.lproj/strip.png': _, 'en.lproj/strip@2x.png': __, ...common } = images;
    const plain = { ...body, images: common };
    expect(localizeDesign(plain, 'ru')).toBe(plain);
    expect(bundlePictures(common, ['ru', 'en'])).toEqual(common);
  });

  test('of a language that the design does not speak, or of its first one, is refused', () => {
    const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
    const found = (names: string[], draft = body) =>
      findDesignProblems(draft, names, { now, nfcCapable: null }).filter(
        ({ code }) => code === 'image_language_unknown',
      );
    expect(found(Object.keys(images))).toEqual([]);
    expect(found([...Object.keys(images), 'ru.lproj/strip.png'])).toMatchObject([{ path: 'images/ru.lproj' }]);
    expect(found(Object.keys(images), { ...testDesign(), images })).toMatchObject([{ severity: 'error' }]);
  });
});

describe('the strict reader', () => {
  const icon = { 'icon.png': makePng(38, 38), 'icon@2x.png': makePng(76, 76), 'icon@3x.png': makePng(114, 114) };
  const strip = (folder: string) => ({
    [`${folder}strip.png`]: makePng(375, 144),
    [`${folder}strip@2x.png`]: makePng(750, 288),
    [`${folder}strip@3x.png`]: makePng(1125, 432),
  });
  const codes = (files: Record<string, Uint8Array>) => [...new Set(validateAssets(files).map(({ code }) => code))];

  test('takes pictures of languages, and finds one that hides them or is missing in another', () => {
    expect(codes({ ...icon, ...strip('ru.lproj/'), ...strip('en.lproj/') })).toEqual([]);
    expect(codes({ ...icon, ...strip(''), ...strip('en.lproj/') })).toEqual(['localized_image_hidden']);
    expect(codes({ ...icon, ...strip('en.lproj/'), 'ru.lproj/pass.strings': new Uint8Array() })).toEqual([
      'localized_image_missing',
    ]);
    const { 'en.lproj/strip@3x.png': _, ...two } = strip('en.lproj/') as Record<string, Uint8Array>;
    expect(codes({ ...icon, ...strip('ru.lproj/'), ...two })).toEqual([
      'localized_image_missing',
      'resolution_missing',
    ]);
  });
});
