import { verifyJwt } from './jwt.ts';
import { type Body, milliseconds, type State } from './state.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const SCOPE = 'https://www.googleapis.com/auth/wallet_object.issuer';
const LIFE_SECONDS = 3_599;
/** Clocks of honest callers are apart. */
const SKEW_SECONDS = 300;

/** `POST /token`: an assertion for a token. Every refusal is the same 400. */
export function giveToken(state: State, form: URLSearchParams, ownUrl: string): { status: number; body: Body } {
  const refuse = (error_description: string) => ({ status: 400, body: { error: 'invalid_grant', error_description } });
  if (form.get('grant_type') !== GRANT) return { status: 400, body: { error: 'unsupported_grant_type' } };
  const verified = verifyJwt(state, form.get('assertion') ?? '');
  if (typeof verified === 'string') return refuse(verified);
  const { account, claims } = verified;
  const now = milliseconds(state) / 1_000;
  if (claims.aud !== ownUrl) return refuse('Invalid JWT: wrong aud.');
  if (claims.scope !== SCOPE) return { status: 400, body: { error: 'invalid_scope' } };
  const { iat, exp } = claims;
  if (typeof iat !== 'number' || typeof exp !== 'number' || exp - iat > 3_600) {
    return refuse('Invalid JWT: Token must be a short-lived token (60 minutes).');
  }
  if (iat > now + SKEW_SECONDS || exp < now - SKEW_SECONDS) return refuse('Invalid JWT: check your clock.');
  state.tokensGiven += 1;
  const token = `ya29.fake-${state.nextNumber++}-${account.keyId}`;
  state.tokens.set(token, { email: account.email, until: milliseconds(state) + LIFE_SECONDS * 1_000 });
  return { status: 200, body: { access_token: token, expires_in: LIFE_SECONDS, token_type: 'Bearer' } };
}
