/** As much of JSON Schema as our own schemas use. */
export type JsonSchema = {
  type?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  const?: unknown;
  enum?: unknown[];
  examples?: unknown[];
  format?: string;
  description?: string;
  'x-unit'?: string;
};

export type Operation = {
  tags?: string[];
  summary?: string;
  security?: Record<string, string[]>[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
  parameters?: { name: string; in: string; required?: boolean; schema: JsonSchema; example?: unknown }[];
  responses?: Record<string, { description?: string; content?: Record<string, { schema: JsonSchema }> }>;
};

/** As much of an OpenAPI document as its page shows. */
export type ApiDocument = {
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
  components?: { securitySchemes?: Record<string, object>; schemas?: Record<string, object> };
};

/** What a call is asked with, a query like a body; null for nothing. */
export function askedBy({ requestBody, parameters = [] }: Operation): JsonSchema | null {
  const body = jsonSchemaOf(requestBody?.content);
  const query = parameters.filter((one) => one.in === 'query');
  if (body !== null || query.length === 0) return body;
  const withExample = (schema: JsonSchema, example: unknown) =>
    example === undefined ? schema : { ...schema, examples: [example] };
  return {
    type: 'object',
    properties: Object.fromEntries(query.map(({ name, schema, example }) => [name, withExample(schema, example)])),
    required: query.filter(({ required }) => required).map(({ name }) => name),
  };
}

export const jsonSchemaOf = (content: Record<string, { schema: JsonSchema }> | undefined): JsonSchema | null =>
  content?.['application/json']?.schema ?? null;

/** A value that a schema accepts, made of its examples: what a reader sees first and may send as it is. */
export function exampleOf(schema: JsonSchema): unknown {
  if (schema.examples?.length) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return exampleOf(schema.anyOf[0]!);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, exampleOf(one)]));
    case 'array':
      return schema.items ? [exampleOf(schema.items)] : [];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return 'text';
  }
}

/** The same with its required members only. */
export function shortExampleOf(schema: JsonSchema): unknown {
  const whole = exampleOf(schema);
  if (schema.type !== 'object') return whole;
  const required = schema.required ?? [];
  return Object.fromEntries(Object.entries(whole as object).filter(([name]) => required.includes(name)));
}
