/** One POST to a relay: no redirect is followed, nothing is waited for longer than told, little of the answer is read. */

export type PostedAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly retryAfter: string | null }
  | { readonly kind: 'failure'; readonly code: string };

/** An answer of a relay is a short JSON; more would only fill our memory. */
const ANSWER_BYTES_MAX = 16 * 1024;

/** Never throws for what the network does. */
export async function postJson(
  url: string,
  {
    headers,
    body,
    timeoutMilliseconds,
  }: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
    readonly timeoutMilliseconds: number;
  },
): Promise<PostedAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify(body),
      // A relay that moves is a relay that somebody has to look at; a redirect could lead anywhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const text = await readSome(response);
    return { kind: 'answer', status: response.status, body: text, retryAfter: response.headers.get('retry-after') };
  } catch (error) {
    return { kind: 'failure', code: codeOf(error) };
  }
}

async function readSome(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES_MAX) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The machine's word for what went wrong; messages may hold addresses. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error instanceof Error && error.name === 'TimeoutError' ? 'Timeout' : 'NoConnection';
}
