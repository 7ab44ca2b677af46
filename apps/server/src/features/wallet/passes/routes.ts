import { Readable } from 'node:stream';
import {
  AddedPass,
  NewPass,
  PassChoices,
  PassDetail,
  PassesCount,
  PassesQuery,
  PassFilter,
  PassGone,
  PassMove,
  PassPage,
  PassParams,
  PassPatch,
  PassPreview,
  PassPreviewBody,
  PassPushed,
  type Result,
} from '@tessera/contract';
import { csvStyleOf } from '../../../platform/csv.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { type Authorize, cursorOf, type Http, sendRefusal } from '../../../platform/http/index.ts';
import type { PassRecord } from '../model.ts';
import type { Wallet } from '../wallet.ts';
import { addPass, type OpenAccount } from './add-pass.ts';
import { bulkRoutes } from './bulk/routes.ts';
import { changePass, deletePass, movePass, voidPass } from './change-pass.ts';
import { describePass, type PassNames, previewPass } from './describe-pass.ts';
import { exportPasses } from './export-passes.ts';
import { countPasses } from './list.store.ts';
import { type ListNames, listPasses, nameOfLevel, passChoices, readFilter } from './list-passes.ts';
import { pushPass } from './push-passes.ts';

/** What of guests, loyalty and prepared cards the lists and pages of cards need. Given by compose.ts. */
export type PassNeighbours = ListNames & Pick<PassNames, 'rangeOf'> & { readonly openAccount: OpenAccount };

export type PassRoutesOptions = {
  readonly wallet: Wallet;
  readonly authorize: Authorize;
  readonly passNeighbours: PassNeighbours;
};

const tags = ['passes'];
const PAGE_ROWS = 50;

/** Cards of guests: /api/v1/passes, /api/v1/pass-operations. */
export function passRoutes(http: Http, options: PassRoutesOptions): void {
  listRoutes(http, options);
  oneRoutes(http, options);
  changeRoutes(http, options);
  endRoutes(http, options);
  bulkRoutes(http, options);
}

