import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Http } from '../../platform/http/index.ts';
import { authenticatePass, type PassInTenant } from './apple/authenticate-pass.ts';
import { latestPass } from './apple/latest-pass.ts';
import { listUpdatedPasses } from './apple/list-updated-passes.ts';
import { registerDevice } from './apple/register-device.ts';
import { httpDate, isDeviceId, type PhoneRequest, platformOf, readPushToken, readRelayUrl } from './apple/request.ts';
import { storeDeviceLogs } from './apple/store-device-logs.ts';
import { unregisterDevice } from './apple/unregister-device.ts';
import { PASS_MEDIA_TYPE } from './model.ts';
import type { Wallet } from './wallet.ts';

const BASE = '/wallet/apple/v1';
const REGISTRATION_BYTES_MAX = 4 * 1024;
const LOG_BYTES_MAX = 64 * 1024;
/** The list asks for no token, so nobody may try many device ids. A phone asks a few times a day. */
const LIST_LIMIT = { max: 600, timeWindow: '1 minute' };
const LOG_LIMIT = { max: 60, timeWindow: '1 minute' };

type PassPath = { type: string; serial: string };
type DevicePath = { device: string; type: string };

/** The web service that iPhones and readers of their cards speak to (Apple, "Adding a web service to update passes"). */
export function appleRoutes(http: Http, wallet: Wallet): void {
  // A scope of its own: phones send JSON with any content type or none, and what is no JSON must not fail by itself.
  http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, parseLeniently(body)));
    registrationRoutes(scope as unknown as Http, wallet);
    passRoutes(scope as unknown as Http, wallet);
    logRoute(scope as unknown as Http, wallet);
  });
}

function registrationRoutes(http: Http, wallet: Wallet): void {
  const registerAs = (dialect: 'apple' | 'attido') => async (request: FastifyRequest, reply: FastifyReply) => {
    const { device, ...path } = request.params as DevicePath & PassPath;
    const found = await authenticate(wallet, request, path);
    if (!found) return reply.code(401).send();
    const named = platformOf(phoneOf(request));
    // Its tokens are hexadecimal, too: a scheme that a proxy has changed must not send them to Apple.
    const platform = dialect === 'attido' && named === 'apple' ? 'passwallet' : named;
    const pushToken = readPushToken(request.body, platform);
    if (pushToken === null || !isDeviceId(device)) return reply.code(400).send();
    const relayUrl = readRelayUrl(request.body, platform);
    const result = await registerDevice(wallet, found, { deviceId: device, pushToken, platform, relayUrl });
    return reply.code(result === 'created' ? 201 : 200).send();
  };
  const options = { bodyLimit: REGISTRATION_BYTES_MAX };
  for (const url of withSlash(`${BASE}/devices/:device/registrations/:type/:serial`)) {
    http.post(url, options, registerAs('apple'));
    http.delete(url, options, async (request, reply) => {
      const { device, ...path } = request.params as DevicePath & PassPath;
      const found = await authenticate(wallet, request, path);
      if (!found) return reply.code(401).send();
      await unregisterDevice(wallet, found, device);
      return reply.code(200).send();
    });
  }
  // PassWallet on Android registers here. The push service that it names is called only if it is the one we know.
  for (const url of withSlash(`${BASE}/devices/:device/registrations_attido/:type/:serial`)) {
    http.post(url, options, registerAs('attido'));
  }
}

function passRoutes(http: Http, wallet: Wallet): void {
  for (const url of withSlash(`${BASE}/devices/:device/registrations/:type`)) {
    http.get(url, { config: { rateLimit: LIST_LIMIT } }, async (request, reply) => {
      const { device, type } = request.params as DevicePath;
      const { passesUpdatedSince } = request.query as { passesUpdatedSince?: unknown };
      const tag = typeof passesUpdatedSince === 'string' ? passesUpdatedSince : undefined;
      const key = { passTypeIdentifier: type, deviceId: device };
      const updated = isDeviceId(device) ? await listUpdatedPasses(wallet, key, tag) : null;
      reply.header('cache-control', 'no-store');
      return updated ? reply.send(updated) : reply.code(204).send();
    });
  }
  for (const url of withSlash(`${BASE}/passes/:type/:serial`)) {
    http.get(url, async (request, reply) => {
      const found = await authenticate(wallet, request, request.params as PassPath);
      if (!found) return reply.code(401).send();
      const latest = await latestPass(wallet, found, {
        ifModifiedSince: request.headers['if-modified-since'],
        onlyHeaders: request.method === 'HEAD',
        platform: platformOf(phoneOf(request)),
      });
      if (latest.status === 'not_modified') return reply.code(304).send();
      return sendPass(reply, latest);
    });
  }
}

function logRoute(http: Http, wallet: Wallet): void {
  for (const url of withSlash(`${BASE}/log`)) {
    http.post(url, { bodyLimit: LOG_BYTES_MAX, config: { rateLimit: LOG_LIMIT } }, async (request, reply) => {
      await storeDeviceLogs(wallet, request.body);
      return reply.code(200).send();
    });
  }
}

/** A bundle with the headers of one personal card: kept by nobody on the way, packed by nobody. */
export function sendPass(reply: FastifyReply, pass: { bytes: Buffer; lastModified: Temporal.Instant }): FastifyReply {
  return reply
    .header('content-type', PASS_MEDIA_TYPE)
    .header('content-disposition', 'attachment; filename="card.pkpass"')
    .header('last-modified', httpDate(pass.lastModified))
    .header('cache-control', 'no-store, no-transform')
    .send(pass.bytes);
}

const authenticate = (
  wallet: Wallet,
  request: FastifyRequest,
  { type, serial }: PassPath,
): Promise<PassInTenant | null> =>
  authenticatePass(wallet, { passTypeIdentifier: type, serial }, request.headers.authorization);

function phoneOf({ headers }: FastifyRequest): PhoneRequest {
  const passClient = headers['x-pass-client'];
  return {
    authorization: headers.authorization,
    passClient: typeof passClient === 'string' ? passClient : undefined,
    userAgent: headers['user-agent'],
  };
}

/** Some readers put a slash at the end of every address. */
const withSlash = (url: string): readonly string[] => [url, `${url}/`];

function parseLeniently(body: string | Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
