import { refuse, Session, SignIn, succeed } from '@tessera/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../../platform/context.ts';
import { type Authorize, type Http, sendRefusal } from '../../platform/http/index.ts';
import type { ApiClients } from './api-tokens.ts';
import { comesFromElsewhere, cookieAttributes, sessionCookie, stationCookie } from './cookies.ts';
import { describeSession, type StaffRoutesOptions } from './describe-session.ts';
import { type ApiClient, mayProgram, maySession, SESSION_DAYS } from './model.ts';
import { tokenOf } from './request-token.ts';
import { checkPassword, closeSession, type FoundSession, findSession, openSession, type SignedIn } from './sign-in.ts';
import { stationRoutes } from './stations/station.routes.ts';

export type AuthorizeOptions = { platform: Platform; apiClients: ApiClients; secure: boolean };

/** Who asks, whatever he asks for. */
type Identity = { kind: 'program'; client: ApiClient } | { kind: 'person'; session: FoundSession };

export type Door = {
  authorize: Authorize;
  /** Tells whoever is nobody so before anything else of the request is looked at. Before the routes are made. */
  guard(http: Http): void;
};

/** Addresses that let people in, or know their callers by a key of their own. */
const KNOWS_ITS_CALLERS = /^\/api\/v1\/(?:session|station(?:\/.*)?|stations\/self(?:\/.*)?)$/;

/**
 * Makes `authorize`: session cookie → actor, if his role may; without a cookie an API token → actor, for what a program
 * may do. A token travels only where a program puts it, so no page elsewhere can use it.
 */
export function createDoor({ platform, apiClients, secure }: AuthorizeOptions): Door {
  const known = new WeakMap<FastifyRequest, Promise<Identity | null>>();

  async function look(request: FastifyRequest): Promise<Identity | null> {
    const token = request.cookies[sessionCookie(secure)];
    const apiToken = token ? null : tokenOf(request);
    if (apiToken) {
      const client = await apiClients.find(apiToken);
      return client && { kind: 'program', client };
    }
    const stationKey = request.cookies[stationCookie(secure)] ?? null;
    const session = token ? await findSession(platform, token, stationKey) : null;
    return session && { kind: 'person', session };
  }
  const identify = (request: FastifyRequest): Promise<Identity | null> => {
    const identity = known.get(request) ?? look(request);
    known.set(request, identity);
    return identity;
  };

  return {
    async authorize(request, permission) {
      const identity = await identify(request);
      if (identity?.kind === 'program') {
        const { client } = identity;
        if (!mayProgram(client, permission)) return refuse('forbidden');
        const tenant = platform.database.tenant(client.companyId);
        return succeed({ tenant, userId: client.userId, role: client.role ?? 'program', station: null });
      }
      if (comesFromElsewhere(request, platform)) return refuse('forbidden_origin');
      if (!identity) return refuse('unauthorized');
      const { session } = identity;
      if (!maySession(session, permission)) return refuse('forbidden');
      const { tenant, user } = session;
      const station = session.station && {
        stationId: session.station.stationId,
        venueCode: session.station.venueCode,
      };
      return succeed({ tenant, userId: user.userId, role: user.role, station });
    },
    guard(http) {
      http.addHook('onRequest', async (request, reply) => {
        const url = request.routeOptions.url ?? '';
        if (!url.startsWith('/api/v1/') || KNOWS_ITS_CALLERS.test(url)) return;
        if (!(await identify(request))) return sendRefusal(request, reply, { code: 'unauthorized' });
      });
    },
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
