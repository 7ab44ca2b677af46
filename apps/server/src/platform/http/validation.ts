import { Ajv, type Options } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';

/**
 * Validates a body to the letter: no text taken for a number, no unknown field dropped in silence, since both have cost
 * people money elsewhere. A query and a path can only carry text, so numbers in them are read from it.
 */
export function createValidatorCompiler(): FastifySchemaCompiler<object> {
  const options: Options = { allErrors: false, removeAdditional: false, useDefaults: false, strict: false };
  const strict = withFormats(new Ajv({ ...options, coerceTypes: false }));
  const fromText = withFormats(new Ajv({ ...options, coerceTypes: true }));
  return ({ schema, httpPart }) => (httpPart === 'body' ? strict : fromText).compile(schema);
}

function withFormats(ajv: Ajv): Ajv {
  addFormats.default(ajv);
  return ajv;
}
