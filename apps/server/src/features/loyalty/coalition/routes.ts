import { Readable } from 'node:stream';
import {
  ClearingFileQuery,
  type ClearingLine,
  ClearingLines,
  ClearingLinesQuery,
  ClearingQuery,
  ClearingStatement,
  Partner,
  PartnerList,
  PartnerName,
  PartnerParams,
  PartnerVenue,
  PartnerVenueParams,
} from '@tessera/contract';
import { CSV_BYTE_ORDER_MARK, type CsvCell, csvRow, csvStyleOf } from '../../../platform/csv.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { type Authorize, cursorOf, type Http, nextOf, sendRefusal } from '../../../platform/http/index.ts';
import type { Translate } from '../../../platform/texts.ts';
import type { Companies } from '../../tenancy/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { addPartner, changePartner, giveVenue, listPartners, takeVenue } from './keep-partners.ts';
import { clearingLines, clearingStatement, type Days, daysOf, everyClearingLine, periodOf } from './statement.ts';

export type CoalitionRoutesOptions = { platform: LoyaltyPlatform; companies: Companies; authorize: Authorize };

const tags = ['coalition'];
const PAGE_ROWS = 50;

/** The coalition: /api/v1/partners and /api/v1/clearing. */
export function coalitionRoutes(http: Http, options: CoalitionRoutesOptions): void {
  partnerRoutes(http, options);
  clearingRoutes(http, options);
}

function partnerRoutes(http: Http, { platform, authorize }: CoalitionRoutesOptions): void {
  http.get('/api/v1/partners', { schema: { tags, response: { 200: PartnerList } } }, async (request, reply) => {
    const actor = await authorize(request, 'programmes.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return listPartners(actor.value.tenant);
  });

  http.post(
    '/api/v1/partners',
    { schema: { tags, body: PartnerName, response: { 200: Partner } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const added = await addPartner(actor.value.tenant, request.body.name, platform.clock.now());
      return added.ok ? added.value : (sendRefusal(request, reply, added.refusal) as never);
    },
  );

  http.put(
    '/api/v1/partners/:partnerId',
    { schema: { tags, params: PartnerParams, body: PartnerName, response: { 200: Partner } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const partner = { partnerId: request.params.partnerId, name: request.body.name };
      const changed = await changePartner(actor.value.tenant, partner);
      return changed.ok ? changed.value : (sendRefusal(request, reply, changed.refusal) as never);
    },
  );

  http.put(
    '/api/v1/partners/:partnerId/venues/:code',
    { schema: { tags, params: PartnerVenueParams, body: PartnerName, response: { 200: PartnerVenue } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { partnerId, code } = request.params;
      const given = await giveVenue(actor.value.tenant, partnerId, { code, name: request.body.name });
      return given.ok ? given.value : (sendRefusal(request, reply, given.refusal) as never);
    },
  );

  http.delete(
    '/api/v1/partners/:partnerId/venues/:code',
    { schema: { tags, params: PartnerVenueParams } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
      await takeVenue(actor.value.tenant, request.params.partnerId, request.params.code);
      return reply.code(204).send();
    },
  );
}

function clearingRoutes(http: Http, { platform, companies, authorize }: CoalitionRoutesOptions): void {
  const askedOf = async (tenant: Tenant, query: Partial<Days>) => {
    const { timeZone } = await companies.of(tenant);
    const days = daysOf(query, platform.clock.now(), timeZone);
    return { days, timeZone, period: periodOf(days, timeZone) };
  };

  http.get(
    '/api/v1/clearing',
    { schema: { tags, querystring: ClearingQuery, response: { 200: ClearingStatement } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const { days, period } = await askedOf(tenant, request.query);
      if (!period.ok) return sendRefusal(request, reply, period.refusal) as never;
      return clearingStatement(tenant, days, period.value);
    },
  );

  http.get(
    '/api/v1/clearing/lines',
    { schema: { tags, querystring: ClearingLinesQuery, response: { 200: ClearingLines } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const { period } = await askedOf(tenant, request.query);
      if (!period.ok) return sendRefusal(request, reply, period.refusal) as never;
      const { after, limit = PAGE_ROWS } = request.query;
      const before = cursorOf(after);
      const items = await clearingLines(tenant, { ...period.value, between: partiesOf(request.query), before, limit });
      return { items, next: nextOf(items, limit, ({ claimId }) => claimId) };
    },
  );

  http.get(
    '/api/v1/clearing/lines.csv',
    { schema: { tags, querystring: ClearingFileQuery, produces: ['text/csv'] } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
      const { tenant } = actor.value;
      const { days, timeZone, period } = await askedOf(tenant, request.query);
      if (!period.ok) return sendRefusal(request, reply, period.refusal);
      const { from, to } = days;
      const batches = everyClearingLine(tenant, { ...period.value, between: partiesOf(request.query) });
      const { t, language } = request;
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="clearing-${from}-${to}.csv"`)
        .send(Readable.from(fileOf(batches, { t, timeZone, style: csvStyleOf(language) })));
    },
  );
}

/** Both are named, or the whole period is meant. */
function partiesOf({ one, other }: { one?: string; other?: string }): [string | null, string | null] | undefined {
  if (one === undefined || other === undefined) return undefined;
  const partyOf = (id: string): string | null => (id === 'pool' ? null : id);
  return [partyOf(one), partyOf(other)];
}

type FileFacts = { t: Translate; timeZone: string; style: ReturnType<typeof csvStyleOf> };

const COLUMNS = [
  'recordedAt',
  'occurredAt',
  'check',
  'venue',
  'operation',
  'cause',
  'debtor',
  'creditor',
  'points',
  'value',
  'amount',
] as const;

async function* fileOf(
  batches: AsyncIterable<ClearingLine[]>,
  { t, timeZone, style }: FileFacts,
): AsyncGenerator<string> {
  yield CSV_BYTE_ORDER_MARK +
    csvRow(
      COLUMNS.map((column) => t(`server:clearing.file.${column}`)),
      style,
    );
  const nameOf = (party: ClearingLine['debtor']): string => party?.name ?? t('server:clearing.pool');
  const momentOf = (instant: string): string =>
    Temporal.Instant.from(instant)
      .toZonedDateTimeISO(timeZone)
      .toPlainDateTime()
      .toString({ smallestUnit: 'second' })
      .replace('T', ' ');
  const cellsOf = (line: ClearingLine): CsvCell[] => [
    momentOf(line.recordedAt),
    momentOf(line.occurredAt),
    line.checkNumber,
    line.venue,
    t(`server:clearing.operation.${line.operation}`),
    t(`server:clearing.cause.${line.cause}`),
    nameOf(line.debtor),
    nameOf(line.creditor),
    { minor: BigInt(line.points), scale: 2 },
    { minor: BigInt(line.basisPoints), scale: 4 },
    { minor: BigInt(line.amount), scale: 2 },
  ];
  for await (const lines of batches) yield lines.map((line) => csvRow(cellsOf(line), style)).join('');
}
