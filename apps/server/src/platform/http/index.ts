import { readFileSync } from 'node:fs';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { storableJson } from '../json-text.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { chooseLanguage, type Texts, type Translate } from '../texts.ts';
import { installErrorHandlers, type RefusalPresenter, refuseAddress } from './errors.ts';
import { describeApi } from './openapi.ts';
import { createSerializerCompiler } from './serialisation.ts';
import type { Http } from './types.ts';
import { createValidatorCompiler } from './validation.ts';

export { type ApiDocument, askedBy, exampleOf, type JsonSchema, type Operation, shortExampleOf } from './docs/model.ts';
export { docsPage, docsRoutes } from './docs/routes.ts';
export { errorBody, type RefusalPresenter, sendRefusal } from './errors.ts';
export type { Actor, Authorize } from './guard.ts';
export { cursorOf, nextOf } from './keyset.ts';
export { OPEN_TO_PROGRAMS } from './openapi.ts';
export type { Http, Reply, Request, RequestPayload } from './types.ts';

export type HttpOptions = {
  /** How an unknown address is told to somebody who looks at it in a browser. */
  presentToPeople?: RefusalPresenter;
  log: Log;
  metrics: Metrics;
  texts: Texts;
  /** Behind a proxy that sets X-Forwarded-For. */
  trustProxy: boolean;
  secure: boolean;
};

const version: string = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')).version;

/** Bodies are small: a sale with a few hundred lines fits, a flood does not. */
const BODY_BYTES_MAX = 256 * 1024;

/** Makes the HTTP server: strict validation, one shape of errors, languages, metrics, security headers. No routes yet. */
export async function createHttp(options: HttpOptions): Promise<Http> {
  const { log, metrics, texts, trustProxy } = options;
  const http = Fastify({
    // Requests are logged below, field by field; of the framework's own words only warnings count.
    loggerInstance: log.child({}, { level: log.level === 'silent' ? 'silent' : 'warn' }) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES_MAX,
    // One proxy stands before us: what it saw counts. Addresses further left in the header are the caller's own claim.
    trustProxy: trustProxy ? (_address, hop) => hop === 0 : false,
    frameworkErrors: (_error, request, reply) => refuseAddress(request, reply, texts),
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    // Devices join webServiceURL and path blindly: /wallet/apple//v1/… is the same place (Apple fact: trailing slash).
    routerOptions: { ignoreDuplicateSlashes: true, maxParamLength: 300 },
  }).withTypeProvider<TypeBoxTypeProvider>();
  http.setValidatorCompiler(createValidatorCompiler());
  http.setSerializerCompiler(createSerializerCompiler());
  http.decorateRequest('language', 'ru');
  http.decorateRequest('t', null as unknown as Translate);
  http.addHook('onRequest', async (request) => {
    const asked = (request.query as { lang?: unknown } | undefined)?.lang;
    request.language = chooseLanguage(asked, request.headers['accept-language'], 'ru');
    request.t = texts(request.language);
  });
  http.addHook('onResponse', async (request, reply) => {
    const labels = { route: request.routeOptions.url ?? 'unknown', method: request.method, status: reply.statusCode };
    metrics.requestSeconds.observe(labels, reply.elapsedTime / 1_000);
    log.debug({ ...labels, milliseconds: Math.round(reply.elapsedTime) }, 'request');
  });
  installSecurityHeaders(http, options.secure);
  installErrorHandlers(http, options.presentToPeople);
  await http.register(cookie);
  // What is not JSON is told so. Pages with forms have a place of their own, see `withForms`.
  http.removeContentTypeParser('text/plain');
  readJson(http);
  await http.register(rateLimit, { global: false });
  await http.register(swagger, describeApi(version));
  http.get('/api/openapi.json', { schema: { hide: true } }, async () => http.swagger());
  return http;
}

/**
 * Integrators send `Content-Type: application/json` with every call, also where there is nothing to say: no body at all
 * is then no body, and a route that needs one says what is missing. No text comes in that the database could not keep.
 */
function readJson(http: Http): void {
  const parse = http.getDefaultJsonParser('error', 'error');
  http.removeContentTypeParser('application/json');
  http.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    const storable = storableJson(body as string);
    if (storable === null) done(Object.assign(new Error('a NUL in a text'), { statusCode: 400 }));
    else parse(request, storable, done);
  });
}

const FORM_BYTES_MAX = 32 * 1024;

/** Puts routes where a browser may post a form. Elsewhere a form is refused: it can be sent from any page in the world. */
export function withForms(http: Http, routes: (scope: Http) => void): void {
  http.register(async (scope) => {
    await scope.register(formbody, { bodyLimit: FORM_BYTES_MAX });
    routes(scope as unknown as Http);
  });
}

/** Puts routes where a page may send a photo as it is. The body is its bytes; what they are is for the route to see. */
export function withPictures(http: Http, bytesMax: number, routes: (scope: Http) => void): void {
  http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      ['image/jpeg', 'image/png', 'image/webp'],
      { parseAs: 'buffer', bodyLimit: bytesMax },
      (_request, body, done) => done(null, body),
    );
    routes(scope as unknown as Http);
  });
}

/** Puts routes where a program may send pieces of files: raw bytes, up to a limit for each piece. */
export function withBytes(http: Http, bytesMax: number, routes: (scope: Http) => void): void {
  http.register(async (scope) => {
    const parse = { parseAs: 'buffer', bodyLimit: bytesMax } as const;
    scope.addContentTypeParser('application/octet-stream', parse, (_request, body, done) => done(null, body));
    routes(scope as unknown as Http);
  });
}

/** What every page of ours may load and do, unless its route says otherwise. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  // The card renderer sets the colours of a design as style attributes.
  "style-src 'self' 'unsafe-inline'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

function installSecurityHeaders(http: Http, secure: boolean): void {
  http.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'strict-origin-when-cross-origin');
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    if (secure) reply.header('strict-transport-security', 'max-age=31536000');
  });
}
