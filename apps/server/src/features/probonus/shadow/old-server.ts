import { lookup as lookUp } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Settings } from '../settings/settings.ts';
import { isForbiddenAddress } from './addresses.ts';

export type TheirAnswer = { status: number; contentType: string; body: Buffer; milliseconds: number };
/** A call as the till made it; `query` with its question mark. */
export type MirroredCall = {
  verb: string;
  name: string;
  query: string;
  body: Buffer | null;
  contentType: string | undefined;
  language: string | undefined;
};

/** Who sees it is asked by another Tessera and mirrors no further. */
export const MIRRORED = 'x-tessera-mirrored';
const ANSWER_BYTES_MAX = 1024 * 1024;

/** Names are looked up here, so that one that leads to a forbidden address is not called. */
const guardedLookup: LookupFunction = (host, options, done) =>
  lookUp(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '', 4);
    const wrong = found.find(({ address }) => isForbiddenAddress(address));
    if (wrong || found.length === 0) return done(new Error('A forbidden address.'), '', 4);
    return options.all ? done(null, found) : done(null, found[0]!.address, found[0]!.family);
  });

type Ask = { verb: string; headers: Record<string, string>; body: Buffer | null; timeout: number };

/** One request: nothing is followed, nothing is unpacked, no more is read than an answer may hold. */
function ask(url: URL, { verb, headers, body, timeout }: Ask): Promise<TheirAnswer> {
  const started = performance.now();
  const open = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const options = { method: verb, headers, lookup: guardedLookup, signal: AbortSignal.timeout(timeout) };
    const request = open(url, options, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > ANSWER_BYTES_MAX) response.destroy(new Error('The answer is too long.'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 502,
          contentType: response.headers['content-type'] ?? 'application/octet-stream',
          body: Buffer.concat(chunks),
          milliseconds: performance.now() - started,
        }),
      );
    });
    request.on('error', reject);
    request.end(body ?? undefined);
  });
}

/** Speaks to the old servers of companies, each with its own credentials; tokens by login are kept in memory. */
export function createOldServers() {
  const tokens = new Map<string, Promise<string | null>>();

  async function logIn(base: string, login: string, password: string, timeout: number): Promise<string | null> {
    const body = Buffer.from(JSON.stringify({ login, password }));
    const headers = { 'content-type': 'application/json', accept: 'application/json', [MIRRORED]: '1' };
    const answer = await ask(new URL(`${base}/api/v0/auth/login`), { verb: 'POST', headers, body, timeout });
    if (answer.status !== 200) return null;
    const { accessToken } = JSON.parse(answer.body.toString()) as { accessToken?: unknown };
    return typeof accessToken === 'string' ? accessToken : null;
  }

  /** Throws when the old server cannot be reached in time. */
  return async function call(
    companyId: number,
    { shadow, credentials }: Settings,
    { verb, name, query, body, contentType, language }: MirroredCall,
  ): Promise<TheirAnswer> {
    const base = shadow!.url.replace(/\/+$/, '');
    const timeout = shadow!.timeoutMilliseconds;
    const key = `${companyId} ${base}`;
    const send = async (): Promise<TheirAnswer> => {
      const headers: Record<string, string> = {
        accept: 'application/json',
        'accept-encoding': 'identity',
        [MIRRORED]: '1',
        ...(contentType ? { 'content-type': contentType } : {}),
        ...(language ? { 'accept-language': language } : {}),
        ...(body ? { 'content-length': String(body.length) } : {}),
      };
      if (credentials && 'token' in credentials) headers.authorization = `Bearer ${credentials.token}`;
      else if (credentials) {
        const { login, password } = credentials;
        const token = tokens.get(key) ?? logIn(base, login, password, timeout);
        tokens.set(key, token);
        const found = await token.catch((error) => {
          tokens.delete(key);
          throw error;
        });
        if (found) headers.authorization = `Bearer ${found}`;
      }
      return ask(new URL(`${base}/api/v0/${name}${query}`), { verb, headers, body, timeout });
    };
    const first = await send();
    if (first.status !== 401 || !credentials || 'token' in credentials) return first;
    // A token has died: it is asked for anew, once.
    tokens.delete(key);
    return send();
  };
}
