import type { Tenant, TenantTransaction } from '../../platform/database/index.ts';
import type { CheckReport, Fields, FileFailure, FileFormat, ImportStatus, Problem, RunResult } from './model.ts';

export type ImportRow = {
  importId: number;
  name: string;
  groupId: number;
  status: ImportStatus;
  format: FileFormat | null;
  columns: string[] | null;
  fields: Fields | null;
  lines: number;
  linesDone: number;
  workedMs: number;
  report: CheckReport | null;
  result: RunResult | null;
  failure: FileFailure | null;
  createdAt: Temporal.Instant;
};

type Row = {
  import_id: number;
  name: string;
  group_id: number;
  status: ImportStatus;
  file_format: FileFormat | null;
  columns: string[] | null;
  fields: Fields | null;
  lines: number;
  lines_done: number;
  worked_ms: bigint;
  report: CheckReport | null;
  result: RunResult | null;
  failure: FileFailure | null;
  created_at: Temporal.Instant;
};

const COLUMNS = `import_id, name, group_id, status, file_format, columns, fields, lines, lines_done, worked_ms, report, result,
  failure, created_at`;

const toImport = (row: Row): ImportRow => ({
  importId: row.import_id,
  name: row.name,
  groupId: row.group_id,
  status: row.status,
  format: row.file_format,
  columns: row.columns,
  fields: row.fields,
  lines: row.lines,
  linesDone: row.lines_done,
  workedMs: Number(row.worked_ms),
  report: row.report,
  result: row.result,
  failure: row.failure,
  createdAt: row.created_at,
});

export async function selectImport(tenant: Tenant, importId: number): Promise<ImportRow | null> {
  const rows = await tenant.query<Row>(`select ${COLUMNS} from imports where company_id = $1 and import_id = $2`, [
    tenant.companyId,
    importId,
  ]);
  return rows[0] ? toImport(rows[0]) : null;
}

/** Newest first; `before` is the last one of the page above. */
export async function selectImports(tenant: Tenant, before: number | null, limit: number): Promise<ImportRow[]> {
  const rows = await tenant.query<Row>(
    `select ${COLUMNS} from imports where company_id = $1 and ($2::integer is null or import_id < $2)
     order by import_id desc limit $3`,
    [tenant.companyId, before, limit],
  );
  return rows.map(toImport);
}

/** A new import, or the one that this key has made already. */
export async function insertImport(
  tenant: Tenant,
  made: { key: string; name: string; groupId: number; userId: number | null },
  now: Temporal.Instant,
): Promise<ImportRow> {
  await tenant.query(
    `insert into imports (company_id, key, name, group_id, status, created_by, created_at, updated_at)
     values ($1, $2, $3, $4, 'uploading', $5, $6, $6) on conflict (company_id, key) do nothing`,
    [tenant.companyId, made.key, made.name, made.groupId, made.userId, now.toString()],
  );
  const rows = await tenant.query<Row>(`select ${COLUMNS} from imports where company_id = $1 and key = $2`, [
    tenant.companyId,
    made.key,
  ]);
  return toImport(rows[0]!);
}

/** Takes a part of the file while it is being sent; the same part again replaces it. false when it is too late for that. */
export async function upsertPart(tenant: Tenant, importId: number, part: number, bytes: Buffer): Promise<boolean> {
  const rows = await tenant.query(
    `insert into import_parts (company_id, import_id, part, bytes)
     select $1, import_id, $3, $4 from imports where company_id = $1 and import_id = $2 and status = 'uploading'
     on conflict (company_id, import_id, part) do update set bytes = excluded.bytes returning part`,
    [tenant.companyId, importId, part, bytes],
  );
  return rows.length > 0;
}

/** How many parts there are, and whether they are the first ones without a gap. */
export async function selectPartCount(tenant: Tenant, importId: number): Promise<{ count: number; whole: boolean }> {
  const [row] = await tenant.query<{ count: number; last: number | null }>(
    `select count(*)::integer as count, max(part) as last from import_parts where company_id = $1 and import_id = $2`,
    [tenant.companyId, importId],
  );
  return { count: row!.count, whole: row!.count > 0 && row!.last === row!.count - 1 };
}

export async function selectPart(tenant: Tenant, importId: number, part: number): Promise<Buffer | null> {
  const rows = await tenant.query<{ bytes: Buffer }>(
    'select bytes from import_parts where company_id = $1 and import_id = $2 and part = $3',
    [tenant.companyId, importId, part],
  );
  return rows[0]?.bytes ?? null;
}

/** The file, part by part. */
export async function* readParts(tenant: Tenant, importId: number): AsyncGenerator<Buffer> {
  for (let part = 0; ; part++) {
    const bytes = await selectPart(tenant, importId, part);
    if (bytes === null) return;
    yield bytes;
  }
}

