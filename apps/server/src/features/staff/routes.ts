import { refuse, Session, SignIn, succeed } from '@tessera/contract';
import type { FastifyReply } from 'fastify';
import type { Platform } from '../../platform/context.ts';
import { type Authorize, type Http, sendRefusal } from '../../platform/http/index.ts';
import type { ApiClients } from './api-tokens.ts';
import { comesFromElsewhere, cookieAttributes, sessionCookie, stationCookie } from './cookies.ts';
import { describeSession, type StaffRoutesOptions } from './describe-session.ts';
import { mayProgram, maySession, SESSION_DAYS } from './model.ts';
import { tokenOf } from './request-token.ts';
import { checkPassword, closeSession, findSession, openSession, type SignedIn } from './sign-in.ts';
import { stationRoutes } from './stations/station.routes.ts';

export type AuthorizeOptions = { platform: Platform; apiClients: ApiClients; secure: boolean };

/**
 * Makes `authorize`: session cookie → actor, if his role may; without a cookie an API token → actor, for what a program
 * may do. A token travels only where a program puts it, so no page elsewhere can use it.
 */
export function createAuthorize({ platform, apiClients, secure }: AuthorizeOptions): Authorize {
  return async (request, permission) => {
    const token = request.cookies[sessionCookie(secure)];
    const apiToken = token ? null : tokenOf(request);
    if (apiToken) {
      const client = await apiClients.find(apiToken);
      if (!client) return refuse('unauthorized');
      if (!mayProgram(client, permission)) return refuse('forbidden');
      const tenant = platform.database.tenant(client.companyId);
      return succeed({ tenant, userId: client.userId, role: client.role ?? 'program', station: null });
    }
    if (comesFromElsewhere(request, platform)) return refuse('forbidden_origin');
    const stationKey = request.cookies[stationCookie(secure)] ?? null;
    const session = token ? await findSession(platform, token, stationKey) : null;
    if (!session) return refuse('unauthorized');
    if (!maySession(session, permission)) return refuse('forbidden');
    const { tenant, user } = session;
    const station = session.station && {
      stationId: session.station.stationId,
      venueCode: session.station.venueCode,
    };
    return succeed({ tenant, userId: user.userId, role: user.role, station });
  };
}

/** GET, POST, DELETE /api/v1/session, and what a station does before anybody is signed in. */
export function staffRoutes(http: Http, options: StaffRoutesOptions): void {
  const { platform, secure } = options;
  stationRoutes(http, options);
  const cookie = sessionCookie(secure);
  const attributes = cookieAttributes(secure);
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
    const stationKey = request.cookies[stationCookie(secure)] ?? null;
    const session = token ? await findSession(platform, token, stationKey) : null;
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
