/** A field that two servers tell differently. `ours` and `theirs` are null where the values are about a person. */
export type Difference = { readonly path: string; readonly ours: string | null; readonly theirs: string | null };

/** Numbers that each server gives by itself, moments of writing and sentences: they say nothing about an account. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  'accountId',
  'accountGroupId',
  'checkId',
  'id',
  'code',
  'kind',
  'source',
  'date',
  'recordedAt',
  'text',
  'checkData',
  'personal',
]);
/** Texts that may be told: nobody's name, phone, address or birthday is among them. */
const TOLD_TEXTS: ReadonlySet<string> = new Set(['level', 'level.name', 'status', 'items[].expiresAt']);
const DIFFERENCES_MAX = 20;

/**
 * What two answers tell differently, of the fields that both have.
 * @returns null when they have nothing in common that could be compared
 */
export function compareAnswers(ours: unknown, theirs: unknown): Difference[] | null {
  const found: Difference[] = [];
  const compared = compareAt('', ours, theirs, found);
  return compared === 0 ? null : found.slice(0, DIFFERENCES_MAX);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns how many values were compared */
function compareAt(path: string, ours: unknown, theirs: unknown, found: Difference[]): number {
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    if (ours.length !== theirs.length) {
      found.push({ path: `${path}[].length`, ours: String(ours.length), theirs: String(theirs.length) });
      return 1;
    }
    return ours.reduce((sum, one, index) => sum + compareAt(`${path}[]`, one, theirs[index], found), 1);
  }
  if (isObject(ours) && isObject(theirs)) {
    let compared = 0;
    for (const [name, one] of Object.entries(ours)) {
      if (OWN_NAMES.has(name) || !Object.hasOwn(theirs, name)) continue;
      compared += compareAt(path ? `${path}.${name}` : name, one, theirs[name], found);
    }
    return compared;
  }
  if (!isSame(ours, theirs)) found.push({ path, ...(tells(path, ours, theirs) ?? { ours: null, theirs: null }) });
  return 1;
}

/** Two ways to write one moment are one; an absent text and an empty one say the same. */
function isSame(ours: unknown, theirs: unknown): boolean {
  if (ours === theirs || (isNothing(ours) && isNothing(theirs))) return true;
  if (typeof ours !== 'string' || typeof theirs !== 'string') return false;
  const moments = [ours, theirs].map((text) => (/^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN));
  return moments[0] === moments[1];
}

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === '';
const isPlain = (value: unknown): boolean => typeof value === 'number' || typeof value === 'boolean';

function tells(path: string, ours: unknown, theirs: unknown): { ours: string; theirs: string } | null {
  const plain = [ours, theirs].every((value) => isPlain(value) || value === null);
  const told =
    TOLD_TEXTS.has(path) &&
    [ours, theirs].every((value) => isPlain(value) || typeof value === 'string' || value === null);
  return plain || told ? { ours: String(ours).slice(0, 200), theirs: String(theirs).slice(0, 200) } : null;
}
