import { type BundleFiles, reservedNames } from './assets.ts';
import { makeProblemList, type PassProblem, type ProblemList } from './pass-problem.ts';
import { readPngSize } from './png.ts';

/** Sizes in points, from smallest to largest that is of use; pixels are these times the scale (Apple, "Pass images"). */
type Room = { readonly width: readonly [number, number]; readonly height: readonly [number, number] };

const rooms: Readonly<Record<string, Room>> = {
  icon: { width: [29, 38], height: [29, 38] },
  logo: { width: [20, 160], height: [20, 50] },
  strip: { width: [320, 375], height: [84, 144] },
  thumbnail: { width: [60, 90], height: [60, 90] },
  background: { width: [180, 345], height: [220, 505] },
  artwork: { width: [358, 358], height: [448, 448] },
  primaryLogo: { width: [30, 126], height: [30, 30] },
  secondaryLogo: { width: [12, 135], height: [12, 12] },
  footer: { width: [268, 286], height: [15, 15] },
  personalizationLogo: { width: [40, 150], height: [20, 40] },
};

const imagePattern = /^(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*\.lproj\/)?([A-Za-z]+)(?:@([23])x)?\.png$/;
const otherPattern = /^(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*\.lproj\/pass\.strings|personalization\.json)$/;

/** Checks a design's files: icon present, all resolutions, real PNGs of fitting size, no strange names. */
export function validateAssets(files: BundleFiles): PassProblem[] {
  const list = makeProblemList();
  const entries: [string, Uint8Array][] = files instanceof Map ? [...files] : Object.entries(files);
  const names = new Set(entries.map(([name]) => name));
  if (!['icon.png', 'icon@2x.png', 'icon@3x.png'].some((name) => names.has(name)))
    list.error('icon.png', 'icon_missing');
  for (const [name, data] of entries) validateFile(name, data, list);
  validateLanguages([...names], list);
  for (const stem of new Set([...names].flatMap((name) => stemOf(name) ?? []))) {
    for (const missing of [`${stem}.png`, `${stem}@2x.png`, `${stem}@3x.png`].filter((name) => !names.has(name))) {
      list.warn(`${stem}.png`, 'resolution_missing', { name: missing });
    }
  }
  return [...list.problems];
}

/** A picture at the top wins over those of languages, and each language wants the same ones (Apple, "Localize"). */
function validateLanguages(names: readonly string[], list: ProblemList): void {
  const all = new Set(names);
  const folders = new Set(names.flatMap((name) => /^[^/]+\.lproj(?=\/)/.exec(name)?.[0] ?? []));
  for (const name of names) {
    const plain = /^[^/]+\.lproj\/(.+\.png)$/.exec(name)?.[1];
    if (plain === undefined) continue;
    if (all.has(plain)) list.error(name, 'localized_image_hidden', { name: plain });
    for (const folder of folders) {
      if (!all.has(`${folder}/${plain}`)) list.warn(name, 'localized_image_missing', { name: `${folder}/${plain}` });
    }
  }
}

function stemOf(name: string): string | undefined {
  return imagePattern.test(name) ? name.replace(/(@[23]x)?\.png$/, '') : undefined;
}

function validateFile(name: string, data: Uint8Array, list: ProblemList): void {
  const [, image = '', scaleText = '1'] = imagePattern.exec(name) ?? [];
  const room = Object.hasOwn(rooms, image) ? rooms[image] : undefined;
  if (!room) {
    if (!otherPattern.test(name) && !reservedNames.includes(name)) list.warn(name, 'file_unknown');
    return;
  }
  const size = readPngSize(data);
  if (!size) {
    list.error(name, 'image_not_png');
    return;
  }
  const scale = Number(scaleText);
  const [minWidth, maxWidth] = room.width.map((points) => points * scale) as [number, number];
  const [minHeight, maxHeight] = room.height.map((points) => points * scale) as [number, number];
  if (size.width < minWidth || size.height < minHeight) {
    list.error(name, 'image_too_small', { ...size, minWidth, minHeight });
  } else if (size.width > maxWidth || size.height > maxHeight) {
    list.warn(name, 'image_too_large', { ...size, maxWidth, maxHeight });
  }
}
