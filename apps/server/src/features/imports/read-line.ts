import { createHash } from 'node:crypto';
import type { Language } from '@tessera/contract/messages';
import type { OpeningLot, Rules } from '@tessera/loyalty';
import type { Identifier, Profile } from '../guests/index.ts';
import { createPhoneReader } from '../guests/index.ts';
import type { BroughtGuest } from '../loyalty/index.ts';
import type { FieldName, Fields, LotField, Problem, ProblemCode } from './model.ts';
import { LOTS_MAX } from './model.ts';
import { cleanCell, type Read, readAmount, readDay, readExpiry, readSex, readStart } from './read-cell.ts';

/** What reading a line needs to know beside the line. */
export type ReadingFacts = {
  fields: Fields;
  programmeId: number;
  rules: Rules;
  country: string;
  language: Language;
  now: Temporal.Instant;
  /** Keys of lots that this very company has exported begin so: they are here already. */
  ownTag: string;
};

export type ReadLine =
  /** `here`: lots that this company has exported itself. */
  { guest: BroughtGuest; here: number; problems: null } | { guest: null; problems: Problem[] };

const VALUE_SHOWN = 80;
const NAME_MAX = 100;

/** Reads one line of a file as a guest with what he brings. Everything that is wrong with it is named. */
export function createLineReader(facts: ReadingFacts): (cells: readonly string[]) => ReadLine {
  const places = new Map<FieldName, number>();
  facts.fields.forEach((field, place) => {
    if (field !== null) places.set(field.replace(/\.1$/, '') as FieldName, place);
  });
  const levels = new Map(
    facts.rules.levels.flatMap(({ id, name }) => [
      [id.toLowerCase(), id],
      [name.toLowerCase(), id],
    ]),
  );
  const lots = lotPlaces(places);
  const phoneOf = createPhoneReader(facts.country);
  return (cells) => {
    const problems: Problem[] = [];
    const line: Line = {
      cellOf: (field) => cleanCell(cells[places.get(field) ?? -1] ?? ''),
      wrong: (field, code) => {
        const place = field === null ? null : (places.get(field) ?? null);
        const value = place === null ? '' : (cells[place] ?? '').slice(0, VALUE_SHOWN).toWellFormed();
        problems.push({ column: place, code, value });
      },
    };
    const identifiers = readIdentifiers(line, phoneOf);
    const profile = readProfile(line, facts);
    const opening = lots.flatMap((names) => readLot(line, names, facts) ?? []);
    const turnover = taken(line, 'turnover', (cell) => readAmount(cell, facts.rules.moneyScale));
    const level = taken(line, 'level', (cell): Read<string> => {
      const id = levels.get(cell.toLowerCase());
      return id === undefined ? { problem: 'level_unknown' } : { value: id, problem: null };
    });
    const [first, ...more] = identifiers;
    if (first === undefined && problems.length === 0) line.wrong(null, 'no_identifier');
    if (first === undefined || problems.length > 0) return { guest: null, problems };
    const ownKey = line.cellOf('key');
    const isOwn = ownKey.startsWith(facts.ownTag);
    const brought = isOwn ? [] : opening;
    const keyed = brought.map((lot, index) => ({ ...lot, key: keyOf(facts.programmeId, first, lot, ownKey, index) }));
    const guest = { identifiers: [first, ...more] as const, profile, lots: keyed, turnover, level };
    return { guest, here: isOwn ? opening.length : 0, problems: null };
  };
}

type Line = {
  cellOf: (field: FieldName) => string;
  wrong: (field: FieldName | null, code: ProblemCode) => void;
};

/** The value of a cell, undefined for an empty or a wrong one; what is wrong is noted. */
function taken<T>(line: Line, field: FieldName, read: (cell: string) => Read<T>): T | undefined {
  const cell = line.cellOf(field);
  if (cell === '') return undefined;
  const result = read(cell);
  if (result.problem === null) return result.value;
  line.wrong(field, result.problem);
  return undefined;
}

function text(line: Line, field: FieldName, most: number): string {
  const cell = line.cellOf(field);
  if (cell.length <= most) return cell;
  line.wrong(field, 'text_too_long');
  return '';
}

