import type { FastifyError } from 'fastify';
import type { Translate } from '../texts.ts';

type FieldError = NonNullable<FastifyError['validation']>[number];

/** What a schema can ask for and we have a sentence about; of anything else the field is called invalid. */
const TOLD = [
  'required',
  'additionalProperties',
  'type',
  'format',
  'pattern',
  'enum',
  'const',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
] as const;
type Told = (typeof TOLD)[number];
const isTold = (keyword: string): keyword is Told => (TOLD as readonly string[]).includes(keyword);

/** Types that have a word of their own in the catalogue. */
const TYPES = ['string', 'integer', 'number', 'boolean', 'array', 'object', 'null'] as const;

/** What is wrong with one field of a request, in the reader's language and without what was sent. */
export function fieldMessage({ keyword, params }: FieldError, t: Translate): string {
  if (!isTold(keyword)) return t('server:field.invalid');
  const { limit, allowedValues, allowedValue, multipleOf, type } = params;
  const expected = TYPES.find((one) => one === type);
  const values = allowedValues ?? (allowedValue === undefined ? [] : [allowedValue]);
  return t(`server:field.${keyword}`, {
    limit: String(limit ?? multipleOf ?? ''),
    type: expected ? t(`server:field.types.${expected}`) : '',
    values: (values as unknown[]).map(String).join(', '),
  });
}
