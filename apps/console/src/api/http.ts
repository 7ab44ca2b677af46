import type { ErrorBody } from '@tessera/contract';
import { currentLanguage } from '../app/language.ts';

/** What the server refused, or that it could not be reached (`status` 0, `code` 'unreachable'). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly retryable: boolean;
  readonly fields: readonly { path: string; message: string }[];

  constructor(status: number, body: ErrorBody['error']) {
    super(body.message);
    this.status = status;
    this.code = body.code;
    this.retryable = body.retryable;
    this.fields = body.fields ?? [];
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type RequestOptions = {
  readonly method?: Method;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
};

const ROOT = '/api/v1';

/** Address of a file that the browser downloads by itself. */
export const fileAddress = (path: string): string => `${ROOT}${path}`;

/** One call of the console's API. Throws ApiError; `message` is already in the reader's language, or '' if nobody told it. */
export async function request<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const response = await send(path, options);
  const text = await response.text();
  const body = parse(text);
  if (!response.ok) throw new ApiError(response.status, errorOf(body));
  return body as Answer;
}

/**
 * A file that the page fetches by itself, because it may be one of several: `next` is where the following one goes on,
 * null behind the last. Throws ApiError, like `request`.
 */
export async function requestFile(path: string): Promise<{ file: Blob; next: string | null }> {
  const response = await send(path, {});
  if (!response.ok) throw new ApiError(response.status, errorOf(parse(await response.text())));
  return { file: await response.blob().catch(unreachable), next: response.headers.get('x-next') };
}

const unreachable = (): never => {
  throw new ApiError(0, { code: 'unreachable', message: '', retryable: true });
};

async function send(path: string, { method = 'GET', body, signal }: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': currentLanguage() };
  const raw = body instanceof Blob;
  if (body !== undefined) headers['content-type'] = raw ? 'application/octet-stream' : 'application/json';
  try {
    return await fetch(`${ROOT}${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    return unreachable();
  }
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a proxy's page instead of ours: errorOf tells it as an unknown failure
  }
}

function errorOf(body: unknown): ErrorBody['error'] {
  const error = (body as ErrorBody | undefined)?.error;
  return typeof error?.message === 'string' ? error : { code: 'unknown', message: '', retryable: true };
}

/** `?a=1&b=2` of what is set. */
export function queryString(values: Record<string, string | number | undefined>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
