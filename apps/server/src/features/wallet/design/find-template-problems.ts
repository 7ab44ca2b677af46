import { referencedField, variableNames, variablesIn } from '../variables.ts';
import { type DesignDraft, fieldGroups } from './body.ts';
import { type DesignProblem, type Found, problem } from './problem.ts';

/** A place where variables are written. */
type Place = { readonly path: string; readonly template: string };

/** Unknown names, names of fields that are not there, circles, and the one name that must not be shown. */
export function findTemplateProblems(draft: DesignDraft): Found {
  return placesOf(draft).flatMap(({ path, template }) => [
    ...unknownNames(template).map((name) => problem(path, 'variable_unknown', { name, ...suggestion(name) })),
    ...variablesIn(template).flatMap((name): DesignProblem[] => {
      const reference = referencedField(name);
      if (reference && !draft.fields[reference[0]][reference[1]]) {
        return [problem(path, 'variable_without_field', { name: `${name}#` })];
      }
      // Whoever reads it off the screen can fetch the card, and its news, for ever.
      if (name === 'Token' && !path.startsWith('nfc')) return [problem(path, 'token_shown')];
      return isCircular(draft, name, []) ? [problem(path, 'variable_circular', { name: `${name}#` })] : [];
    }),
  ]);
}

function placesOf(draft: DesignDraft): Place[] {
  const fields = fieldGroups.flatMap((group) =>
    draft.fields[group].flatMap(({ label, value }, index) => [
      { path: `fields/${group}/${index}/label`, template: label },
      { path: `fields/${group}/${index}/value`, template: value },
    ]),
  );
  const translations = Object.entries(draft.texts ?? {}).flatMap(([language, texts]) => [
    { path: `texts/${language}/logoText`, template: texts?.logoText ?? '' },
    { path: `texts/${language}/altText`, template: texts?.altText ?? '' },
    ...Object.entries(texts?.fields ?? {}).flatMap(([key, field]) => [
      { path: `texts/${language}/fields/${key}/label`, template: field.label ?? '' },
      { path: `texts/${language}/fields/${key}/value`, template: field.value ?? '' },
    ]),
  ]);
  return [
    ...fields,
    ...translations,
    { path: 'logoText', template: draft.logoText },
    ...(draft.barcode
      ? [
          { path: 'barcode/message', template: draft.barcode.message },
          { path: 'barcode/altText', template: draft.barcode.altText },
        ]
      : []),
    ...(draft.nfc ? [{ path: 'nfc/message', template: draft.nfc.message }] : []),
    ...(draft.poster?.title ? [{ path: 'poster/title', template: draft.poster.title }] : []),
    ...(draft.links ?? []).map(({ label }, index) => ({ path: `links/${index}/label`, template: label })),
  ];
}

/** Words before a `#` that are no variables: `Bonuss#`. A number sign after a space or a digit is none of ours. */
export function unknownNames(template: string): string[] {
  const known = new Set(variableNames);
  return (
    [...template.matchAll(/(?<![\p{L}\p{N}/])([A-Za-z]{3,}\d{0,2})#/gu)]
      .flatMap(([, name]) => name ?? [])
      // A known name may have a word before it: `NoFirstName#` fills in the name behind `No`.
      .filter((name) => !known.has(name) && !variableNames.some((one) => name.endsWith(one)))
  );
}

/** The known name that was probably meant. */
function suggestion(name: string): { suggestion: string } | Record<string, never> {
  const near = variableNames
    .map((one) => ({ one, distance: distanceOf(name.toLowerCase(), one.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return near && near.distance <= Math.max(2, Math.floor(name.length / 3)) ? { suggestion: `${near.one}#` } : {};
}

/** How many letters have to be changed, added or taken away (Levenshtein). */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const swap = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, swap));
    }
    row = next;
  }
  return row[other.length]!;
}

/** Whether what a variable stands for leads back to itself. */
function isCircular(draft: DesignDraft, name: string, before: readonly string[]): boolean {
  if (before.includes(name)) return true;
  const reference = referencedField(name);
  const template = name === 'logo' ? draft.logoText : reference && draft.fields[reference[0]][reference[1]]?.value;
  if (!template || before.length > variableNames.length) return false;
  return variablesIn(template).some((inner) => isCircular(draft, inner, [...before, name]));
}
