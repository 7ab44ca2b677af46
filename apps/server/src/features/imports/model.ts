/** What a column of a file may say. Lots are numbered where one line brings several: `points.2`. */
export const FIELDS = [
  'phone',
  'card',
  'external',
  'firstName',
  'lastName',
  'middleName',
  'fullName',
  'birthday',
  'sex',
  'email',
  'level',
  'turnover',
  'key',
] as const;
export const LOT_FIELDS = ['points', 'activates', 'expires'] as const;
export const LOTS_MAX = 9;

export type LotField = (typeof LOT_FIELDS)[number];
/** `points` and `points.1` are the same. */
export type FieldName = (typeof FIELDS)[number] | LotField | `${LotField}.${number}`;
/** By the place of the column; null for one that is left out. */
export type Fields = readonly (FieldName | null)[];

export type ImportStatus =
  | 'uploading'
  | 'ready'
  | 'checking'
  | 'checked'
  | 'running'
  | 'paused'
  | 'done'
  | 'cancelled'
  | 'failed';

export type Encoding = 'utf-8' | 'windows-1251' | 'utf-16le';
export type Delimiter = ';' | ',' | '\t';
export type FileFormat = { encoding: Encoding; delimiter: Delimiter };

/** Why a cell, a line or a file cannot be taken. Its sentence stands under `import.problem`. */
export const PROBLEM_CODES = [
  'no_identifier',
  'phone_invalid',
  'text_too_long',
  'number_invalid',
  'too_precise',
  'negative',
  'too_big',
  'date_invalid',
  'expired',
  'ends_before_start',
  'birthday_invalid',
  'sex_unknown',
  'email_invalid',
  'level_unknown',
  'lot_without_points',
  'repeated',
  'account_blocked',
  'identifier_taken',
  'refused',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];
export type Problem = {
  /** Place of the column, null for the line as a whole. */
  column: number | null;
  code: ProblemCode;
  /** The cell as it came, shortened. */
  value: string;
};

/** What a dry run has found. Amounts are minor units. */
export type CheckReport = {
  lines: number;
  good: number;
  bad: number;
  guestsNew: number;
  guestsKnown: number;
  lots: number;
  /** Decimal text: a company's points may pass what a number holds exactly. */
  points: string;
  /** Lots that an earlier file has brought. */
  repeatedLots: number;
  problems: Partial<Record<ProblemCode, number>>;
};

/** What a run has done so far. */
export type RunResult = {
  opened: number;
  changed: number;
  unchanged: number;
  rejected: number;
  lots: number;
  points: string;
  repeatedLots: number;
};

export const EMPTY_REPORT: CheckReport = {
  lines: 0,
  good: 0,
  bad: 0,
  guestsNew: 0,
  guestsKnown: 0,
  lots: 0,
  points: '0',
  repeatedLots: 0,
  problems: {},
};
export const EMPTY_RESULT: RunResult = {
  opened: 0,
  changed: 0,
  unchanged: 0,
  rejected: 0,
  lots: 0,
  points: '0',
  repeatedLots: 0,
};

/** Why a whole file cannot be read; `line` is where it went wrong. */
export type FileFailure = {
  code: 'quote_open' | 'line_too_long' | 'not_text' | 'empty' | 'too_many_lines';
  line: number;
};

export const PART_BYTES_MAX = 4 * 1024 * 1024;
/** 512 MiB: some five million lines. */
export const PARTS_MAX = 128;
export const LINES_MAX = 5_000_000;
/** So many bad lines are kept to be shown and mended; more are only counted. */
export const REJECTS_MAX = 10_000;

/** Bad lines may be mended for so many days; an import that nobody has touched for as long is over, and so is its file. */
export const LINES_KEPT_DAYS = 30;

/** Statuses in which the file is still needed. */
export const isOpen = (status: ImportStatus): boolean => !['done', 'cancelled', 'failed'].includes(status);

export function addResults(one: RunResult, other: RunResult): RunResult {
  return {
    opened: one.opened + other.opened,
    changed: one.changed + other.changed,
    unchanged: one.unchanged + other.unchanged,
    rejected: one.rejected + other.rejected,
    lots: one.lots + other.lots,
    points: String(BigInt(one.points) + BigInt(other.points)),
    repeatedLots: one.repeatedLots + other.repeatedLots,
  };
}
