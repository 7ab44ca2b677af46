import type { Tenant } from '../../platform/database/index.ts';
import type { Http, Request } from '../../platform/http/index.ts';
import { logInToApi, refreshTokenPair, type TokenPair } from '../staff/index.ts';
import { accountsV0Routes } from './accounts.routes.ts';
import { tenantOf } from './authorise.ts';
import { checksV0Routes } from './checks.routes.ts';
import { presentV0Refusal, sendV0Refusal } from './refusals.ts';
import { Login, RefreshToken, Tokens } from './shapes.ts';
import type { ProbonusPlatform, V0 } from './v0.ts';

/** The ProBonus-compatible API, /api/v0/…: both ways to authorise, sums in kopecks. */
export function probonusRoutes(http: Http, platform: ProbonusPlatform): void {
  const tenants = new WeakMap<Request, Tenant>();
  const v0: V0 = {
    platform,
    tenantOf(request) {
      const tenant = tenants.get(request);
      if (!tenant) throw new Error('A route of this API was reached without a token.');
      return tenant;
    },
    options: ({ body, response }) => ({
      schema: {
        tags: ['probonus'],
        security: [{ bearer: [] }, { token: [] }],
        ...(body ? { body } : {}),
        response: { 200: response },
      },
      config: { presentRefusal: presentV0Refusal },
      // Before the body is read: who has no token is told so and nothing else.
      async onRequest(request, reply) {
        const tenant = await tenantOf(platform, platform.apiClients, request);
        if (!tenant) return sendV0Refusal(request, reply, { code: 'unauthorized' });
        tenants.set(request, tenant);
        return undefined;
      },
    }),
  };
  tokenRoutes(http, v0);
  accountsV0Routes(http, v0);
  checksV0Routes(http, v0);
}

const toBody = ({ accessToken, refreshToken, expiresInSeconds }: TokenPair) => ({
  accessToken,
  refreshToken,
  expiresIn: expiresInSeconds,
});

function tokenRoutes(http: Http, v0: V0): void {
  // These two are how one comes by a token.
  const open = ({ schema, config }: ReturnType<V0['options']>) => ({ schema: { ...schema, security: [] }, config });
  const login = open(v0.options({ body: Login, response: Tokens }));
  const limited = { ...login, config: { ...login.config, rateLimit: { max: 20, timeWindow: '1 minute' } } };
  http.post('/api/v0/auth/login', limited, async (request, reply) => {
    const body = request.body as { login: string; password: string };
    const loggedIn = await logInToApi(v0.platform, body.login, body.password);
    return loggedIn.ok ? toBody(loggedIn.value) : sendV0Refusal(request, reply, loggedIn.refusal);
  });

  http.post(
    '/api/v0/auth/refresh_token',
    open(v0.options({ body: RefreshToken, response: Tokens })),
    async (request, reply) => {
      const refreshed = await refreshTokenPair(v0.platform, (request.body as { refreshToken: string }).refreshToken);
      return refreshed.ok ? toBody(refreshed.value) : sendV0Refusal(request, reply, refreshed.refusal);
    },
  );
}