type Queryable = Pick<Tenant, 'query' | 'companyId'> | TenantTransaction;

/** What changes together with the status; what is not named stays. */
export type ImportChange = {
  format?: FileFormat;
  columns?: readonly string[];
  fields?: Fields;
  lines?: number;
  report?: CheckReport;
  failure?: FileFailure;
};

/** Moves an import on from one of these statuses; false when it has another by now. */
export async function moveImport(
  queryable: Queryable,
  importId: number,
  from: readonly ImportStatus[],
  to: ImportStatus,
  change: ImportChange,
  now: Temporal.Instant,
): Promise<boolean> {
  const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
  const rows = await queryable.query(
    `update imports set status = $4, updated_at = $5, file_format = coalesce($6, file_format),
       columns = coalesce($7, columns), fields = coalesce($8, fields), lines = coalesce($9, lines),
       report = coalesce($10, report), failure = coalesce($11, failure)
     where company_id = $1 and import_id = $2 and status = any ($3) returning import_id`,
    [
      queryable.companyId,
      importId,
      from,
      to,
      now.toString(),
      json(change.format),
      json(change.columns),
      json(change.fields),
      change.lines ?? null,
      json(change.report),
      json(change.failure),
    ],
  );
  return rows.length > 0;
}

/** Notes how far a run has come, with its batch: false when it was paused, or when another worker has passed here. */
export async function advanceImport(
  transaction: TenantTransaction,
  importId: number,
  step: { from: number; to: number; milliseconds: number; result: RunResult },
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await transaction.query(
    {
      name: 'import-advance',
      text: `update imports set lines_done = $4, worked_ms = worked_ms + $5, result = $6, updated_at = $7
             where company_id = $1 and import_id = $2 and status = 'running' and lines_done = $3 returning import_id`,
    },
    [
      transaction.companyId,
      importId,
      step.from,
      step.to,
      Math.round(step.milliseconds),
      JSON.stringify(step.result),
      now.toString(),
    ],
  );
  return rows.length > 0;
}

/** How far a dry run has come, for those who look on; false when it was cancelled. */
export async function noteChecked(tenant: Tenant, importId: number, lines: number): Promise<boolean> {
  const rows = await tenant.query(
    `update imports set lines_done = $3 where company_id = $1 and import_id = $2 and status = 'checking'
     returning import_id`,
    [tenant.companyId, importId, lines],
  );
  return rows.length > 0;
}

/** Begins counting anew: for a dry run, and for the run after it. */
export async function resetProgress(queryable: Queryable, importId: number): Promise<void> {
  await queryable.query(
    'update imports set lines_done = 0, worked_ms = 0, result = null where company_id = $1 and import_id = $2',
    [queryable.companyId, importId],
  );
}

/** The file holds personal data: it goes with the end of the import. */
export async function deleteParts(queryable: Queryable, importId: number): Promise<void> {
  await queryable.query('delete from import_parts where company_id = $1 and import_id = $2', [
    queryable.companyId,
    importId,
  ]);
}

export type Reject = { line: number; problems: Problem[]; cells: string[] };

export async function insertRejects(queryable: Queryable, importId: number, rejects: readonly Reject[]): Promise<void> {
  if (rejects.length === 0) return;
  await queryable.query(
    {
      name: 'import-rejects',
      text: `insert into import_rejects (company_id, import_id, line, problems, cells)
             select $1, $2, r.line, r.problems, r.cells
             from json_to_recordset($3::json) as r(line integer, problems json, cells json)
             on conflict (company_id, import_id, line) do update set problems = excluded.problems`,
    },
    [queryable.companyId, importId, JSON.stringify(rejects)],
  );
}

export async function deleteRejects(queryable: Queryable, importId: number): Promise<void> {
  await queryable.query('delete from import_rejects where company_id = $1 and import_id = $2', [
    queryable.companyId,
    importId,
  ]);
}

/** Lines that were kept back, in their order. */
export async function selectRejects(tenant: Tenant, importId: number, after: number, limit: number): Promise<Reject[]> {
  return tenant.query<Reject>(
    `select line, problems, cells from import_rejects
     where company_id = $1 and import_id = $2 and line > $3 order by line limit $4`,
    [tenant.companyId, importId, after, limit],
  );
}

/** Asks for work on an import, in the transaction that gives a reason for it. */
export async function askForWork(
  transaction: TenantTransaction,
  importId: number,
  now: Temporal.Instant,
): Promise<void> {
  await transaction.query(
    `insert into outbox (company_id, kind, payload, created_at) values ($1, 'import_work', $2, $3)`,
    [transaction.companyId, JSON.stringify({ importId }), now.toString()],
  );
}
