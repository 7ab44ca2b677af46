import type { TSchema } from 'typebox';
import type { Http } from '../../platform/http/index.ts';
import { logInToApi, refreshTokenPair, type TokenPair } from '../staff/index.ts';
import { Tokens } from './answers.ts';
import { docsV0Routes } from './describe-api.ts';
import { describeAnswers } from './describe-method.ts';
import { METHODS } from './methods/index.ts';
import { presentV0Refusal, sendV0Refusal } from './refusals.ts';
import { serveMethod, type Tenants } from './serve-method.ts';
import { Login, RefreshToken } from './shapes.ts';
import type { ProbonusPlatform } from './v0.ts';

/** The ProBonus-compatible API, /api/v0/…: both ways to authorise, sums in kopecks. */
export function probonusRoutes(http: Http, platform: ProbonusPlatform): void {
  const tenants: Tenants = new WeakMap();
  tokenRoutes(http, platform);
  docsV0Routes(http);
  for (const method of METHODS) serveMethod(http, platform, tenants, method);
}

const toBody = ({ accessToken, refreshToken, expiresInSeconds }: TokenPair) => ({
  accessToken,
  refreshToken,
  expiresIn: expiresInSeconds,
});

const LOGINS_A_MINUTE = 20;

/** These two are how one comes by a token. */
function tokenRoutes(http: Http, platform: ProbonusPlatform): void {
  const open = (body: TSchema) => ({
    tags: ['probonus'],
    security: [],
    body,
    response: describeAnswers({ answer: Tokens, refusals: ['wrong_credentials', 'too_many_requests'] }),
  });
  const config = { presentRefusal: presentV0Refusal };
  const rateLimit = { max: LOGINS_A_MINUTE, timeWindow: '1 minute' };
  http.post('/api/v0/auth/login', { schema: open(Login), config: { ...config, rateLimit } }, async (request, reply) => {
    const { login, password } = request.body as { login: string; password: string };
    const loggedIn = await logInToApi(platform, login, password);
    return loggedIn.ok ? toBody(loggedIn.value) : sendV0Refusal(request, reply, loggedIn.refusal);
  });

  http.post('/api/v0/auth/refresh_token', { schema: open(RefreshToken), config }, async (request, reply) => {
    const { refreshToken } = request.body as { refreshToken: string };
    const refreshed = await refreshTokenPair(platform, refreshToken);
    return refreshed.ok ? toBody(refreshed.value) : sendV0Refusal(request, reply, refreshed.refusal);
  });
}
