/** Remembers what was costly to make. Those who ask while it is being made wait for the same one. */
export type BoundedCache<T> = { get(key: string, make: () => Promise<T>): Promise<T> };

/** Beyond `sizeMax` entries the one that was not asked for the longest is forgotten. A failure is not remembered. */
export function createBoundedCache<T>(sizeMax: number): BoundedCache<T> {
  const entries = new Map<string, Promise<T>>();
  return {
    get(key, make) {
      const known = entries.get(key);
      if (known) {
        // A Map keeps the order of insertion: the front is the oldest.
        entries.delete(key);
        entries.set(key, known);
        return known;
      }
      if (entries.size >= sizeMax) entries.delete(entries.keys().next().value!);
      const made = make();
      entries.set(key, made);
      made.catch(() => {
        if (entries.get(key) === made) entries.delete(key);
      });
      return made;
    },
  };
}
