import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';

/** How a caller shows who he is. */
const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'The access token of POST /api/v0/auth/login, or a permanent API token.',
  },
  token: { type: 'apiKey', in: 'header', name: 'X-Api-Token', description: 'A permanent API token.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-tessera',
    description: 'The session of POST /api/v1/session, for the console and the till page (`tessera` without TLS).',
  },
  pass: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'ApplePass and the authenticationToken of the pass.',
  },
} as const;

/** For the schema of a route under /api/v1 that a program may call with its token, see `Authorize`. */
export const OPEN_TO_PROGRAMS: Record<string, string[]>[] = [{ session: [] }, { bearer: [] }, { token: [] }];

const SIGN_IN = '/api/v1/session';
const APPLE = '/wallet/apple/';

/**
 * What docs/reference/openapi.json and GET /api/openapi.json say. Pages for people hide themselves; a second spelling of
 * an address (with a slash at its end) is left out here.
 */
export const describeApi = (version: string): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Tessera',
      version,
      description:
        'Amounts are integers in minor units (kopecks). A refusal has a stable code, a sentence in the language of ' +
        'Accept-Language, and says whether the same call may be sent again.',
    },
    components: { securitySchemes },
  },
  transform({ schema, url }) {
    const known = schema ?? {};
    if (url.endsWith('/')) return { schema: { ...known, hide: true }, url };
    if (url.startsWith(APPLE)) {
      const open = url.endsWith('/log') || url.endsWith('/registrations/:type');
      return { schema: { tags: ['apple'], security: open ? [] : [{ pass: [] }], ...known }, url };
    }
    if (url.startsWith('/api/v1/') && url !== SIGN_IN)
      return { schema: { security: [{ session: [] }], ...known }, url };
    return { schema: known, url };
  },
});
