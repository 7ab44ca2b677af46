import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import type { FastifySerializerCompiler } from 'fastify';

/** Limits of a schema that are meant for what comes in. */
const LIMITS = new Set(['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'pattern']);

/**
 * Writes answers by their schemas, fields that a schema does not know left out. The limits of the schemas do not hold for
 * answers: within a choice («a sum or null») the writer would try them, and a sum that has grown past what one request may
 * bring would come out as a defect instead of a number.
 */
export function createSerializerCompiler(): FastifySerializerCompiler<object> {
  const compile = SerializerSelector()({}, {});
  return ({ method, url, httpStatus = 'default', schema }) =>
    compile({ method, url, httpStatus, schema: withoutLimits(schema) });
}

function withoutLimits(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutLimits);
  if (schema === null || typeof schema !== 'object') return schema;
  const kept = Object.entries(schema).filter(([key, value]) => !(LIMITS.has(key) && isLimit(value)));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutLimits(value)]));
}

/** A property may be called «minimum», too: its schema is an object. */
const isLimit = (value: unknown): boolean => typeof value === 'number' || typeof value === 'string';
