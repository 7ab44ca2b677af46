import { type IncomingMessage, Agent as PlainAgent, request as requestPlain } from 'node:http';
import { Agent, request as requestTls } from 'node:https';

export type Call = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** `lost`: no answer came; whether the call was carried out is unknown. */
export type Reply =
  | {
      readonly status: 'answered';
      readonly code: number;
      readonly headers: Readonly<Record<string, string | string[] | undefined>>;
      readonly text: string;
    }
  | { readonly status: 'lost'; readonly reason: string };

export type Transport = {
  send(call: Call): Promise<Reply>;
  close(): void;
};

/** Resources have a few kB; an object comes with its class inside. */
const LONGEST_ANSWER_BYTES = 1024 * 1024;
const SOCKETS_MAX = 8;

/**
 * Connections to Google that are kept open: one agent for all companies of this process. Redirects are not followed,
 * since they would carry the token elsewhere. Never throws for what the network does.
 */
export function createTransport({ timeoutMilliseconds }: { readonly timeoutMilliseconds: number }): Transport {
  const options = { keepAlive: true, maxSockets: SOCKETS_MAX, timeout: 30_000 };
  const [tls, plain] = [new Agent(options), new PlainAgent(options)];
  return {
    async send({ method, url, headers = {}, body }) {
      const signal = AbortSignal.timeout(timeoutMilliseconds);
      const isPlain = url.startsWith('http:');
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      try {
        return await new Promise<Reply>((resolve, reject) => {
          const start = isPlain ? requestPlain : requestTls;
          const settings = { method, headers: { accept: 'application/json', ...headers, ...length }, signal };
          const outgoing = start(url, { ...settings, agent: isPlain ? plain : tls }, (incoming) => {
            readText(incoming).then(
              (text) =>
                resolve({ status: 'answered', code: incoming.statusCode ?? 0, headers: incoming.headers, text }),
              reject,
            );
          });
          outgoing.once('error', reject);
          outgoing.end(body);
        });
      } catch (error) {
        return { status: 'lost', reason: signal.aborted ? 'Timeout' : codeOf(error) };
      }
    },
    close() {
      tls.destroy();
      plain.destroy();
    },
  };
}

async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > LONGEST_ANSWER_BYTES) throw Object.assign(new Error('too long'), { code: 'AnswerTooLong' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'NetworkError';
