import { sign } from 'node:crypto';
import type { ServiceAccount } from './service-account.ts';

/** A JWT signed with a service account's key (RS256). The signature is made off the event loop: it takes a millisecond. */
export async function signJwt(
  { key, keyId }: Pick<ServiceAccount, 'key' | 'keyId'>,
  claims: Readonly<Record<string, unknown>>,
): Promise<string> {
  const header = { alg: 'RS256', typ: 'JWT', ...(keyId === '' ? {} : { kid: keyId }) };
  const signed = `${encode(header)}.${encode(claims)}`;
  const signature = await new Promise<Buffer>((resolve, reject) => {
    sign('sha256', Buffer.from(signed), key, (error, bytes) => (error ? reject(error) : resolve(bytes)));
  });
  return `${signed}.${signature.toString('base64url')}`;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
