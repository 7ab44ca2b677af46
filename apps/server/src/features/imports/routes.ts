import { Readable } from 'node:stream';
import {
  ExportAccountsQuery,
  ExportEntriesQuery,
  Import,
  ImportCheck,
  ImportColumns,
  ImportPage,
  ImportParams,
  ImportPart,
  ImportPartParams,
  ImportRejects,
  ImportsQuery,
  NewImport,
} from '@tessera/contract';
import { CSV_BYTE_ORDER_MARK, csvRow, csvStyleOf } from '../../platform/csv.ts';
import type { Tenant } from '../../platform/database/index.ts';
import {
  type Authorize,
  cursorOf,
  type Http,
  nextOf,
  type Reply,
  sendRefusal,
  withBytes,
} from '../../platform/http/index.ts';
import type { ImportsPlatform } from './check-import.ts';
import { describeImport, describeReject } from './describe-import.ts';
import { exportAccounts, exportEntries } from './export-accounts.ts';
import { beginImport, type ImportWish, moveOn, readColumns, takePart } from './keep-import.ts';
import { type Fields, PART_BYTES_MAX } from './model.ts';
import { type ImportRow, selectImport, selectImports, selectRejects } from './store.ts';

export type ImportsRoutesOptions = { platform: ImportsPlatform; authorize: Authorize };

const tags = ['imports'];
const PAGE_ROWS = 50;

/** Files of accounts, in and out: /api/v1/imports and /api/v1/exports. */
export function importsRoutes(http: Http, options: ImportsRoutesOptions): void {
  listRoutes(http, options);
  sendRoutes(http, options);
  rejectRoutes(http, options);
  exportRoutes(http, options);
}