/** In the order in which a guest is known by them. */
function readIdentifiers(line: Line, phoneOf: (cell: string) => string | null): Identifier[] {
  const phone = taken(line, 'phone', (cell): Read<string> => {
    const value = phoneOf(cell);
    return value === null ? { problem: 'phone_invalid' } : { value, problem: null };
  });
  const found: Identifier[] = [];
  if (phone !== undefined) found.push({ kind: 'phone', value: phone, main: true, verifiedAt: null });
  for (const kind of ['card', 'external'] as const) {
    const value = text(line, kind, NAME_MAX);
    if (value !== '') found.push({ kind, value, main: true, verifiedAt: null });
  }
  return found;
}

function readProfile(line: Line, facts: ReadingFacts): Profile {
  const full = splitName(text(line, 'fullName', NAME_MAX * 2));
  const birthday = taken(line, 'birthday', (cell): Read<string> => {
    const day = readDay(cell);
    if (day.problem !== null) return { problem: 'birthday_invalid' };
    const { year } = day.value;
    const sensible =
      year >= 1900 && Temporal.PlainDate.compare(day.value, facts.now.toZonedDateTimeISO('UTC').toPlainDate()) < 0;
    return sensible ? { value: day.value.toString(), problem: null } : { problem: 'birthday_invalid' };
  });
  const email = taken(line, 'email', (cell): Read<string> => {
    const valid = cell.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell);
    return valid ? { value: cell.toLowerCase(), problem: null } : { problem: 'email_invalid' };
  });
  return {
    firstName: text(line, 'firstName', NAME_MAX) || full.first,
    lastName: text(line, 'lastName', NAME_MAX) || full.last,
    middleName: text(line, 'middleName', NAME_MAX) || full.middle,
    birthday: birthday ?? null,
    sex: taken(line, 'sex', readSex) ?? null,
    email: email ?? null,
    language: facts.language,
  };
}

/** «Иванова Мария Петровна» begins with the family, “Mary Ann Jones” ends with it; a single word is a given name. */
function splitName(name: string): { first: string; last: string; middle: string } {
  const words = name.split(/\s+/).filter(Boolean);
  if (words.length < 2) return { first: words[0] ?? '', last: '', middle: '' };
  const [one = '', two = '', ...rest] = words;
  if (/^\p{Script=Cyrillic}/u.test(one)) return { first: two, last: one, middle: rest.join(' ') };
  return { first: words.slice(0, -1).join(' '), last: words.at(-1) ?? '', middle: '' };
}

type LotNames = Readonly<Record<LotField, FieldName>>;

/** The lots that a line of this file may bring: the plain one, and the numbered ones that have a column of points. */
function lotPlaces(places: ReadonlyMap<FieldName, number>): LotNames[] {
  return Array.from({ length: LOTS_MAX }, (_, index): LotNames => {
    const suffix = index === 0 ? '' : (`.${index + 1}` as const);
    const named = (field: LotField): FieldName => `${field}${suffix}` as FieldName;
    return { points: named('points'), activates: named('activates'), expires: named('expires') };
  }).filter(({ points }) => places.has(points));
}

function readLot(line: Line, names: LotNames, { rules, now }: ReadingFacts): OpeningLot | null {
  const amount = taken(line, names.points, (cell) => readAmount(cell, rules.scale));
  const activatesAt = taken(line, names.activates, (cell) => readStart(cell, rules));
  const expiresAt = taken(line, names.expires, (cell) => readExpiry(cell, rules));
  if (amount === undefined || amount === 0n) return null;
  if (expiresAt && Temporal.Instant.compare(expiresAt, now) <= 0) line.wrong(names.expires, 'expired');
  else if (expiresAt && activatesAt && Temporal.Instant.compare(expiresAt, activatesAt) <= 0) {
    line.wrong(names.expires, 'ends_before_start');
  }
  return { amount, activatesAt, expiresAt };
}

/** 16 bytes, hexadecimal: whose lot it is and its terms; or the file's own key of the line and which lot of it. */
function keyOf(programmeId: number, owner: Identifier, lot: OpeningLot, ownKey: string, index: number): string {
  const { amount, activatesAt, expiresAt } = lot;
  const expiry = expiresAt === undefined ? 'term' : (expiresAt?.epochMilliseconds ?? 'never');
  const facts =
    ownKey === ''
      ? ['lot', owner.kind, owner.value, amount, activatesAt?.epochMilliseconds ?? 'now', expiry]
      : ['own', ownKey, index];
  return createHash('sha256')
    .update([programmeId, ...facts].join('\n'))
    .digest('hex')
    .slice(0, 32);
}
