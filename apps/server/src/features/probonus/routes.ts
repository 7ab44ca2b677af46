import type { Http } from '../../platform/http/index.ts';
import { checkPassword, issueTokenPair, refreshTokenPair, type TokenPair } from '../staff/index.ts';
import { accountsV0Routes } from './accounts.routes.ts';
import { tenantOf } from './authorise.ts';
import { checksV0Routes } from './checks.routes.ts';
import { presentV0Refusal, sendV0Refusal } from './refusals.ts';
import { Login, RefreshToken, Tokens } from './shapes.ts';
import type { ProbonusPlatform, V0 } from './v0.ts';

/** The ProBonus-compatible API, /api/v0/…: both ways to authorise, sums in kopecks. */
export function probonusRoutes(http: Http, platform: ProbonusPlatform): void {
  const v0: V0 = {
    platform,
    tenantOf: (request) => tenantOf(platform, platform.apiClients, request),
    options: ({ body, response }) => ({
      schema: {
        tags: ['probonus'],
        security: [{ bearer: [] }, { token: [] }],
        ...(body ? { body } : {}),
        response: { 200: response },
      },
      config: { presentRefusal: presentV0Refusal },
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
  const open = <T extends { schema: object }>(options: T): T => ({
    ...options,
    schema: { ...options.schema, security: [] },
  });
  const login = open(v0.options({ body: Login, response: Tokens }));
  const limited = { ...login, config: { ...login.config, rateLimit: { max: 20, timeWindow: '1 minute' } } };
  http.post('/api/v0/auth/login', limited, async (request, reply) => {
    const body = request.body as { login: string; password: string };
    const checked = await checkPassword(v0.platform, body.login, body.password);
    if (!checked.ok) return sendV0Refusal(request, reply, checked.refusal);
    const { tenant, user } = checked.value;
    return toBody(await issueTokenPair(v0.platform, tenant, user.userId));
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
