import { type Static, Type } from 'typebox';
import { PageQuery } from './console.ts';
import { Id, InstantText, Nullable, SmallCursor, SmallId, Strict } from './shapes.ts';

/**
 * Files of accounts, `/api/v1/imports` and `/api/v1/exports`. A file is sent in parts, its columns are confirmed, a dry run
 * tells what would happen, and the run goes on in the background.
 */

// --- POST /api/v1/imports
export const NewImport = Strict({
  /** Made by the caller once for each file: sent again it answers the same import. */
  key: Type.String({ format: 'uuid' }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  /** The group that new accounts belong to; its programme is where points go. */
  groupId: SmallId,
});
export type NewImport = Static<typeof NewImport>;

// --- PUT /api/v1/imports/:importId/parts/:part: application/octet-stream, at most 4 MiB, from 0 without a gap
export const ImportParams = Strict({ importId: SmallId });
export const ImportPartParams = Strict({
  ...ImportParams.properties,
  part: Type.Integer({ minimum: 0, maximum: 1_000 }),
});
export const ImportPart = Strict({ part: Type.Integer() });

const Count = Type.Integer({ minimum: 0 });
/** Minor units; may pass the largest single amount, stays exact. */
const Sum = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

export const ImportStatus = Type.Union([
  Type.Literal('uploading'),
  Type.Literal('ready'),
  Type.Literal('checking'),
  Type.Literal('checked'),
  Type.Literal('running'),
  Type.Literal('paused'),
  Type.Literal('done'),
  Type.Literal('cancelled'),
  Type.Literal('failed'),
]);

/** What a column says, by its place; null is left out. Lots of one line are numbered: `points.2`. */
export const ImportFields = Type.Array(
  Nullable(
    Type.String({
      pattern:
        '^(phone|card|external|firstName|lastName|middleName|fullName|birthday|sex|email|level|turnover|key|(points|activates|expires)([.][1-9])?)$',
    }),
  ),
  { minItems: 1, maxItems: 200 },
);

/** One import as it stands. */
export const Import = Strict({
  importId: Id,
  name: Type.String(),
  groupId: Type.Integer(),
  status: ImportStatus,
  columns: Nullable(Type.Array(Type.String())),
  fields: Nullable(ImportFields),
  /** Lines of the file without its heading, known after the dry run. */
  lines: Count,
  linesDone: Count,
  /** Lines a second, and seconds that are left; null while nobody knows. */
  rate: Nullable(Count),
  secondsLeft: Nullable(Count),
  /** What the dry run has found. */
  report: Nullable(
    Strict({
      good: Count,
      bad: Count,
      guestsNew: Count,
      guestsKnown: Count,
      lots: Count,
      points: Sum,
      /** Lots that an earlier file has brought: they are left out. */
      repeatedLots: Count,
      problems: Type.Array(Strict({ code: Type.String(), message: Type.String(), lines: Count })),
    }),
  ),
  /** What the run has done so far. */
  result: Nullable(
    Strict({
      opened: Count,
      changed: Count,
      unchanged: Count,
      rejected: Count,
      lots: Count,
      points: Sum,
      repeatedLots: Count,
    }),
  ),
  /** Why the file cannot be read. */
  failure: Nullable(Strict({ code: Type.String(), line: Count, message: Type.String() })),
  createdAt: InstantText,
});
export type Import = Static<typeof Import>;
export const ImportPage = Strict({ items: Type.Array(Import), next: Nullable(Type.String()) });
export type ImportPage = Static<typeof ImportPage>;
export const ImportsQuery = Strict({ after: Type.Optional(SmallCursor), limit: PageQuery.properties.limit });

// --- POST /api/v1/imports/:importId/columns: the file is here
export const ImportColumns = Strict({
  import: Import,
  encoding: Type.String(),
  delimiter: Type.String(),
  /** The first lines, to see by. */
  samples: Type.Array(Type.Array(Type.String())),
});
export type ImportColumns = Static<typeof ImportColumns>;

// --- POST /api/v1/imports/:importId/check, then …/run, …/pause, …/cancel
export const ImportCheck = Strict({ fields: ImportFields });
export type ImportCheck = Static<typeof ImportCheck>;

// --- GET /api/v1/imports/:importId/rejects, and the same as rejects.csv
export const ImportReject = Strict({
  line: Count,
  problems: Type.Array(
    Strict({ code: Type.String(), column: Nullable(Type.String()), value: Type.String(), message: Type.String() }),
  ),
  cells: Type.Array(Type.String()),
});
export type ImportReject = Static<typeof ImportReject>;
export const ImportRejects = Strict({ items: Type.Array(ImportReject), next: Nullable(Type.String()) });
export type ImportRejects = Static<typeof ImportRejects>;

// --- GET /api/v1/exports/accounts.csv?groupId=, GET /api/v1/exports/entries.csv?accountId=
export const ExportAccountsQuery = Strict({
  groupId: Type.Optional(SmallId),
});
export const ExportEntriesQuery = Strict({ accountId: Type.Optional(Id) });
