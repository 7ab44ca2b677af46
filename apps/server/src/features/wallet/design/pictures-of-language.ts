import type { Language } from '@tessera/contract/messages';
import type { DesignBody } from './body.ts';

type Images = DesignBody['images'];

/** `en.lproj/strip@2x.png`: the language and the name within it; null for a picture of every language. */
const FOLDER = /^([a-z]{2})\.lproj\/(.+)$/;

/** What a picture is for, in whichever language and size: `strip` of `en.lproj/strip@2x.png`. */
export const stemOf = (name: string): string => name.replace(FOLDER, '$2').replace(/(@[23]x)?\.png$/, '');

/** The language that a picture is of; null: of all. */
const languageOfPicture = (name: string): string | null => FOLDER.exec(name)?.[1] ?? null;

/** The pictures that a card in this language shows, by their plain names: its own in the place of the common ones. */
export function picturesOf(images: Images, language: Language): Images {
  const names = Object.keys(images);
  if (!names.some((name) => languageOfPicture(name) !== null)) return images;
  const own = names.filter((name) => languageOfPicture(name) === language);
  const replaced = new Set(own.map(stemOf));
  const common = names.filter((name) => languageOfPicture(name) === null && !replaced.has(stemOf(name)));
  return Object.fromEntries([
    ...common.map((name) => [name, images[name]!]),
    ...own.map((name) => [name.replace(FOLDER, '$2'), images[name]!]),
  ]);
}

/**
 * Where the pictures of a design stand in a bundle. A picture that differs between languages stands in the folder of each of
 * them, in the same sizes, and not at the top: there it would win over all (Apple, "Adding localized images").
 */
export function bundlePictures(images: Images, spoken: readonly Language[]): Images {
  const differing = new Set(
    Object.keys(images)
      .filter((name) => spoken.some((language) => language === languageOfPicture(name)))
      .map(stemOf),
  );
  const everywhere = Object.entries(images).filter(
    ([name]) => languageOfPicture(name) === null && !differing.has(stemOf(name)),
  );
  const inFolders = spoken.flatMap((language) =>
    Object.entries(picturesOf(images, language))
      .filter(([name]) => differing.has(stemOf(name)))
      .map(([name, sha256]) => [`${language}.lproj/${name}`, sha256] as const),
  );
  return Object.fromEntries([...everywhere, ...inFolders]);
}

/** The pictures of a design with some of a card's own: they stand in the place of those in every language and size. */
export function withOwnPictures(images: Images, own: Images | undefined): Images {
  if (!own) return images;
  const replaced = new Set(Object.keys(own).map(stemOf));
  return { ...Object.fromEntries(Object.entries(images).filter(([name]) => !replaced.has(stemOf(name)))), ...own };
}

/** Languages of pictures that the design does not speak, and its first one, whose pictures are the common ones. */
export const strangeLanguages = (names: readonly string[], [, ...others]: readonly Language[]): string[] => [
  ...new Set(
    names.flatMap((name) => {
      const language = languageOfPicture(name);
      return language === null || others.some((one) => one === language) ? [] : [language];
    }),
  ),
];