function listRoutes(http: Http, { wallet, authorize, passNeighbours }: PassRoutesOptions): void {
  const list = { tags, querystring: PassesQuery, response: { 200: PassPage } };
  http.get('/api/v1/passes', { schema: list }, async (request, reply) => {
    const actor = await authorize(request, 'passes.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { after, limit = PAGE_ROWS, ...asked } = request.query;
    const filter = readFilter(asked, await passNeighbours.timeZoneOf(tenant));
    return listPasses(tenant, { filter, before: cursorOf(after), limit }, passNeighbours);
  });

  const count = { tags, querystring: PassFilter, response: { 200: PassesCount } };
  http.get('/api/v1/passes/count', { schema: count }, async (request, reply) => {
    const actor = await authorize(request, 'passes.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const filter = readFilter(request.query, await passNeighbours.timeZoneOf(tenant));
    return { count: (await countPasses(tenant, tenant.companyId, filter)).count };
  });

  const choices = { tags, response: { 200: PassChoices } };
  http.get('/api/v1/passes/choices', { schema: choices }, async (request, reply) => {
    const actor = await authorize(request, 'passes.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return passChoices(actor.value.tenant, passNeighbours);
  });

  const csv = { tags, querystring: PassFilter, produces: ['text/csv'] };
  http.get('/api/v1/exports/passes.csv', { schema: csv }, async (request, reply) => {
    const actor = await authorize(request, 'accounts.export');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
    const { tenant } = actor.value;
    const timeZone = await passNeighbours.timeZoneOf(tenant);
    const telling = { t: request.t, style: csvStyleOf(request.language), timeZone, publicUrl: wallet.publicUrl };
    const filter = readFilter(request.query, timeZone);
    // A wrong filter is refused before the file begins.
    await listPasses(tenant, { filter, before: null, limit: 1 }, passNeighbours);
    const text = exportPasses(tenant, filter, passNeighbours, telling);
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="passes.csv"')
      .send(Readable.from(text));
  });
}

/** The page of a card as it is now: what every change of it answers. */
async function tell(
  { wallet, passNeighbours }: PassRoutesOptions,
  tenant: Tenant,
  done: Result<PassRecord> | number,
): Promise<Result<PassDetail>> {
  if (typeof done !== 'number' && !done.ok) return done;
  const passId = typeof done === 'number' ? done : done.value.passId;
  const levelName = async () => nameOfLevel(await passNeighbours.levelsOf(tenant));
  return describePass(wallet, tenant, passId, { levelName, rangeOf: passNeighbours.rangeOf });
}

function oneRoutes(http: Http, options: PassRoutesOptions): void {
  const { wallet, authorize, passNeighbours } = options;
  const one = { tags, params: PassParams, response: { 200: PassDetail } };
  http.get('/api/v1/passes/:passId', { schema: one }, async (request, reply) => {
    const actor = await authorize(request, 'passes.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const told = await tell(options, actor.value.tenant, request.params.passId);
    return told.ok ? told.value : (sendRefusal(request, reply, told.refusal) as never);
  });

  const add = { tags, body: NewPass, response: { 200: AddedPass } };
  http.post('/api/v1/passes', { schema: add }, async (request, reply) => {
    const actor = await authorize(request, 'passes.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const added = await addPass(wallet, actor.value.tenant, request.body, passNeighbours);
    if (!added.ok) return sendRefusal(request, reply, added.refusal) as never;
    const { pass, known, plainSerial } = added.value;
    const { passId, serial, guid, accountId } = pass;
    const code = 'serial_characters' as const;
    const warnings = plainSerial ? [] : [{ code, message: request.t('server:passes.serialCharacters') }];
    return { passId, serial, guid, accountId, known, warnings };
  });

  const preview = { tags, params: PassParams, body: PassPreviewBody, response: { 200: PassPreview } };
  http.post('/api/v1/passes/:passId/preview', { schema: preview }, async (request, reply) => {
    const actor = await authorize(request, 'passes.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const shown = await previewPass(wallet, actor.value.tenant, request.params.passId, request.body);
    return shown.ok ? shown.value : (sendRefusal(request, reply, shown.refusal) as never);
  });
}

function changeRoutes(http: Http, options: PassRoutesOptions): void {
  const { wallet, authorize } = options;
  const change = { tags, params: PassParams, body: PassPatch, response: { 200: PassDetail } };
  http.patch('/api/v1/passes/:passId', { schema: change }, async (request, reply) => {
    const actor = await authorize(request, 'passes.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const done = await changePass(wallet, tenant, request.params.passId, request.body);
    const told = await tell(options, tenant, done);
    return told.ok ? told.value : (sendRefusal(request, reply, told.refusal) as never);
  });

  const move = { tags, params: PassParams, body: PassMove, response: { 200: PassDetail } };
  http.post('/api/v1/passes/:passId/move', { schema: move }, async (request, reply) => {
    const actor = await authorize(request, 'passes.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const done = await movePass(wallet, tenant, request.params.passId, request.body.designId);
    const told = await tell(options, tenant, done);
    return told.ok ? told.value : (sendRefusal(request, reply, told.refusal) as never);
  });

  const push = { tags, params: PassParams, response: { 200: PassPushed } };
  http.post('/api/v1/passes/:passId/push', { schema: push }, async (request, reply) => {
    const actor = await authorize(request, 'passes.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const pushed = await pushPass(wallet, actor.value.tenant, request.params.passId);
    return pushed.ok ? pushed.value : (sendRefusal(request, reply, pushed.refusal) as never);
  });
}

function endRoutes(http: Http, options: PassRoutesOptions): void {
  const { wallet, authorize } = options;
  for (const [word, voided] of [
    ['void', true],
    ['restore', false],
  ] as const) {
    const schema = { tags, params: PassParams, response: { 200: PassDetail } };
    http.post(`/api/v1/passes/:passId/${word}`, { schema }, async (request, reply) => {
      const actor = await authorize(request, 'passes.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const { passId } = request.params as { passId: number };
      const told = await tell(options, tenant, await voidPass(wallet, tenant, passId, voided));
      return told.ok ? told.value : (sendRefusal(request, reply, told.refusal) as never);
    });
  }

  const gone = { tags, params: PassParams, response: { 200: PassGone } };
  http.delete('/api/v1/passes/:passId', { schema: gone }, async (request, reply) => {
    const actor = await authorize(request, 'passes.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const deleted = await deletePass(wallet, actor.value.tenant, request.params.passId);
    if (!deleted.ok) return sendRefusal(request, reply, deleted.refusal) as never;
    return { passId: deleted.value.passId, serial: deleted.value.serial };
  });
}
