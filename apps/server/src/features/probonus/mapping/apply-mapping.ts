import type { V0Method } from '../v0.ts';
import { type Mapping, type MethodMapping, type Shape, shapeOf } from './model.ts';

const KOPECKS = 100;

type Named = Pick<V0Method, 'name' | 'body' | 'answer'>;

/** What the caller said, in the words of this API. What cannot be read stays as it is, for the schema to refuse. */
export function mapRequest(mapping: Mapping, method: Named, body: unknown): unknown {
  const names = treeOf(mapping.methods[method.name]?.request ?? {});
  const renamed = names === null ? body : renameIn(body, names);
  return mapping.amounts === 'kopecks' ? renamed : walk(renamed, shapeOf(method.body), sumIn);
}

/** An answer of this API, in the words of the caller. */
export function mapAnswer(mapping: Mapping, method: Named, answer: unknown): unknown {
  const told = walk(answer, shapeOf(method.answer), (value, unit) => tell(value, unit, mapping));
  const names = treeOf(mapping.methods[method.name]?.answer ?? {});
  return names === null ? told : renameOut(told, names);
}

/** An answer in the words of the caller, in those of this API again: what another server says. */
export function readAnswer(mapping: Mapping, method: Named, answer: unknown): unknown {
  const names = treeOf(mapping.methods[method.name]?.answer ?? {});
  const renamed = names === null ? answer : renameIn(answer, names);
  return walk(renamed, shapeOf(method.answer), (value, unit) => {
    if (unit === 'kopecks') return mapping.amounts === 'kopecks' ? value : sumIn(value, unit);
    return typeof value === 'string' ? value.replace(/\D/g, '').replace(/^8(?=\d{10}$)/, '7') : value;
  });
}

/** A refusal as the caller expects it. */
export function mapRefusal<Body>(
  mapping: Mapping,
  { name }: Named,
  refused: { code: string; status: number; body: Body },
): { status: number; body: Body | null | Record<string, never> | never[] } {
  const own = mapping.methods[name]?.refusals[refused.code];
  if (!own) return refused;
  const bodies = { refusal: refused.body, null: null, object: {}, list: [] as never[] };
  return { status: own.status, body: bodies[own.body] };
}

/** Names of one object by our field, and of what lies below. */
type Names = ReadonlyMap<string, { readonly theirs: string; readonly below: Names | null }>;

function treeOf(names: MethodMapping['request']): Names | null {
  const paths = Object.keys(names);
  if (paths.length === 0) return null;
  const heads = new Set(paths.map((path) => path.split('.')[0]!));
  return new Map(
    [...heads].map((head) => {
      const below = paths.filter((path) => path.startsWith(`${head}.`));
      const rest = Object.fromEntries(below.map((path) => [path.slice(head.length + 1), names[path]!]));
      return [head, { theirs: names[head] ?? head, below: treeOf(rest) }];
    }),
  );
}

type Fields = Record<string, unknown>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field that the caller calls otherwise is not read by our name for it. */
function renameIn(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) return value.map((one) => renameIn(one, names));
  if (!isObject(value)) return value;
  const theirs = new Set([...names.values()].map((one) => one.theirs));
  const kept = Object.entries(value).filter(([name]) => !names.has(name) && !theirs.has(name));
  const read = [...names].flatMap(([ours, { theirs: name, below }]): [string, unknown][] =>
    Object.hasOwn(value, name) ? [[ours, below === null ? value[name] : renameIn(value[name], below)]] : [],
  );
  return Object.fromEntries([...kept, ...read]);
}

function renameOut(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) return value.map((one) => renameOut(one, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const known = names.get(name);
      if (!known) return [name, one];
      return [known.theirs, known.below === null ? one : renameOut(one, known.below)];
    }),
  );
}

type Unit = NonNullable<Shape['x-unit']>;

/** Changes every value that has a unit. */
function walk(value: unknown, shape: Shape, change: (value: unknown, unit: Unit) => unknown): unknown {
  const unit = shape['x-unit'] ?? shape.anyOf?.find((one) => one['x-unit'])?.['x-unit'];
  if (unit !== undefined) return change(value, unit);
  const { items, properties } = shape;
  if (items && Array.isArray(value)) return value.map((one) => walk(one, items, change));
  if (!properties || !isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      Object.hasOwn(properties, name) ? walk(one, properties[name]!, change) : one,
    ]),
  );
}

/** Roubles as a number or as decimal text become kopecks. */
function sumIn(value: unknown, unit: Unit): unknown {
  if (unit !== 'kopecks') return value;
  const text = typeof value === 'string' && /^\d{1,12}([.,]\d{1,2})?$/.test(value) ? value.replace(',', '.') : null;
  const roubles = text === null ? value : Number(text);
  if (typeof roubles !== 'number') return value;
  const kopecks = Math.round(roubles * KOPECKS);
  // Half a kopeck is no sum: it stays what it is, and the schema refuses it.
  return kopecks / KOPECKS === roubles ? kopecks : roubles;
}

function tell(value: unknown, unit: Unit, { amounts, phones }: Mapping): unknown {
  if (unit === 'kopecks') return amounts === 'roubles' && typeof value === 'number' ? value / KOPECKS : value;
  if (typeof value !== 'string') return value;
  if (phones === 'plus') return `+${value}`;
  return phones === 'eight' ? value.replace(/^7(?=\d{10}$)/, '8') : value;
}
