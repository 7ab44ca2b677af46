import { errors } from '@tessera/contract';
import { METHODS } from '../methods/index.ts';
import { type Mapping, type MethodMapping, REFUSAL_BODIES, type Shape, shapeAt, shapeOf } from './model.ts';

/** `expected` says what would be right there. */
export type MappingProblem = {
  readonly path: string;
  readonly code: 'wrong_type' | 'unknown_field' | 'unknown_value' | 'repeated' | 'taken' | 'too_many';
  readonly expected: string;
};
export type ParsedMapping =
  | { readonly ok: true; readonly mapping: Mapping }
  | { readonly ok: false; readonly problems: readonly MappingProblem[] };

const WIRE_NAME = /^[A-Za-z_][\w-]{0,63}$/;
const FIELDS_MAX = 100;
type Report = (path: string, code: MappingProblem['code'], expected: string) => void;
type Fields = Readonly<Record<string, unknown>>;

/** Reads a field mapping and names everything that is wrong with it; nothing is left out in silence. */
export function parseMapping(json: unknown): ParsedMapping {
  const problems: MappingProblem[] = [];
  const report: Report = (path, code, expected) => problems.push({ path, code, expected });
  const root = objectAt(json, '', report);
  refuseUnknown(root, '', ['amounts', 'phones', 'methods'], report);
  const amounts = oneOf(root.amounts, 'amounts', ['kopecks', 'roubles'] as const, report);
  const phones = oneOf(root.phones, 'phones', ['digits', 'plus', 'eight'] as const, report);
  const methods: Record<string, MethodMapping> = {};
  const given = objectAt(root.methods ?? {}, 'methods', report);
  for (const [name, value] of Object.entries(given)) {
    const path = `methods.${name}`;
    const method = METHODS.find((one) => one.name === name);
    if (!method) {
      report(path, 'unknown_field', METHODS.map((one) => one.name).join(' | '));
      continue;
    }
    const fields = objectAt(value, path, report);
    refuseUnknown(fields, path, ['request', 'answer', 'refusals'], report);
    methods[name] = {
      request: namesAt(fields.request, `${path}.request`, shapeOf(method.body), report),
      answer: namesAt(fields.answer, `${path}.answer`, shapeOf(method.answer), report),
      refusals: refusalsAt(fields.refusals, `${path}.refusals`, report),
    };
  }
  return problems.length === 0 ? { ok: true, mapping: { amounts, phones, methods } } : { ok: false, problems };
}

function objectAt(value: unknown, path: string, report: Report): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  report(path, 'wrong_type', 'object');
  return {};
}

function refuseUnknown(fields: Fields, path: string, known: readonly string[], report: Report): void {
  for (const name of Object.keys(fields)) {
    if (!known.includes(name)) report(path ? `${path}.${name}` : name, 'unknown_field', known.join(' | '));
  }
}

function oneOf<T extends string>(value: unknown, path: string, known: readonly [T, ...T[]], report: Report): T {
  if (value === undefined) return known[0];
  const found = known.find((one) => one === value);
  if (found === undefined) report(path, 'unknown_value', known.join(' | '));
  return found ?? known[0];
}

/** Names of fields: each of ours exists, and no two fields of one object bear the same name afterwards. */
function namesAt(value: unknown, path: string, shape: Shape, report: Report): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  const given = Object.entries(objectAt(value, path, report));
  if (given.length > FIELDS_MAX) report(path, 'too_many', `at most ${FIELDS_MAX}`);
  const names: Record<string, string> = {};
  for (const [ours, theirs] of given) {
    if (shapeAt(shape, ours) === null) report(`${path}.${ours}`, 'unknown_field', siblingsOf(shape, ours).join(' | '));
    else if (typeof theirs !== 'string') report(`${path}.${ours}`, 'wrong_type', 'text');
    else if (!WIRE_NAME.test(theirs) || theirs === '__proto__')
      report(`${path}.${ours}`, 'unknown_value', 'a name of letters, digits, - and _');
    else names[ours] = theirs;
  }
  const used = new Map<string, string>();
  for (const [ours, theirs] of Object.entries(names)) {
    const place = `${parentOf(ours)}.${theirs}`;
    if (used.has(place)) report(`${path}.${ours}`, 'repeated', `another name than ${used.get(place)}`);
    used.set(place, ours);
    const full = parentOf(ours) ? `${parentOf(ours)}.${theirs}` : theirs;
    const kept = siblingsOf(shape, ours).includes(theirs) && names[full] === undefined;
    if (kept && full !== ours) report(`${path}.${ours}`, 'taken', `${full} bears this name`);
  }
  return names;
}

const parentOf = (path: string): string => path.split('.').slice(0, -1).join('.');

function siblingsOf(shape: Shape, path: string): string[] {
  const parent = parentOf(path);
  const at = parent === '' ? shape : shapeAt(shape, parent);
  return Object.keys(at?.items?.properties ?? at?.properties ?? {});
}

function refusalsAt(value: unknown, path: string, report: Report): MethodMapping['refusals'] {
  if (value === undefined) return {};
  const refusals: Record<string, MethodMapping['refusals'][string]> = {};
  for (const [code, told] of Object.entries(objectAt(value, path, report))) {
    const at = `${path}.${code}`;
    if (!Object.hasOwn(errors, code)) {
      report(at, 'unknown_field', 'a code of a refusal, such as account_exists');
      continue;
    }
    const fields = objectAt(told, at, report);
    refuseUnknown(fields, at, ['status', 'body'], report);
    const { status } = fields;
    const valid =
      typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599 && status !== 204;
    if (!valid) report(`${at}.status`, 'unknown_value', '200 … 599, not 204');
    const body = oneOf(fields.body, `${at}.body`, REFUSAL_BODIES, report);
    refusals[code] = { status: valid ? (status as number) : 400, body };
  }
  return refusals;
}
