import type { TSchema } from 'typebox';

/** How an installation says what this API says another way. Everything absent is as this API says it. */
export type Mapping = {
  /** How sums are told: whole kopecks, or roubles with up to two decimal places. */
  readonly amounts: 'kopecks' | 'roubles';
  /** How phones are told in answers: `79161234567`, `+79161234567`, or `89161234567` for Russian numbers. */
  readonly phones: 'digits' | 'plus' | 'eight';
  /** By the name of a method, such as `accounts/find_by_phone`. */
  readonly methods: Readonly<Record<string, MethodMapping>>;
};

export type MethodMapping = {
  /** Our field → the name that the caller uses. Nested ones with dots: `lines.quantity`. */
  readonly request: Readonly<Record<string, string>>;
  /** Our field → the name that the caller expects; in the place where the field stands: `level.name` → `title`. */
  readonly answer: Readonly<Record<string, string>>;
  /** By the code of a refusal. */
  readonly refusals: Readonly<Record<string, RefusalMapping>>;
};

export const REFUSAL_BODIES = ['refusal', 'null', 'object', 'list'] as const;
export type RefusalMapping = {
  readonly status: number;
  /** What stands in the body: the refusal, or a value that says «nothing». */
  readonly body: (typeof REFUSAL_BODIES)[number];
};

export const DEFAULT_MAPPING: Mapping = { amounts: 'kopecks', phones: 'digits', methods: {} };

/** Whether nothing is said another way: then nothing is touched. */
export const isDefault = ({ amounts, phones, methods }: Mapping): boolean =>
  amounts === 'kopecks' && phones === 'digits' && Object.keys(methods).length === 0;

/** As much of a schema as decides how a value is said. */
export type Shape = {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly 'x-unit'?: 'kopecks' | 'phone';
};
export const shapeOf = (schema: TSchema): Shape => schema as Shape;

/** The shape at a path of names with dots; lists are looked through. null where there is none. */
export function shapeAt(shape: Shape, path: string): Shape | null {
  let at: Shape = shape;
  for (const name of path.split('.')) {
    const fields: Readonly<Record<string, Shape>> = at.items?.properties ?? at.properties ?? {};
    if (!Object.hasOwn(fields, name)) return null;
    at = fields[name]!;
  }
  return at;
}
