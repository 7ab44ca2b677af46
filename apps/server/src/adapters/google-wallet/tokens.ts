import { type GoogleFailure, retry } from './answer.ts';
import { isObject, type ServiceAccount } from './service-account.ts';
import { signJwt } from './sign-jwt.ts';
import type { Transport } from './transport.ts';

export type TokenOutcome = { readonly status: 'ok'; readonly token: string } | GoogleFailure;

export type Tokens = {
  /** A token that is good for at least half a minute. Asked for by many at once it is fetched once. */
  of(account: ServiceAccount): Promise<TokenOutcome>;
  /** Forgets a token that Google did not take, unless another one has come since. */
  forget(account: ServiceAccount, token: string): void;
};

type Kept = { token: string; until: Temporal.Instant };

const SCOPE = 'https://www.googleapis.com/auth/wallet_object.issuer';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const ASSERTION_SECONDS = 3_600;
/** From here on a new token is fetched while the old one still serves. */
const EARLY_SECONDS = 300;
const LATEST_SECONDS = 30;
const ACCOUNTS_MAX = 500;

/** Access tokens of service accounts (RFC 7523), kept until five minutes before their end. */
export function createTokens(options: {
  readonly url: string;
  readonly transport: Transport;
  readonly clock: () => Temporal.Instant;
}): Tokens {
  const { clock } = options;
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<TokenOutcome>>();

  function refresh(account: ServiceAccount, name: string): Promise<TokenOutcome> {
    const running = underWay.get(name);
    if (running) return running;
    const fetching = fetchToken(options, account)
      .then((found): TokenOutcome => {
        if (found.status !== 'ok') return found;
        if (kept.size >= ACCOUNTS_MAX) kept.delete(kept.keys().next().value!);
        kept.set(name, found);
        return found;
      })
      .finally(() => underWay.delete(name));
    underWay.set(name, fetching);
    return fetching;
  }

  return {
    async of(account) {
      const name = nameOf(account);
      const known = kept.get(name);
      const left = known ? known.until.since(clock()).total('seconds') : 0;
      if (known && left > LATEST_SECONDS) {
        // The answer of this one is nobody's business: if it fails, the next caller finds out in time.
        if (left <= EARLY_SECONDS) void refresh(account, name);
        return { status: 'ok', token: known.token };
      }
      return refresh(account, name);
    },
    forget(account, token) {
      const name = nameOf(account);
      if (kept.get(name)?.token === token) kept.delete(name);
    },
  };
}

/** A key that was replaced has another id, so its token is never used for the new one. */
const nameOf = ({ email, keyId }: ServiceAccount): string => `${email} ${keyId}`;

async function fetchToken(
  { url, transport, clock }: Parameters<typeof createTokens>[0],
  account: ServiceAccount,
): Promise<({ status: 'ok' } & Kept) | GoogleFailure> {
  const now = clock();
  const iat = Math.floor(now.epochMilliseconds / 1_000);
  const claims = { iss: account.email, scope: SCOPE, aud: url, iat, exp: iat + ASSERTION_SECONDS };
  const assertion = await signJwt(account, claims);
  const reply = await transport.send({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: GRANT, assertion }).toString(),
  });
  if (reply.status === 'lost') return retry(reply.reason);
  // A refusal of the assertion: a deleted key, a disabled account, a clock that is wrong by minutes.
  if (reply.code === 400 || reply.code === 401 || reply.code === 403)
    return { status: 'halted', reason: 'key_refused' };
  if (reply.code !== 200) return retry(`Http${reply.code}`);
  const answer = readToken(reply.text);
  if (!answer) return retry('UnreadableAnswer');
  return { status: 'ok', token: answer.token, until: now.add({ seconds: answer.seconds }) };
}

function readToken(text: string): { token: string; seconds: number } | null {
  try {
    const body: unknown = JSON.parse(text);
    if (!isObject(body)) return null;
    const { access_token: token, expires_in: seconds } = body;
    return typeof token === 'string' && typeof seconds === 'number' && seconds > 0 ? { token, seconds } : null;
  } catch {
    return null;
  }
}
