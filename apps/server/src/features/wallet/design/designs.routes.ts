import {
  CardOfDesign,
  DesignCopy,
  DesignDetail,
  DesignPreview,
  DesignPreviewRequest,
  DesignPush,
  DesignRemoval,
  DesignRemoved,
  DesignUpdate,
  DesignVariableList,
  NewDesign,
  type Result,
} from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import {
  type Authorize,
  errorBody,
  type Http,
  type Reply,
  type Request,
  sendRefusal,
} from '../../../platform/http/index.ts';
import { selectPassesBySerial } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import { archiveDesign, restoreDesign, type UsersOfDesign } from './archive-design.ts';
import { copyDesign } from './copy-design.ts';
import { describeDesign, tellProblems } from './describe-design.ts';
import { selectSavedDesign, selectSetsOfDesign } from './designs.store.ts';
import { listVariables } from './list-variables.ts';
import { previewDesign } from './preview-design.ts';
import { pushDesign } from './push-design.ts';
import { type CardsFate, removeDesign } from './remove-design.ts';
import { addDesign, type Saving, saveDraft } from './save-draft.ts';

export type DesignRoutesOptions = {
  readonly wallet: Wallet;
  readonly authorize: Authorize;
  readonly namesOfProgrammes: (tenant: Tenant) => Promise<ReadonlyMap<number, string>>;
  readonly usersOfDesign: UsersOfDesign;
};

const tags = ['wallet'];
/** Five hundred places and thirty long texts in two languages. */
const BODY_BYTES_MAX = 1024 * 1024;
/** Each look draws codes and reads pictures. */
const previewConfig = { rateLimit: { max: 240, timeWindow: '1 minute' } };

/** The designs of a company, all but their list: `/api/v1/designs/…`, `/api/v1/design-variables`. */
export function designRoutes(http: Http, options: DesignRoutesOptions): void {
  readRoutes(http, options);
  saveRoutes(http, options);
  fateRoutes(http, options);
}

