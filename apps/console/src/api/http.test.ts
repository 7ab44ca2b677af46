import { QueryObserver } from '@tanstack/react-query';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createQueryClient } from '../app/query-client.ts';
import { toBase64 } from '../certificates/read-file.ts';
import { requestFile } from '../passes/sheet-file.ts';
import { ApiError, queryString, request } from './http.ts';

const answering = (status: number, body: string) => {
  const fetched = vi.fn<typeof fetch>(async () => new Response(body, { status }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
};
const refusal = (code: string, message: string) => JSON.stringify({ error: { code, message, retryable: false } });
const failureOf = async (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

afterEach(() => vi.unstubAllGlobals());

describe('a call of the API', () => {
  test('asks in the reader’s language and sends a body as JSON', async () => {
    const fetched = answering(200, '{"a":1}');
    expect(await request('/session', { method: 'POST', body: { email: 'x' } })).toEqual({ a: 1 });
    const [address, options] = fetched.mock.calls[0] ?? [];
    expect(address).toBe('/api/v1/session');
    expect(options?.headers).toMatchObject({ 'accept-language': 'ru', 'content-type': 'application/json' });
    expect(options?.body).toBe('{"email":"x"}');
  });

  test('a file comes with the place where the next one goes on, or with the server’s refusal', async () => {
    const sheet = () => new Response('%PDF', { headers: { 'x-next': '41' } });
    vi.stubGlobal('fetch', async () => sheet());
    const { file, next } = await requestFile('/passes/print-sheet');
    expect([await file.text(), next]).toEqual(['%PDF', '41']);
    answering(409, refusal('nothing_to_print', 'Nothing.'));
    const error = await failureOf(requestFile('/passes/print-sheet'));
    expect(error).toMatchObject({ status: 409, code: 'nothing_to_print', message: 'Nothing.' });
  });

  test('a refusal keeps the server’s own sentence and fields', async () => {
    const fields = [{ path: 'certificate', message: 'why' }];
    answering(400, JSON.stringify({ error: { code: 'credential_refused', message: 'No.', retryable: false, fields } }));
    const error = await failureOf(request('/credentials/1/certificate', { method: 'POST', body: {} }));
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, code: 'credential_refused', message: 'No.', fields });
  });

  test('a proxy’s page instead of an answer is an unknown failure that may be retried', async () => {
    answering(502, '<html>Bad gateway</html>');
    expect(await failureOf(request('/designs'))).toMatchObject({ status: 502, code: 'unknown', retryable: true });
  });

  test('a server out of reach is told apart from one that refuses', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch');
    });
    expect(await failureOf(request('/designs'))).toMatchObject({ status: 0, code: 'unreachable', retryable: true });
  });

  test('an empty answer is no failure', async () => {
    answering(200, '');
    expect(await request('/session', { method: 'DELETE' })).toBeUndefined();
  });
});

describe('the end of a session', () => {
  const askWith = async (status: number, code: string): Promise<number> => {
    answering(status, refusal(code, 'Sorry.'));
    const signedOut = vi.fn();
    const client = createQueryClient(signedOut);
    const observer = new QueryObserver(client, { queryKey: ['x'], queryFn: () => request('/designs') });
    await observer.refetch();
    return signedOut.mock.calls.length;
  };

  test('is noticed by any call that answers 401 unauthorized', async () => {
    expect(await askWith(401, 'unauthorized')).toBe(1);
  });

  test('is not concluded from a wrong password or another refusal', async () => {
    expect(await askWith(401, 'wrong_credentials')).toBe(0);
    expect(await askWith(403, 'forbidden')).toBe(0);
  });
});

test('an address carries only what is set, and escapes it', () => {
  expect(queryString({ search: 'Анна & К', after: '', limit: 50 })).toBe(
    '?search=%D0%90%D0%BD%D0%BD%D0%B0+%26+%D0%9A&limit=50',
  );
  expect(queryString({ search: undefined })).toBe('');
});

test('files travel as the base64 of their bytes, whatever the bytes are', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  expect(toBase64(bytes)).toBe(btoa(String.fromCharCode(...bytes)));
  expect(Uint8Array.from(atob(toBase64(bytes)), (character) => character.charCodeAt(0))).toEqual(bytes);
});
