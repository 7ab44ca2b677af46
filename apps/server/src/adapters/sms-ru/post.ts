/** One request to sms.ru: a form with the key in the body (never in the address, which ends up in logs), JSON back. */

/** `not_sent`: certainly not processed. `unknown`: it may have been, so a message must not be sent again blindly. */
export type PostOutcome =
  | { readonly status: 'answered'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly status: 'not_sent'; readonly reason: string }
  | { readonly status: 'unknown'; readonly reason: string };

export type PostSettings = {
  readonly baseUrl: string;
  readonly apiId: string;
  readonly fetch: typeof fetch;
  readonly timeoutMilliseconds: number;
};

/** 100 statuses are about 20 kB; anything far beyond is not theirs. */
const longestBodyBytes = 256 * 1024;
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
neverConnected.add('UND_ERR_CONNECT_TIMEOUT');

/** Posts `fields` to `method` ("sms/send"). Never throws; reasons carry neither key nor phone. */
export async function postForm(
  settings: PostSettings,
  method: string,
  fields: Readonly<Record<string, string>>,
): Promise<PostOutcome> {
  const signal = AbortSignal.timeout(settings.timeoutMilliseconds);
  try {
    const response = await settings.fetch(new URL(method, settings.baseUrl.replace(/\/*$/, '/')), {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ ...fields, api_id: settings.apiId, json: '1' }),
      // A redirect would carry the key and the phone to somebody else.
      redirect: 'error',
      signal,
    });
    const text = await readBounded(response);
    // A gateway that gave up waiting does not know either; every other failure is the service's own "busy, retry".
    if (response.status === 504) return { status: 'unknown', reason: 'Http504' };
    if (response.status !== 200) return { status: 'not_sent', reason: `Http${response.status}` };
    const body = parseObject(text);
    return body === undefined ? { status: 'unknown', reason: 'UnreadableAnswer' } : { status: 'answered', body };
  } catch (error) {
    if (signal.aborted) return { status: 'unknown', reason: 'Timeout' };
    const code = codeOf(error);
    return { status: neverConnected.has(code) ? 'not_sent' : 'unknown', reason: code };
  }
}

async function readBounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > longestBodyBytes) return '';
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a JSON value is an object with named members. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  const code = first instanceof Error && 'code' in first ? first.code : undefined;
  return typeof code === 'string' ? code : 'NetworkError';
}
