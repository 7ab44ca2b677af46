import { type ErrorBody, type ErrorCode, errors, type Refusal } from '@tessera/contract';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { isUnstorableText, PoolExhaustedError } from '../database/index.ts';
import { chooseLanguage, type Texts, type Translate } from '../texts.ts';
import { fieldMessage } from './field-messages.ts';
import type { Http } from './types.ts';

/** The body of a refusal in the reader's language. */
export function errorBody(refusal: Refusal, t: Translate, fields?: ErrorBody['error']['fields']): ErrorBody {
  const { code, params } = refusal;
  return {
    error: {
      code,
      message: t(`errors:${code}`, params),
      retryable: errors[code].retryable,
      ...(params ? { params: { ...params } } : {}),
      ...(fields ? { fields } : {}),
    },
  };
}

/** Answers a refusal on our own API: status, code, sentence. */
export function sendRefusal(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  return reply.code(errors[refusal.code].status).send(errorBody(refusal, request.t));
}

/** What Fastify itself refuses, in our words. */
const byStatus: Record<number, ErrorCode> = {
  400: 'invalid_request',
  404: 'not_found',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  503: 'unavailable',
};

/** What a route may say about the way its refusals look (ProBonus callers, pages for people). */
export type RefusalPresenter = (
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
  fields?: ErrorBody['error']['fields'],
) => unknown;

declare module 'fastify' {
  interface FastifyContextConfig {
    presentRefusal?: RefusalPresenter;
  }
}

const presentAsJson: RefusalPresenter = (request, reply, refusal, fields) =>
  reply.code(errors[refusal.code].status).send(errorBody(refusal, request.t, fields));

/** An address that cannot be decoded, such as /n/%zz: the framework answers it before any hook has run. */
export function refuseAddress(request: FastifyRequest, reply: FastifyReply, texts: Texts): FastifyReply {
  const t = texts(chooseLanguage(undefined, request.headers['accept-language'], 'ru'));
  reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store');
  return reply.code(errors.invalid_request.status).send(errorBody({ code: 'invalid_request' }, t));
}

/** Everything thrown ends here: a wrong request in a sentence, a defect as 500 without its insides. */
export function installErrorHandlers(http: Http, presentToPeople: RefusalPresenter = presentAsJson): void {
  http.setErrorHandler((error: FastifyError, request, reply) => {
    const present = request.routeOptions.config?.presentRefusal ?? presentAsJson;
    if (error.validation) {
      const fields = error.validation.map((wrong) => ({
        path: `${error.validationContext ?? 'body'}${wrong.instancePath}${missing(wrong.params)}`,
        message: fieldMessage(wrong, request.t),
      }));
      return present(request, reply, { code: 'invalid_request' }, fields);
    }
    if (error instanceof PoolExhaustedError) return present(request, reply, { code: 'unavailable' });
    if (isUnstorableText(error)) return present(request, reply, { code: 'invalid_request' });
    const status = error.statusCode ?? 500;
    if (status < 500) return present(request, reply, { code: byStatus[status] ?? 'invalid_request' });
    request.log.error({ error, route: request.routeOptions.url }, 'a request failed');
    return present(request, reply, { code: 'internal' });
  });
  http.setNotFoundHandler((request, reply) => {
    const present = isLookedAt(request) ? presentToPeople : presentAsJson;
    return present(request, reply, { code: 'not_found' });
  });
}

/** A person who opens an address in a browser, not a program that calls one. */
const isLookedAt = ({ method, headers, url }: FastifyRequest): boolean =>
  method === 'GET' && !/^\/+(api|wallet)\b/.test(url) && (headers.accept ?? '').includes('text/html');

const missing = (params: Record<string, unknown>): string => {
  const name = params.missingProperty ?? params.additionalProperty;
  return typeof name === 'string' ? `/${name}` : '';
};
