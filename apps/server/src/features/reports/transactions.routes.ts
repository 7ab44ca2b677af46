import { Readable } from 'node:stream';
import { TransactionPage, TransactionSettings, TransactionsExport, TransactionsQuery } from '@tessera/contract';
import { csvStyleOf } from '../../platform/csv.ts';
import { type Authorize, type Http, sendRefusal } from '../../platform/http/index.ts';
import { KEEP_DAYS, keepDaysOf, saveKeepDays } from '../journal/index.ts';
import { exportTransactions } from './export-transactions.ts';
import { listTransactions } from './list-transactions.ts';
import type { ReportsPlatform } from './tasks.ts';

const tags = ['reports'];

/** What guests, their phones and the programme have done: /api/v1/transactions. */
export function transactionRoutes(
  http: Http,
  { platform, authorize }: { platform: ReportsPlatform; authorize: Authorize },
): void {
  const list = { tags, querystring: TransactionsQuery, response: { 200: TransactionPage } };
  http.get('/api/v1/transactions', { schema: list }, async (request, reply) => {
    const actor = await authorize(request, 'accounts.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { timeZone } = await platform.companies.of(tenant);
    const page = await listTransactions({ now: platform.clock.now(), timeZone }, tenant, request.query);
    return page.ok ? page.value : (sendRefusal(request, reply, page.refusal) as never);
  });

  const file = { tags, querystring: TransactionsExport, produces: ['text/csv'] };
  http.get('/api/v1/exports/transactions.csv', { schema: file }, async (request, reply) => {
    const actor = await authorize(request, 'accounts.export');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
    const { tenant } = actor.value;
    const { timeZone } = await platform.companies.of(tenant);
    const house = { now: platform.clock.now(), timeZone };
    // A wrong filter is refused before the file begins.
    const tried = await listTransactions(house, tenant, { ...request.query, limit: 1 });
    if (!tried.ok) return sendRefusal(request, reply, tried.refusal);
    const telling = { t: request.t, style: csvStyleOf(request.language), timeZone };
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="transactions.csv"')
      .send(Readable.from(exportTransactions(house, tenant, request.query, telling)));
  });

  const read = { tags, response: { 200: TransactionSettings } };
  http.get('/api/v1/transactions/settings', { schema: read }, async (request, reply) => {
    const actor = await authorize(request, 'accounts.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return { keepDays: (await keepDaysOf(actor.value.tenant)) ?? KEEP_DAYS.usual };
  });

  const write = { tags, body: TransactionSettings, response: { 200: TransactionSettings } };
  http.put('/api/v1/transactions/settings', { schema: write }, async (request, reply) => {
    const actor = await authorize(request, 'programmes.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { keepDays } = request.body;
    await saveKeepDays(actor.value.tenant, keepDays, platform.clock.now());
    return { keepDays };
  });
}
