/** What is seen of a picture: how much it is enlarged, and where its middle lies, as shares of the picture. */
export type View = { readonly zoom: number; readonly x: number; readonly y: number };
export type Size = { readonly width: number; readonly height: number };
/** A part of a picture, as shares of its width and height. */
export type Crop = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

export const ZOOM_MAX = 8;
export const WHOLE_VIEW: View = { zoom: 1, x: 0.5, y: 0.5 };

/** The part that a view shows through a frame of this shape (width ÷ height): never beyond the edge of the picture. */
export function cropOf(view: View, { width, height }: Size, ratio: number): Crop {
  const shape = width / height;
  const zoom = Math.min(ZOOM_MAX, Math.max(1, view.zoom));
  const part = {
    width: (shape > ratio ? ratio / shape : 1) / zoom,
    height: (shape > ratio ? 1 : shape / ratio) / zoom,
  };
  const place = (middle: number, size: number): number => Math.min(1 - size, Math.max(0, middle - size / 2));
  return { left: place(view.x, part.width), top: place(view.y, part.height), ...part };
}

/** The same view with its middle where the picture really allows it to be. */
export function settled(view: View, size: Size, ratio: number): View {
  const crop = cropOf(view, size, ratio);
  return {
    zoom: Math.min(ZOOM_MAX, Math.max(1, view.zoom)),
    x: crop.left + crop.width / 2,
    y: crop.top + crop.height / 2,
  };
}

/** The picture pulled by so many shares of the frame. */
export function moved(view: View, by: { readonly x: number; readonly y: number }, size: Size, ratio: number): View {
  const crop = cropOf(view, size, ratio);
  return settled({ ...view, x: view.x - by.x * crop.width, y: view.y - by.y * crop.height }, size, ratio);
}

/** The shape a picture may keep, nearest to its own. */
export const nearestRatio = ({ width, height }: Size, [least, most]: readonly [number, number]): number =>
  Math.min(most, Math.max(least, width / height));

export const PURPOSES = ['icon', 'logo', 'strip', 'thumbnail', 'background', 'artwork', 'primaryLogo', 'hero'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The shapes that a picture may have (points of Apple's and Google's guidelines), from the narrowest to the widest. */
export function shapesOf(purpose: Purpose, style: string): readonly [least: number, most: number] {
  switch (purpose) {
    case 'icon':
      return [1, 1];
    case 'logo':
      return [1, 160 / 50];
    case 'strip':
      return style === 'eventTicket' ? [375 / 98, 375 / 98] : [375 / 144, 375 / 144];
    case 'thumbnail':
      return [1, 1];
    case 'background':
      return [345 / 505, 345 / 505];
    case 'artwork':
      return [358 / 448, 358 / 448];
    case 'primaryLogo':
      return [1, 126 / 30];
    case 'hero':
      return [1032 / 336, 1032 / 336];
  }
}

/** The pictures that a card of this style shows; an event ticket has a strip or a background. */
export function purposesOf(style: string, poster: boolean): readonly Purpose[] {
  const own: Readonly<Record<string, readonly Purpose[]>> = {
    storeCard: ['strip'],
    coupon: ['strip'],
    generic: ['thumbnail'],
    eventTicket: ['strip', 'background', 'thumbnail'],
  };
  return ['icon', 'logo', ...(own[style] ?? []), ...(poster ? (['artwork', 'primaryLogo'] as const) : []), 'hero'];
}

/** Where the pictures of a language stand; '' for those of all languages. */
export const folderOf = (language: string | undefined): string => (language === undefined ? '' : `${language}.lproj/`);

/** What may differ between languages: the icon is the same everywhere, and Google takes one wide picture. */
export const differsByLanguage = (purpose: Purpose): boolean => purpose !== 'icon' && purpose !== 'hero';

/** The picture of a purpose that is stored, the finest of its sizes; null where there is none. */
export function storedPicture(
  images: Readonly<Record<string, string>>,
  purpose: Purpose,
  language?: string,
): string | null {
  const name = `${folderOf(language)}${purpose}`;
  return images[`${name}@3x.png`] ?? images[`${name}@2x.png`] ?? images[`${name}.png`] ?? null;
}

/** Stored pictures as those of a language. */
export const inLanguage = (
  images: Readonly<Record<string, string>>,
  language: string | undefined,
): Record<string, string> =>
  Object.fromEntries(Object.entries(images).map(([name, hash]) => [`${folderOf(language)}${name}`, hash]));

/** Without the pictures of languages that the design does not speak any more. */
export const ofLanguages = (
  images: Readonly<Record<string, string>>,
  spoken: readonly string[],
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(images).filter(([name]) => {
      const language = /^([a-z]+)\.lproj\//.exec(name)?.[1];
      return language === undefined || spoken.includes(language);
    }),
  );

/** Without the pictures of a purpose; a poster's picture was stored as a background, too, where the style has none. */
export function withoutPicture(
  images: Readonly<Record<string, string>>,
  purpose: Purpose,
  style: string,
  language?: string,
): Record<string, string> {
  const purposes = purpose === 'artwork' && style !== 'eventTicket' ? ['artwork', 'background'] : [purpose];
  const gone = purposes.map((one) => `${folderOf(language)}${one}`);
  return Object.fromEntries(
    Object.entries(images).filter(([name]) => !gone.includes(name.replace(/(@[23]x)?\.png$/, ''))),
  );
}
