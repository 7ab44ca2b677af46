import type { TSchema } from 'typebox';
import type { Authorize, Http, Request } from '../../platform/http/index.ts';
import { logInToApi, refreshTokenPair, type TokenPair } from '../staff/index.ts';
import { Tokens } from './answers.ts';
import { docsV0Routes } from './describe-api.ts';
import { describeAnswers } from './describe-method.ts';
import { METHODS } from './methods/index.ts';
import { presentV0Refusal, sendV0Refusal } from './refusals.ts';
import { type Caller, serveMethod } from './serve-method.ts';
import { probonusSettingsRoutes } from './settings/routes.ts';
import { createManners } from './settings/settings.ts';
import { createMirror } from './shadow/mirror.ts';
import { Login, RefreshToken } from './shapes.ts';
import type { ProbonusPlatform } from './v0.ts';

/** The ProBonus-compatible API, /api/v0/…: both ways to authorise, sums in kopecks; and its settings in our own API. */
export function probonusRoutes(
  http: Http,
  { platform, authorize }: { platform: ProbonusPlatform; authorize: Authorize },
): { settled: () => Promise<void> } {
  const manners = createManners(platform);
  const mirror = createMirror(platform);
  const serving = { platform, manners, mirror, callers: new WeakMap<Request, Caller>() };
  tokenRoutes(http, platform);
  docsV0Routes(http);
  for (const method of METHODS) serveMethod(http, serving, method);
  probonusSettingsRoutes(http, { platform, authorize, manners });
  // What the old server has booked is booked here too before the process ends.
  http.addHook('onClose', mirror.settled);
  return { settled: mirror.settled };
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
