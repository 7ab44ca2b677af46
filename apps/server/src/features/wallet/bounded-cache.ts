/** Remembers what was costly to make. Those who ask while it is being made wait for the same one. */
export type BoundedCache<T> = { get(key: string, make: () => Promise<T>): Promise<T> };

export type CacheBounds<T> = {
  readonly entriesMax: number;
  /** Of all buffers together; one that several entries share counts once. Absent: entries that are small by nature. */
  readonly bytes?: { readonly most: number; readonly buffersOf: (value: T) => readonly Uint8Array[] };
};

type Entry<T> = { readonly making: Promise<T>; buffers: readonly Uint8Array[] };

/** Beyond a bound the one that was not asked for the longest is forgotten, but never the newest. A failure is not remembered. */
export function createBoundedCache<T>({ entriesMax, bytes }: CacheBounds<T>): BoundedCache<T> {
  const entries = new Map<string, Entry<T>>();
  const scales = createScales();
  const forget = (key: string, entry: Entry<T>) => {
    entries.delete(key);
    scales.take(entry.buffers);
  };
  const isTooMuch = () => entries.size > entriesMax || scales.total() > (bytes?.most ?? Number.POSITIVE_INFINITY);
  const shrink = () => {
    // A Map keeps the order of insertion: the front is the oldest.
    for (const [key, entry] of entries) {
      if (entries.size <= 1 || !isTooMuch()) return;
      forget(key, entry);
    }
  };
  return {
    get(key, make) {
      const known = entries.get(key);
      if (known) {
        entries.delete(key);
        entries.set(key, known);
        return known.making;
      }
      const made: Entry<T> = { making: make(), buffers: [] };
      entries.set(key, made);
      shrink();
      made.making.then(
        (value) => {
          if (!bytes || entries.get(key) !== made) return;
          made.buffers = bytes.buffersOf(value);
          scales.put(made.buffers);
          shrink();
        },
        () => {
          if (entries.get(key) === made) forget(key, made);
        },
      );
      return made.making;
    },
  };
}

/** What buffers weigh together, each once however many put it there. */
function createScales() {
  const holders = new Map<Uint8Array, number>();
  let total = 0;
  return {
    total: () => total,
    put(buffers: readonly Uint8Array[]) {
      for (const buffer of buffers) {
        const known = holders.get(buffer) ?? 0;
        if (known === 0) total += buffer.byteLength;
        holders.set(buffer, known + 1);
      }
    },
    take(buffers: readonly Uint8Array[]) {
      for (const buffer of buffers) {
        const left = holders.get(buffer)! - 1;
        if (left > 0) holders.set(buffer, left);
        else {
          holders.delete(buffer);
          total -= buffer.byteLength;
        }
      }
    },
  };
}
