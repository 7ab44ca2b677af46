import { errors, type Refusal } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import type { Http, RefusalPresenter, Reply, Request, RequestPayload } from '../../platform/http/index.ts';
import { tenantOf } from './authorise.ts';
import { describeAnswers } from './describe-method.ts';
import { mapAnswer, mapRefusal, mapRequest } from './mapping/apply-mapping.ts';
import { presentKeylessRefusal, presentV0Refusal, refusalBody, sendV0Refusal } from './refusals.ts';
import type { Manner, Manners } from './settings/settings.ts';
import type { Mirror } from './shadow/mirror.ts';
import { mirrorCall } from './shadow/mirror-call.ts';
import { Nothing } from './shapes.ts';
import type { ProbonusPlatform, V0Method } from './v0.ts';

/** What is known of a request from its first hook on: whose token it carries, and how that company says things. */
export type Caller = { tenant: Tenant; manner: Manner };
export type Serving = {
  platform: ProbonusPlatform;
  manners: Manners;
  mirror: Mirror;
  callers: WeakMap<Request, Caller>;
};

/** Puts a method on its address: `POST` with JSON, and `GET` with a query where it only reads. */
export function serveMethod(http: Http, serving: Serving, method: V0Method): void {
  const { name, body, key } = method;
  const shared = { tags: ['probonus'], security: [{ bearer: [] }, { token: [] }], response: describeAnswers(method) };
  const present = key === undefined ? presentV0Refusal : presentKeylessRefusal(key);
  const common = {
    url: `/api/v0/${name}`,
    config: { presentRefusal: inManner(serving, method, present) },
    ...hooksOf(serving, method),
  };
  const answer = (request: Request, reply: Reply, asked: unknown) => act(serving, method, request, reply, asked);
  http.route({
    ...common,
    method: 'POST',
    schema: body === Nothing ? shared : { ...shared, body },
    handler: (request, reply) => answer(request, reply, request.body ?? {}),
  });
  if (method.writes) return;
  http.route({
    ...common,
    method: 'GET',
    schema: { ...shared, querystring: body },
    handler: (request, reply) => answer(request, reply, request.query),
  });
}

type Parsed = (error?: Error | null, payload?: RequestPayload) => void;

function hooksOf({ platform, manners, mirror, callers }: Serving, method: V0Method) {
  return {
    // Before the body is read: who has no token is told so and nothing else.
    async onRequest(request: Request, reply: Reply) {
      const tenant = await tenantOf(platform, platform.apiClients, request);
      if (!tenant) return sendV0Refusal(request, reply, { code: 'unauthorized' });
      callers.set(request, { tenant, manner: manners.known(tenant) ?? (await manners.read(tenant)) });
      return undefined;
    },
    preParsing(request: Request, reply: Reply, payload: RequestPayload, done: Parsed) {
      const { tenant, manner } = callers.get(request)!;
      if (manner.mirror === null || request.headers['x-tessera-mirrored'] !== undefined) return done(null, payload);
      mirrorCall(mirror, { tenant, settings: manner.mirror, method }, request, reply, payload).catch(done);
    },
    preValidation(request: Request, _reply: Reply, done: () => void) {
      const { mapping } = callers.get(request)!.manner;
      if (mapping === null) return done();
      if (request.method === 'GET') request.query = mapRequest(mapping, method, request.query);
      else request.body = mapRequest(mapping, method, request.body);
      done();
    },
  };
}

async function act({ platform, callers }: Serving, method: V0Method, request: Request, reply: Reply, asked: unknown) {
  const { tenant, manner } = callers.get(request)!;
  const { t, language } = request;
  const result = await method.act({ platform, tenant, t, language }, asked as never);
  if (!result.ok) return refuse(method, manner, request, reply, result.refusal);
  if (manner.mapping === null) return result.value;
  return sendText(reply, 200, mapAnswer(manner.mapping, method, result.value));
}

/** What a schema of ours would cut to its own fields. */
const sendText = (reply: Reply, status: number, body: unknown) =>
  reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));

function refuse(method: V0Method, { mapping }: Manner, request: Request, reply: Reply, refusal: Refusal) {
  const body = refusalBody(refusal, request.t);
  const { code } = refusal;
  const { status } = errors[code];
  if (mapping === null) return reply.code(status).send(body);
  const told = mapRefusal(mapping, method, { code, status, body });
  return reply
    .code(told.status)
    .serializer(JSON.stringify)
    .send(told.body ?? 'null');
}

/** The same for what is refused before the method is reached. */
const inManner =
  ({ callers }: Serving, method: V0Method, present: RefusalPresenter): RefusalPresenter =>
  (request, reply, refusal, fields) => {
    const mapping = callers.get(request)?.manner.mapping ?? null;
    const { status } = errors[refusal.code];
    const told = mapping && mapRefusal(mapping, method, { code: refusal.code, status, body: null });
    // What is refused here is about the request, so its fields are told whatever the mapping says of the body.
    if (told && told.status !== status) {
      const body = { ...refusalBody(refusal, request.t), ...(fields ? { fields } : {}) };
      return sendText(reply, told.status, body);
    }
    return present(request, reply, refusal, fields);
  };
