import { verify } from 'node:crypto';
import type { Account, Body, State } from './state.ts';

export type VerifiedJwt = { readonly account: Account; readonly claims: Body };

/** Verifies a token that a service account has signed; the text tells what is wrong with one that is not sound. */
export function verifyJwt(state: State, jwt: string): VerifiedJwt | string {
  const [head, middle, tail, more] = jwt.split('.');
  if (!head || !middle || !tail || more !== undefined) return 'Malformed JWT.';
  const [header, claims] = [parse(head), parse(middle)];
  if (!header || !claims) return 'Malformed JWT.';
  if (header.alg !== 'RS256' || header.typ !== 'JWT') return 'Only RS256 is taken.';
  const account = state.accounts.get(String(claims.iss));
  if (!account) return 'Invalid grant: account not found';
  if (header.kid !== account.keyId) return 'Invalid JWT Signature: unknown kid.';
  const sound = verify('sha256', Buffer.from(`${head}.${middle}`), account.publicKey, Buffer.from(tail, 'base64url'));
  return sound ? { account, claims } : 'Invalid JWT Signature.';
}

function parse(part: string): Body | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Body) : null;
  } catch {
    return null;
  }
}
