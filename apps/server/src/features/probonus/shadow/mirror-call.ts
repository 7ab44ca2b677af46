import type { Reply, Request } from '../../../platform/http/index.ts';
import { sendV0Refusal } from '../refusals.ts';
import type { Mirror, Mirrored } from './mirror.ts';

const BODY_BYTES_MAX = 256 * 1024;

/**
 * Answers a request with what the old server says, byte for byte. Its body is read here as it came, before anybody has
 * looked at it: what we would refuse is for the old server to judge.
 */
export async function mirrorCall(
  mirror: Mirror,
  { tenant, settings, method }: Pick<Mirrored, 'tenant' | 'settings' | 'method'>,
  request: Request,
  reply: Reply,
  payload: NodeJS.ReadableStream,
): Promise<void> {
  const body = request.method === 'GET' ? null : await readWhole(payload);
  if (body === 'too_large') {
    sendV0Refusal(request, reply, { code: 'body_too_large' });
    return;
  }
  const at = request.url.indexOf('?');
  const call = {
    verb: request.method,
    name: method.name,
    query: at < 0 ? '' : request.url.slice(at),
    body,
    contentType: request.headers['content-type'],
    language: request.headers['accept-language'],
  };
  const { language } = request;
  const theirs = await mirror.mirror({ tenant, settings, method, call, query: request.query, language });
  if (theirs === null) sendV0Refusal(request, reply, { code: 'unavailable' });
  else reply.code(theirs.status).type(theirs.contentType).send(theirs.body);
}

async function readWhole(payload: NodeJS.ReadableStream): Promise<Buffer | 'too_large'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of payload) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) return 'too_large';
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
