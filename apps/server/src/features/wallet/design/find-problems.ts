import { languages } from '@tessera/contract/messages';
import { contrastRatio, countDrawn } from '@tessera/look';
import { type DesignBody, type DesignDraft, type DesignField, fieldGroups } from './body.ts';
import { findExtraProblems } from './find-extra-problems.ts';
import { findTemplateProblems } from './find-template-problems.ts';
import { languagesOf } from './localize.ts';
import { stemOf, strangeLanguages } from './pictures-of-language.ts';
import { type DesignProblem, type DesignSurroundings, type Found, problem } from './problem.ts';
import { readTyped } from './typed-value.ts';

/**
 * Everything that is wrong with a design, and everything that phones will not show, by the path of the place: before a
 * phone refuses the card without a word. With errors it cannot be saved.
 */
export function findDesignProblems(
  draft: DesignDraft,
  fileNames: Iterable<string>,
  surroundings: DesignSurroundings,
): DesignProblem[] {
  const names = [...fileNames];
  return [
    ...findTextProblems(draft),
    ...findColourProblems(draft),
    ...findFieldProblems(draft),
    ...findRoomProblems(draft),
    ...findTranslationProblems(draft),
    ...findTemplateProblems(draft),
    ...findImageProblems(draft, names),
    ...findExtraProblems(draft, surroundings),
  ];
}

function findTextProblems({ organizationName, description, barcode }: DesignDraft): Found {
  const empty = (path: string, text: string) => (text.trim() === '' ? [problem(path, 'empty')] : []);
  return [
    ...empty('organizationName', organizationName),
    ...empty('description', description),
    ...(barcode ? empty('barcode/message', barcode.message) : []),
  ];
}

/** WCAG 2.2: text wants 4.5; below 3 large text is hard to read, too. */
const CONTRAST_WANTED = 4.5;

function findColourProblems({ colours }: DesignDraft): Found {
  const malformed = (['background', 'foreground', 'label'] as const).filter(
    (name) => !/^#[0-9a-fA-F]{6}$/.test(colours[name]),
  );
  if (malformed.length > 0) return malformed.map((name) => problem(`colours/${name}`, 'colour_format'));
  return (['foreground', 'label'] as const).flatMap((name) => {
    const ratio = contrastRatio(colours[name], colours.background);
    const told = { ratio: Math.floor(ratio * 10) / 10, wanted: CONTRAST_WANTED };
    return ratio < CONTRAST_WANTED ? [problem(`colours/${name}`, 'contrast_low', told)] : [];
  });
}

function findFieldProblems({ fields }: DesignDraft): Found {
  const seen = new Map<string, string>();
  const found: DesignProblem[] = [];
  let speaking = 0;
  for (const group of fieldGroups) {
    for (const [index, field] of fields[group].entries()) {
      const path = `fields/${group}/${index}`;
      const first = seen.get(field.key);
      // Phones compare old and new by key: one key twice and changes are told of the wrong field.
      if (first !== undefined) found.push(problem(`${path}/key`, 'field_key_duplicate', { key: field.key }));
      // Ours begin with an underscore: links on the back, a poster's title.
      if (!/^[A-Za-z0-9-][A-Za-z0-9_-]{0,63}$/.test(field.key)) found.push(problem(`${path}/key`, 'field_key_format'));
      seen.set(field.key, path);
      if (field.value.trim() === '') found.push(problem(`${path}/value`, 'field_empty'));
      if (field.changeMessage !== undefined) speaking++;
      found.push(...findFieldDetails(field, path));
    }
  }
  if (speaking > 1) found.push(problem('fields', 'change_message_several', { count: speaking }));
  return found;
}

function findFieldDetails({ value, changeMessage, format }: DesignField, path: string): Found {
  const found: DesignProblem[] = [];
  if (changeMessage !== undefined && !changeMessage.includes('%@')) {
    found.push(problem(`${path}/changeMessage`, 'change_message_placeholder'));
  }
  const isVariable = /^\s*[A-Za-z]+\d*#\s*$/.test(value);
  if (format && value.trim() !== '' && !isVariable && !readTyped(value.trim(), format)) {
    found.push(problem(`${path}/format`, 'format_not_fitting'));
  }
  return found;
}

