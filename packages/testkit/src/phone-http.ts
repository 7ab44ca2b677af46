/** One HTTP request as a phone makes it: the path exactly as given, no redirects followed, a bounded answer. */
import { type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

export type HttpRequest = {
  readonly method: string;
  /** Scheme, host and port; the path is separate because a parsed URL would tidy it up. */
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** PEM of the authority to trust instead of the system's. */
  readonly ca: string | undefined;
  readonly timeoutMilliseconds: number;
};

export type HttpAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }
  | { readonly kind: 'failure'; readonly reason: string };

/** Wallet has no published limit for one pass; ten megabytes are far beyond any sane card. */
const longestBodyBytes = 10 * 1024 * 1024;

/** Sends one request on a connection of its own. Never throws for what the network does. */
export function sendHttp(request: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const fail = (error: Error) => resolve({ kind: 'failure', reason: codeOf(error) });
    const send = request.origin.startsWith('https:') ? requestHttps : requestHttp;
    const outgoing = send(
      request.origin,
      {
        method: request.method,
        path: request.path,
        headers: { ...request.headers, connection: 'close' },
        agent: false,
        timeout: request.timeoutMilliseconds,
        ...(request.ca === undefined ? {} : { ca: request.ca }),
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        incoming.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > longestBodyBytes) incoming.destroy(new Error('BodyTooLong'));
          else chunks.push(chunk);
        });
        incoming.on('error', fail);
        incoming.on('end', () => {
          const { statusCode: status = 0, headers } = incoming;
          resolve({ kind: 'answer', status, headers, body: Buffer.concat(chunks) });
        });
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('Timeout')));
    outgoing.on('error', fail);
    outgoing.end(request.body);
  });
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message.slice(0, 40);
}