function readRoutes(http: Http, { wallet, authorize, namesOfProgrammes }: DesignRoutesOptions): void {
  const one = { tags, response: { 200: DesignDetail } };
  http.get('/api/v1/designs/:designId', { schema: one }, async (request, reply) => {
    const actor = await authorize(request, 'designs.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    return answer(request, reply, { wallet, tenant, namesOfProgrammes }, readId(request.params)) as never;
  });

  const variables = { tags, response: { 200: DesignVariableList } };
  http.get('/api/v1/design-variables', { schema: variables }, async (request, reply) => {
    const actor = await authorize(request, 'designs.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return listVariables(request);
  });

  const card = { tags, response: { 200: CardOfDesign } };
  http.get('/api/v1/designs/:designId/cards/:serial', { schema: card }, async (request, reply) => {
    const actor = await authorize(request, 'accounts.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const designId = readId(request.params);
    const { serial } = request.params as { serial: string };
    const passes = await selectPassesBySerial(tenant, tenant.companyId, serial.slice(0, 64));
    const pass = passes.find((found) => found.designId === designId && !found.deletedAt);
    if (!pass) return sendRefusal(request, reply, { code: 'card_not_found' }) as never;
    return { passId: pass.passId, serial: pass.serial, guid: pass.guid, accountId: pass.accountId };
  });

  const preview = { tags, body: DesignPreviewRequest, response: { 200: DesignPreview } };
  const place = { schema: preview, config: previewConfig, bodyLimit: BODY_BYTES_MAX };
  http.post('/api/v1/designs/preview', place, async (request, reply) => {
    const actor = await authorize(request, 'designs.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { body, designId, credentialId = null, serial = null } = request.body;
    const design = designId === undefined ? null : await selectSavedDesign(tenant, tenant.companyId, designId);
    const name = design?.name ?? body.organizationName;
    const seen = await previewDesign(wallet, tenant, { body, name, credentialId, serial });
    if (!seen.ok) return sendRefusal(request, reply, seen.refusal) as never;
    return { faces: seen.value.faces, problems: tellProblems(seen.value.problems, request.t) };
  });
}

function saveRoutes(http: Http, options: DesignRoutesOptions): void {
  const { wallet, authorize, namesOfProgrammes } = options;
  const made = { tags, body: NewDesign, response: { 201: DesignDetail } };
  http.post('/api/v1/designs', { schema: made, bodyLimit: BODY_BYTES_MAX }, async (request, reply) => {
    const actor = await authorize(request, 'designs.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    if (!(await namesOfProgrammes(tenant)).has(request.body.programmeId)) {
      return sendRefusal(request, reply, { code: 'programme_not_found' }) as never;
    }
    const saved = await addDesign(wallet, tenant, request.body);
    return answerSaved(request, reply, { ...options, tenant, status: 201 }, saved) as never;
  });

  const changed = { tags, body: DesignUpdate, response: { 200: DesignDetail } };
  http.put('/api/v1/designs/:designId', { schema: changed, bodyLimit: BODY_BYTES_MAX }, async (request, reply) => {
    const actor = await authorize(request, 'designs.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { push = false, ...change } = request.body;
    const saved = await saveDraft(wallet, tenant, { ...change, designId: readId(request.params), push });
    return answerSaved(request, reply, { ...options, tenant, status: 200 }, saved) as never;
  });

  const copied = { tags, body: DesignCopy, response: { 201: DesignDetail } };
  http.post('/api/v1/designs/:designId/copy', { schema: copied }, async (request, reply) => {
    const actor = await authorize(request, 'designs.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const saved = await copyDesign(wallet, tenant, { designId: readId(request.params), name: request.body.name });
    return answerSaved(request, reply, { ...options, tenant, status: 201 }, saved) as never;
  });

  const pushed = { tags, body: DesignPush, response: { 200: DesignDetail } };
  http.post('/api/v1/designs/:designId/push', { schema: pushed }, async (request, reply) => {
    const actor = await authorize(request, 'designs.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { revision = null } = request.body;
    const push = await pushDesign(wallet, tenant, { designId: readId(request.params), revision });
    return answerSaved(request, reply, { ...options, tenant, status: 200 }, push) as never;
  });
}

function fateRoutes(http: Http, options: DesignRoutesOptions): void {
  const { wallet, authorize, usersOfDesign } = options;
  const usersOf: UsersOfDesign = async (tenant, designId) => [
    ...(await usersOfDesign(tenant, designId)),
    ...(await selectSetsOfDesign(tenant, designId)),
  ];
  const one = { tags, response: { 200: DesignDetail } };
  const settle = (way: 'archive' | 'restore') =>
    http.post(`/api/v1/designs/:designId/${way}`, { schema: one }, async (request, reply) => {
      const actor = await authorize(request, 'designs.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const designId = readId(request.params);
      const settled =
        way === 'archive'
          ? await archiveDesign(wallet, tenant, { designId, usersOf })
          : await restoreDesign(tenant, designId);
      return answerSaved(request, reply, { ...options, tenant, status: 200 }, settled) as never;
    });
  settle('archive');
  settle('restore');

  const removed = { tags, querystring: DesignRemoval, response: { 200: DesignRemoved } };
  http.delete('/api/v1/designs/:designId', { schema: removed }, async (request, reply) => {
    const actor = await authorize(request, 'designs.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const fate = readFate(request.query);
    if (fate === undefined) return sendRefusal(request, reply, { code: 'invalid_request' }) as never;
    const { tenant, userId } = actor.value;
    const removal = await removeDesign(wallet, tenant, { designId: readId(request.params), fate, usersOf, userId });
    return removal.ok ? removal.value : (sendRefusal(request, reply, removal.refusal) as never);
  });
}

/** Null: not told. Undefined: half told, such as a move to nowhere. */
function readFate({ cards, to }: DesignRemoval): CardsFate | null | undefined {
  if (cards === 'move') return to === undefined ? undefined : { kind: 'move', to };
  if (to !== undefined) return undefined;
  return cards === 'void' ? { kind: 'void' } : null;
}

type Answering = Pick<DesignRoutesOptions, 'wallet' | 'namesOfProgrammes'> & { readonly tenant: Tenant };

/** The design as it is now, or all that is wrong with it, or the refusal. */
async function answerSaved(
  request: Request,
  reply: Reply,
  { status, ...options }: Answering & { readonly status: 200 | 201 },
  saved: Result<Saving>,
): Promise<unknown> {
  if (!saved.ok) return sendRefusal(request, reply, saved.refusal);
  if ('designId' in saved.value) return answer(request, reply.code(status), options, saved.value.designId);
  const fields = tellProblems(saved.value.problems, request.t).map(({ path, message }) => ({
    path: `body/${path}`,
    message,
  }));
  return reply.code(400).send(errorBody({ code: 'design_invalid' }, request.t, fields));
}

async function answer(
  request: Request,
  reply: Reply,
  { wallet, tenant, namesOfProgrammes }: Answering,
  designId: number,
): Promise<unknown> {
  const reader = { t: request.t, now: wallet.clock.now(), programmes: await namesOfProgrammes(tenant) };
  const design = await describeDesign(tenant, designId, reader);
  return design ?? sendRefusal(request, reply, { code: 'not_found' });
}

/** 0, which no design has, for what is no number. */
function readId(params: unknown): number {
  const { designId } = params as { designId: string };
  return /^[1-9]\d{0,8}$/.test(designId) ? Number(designId) : 0;
}
