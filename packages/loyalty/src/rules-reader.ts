import { MAX_AMOUNT } from './amounts.ts';

/** Longest term in days: a hundred years. */
export const MAX_DAYS = 36_500;

export type RulesProblem = {
  /** Where, as `levels[1].rateBasisPoints`. */
  readonly path: string;
  readonly code: RulesProblemCode;
  /** What was expected, for a sentence: a bound, or the values that are allowed. */
  readonly expected: string;
};
export type RulesProblemCode =
  | 'missing'
  | 'wrong_type'
  | 'out_of_range'
  | 'unknown_value'
  | 'unknown_field'
  | 'unknown_time_zone'
  | 'repeated'
  | 'not_ascending';

/** One object of the JSON being read. Each reader notes what is wrong and answers something harmless to go on with. */
export type Field = {
  readonly text: (name: string, maxLength: number) => string;
  readonly integer: (name: string, least: number, most: number, fallback: number | undefined) => number;
  readonly amount: (name: string, least: bigint, fallback: bigint | undefined) => bigint;
  readonly oneOf: <T extends string>(name: string, allowed: readonly T[], fallback: T) => T;
  readonly timeZone: (name: string) => string;
  readonly timeOfDay: (name: string, fallback: string) => string;
  readonly object: (name: string) => Field;
  readonly list: (name: string, least: number, most: number) => readonly Field[];
  /** A list of texts; `null` when absent. */
  readonly texts: (name: string, most: number) => readonly string[] | null;
  /** An instant in ISO 8601 with its offset, as epoch milliseconds; `null` when absent. */
  readonly instant: (name: string) => number | null;
  readonly flag: (name: string, fallback: boolean) => boolean;
  /** Whether a member has just this value. */
  readonly is: (name: string, value: string) => boolean;
  readonly isNullOrAbsent: (name: string) => boolean;
  readonly problem: (name: string, code: RulesProblemCode, expected: string) => void;
  /** Notes every member that no reader has asked for. Called last. */
  readonly refuseUnknown: () => void;
};

export function readRoot(json: unknown, problems: RulesProblem[]): Field {
  return readObject(json, '', problems);
}

function readObject(json: unknown, path: string, problems: RulesProblem[]): Field {
  const members: Readonly<Record<string, unknown>> = isRecord(json) ? json : {};
  const asked = new Set<string>();
  const problem = (name: string, code: RulesProblemCode, expected: string): void => {
    const at = name === '' ? path : path === '' ? name : `${path}.${name}`;
    problems.push({ path: at, code, expected });
  };
  if (json !== undefined && !isRecord(json)) problem('', 'wrong_type', 'object');
  const ask = (name: string): unknown => {
    asked.add(name);
    return Object.hasOwn(members, name) ? members[name] : undefined;
  };
  const pathTo = (name: string): string => (path === '' ? name : `${path}.${name}`);
  return {
    text: (name, maxLength) => readText(ask(name), maxLength, (code, expected) => problem(name, code, expected)),
    integer: (name, least, most, fallback) => {
      const value = ask(name) ?? fallback;
      if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most)
        return value as number;
      const code = value === undefined ? 'missing' : Number.isSafeInteger(value) ? 'out_of_range' : 'wrong_type';
      problem(name, code, `integer ${least}…${most}`);
      return least;
    },
    amount: (name, least, fallback) =>
      readAmount(ask(name) ?? fallback, least, (code, expected) => problem(name, code, expected)),
    oneOf: (name, allowed, fallback) => {
      const value = ask(name) ?? fallback;
      const found = allowed.find((one) => one === value);
      if (found === undefined) problem(name, 'unknown_value', allowed.join(' | '));
      return found ?? fallback;
    },
    timeZone: (name) => {
      const value = ask(name);
      if (typeof value === 'string' && isTimeZone(value)) return value;
      problem(name, value === undefined ? 'missing' : 'unknown_time_zone', 'IANA time zone, such as Europe/Moscow');
      return 'UTC';
    },
    timeOfDay: (name, fallback) => {
      const value = ask(name) ?? fallback;
      if (typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value)) return value;
      problem(name, 'wrong_type', 'HH:MM');
      return fallback;
    },
    object: (name) => readObject(ask(name), pathTo(name), problems),
    list: (name, least, most) => {
      const value = ask(name);
      const items: readonly unknown[] = Array.isArray(value) ? value : [];
      if (value === undefined) problem(name, 'missing', 'list');
      else if (!Array.isArray(value)) problem(name, 'wrong_type', 'list');
      else if (items.length < least || items.length > most) problem(name, 'out_of_range', `${least}…${most} items`);
      return items.slice(0, most).map((item, index) => readObject(item ?? null, `${pathTo(name)}[${index}]`, problems));
    },
    texts: (name, most) => readTexts(ask(name) ?? null, most, (code, expected) => problem(name, code, expected)),
    instant: (name) => readInstant(ask(name) ?? null, (code, expected) => problem(name, code, expected)),
    flag: (name, fallback) => {
      const value = ask(name) ?? fallback;
      if (typeof value !== 'boolean') problem(name, 'wrong_type', 'true | false');
      return value === true;
    },
    is: (name, value) => ask(name) === value,
    isNullOrAbsent: (name) => (ask(name) ?? null) === null,
    problem,
    refuseUnknown: () => {
      for (const name of Object.keys(members)) if (!asked.has(name)) problem(name, 'unknown_field', 'no such setting');
    },
  };
}

type Report = (code: RulesProblemCode, expected: string) => void;

function readText(value: unknown, maxLength: number, report: Report): string {
  if (typeof value === 'string' && value.trim().length > 0 && value.length <= maxLength) return value;
  const code = value === undefined ? 'missing' : typeof value === 'string' ? 'out_of_range' : 'wrong_type';
  report(code, `text of 1…${maxLength} characters`);
  return '';
}

function readTexts(value: unknown, most: number, report: Report): readonly string[] | null {
  if (value === null) return null;
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const texts = items.filter((item) => typeof item === 'string' && item.length > 0 && item.length <= 200);
  if (!Array.isArray(value) || texts.length < items.length) report('wrong_type', 'list of texts');
  else if (items.length === 0 || items.length > most) report('out_of_range', `1…${most} texts`);
  return texts as string[];
}

function readInstant(value: unknown, report: Report): number | null {
  if (value === null) return null;
  try {
    if (typeof value === 'string') return Temporal.Instant.from(value).epochMilliseconds;
  } catch {
    // Said below.
  }
  report('wrong_type', 'instant, such as 2026-12-01T00:00:00+03:00');
  return null;
}

function readAmount(value: unknown, least: bigint, report: Report): bigint {
  const expected = `integer ${least}…${MAX_AMOUNT}`;
  const isInteger = Number.isSafeInteger(value) || typeof value === 'bigint';
  if (!isInteger && !(typeof value === 'string' && /^-?\d{1,20}$/.test(value))) {
    report(value === undefined ? 'missing' : 'wrong_type', expected);
    return least;
  }
  const amount = BigInt(value as number | bigint | string);
  if (amount >= least && amount <= MAX_AMOUNT) return amount;
  report('out_of_range', expected);
  return least;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
