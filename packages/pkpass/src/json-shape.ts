/** Looks at unknown JSON piece by piece and reports what has another type. */
import type { ProblemList } from './pass-problem.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Narrow types of pass.json; `date`, `color` and `url` are texts checked elsewhere. */
export type JsonType = 'string' | 'number' | 'boolean' | 'object' | 'array';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the value has the type; numbers must be finite. */
export function hasType(value: unknown, type: JsonType): boolean {
  if (type === 'object') return isObject(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'number' ? Number.isFinite(value) : typeof value === type;
}

/** Reports members whose type differs from the shape, and members the shape does not know. Absent members are fine. */
export function checkShape(
  value: JsonObject,
  shape: Readonly<Record<string, JsonType>>,
  path: string,
  list: ProblemList,
): void {
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const at = joinPath(path, key);
    const type = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (type === undefined) list.warn(at, 'unknown_key');
    else if (!hasType(member, type)) list.error(at, 'wrong_type', { expected: type });
  }
}

/** The member when it is a string; undefined when absent or of another type, which `checkShape` has reported. */
export function textOf(value: JsonObject, key: string): string | undefined {
  const member = value[key];
  return typeof member === 'string' ? member : undefined;
}

export function numberOf(value: JsonObject, key: string): number | undefined {
  const member = value[key];
  return typeof member === 'number' && Number.isFinite(member) ? member : undefined;
}

/** The member's entries when it is an array, else none. */
export function entriesOf(value: JsonObject, key: string): readonly unknown[] {
  const member = value[key];
  return Array.isArray(member) ? member : [];
}

export function requireText(value: JsonObject, key: string, path: string, list: ProblemList): void {
  if (value[key] === undefined) list.error(joinPath(path, key), 'required');
  else if (value[key] === '') list.error(joinPath(path, key), 'empty');
}

export function joinPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

const datePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** Date and time with zone, and a day that exists. */
export function isPassDate(text: string): boolean {
  if (!datePattern.test(text)) return false;
  try {
    Temporal.Instant.from(text);
    return true;
  } catch {
    return false;
  }
}
