import { errors } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import type { Http, Reply, Request } from '../../platform/http/index.ts';
import { tenantOf } from './authorise.ts';
import { describeAnswers } from './describe-method.ts';
import { presentKeylessRefusal, presentV0Refusal, refusalBody, sendV0Refusal } from './refusals.ts';
import { Nothing } from './shapes.ts';
import type { ProbonusPlatform, V0Method } from './v0.ts';

/** Whose token each request carries, from its first hook on. */
export type Tenants = WeakMap<Request, Tenant>;

/** Puts a method on its address: `POST` with JSON, and `GET` with a query where it only reads. */
export function serveMethod(http: Http, platform: ProbonusPlatform, tenants: Tenants, method: V0Method): void {
  const { name, body, key } = method;
  const shared = { tags: ['probonus'], security: [{ bearer: [] }, { token: [] }], response: describeAnswers(method) };
  const common = {
    url: `/api/v0/${name}`,
    config: { presentRefusal: key === undefined ? presentV0Refusal : presentKeylessRefusal(key) },
    // Before the body is read: who has no token is told so and nothing else.
    async onRequest(request: Request, reply: Reply) {
      const tenant = await tenantOf(platform, platform.apiClients, request);
      if (!tenant) return sendV0Refusal(request, reply, { code: 'unauthorized' });
      tenants.set(request, tenant);
      return undefined;
    },
  };
  const answer = async (request: Request, reply: Reply, asked: unknown) => {
    const tenant = tenants.get(request);
    if (!tenant) throw new Error('A route of this API was reached without a token.');
    const { t, language } = request;
    const result = await method.act({ platform, tenant, t, language }, asked as never);
    if (result.ok) return result.value;
    return reply.code(errors[result.refusal.code].status).send(refusalBody(result.refusal, t));
  };
  const needsNothing = body === Nothing;
  http.route({
    ...common,
    method: 'POST',
    schema: needsNothing ? shared : { ...shared, body },
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
