import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Language } from '@tessera/contract/messages';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest, RawServerDefault } from 'fastify';
import type { Translate } from '../texts.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The reader's language: `?lang=`, Accept-Language, else Russian. */
    language: Language;
    t: Translate;
  }
}

/** The HTTP server that features put their routes on. */
export type Http = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse<IncomingMessage>,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;
export type { RequestPayload } from 'fastify';
export type Request = FastifyRequest;
export type Reply = FastifyReply;
