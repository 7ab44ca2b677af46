import { refuse, Session, SignIn, succeed } from '@tessera/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../../platform/context.ts';
import { type Authorize, type Http, sendRefusal } from '../../platform/http/index.ts';
import type { Companies } from '../tenancy/index.ts';
import type { ApiClients } from './api-tokens.ts';
import { may, mayProgram, SESSION_DAYS } from './model.ts';
import { tokenOf } from './request-token.ts';
import { checkPassword, closeSession, findSession, openSession, type SignedIn } from './sign-in.ts';

export type StaffRoutesOptions = { platform: Platform; companies: Companies; secure: boolean };

/** `__Host-` binds the cookie to this host over TLS; without TLS (a demo on a laptop) browsers would drop it. */
const cookieName = (secure: boolean): string => (secure ? '__Host-tessera' : 'tessera');

/**
 * A session cookie travels by itself, so a page elsewhere could use it: a changing request must come from our own pages.
 */
function comesFromElsewhere(request: FastifyRequest, { publicUrl }: Pick<Platform, 'publicUrl'>): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const { origin } = request.headers;
  if (!origin) return request.headers['sec-fetch-site'] === 'cross-site';
  // A proxy may ask us under another name than people use.
  if (origin === publicUrl) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.headers.host;
}

export type AuthorizeOptions = { platform: Platform; apiClients: ApiClients; secure: boolean };

/**
 * Makes `authorize`: session cookie → actor, if his role may; without a cookie an API token → actor, for what a program
 * may do. A token travels only where a program puts it, so no page elsewhere can use it.
 */
export function createAuthorize({ platform, apiClients, secure }: AuthorizeOptions): Authorize {
  return async (request, permission) => {
    const token = request.cookies[cookieName(secure)];
    const apiToken = token ? null : tokenOf(request);
    if (apiToken) {
      const client = await apiClients.find(apiToken);
      if (!client) return refuse('unauthorized');
      if (!mayProgram(client, permission)) return refuse('forbidden');
      const tenant = platform.database.tenant(client.companyId);
      return succeed({ tenant, userId: client.userId, role: client.role ?? 'program' });
    }
    if (comesFromElsewhere(request, platform)) return refuse('forbidden_origin');
    const session = token ? await findSession(platform, token) : null;
    if (!session) return refuse('unauthorized');
    if (!may(session.user.role, permission)) return refuse('forbidden');
    return succeed({ tenant: session.tenant, userId: session.user.userId, role: session.user.role });
  };
}

/** GET, POST, DELETE /api/v1/session. */
export function staffRoutes(http: Http, options: StaffRoutesOptions): void {
  const { platform, secure } = options;
  const cookie = cookieName(secure);
  const attributes = { path: '/', httpOnly: true, secure, sameSite: 'lax' } as const;
  const describe = (signedIn: SignedIn) => describeSession(options, signedIn);

  http.post(
    '/api/v1/session',
    {
      schema: { tags: ['session'], body: SignIn, response: { 200: Session } },
      bodyLimit: 8 * 1024,
      config: { rateLimit: { max: 20, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      if (comesFromElsewhere(request, platform))
        return sendRefusal(request, reply, { code: 'forbidden_origin' }) as never;
      const checked = await checkPassword(platform, request.body.email, request.body.password);
      if (!checked.ok) return sendRefusal(request, reply, checked.refusal) as never;
      const token = await openSession(platform, checked.value);
      reply.setCookie(cookie, token, { ...attributes, maxAge: SESSION_DAYS * 86_400 });
      return describe(checked.value);
    },
  );

  http.get('/api/v1/session', { schema: { tags: ['session'], response: { 200: Session } } }, async (request, reply) => {
    const token = request.cookies[cookie];
    const session = token ? await findSession(platform, token) : null;
    if (!session) return sendRefusal(request, reply, { code: 'unauthorized' }) as never;
    return describe(session);
  });

  http.delete('/api/v1/session', { schema: { tags: ['session'] } }, async (request, reply): Promise<FastifyReply> => {
    if (comesFromElsewhere(request, platform)) return sendRefusal(request, reply, { code: 'forbidden_origin' });
    const token = request.cookies[cookie];
    if (token) await closeSession(platform, token);
    return reply.clearCookie(cookie, attributes).code(204).send();
  });
}

async function describeSession(
  { platform, companies }: StaffRoutesOptions,
  { tenant, user }: SignedIn,
): Promise<Session> {
  const company = await companies.of(tenant);
  return {
    user: { id: user.userId, name: user.name, email: user.email, role: user.role },
    company: {
      id: company.companyId,
      name: company.name,
      currency: company.currency,
      timeZone: company.timeZone,
      language: company.language,
      demo: company.demo,
    },
    now: platform.clock.now().toString(),
  };
}