function listRoutes(http: Http, { authorize }: ImportsRoutesOptions): void {
  http.get(
    '/api/v1/imports',
    { schema: { tags, querystring: ImportsQuery, response: { 200: ImportPage } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.import');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { after, limit = PAGE_ROWS } = request.query;
      const rows = await selectImports(actor.value.tenant, cursorOf(after), limit);
      const items = rows.map((row) => describeImport(row, request.t));
      return { items, next: nextOf(rows, limit, ({ importId }) => importId) };
    },
  );

  http.get(
    '/api/v1/imports/:importId',
    { schema: { tags, params: ImportParams, response: { 200: Import } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.import');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const row = await selectImport(actor.value.tenant, request.params.importId);
      if (!row) return sendRefusal(request, reply, { code: 'import_not_found' }) as never;
      return describeImport(row, request.t);
    },
  );
}

function sendRoutes(http: Http, { platform, authorize }: ImportsRoutesOptions): void {
  http.post(
    '/api/v1/imports',
    { schema: { tags, body: NewImport, response: { 200: Import } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.import');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant, userId } = actor.value;
      const begun = await beginImport(platform, tenant, { ...request.body, userId });
      return begun.ok ? describeImport(begun.value, request.t) : (sendRefusal(request, reply, begun.refusal) as never);
    },
  );

  withBytes(http, PART_BYTES_MAX, (scope) => {
    scope.put(
      '/api/v1/imports/:importId/parts/:part',
      {
        schema: {
          tags,
          consumes: ['application/octet-stream'],
          params: ImportPartParams,
          response: { 200: ImportPart },
        },
        bodyLimit: PART_BYTES_MAX,
      },
      async (request, reply) => {
        const actor = await authorize(request, 'accounts.import');
        if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
        const { importId, part } = request.params;
        const bytes: unknown = request.body;
        if (!Buffer.isBuffer(bytes)) return sendRefusal(request, reply, { code: 'unsupported_media_type' }) as never;
        const taken = await takePart(actor.value.tenant, importId, part, bytes);
        return taken.ok ? taken.value : (sendRefusal(request, reply, taken.refusal) as never);
      },
    );
  });

  http.post(
    '/api/v1/imports/:importId/columns',
    { schema: { tags, params: ImportParams, response: { 200: ImportColumns } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.import');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const found = await readColumns(platform, actor.value.tenant, request.params.importId);
      if (!found.ok) return sendRefusal(request, reply, found.refusal) as never;
      const { row, samples } = found.value;
      const { encoding = 'utf-8', delimiter = ';' } = row.format ?? {};
      return { import: describeImport(row, request.t), encoding, delimiter, samples };
    },
  );

  http.post(
    '/api/v1/imports/:importId/check',
    { schema: { tags, params: ImportParams, body: ImportCheck, response: { 200: Import } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.import');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      // The schema's pattern knows exactly the fields that there are.
      const fields = request.body.fields as Fields;
      const moved = await moveOn(platform, actor.value.tenant, request.params.importId, 'check', fields);
      return moved.ok ? describeImport(moved.value, request.t) : (sendRefusal(request, reply, moved.refusal) as never);
    },
  );

  for (const wish of ['run', 'pause', 'cancel'] as const satisfies readonly ImportWish[]) {
    http.post(
      `/api/v1/imports/:importId/${wish}`,
      { schema: { tags, params: ImportParams, response: { 200: Import } } },
      async (request, reply) => {
        const actor = await authorize(request, 'accounts.import');
        if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
        const { importId } = request.params as { importId: number };
        const moved = await moveOn(platform, actor.value.tenant, importId, wish);
        return moved.ok
          ? describeImport(moved.value, request.t)
          : (sendRefusal(request, reply, moved.refusal) as never);
      },
    );
  }
}

function rejectRoutes(http: Http, { authorize }: ImportsRoutesOptions): void {
  http.get(
    '/api/v1/imports/:importId/rejects',
    { schema: { tags, params: ImportParams, querystring: ImportsQuery, response: { 200: ImportRejects } } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.import');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const row = await selectImport(tenant, request.params.importId);
      if (!row) return sendRefusal(request, reply, { code: 'import_not_found' }) as never;
      const { after, limit = PAGE_ROWS } = request.query;
      const rejects = await selectRejects(tenant, row.importId, cursorOf(after) ?? 0, limit);
      const items = rejects.map((reject) => describeReject(reject, row.columns ?? [], request.t));
      return { items, next: nextOf(items, limit, ({ line }) => line) };
    },
  );

  http.get(
    '/api/v1/imports/:importId/rejects.csv',
    { schema: { tags, params: ImportParams, produces: ['text/csv'] } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.import');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
      const { tenant } = actor.value;
      const row = await selectImport(tenant, request.params.importId);
      if (!row) return sendRefusal(request, reply, { code: 'import_not_found' });
      const style = csvStyleOf(request.language);
      const lines = rejectLines(tenant, row, (reject) => {
        const { problems } = describeReject(reject, row.columns ?? [], request.t);
        const why = problems.map(({ column, message }) => (column === null ? message : `${column}: ${message}`));
        return csvRow([...reject.cells, why.join('; ')], style);
      });
      const heading = CSV_BYTE_ORDER_MARK + csvRow([...(row.columns ?? []), request.t('server:import.why')], style);
      return sendCsv(reply, `import-${row.importId}-rejects.csv`, withHeading(heading, lines));
    },
  );
}

type TellReject = (reject: Awaited<ReturnType<typeof selectRejects>>[number]) => string;

async function* rejectLines(tenant: Tenant, { importId }: ImportRow, tell: TellReject): AsyncGenerator<string> {
  let after = 0;
  for (;;) {
    const rejects = await selectRejects(tenant, importId, after, 500);
    // A line that was forgotten cannot be mended.
    yield rejects
      .filter(({ cells }) => cells.length > 0)
      .map(tell)
      .join('');
    if (rejects.length < 500) return;
    after = rejects.at(-1)!.line;
  }
}

async function* withHeading(heading: string, lines: AsyncIterable<string>): AsyncGenerator<string> {
  yield heading;
  yield* lines;
}

const sendCsv = (reply: Reply, name: string, text: AsyncIterable<string>): Reply =>
  reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(Readable.from(text));

function exportRoutes(http: Http, { platform, authorize }: ImportsRoutesOptions): void {
  http.get(
    '/api/v1/exports/accounts.csv',
    { schema: { tags, querystring: ExportAccountsQuery, produces: ['text/csv'] } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.export');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
      const telling = { t: request.t, style: csvStyleOf(request.language) };
      const text = exportAccounts(platform, actor.value.tenant, request.query.groupId ?? null, telling);
      return sendCsv(reply, 'accounts.csv', text);
    },
  );

  http.get(
    '/api/v1/exports/entries.csv',
    { schema: { tags, querystring: ExportEntriesQuery, produces: ['text/csv'] } },
    async (request, reply) => {
      const actor = await authorize(request, 'accounts.export');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
      const { tenant } = actor.value;
      const { currency, timeZone } = await platform.companies.of(tenant);
      const { t, language } = request;
      const telling = { t, language, currency, timeZone, style: csvStyleOf(language) };
      return sendCsv(reply, 'entries.csv', exportEntries(platform, tenant, request.query.accountId ?? null, telling));
    },
  );
}
