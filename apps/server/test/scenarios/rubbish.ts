import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { JsonSchema, Route } from './routes.ts';

const ajv = addFormats.default(new Ajv({ strict: false }));

/** Values of every wrong kind: types, signs, fractions, sizes. */
const wrongValues: readonly unknown[] = [
  null,
  true,
  '12',
  '',
  -1,
  0.5,
  1e12 + 1,
  2 ** 53,
  1e300,
  [],
  {},
  [1],
  { $gt: 0 },
  'x'.repeat(120_000),
];

/** Texts that a schema lets through and a database, a parser or a page may choke on. */
export const nastyTexts: readonly string[] = [
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202egpj.exe',
  "' or 1=1 --",
  '<script>alert(1)</script>',
  '{{7*7}}',
  '🧾'.repeat(10),
  '%',
  '_%\\',
  '0000-01-01',
  '9999-12-31',
  '-271821-04-20',
  '+275760-09-13T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '2026-02-30',
  '00000000-0000-0000-0000-000000000000',
  '+7 999 111-22-33',
  '7'.repeat(40),
];

/** Whether a schema lets a body through. */
export const accepts = (schema: JsonSchema, body: unknown): boolean => ajv.validate(schema, body);

/** Texts that are good for something: one of them fits every format and pattern that our bodies ask for. */
const sampleTexts: readonly string[] = [
  '1990-05-17',
  '2026-01-02T03:04:05Z',
  '4f1c2c1e-0000-4000-8000-000000000000',
  'pass.example.sample',
  'SAMPLE0001',
  'sample@example.com',
  'https://example.com/document',
  '#1b3641',
  '4071',
  'phone',
  'Back1',
  '2027-01-02T10:00',
  'a'.repeat(64),
];

/** A text with nothing to say, unless the schema asks for a certain kind of texts. */
function sampleText(schema: JsonSchema): string {
  const plain = 'x'.repeat(Math.max(3, schema.minLength ?? 0));
  return [plain, ...sampleTexts].find((text) => accepts(schema, text)) ?? plain;
}

/** A query with what a route cannot do without, `?a=1&b=2`; '' when there is nothing. */
export function sampleQuery({ query }: Route, without?: string): string {
  const needed = query.filter(({ name, required }) => required && name !== without);
  const pairs = needed.map(({ name, schema }) => [name, String(sampleOf(schema))]);
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : '';
}

/** A body that the schema accepts. */
export function sampleOf(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sampleOf(schema.anyOf[0]!);
  if (schema.type === 'object') {
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, sampleOf(one)]));
  }
  if (schema.type === 'array') return schema.minItems && schema.items ? [sampleOf(schema.items)] : [];
  if (schema.type === 'number' || schema.type === 'integer') return Math.max(1, schema.minimum ?? 1);
  if (schema.type === 'boolean') return true;
  return sampleText(schema);
}

/** Bodies that the schema refuses, one fault each; given a body that it accepts. */
export function wrongBodies(schema: JsonSchema, good: Record<string, unknown>): unknown[] {
  const isAccepted = ajv.compile(schema);
  const names = Object.keys(schema.properties ?? {});
  const bodies: unknown[] = [
    null,
    [],
    'text',
    7,
    {},
    [good],
    { ...good, unknownField: 1 },
    { ...good, __proto__: null, constructor: 1 },
    ...names.map((name) => Object.fromEntries(Object.entries(good).filter(([one]) => one !== name))),
    ...names.flatMap((name) => wrongValues.map((value) => ({ ...good, [name]: value }))),
  ];
  return bodies.filter((body) => !isAccepted(body));
}

/**
 * Bodies that the schema accepts, with a nasty text or the greatest number in one field: among all the others, and with
 * the required ones only, since a field that is refused would keep the nasty one from where it hurts.
 */
export function nastyBodies(schema: JsonSchema, good: Record<string, unknown>): unknown[] {
  const isAccepted = ajv.compile(schema);
  const names = Object.keys(schema.properties ?? {});
  const values = [...nastyTexts, 1e12, 2 ** 53 - 1, 2 ** 31 - 1, 0, ['\u0000'], ["'"]];
  const required = Object.fromEntries(Object.entries(good).filter(([name]) => schema.required?.includes(name)));
  return [good, required]
    .flatMap((base) => names.flatMap((name) => values.map((value) => ({ ...base, [name]: value }))))
    .filter((body) => isAccepted(body));
}

/** Bodies that are no JSON object at all, with the content type they claim. */
export const brokenBodies: readonly { body: string; type: string }[] = [
  { body: '{"a":', type: 'application/json' },
  { body: '', type: 'application/json' },
  { body: '{"__proto__":{"admin":true}}', type: 'application/json' },
  { body: `{"a":"${'x'.repeat(300_000)}"}`, type: 'application/json' },
  { body: '['.repeat(50_000), type: 'application/json' },
  { body: 'a=1', type: 'text/plain' },
  { body: '<a/>', type: 'application/xml' },
  { body: 'a=1&a=2&b[c]=3', type: 'application/x-www-form-urlencoded' },
  { body: '--x\r\n\r\n--x--', type: 'multipart/form-data; boundary=x' },
  { body: '{}', type: 'application/json; charset=koi8-r; x=\u00ff' },
  { body: '{}', type: 'nonsense' },
];

/** What may stand in a path or a query. */
export const wrongSegments: readonly string[] = [
  '0',
  '-1',
  '1.5',
  'abc',
  '%00',
  'a%00b',
  '%FF',
  '%E0%A4%A',
  '..%2f..%2fetc%2fpasswd',
  '99999999999999999999',
  '9007199254740993',
  '2147483648',
  "'%20or%201=1",
  'x'.repeat(299),
  'x'.repeat(400),
  '00000000-0000-0000-0000-000000000000',
  '%F0%9F%A7%BE',
];
