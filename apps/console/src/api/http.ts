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
  return parse(await (await ask(path, options)).text()) as Answer;
}

/** An answer that is not refused, to be read by whoever asked. Throws ApiError, like `request`. */
export async function ask(path: string, options: RequestOptions): Promise<Response> {
  const response = await send(path, options);
  if (!response.ok) throw new ApiError(response.status, errorOf(parse(await response.text())));
  return response;
}

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
    throw new ApiError(0, { code: 'unreachable', message: '', retryable: true });
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
