/** The settings of a programme as they are edited: plain JSON, any of it may be missing. */
export type Body = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** What stands at a place, or undefined. */
export function valueAt(body: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | null)?.[step], body);
}

/** The same settings with another value at a place; `undefined` takes the setting away. */
export function withValue<T>(body: T, [step, ...rest]: Path, value: unknown): T {
  if (step === undefined) return value as T;
  if (Array.isArray(body) || typeof step === 'number') {
    const list: unknown[] = Array.isArray(body) ? [...body] : [];
    list[Number(step)] = withValue(list[Number(step)], rest, value);
    return list as T;
  }
  const record = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const { [step]: before, ...others } = record;
  const next = withValue(before, rest, value);
  return (next === undefined ? others : { ...record, [step]: next }) as T;
}

export type Level = {
  readonly id: string;
  readonly name: string;
  readonly fromTurnover: number;
  readonly rateBasisPoints: number;
};

export function levelsOf(body: Body): readonly Level[] {
  return Array.isArray(body.levels) ? (body.levels as Level[]) : [];
}

/** A word in Latin letters that no other has: ids stand in addresses and never change. */
export function freeId(prefix: string, taken: readonly string[]): string {
  for (let number = taken.length + 1; ; number++) {
    const id = `${prefix}-${number}`;
    if (!taken.includes(id)) return id;
  }
}