/** What an iPhone leaves out for want of room. */
function findRoomProblems({ style, barcode, fields }: DesignDraft): Found {
  const there = {
    header: fields.header.length,
    primary: fields.primary.length,
    secondary: fields.secondary.length,
    auxiliary: fields.auxiliary.length,
  };
  const drawn = countDrawn(style, barcode?.format ?? null, there);
  return (['header', 'primary', 'secondary', 'auxiliary'] as const).flatMap((group) =>
    there[group] > drawn[group]
      ? [problem(`fields/${group}`, 'fields_not_shown', { count: there[group], limit: drawn[group] })]
      : [],
  );
}

function findTranslationProblems(draft: DesignDraft): Found {
  const [, ...others] = languagesOf(draft);
  const keys = new Set(fieldGroups.flatMap((group) => draft.fields[group].map(({ key }) => key)));
  const found = others.flatMap((language): DesignProblem[] => {
    const texts = draft.texts?.[language] ?? {};
    const path = `texts/${language}`;
    const strangers = Object.keys(texts.fields ?? {}).filter((key) => !keys.has(key));
    const missing = fieldGroups.flatMap((group) =>
      draft.fields[group].filter(({ key, label }) => {
        const own = texts.fields && Object.hasOwn(texts.fields, key) ? texts.fields[key] : undefined;
        return /\p{L}/u.test(label) && !own?.label?.trim();
      }),
    );
    const silent = fieldGroups.flatMap((group) =>
      draft.fields[group].filter(({ key }) => texts.fields?.[key]?.changeMessage?.includes('%@') === false),
    );
    return [
      ...strangers.map((key) => problem(`${path}/fields/${key}`, 'text_without_field', { key })),
      ...silent.map(({ key }) => problem(`${path}/fields/${key}/changeMessage`, 'change_message_placeholder')),
      ...(missing.length > 0 ? [problem(path, 'translation_missing', { count: missing.length })] : []),
    ];
  });
  const doubled = languages.filter((one) => one === draft.language && draft.texts?.[one] !== undefined);
  return [...found, ...doubled.map((one) => problem(`texts/${one}`, 'texts_of_first_language'))];
}

/** Pictures that a style draws (Apple, "Pass design and creation"). */
const drawnImages: Readonly<Record<DesignBody['style'], readonly string[]>> = {
  storeCard: ['icon', 'logo', 'strip'],
  coupon: ['icon', 'logo', 'strip'],
  generic: ['icon', 'logo', 'thumbnail'],
  eventTicket: ['icon', 'logo', 'strip', 'thumbnail', 'background'],
};
const posterImages = ['artwork', 'background', 'primaryLogo'];

function findImageProblems(draft: DesignDraft, names: readonly string[]): Found {
  const { style, poster } = draft;
  const stems = [...new Set(names.map(stemOf))];
  const drawn = [...drawnImages[style], ...(poster ? posterImages : []), 'hero'];
  const found = stems
    .filter((stem) => !drawn.includes(stem))
    .map((stem) => problem(`images/${stem}`, 'image_not_shown'));
  for (const language of strangeLanguages(names, languagesOf(draft))) {
    found.push(problem(`images/${language}.lproj`, 'image_language_unknown', { language }));
  }
  // Wallet refuses a card without any icon, silently.
  if (!stems.includes('icon')) found.push(problem('images/icon', 'icon_missing'));
  if (
    style === 'eventTicket' &&
    stems.includes('strip') &&
    (stems.includes('background') || stems.includes('thumbnail'))
  ) {
    found.push(problem('images/strip', 'images_conflict'));
  }
  if (poster && !stems.includes('artwork')) found.push(problem('images/artwork', 'poster_without_artwork'));
  return found;
}
