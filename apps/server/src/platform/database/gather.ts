import { PoolExhaustedError } from './pool.ts';

/** Reads one key; keys that are asked for while a read is under way go together into the next one. */
export type Gather<Key, Value> = (key: Key) => Promise<Value>;

type Waiting<Key, Value> = { key: Key; resolve: (value: Value) => void; reject: (error: unknown) => void };

const TOGETHER_MAX = 64;
/** Reads under way at a time: one alone would leave the database's other cores idle. */
const READS_MAX = 4;

/**
 * Under load most of a short read is its way there and back. The first callers are read for at once; those who come while
 * all reads are under way share the next statement. A key that PostgreSQL does not like fails alone, not with its
 * neighbours.
 * @param readAll answers in the order of the keys
 */
export function createGather<Key, Value>(
  readAll: (keys: readonly Key[]) => Promise<readonly Value[]>,
  { togetherMax = TOGETHER_MAX, readsMax = READS_MAX } = {},
): Gather<Key, Value> {
  const waiting: Waiting<Key, Value>[] = [];
  let reads = 0;

  async function answer(batch: readonly Waiting<Key, Value>[]): Promise<void> {
    try {
      const values = await readAll(batch.map(({ key }) => key));
      for (const [index, { resolve }] of batch.entries()) resolve(values[index] as Value);
    } catch (error) {
      // An overloaded database must not be asked once more by everybody at once.
      const together = batch.length === 1 || error instanceof PoolExhaustedError;
      if (together) for (const { reject } of batch) reject(error);
      else await Promise.all(batch.map((one) => answer([one])));
    }
  }

  async function readOn(): Promise<void> {
    reads += 1;
    while (waiting.length > 0) await answer(waiting.splice(0, togetherMax));
    reads -= 1;
  }

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (reads < readsMax) void readOn();
    });
}

/**
 * The same for reads inside a company: only keys of one company share a statement.
 * @returns reads a key; `owner` is whose connections are used (the database), and the memory ends with it
 */
export function createTenantGather<T extends { readonly companyId: number }, Key, Value>(
  readAll: (tenant: T, keys: readonly Key[]) => Promise<readonly Value[]>,
): (owner: object, tenant: T, key: Key) => Promise<Value> {
  const gathers = new WeakMap<object, Map<number, Gather<Key, Value>>>();
  return (owner, tenant, key) => {
    const ofOwner = gathers.get(owner) ?? new Map<number, Gather<Key, Value>>();
    gathers.set(owner, ofOwner);
    const gather = ofOwner.get(tenant.companyId) ?? createGather((keys) => readAll(tenant, keys));
    ofOwner.set(tenant.companyId, gather);
    return gather(key);
  };
}
