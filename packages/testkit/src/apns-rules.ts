/** What Apple's push service checks in a request for a Wallet pass, as pure decisions. Facts: Apple, "Handling notification responses from APNs". */

/** A request as it arrived. `certificate` is what the TLS layer learnt about the client. */
export type ApnsRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly certificate: ClientCertificate;
};

/** `absent`: none sent; `untrusted`: not issued by the authority or out of date; `trusted`: its UID is the only topic allowed. */
export type ClientCertificate =
  | { readonly state: 'absent' }
  | { readonly state: 'untrusted' }
  | { readonly state: 'trusted'; readonly topic: string };

/** An answer; `timestamp` (milliseconds) goes with 410 only. `retryAfterSeconds` becomes a header. */
export type ApnsAnswer = {
  readonly status: number;
  readonly reason?: string;
  readonly timestamp?: number;
  readonly retryAfterSeconds?: number;
};

const pushTypes = new Set(['alert', 'background', 'location', 'voip', 'complication', 'fileprovider', 'mdm']);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const maximumPayloadBytes = 4096;

/** The first fault of a request in the order in which the service looks, or undefined when it is acceptable. */
export function findFault(request: ApnsRequest): ApnsAnswer | undefined {
  return (
    findCredentialFault(request.certificate) ??
    findTargetFault(request) ??
    findHeaderFault(request.headers) ??
    findPayloadFault(request.body)
  );
}

/** The push token in the path, undefined when the path has none. */
export function tokenOf(path: string): string | undefined {
  return /^\/3\/device\/([^/?]+)$/.exec(path)?.[1];
}

function findCredentialFault(certificate: ClientCertificate): ApnsAnswer | undefined {
  if (certificate.state === 'absent') return { status: 403, reason: 'MissingProviderToken' };
  if (certificate.state === 'untrusted') return { status: 403, reason: 'BadCertificate' };
  return undefined;
}

function findTargetFault({ path, method, headers, certificate }: ApnsRequest): ApnsAnswer | undefined {
  if (path === '/3/device/' || path === '/3/device') return { status: 400, reason: 'MissingDeviceToken' };
  const token = tokenOf(path);
  if (token === undefined) return { status: 404, reason: 'BadPath' };
  if (method !== 'POST') return { status: 405, reason: 'MethodNotAllowed' };
  const topic = headers['apns-topic'];
  if (topic === undefined || topic === '') return { status: 400, reason: 'MissingTopic' };
  if (!/^pass\.[A-Za-z0-9.-]+$/.test(topic)) return { status: 400, reason: 'BadTopic' };
  if (certificate.state === 'trusted' && certificate.topic !== topic) return { status: 400, reason: 'TopicDisallowed' };
  if (!/^[0-9a-f]{32,200}$/i.test(token)) return { status: 400, reason: 'BadDeviceToken' };
  return undefined;
}

function findHeaderFault(headers: ApnsRequest['headers']): ApnsAnswer | undefined {
  const bad = (reason: string) => ({ status: 400, reason });
  const { 'apns-expiration': expiration, 'apns-priority': priority, 'apns-push-type': pushType } = headers;
  if (expiration !== undefined && !/^\d{1,12}$/.test(expiration)) return bad('BadExpirationDate');
  if (priority !== undefined && !['10', '5', '1'].includes(priority)) return bad('BadPriority');
  if (pushType !== undefined && !pushTypes.has(pushType)) return bad('InvalidPushType');
  if (pushType === 'background' && priority !== '5') return bad('BadPriority');
  const id = headers['apns-id'];
  if (id !== undefined && !uuid.test(id)) return bad('BadMessageId');
  const collapse = headers['apns-collapse-id'];
  if (collapse !== undefined && Buffer.byteLength(collapse) > 64) return bad('BadCollapseId');
  return undefined;
}

/** A pass push carries an empty JSON object. `BadPayload` is this fake's own word: Apple does not say, and nothing else is right here. */
function findPayloadFault(body: string): ApnsAnswer | undefined {
  if (body === '') return { status: 400, reason: 'PayloadEmpty' };
  if (Buffer.byteLength(body) > maximumPayloadBytes) return { status: 413, reason: 'PayloadTooLarge' };
  return body === '{}' ? undefined : { status: 400, reason: 'BadPayload' };
}
