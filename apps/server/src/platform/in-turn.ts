/** Runs work under one key one after the other, in this process. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/**
 * Lets the callers of one key take turns without asking the database for a lock: fifty tills at one account would
 * otherwise read the same version fifty times and throw forty-nine decisions away. Other processes are held off by the
 * version that every write is guarded with; this only saves work.
 */
export function createInTurn(): InTurn {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = tails.get(key);
    const mine = before ? before.then(work, work) : work();
    const tail = mine.catch(() => {});
    tails.set(key, tail);
    try {
      return await mine;
    } finally {
      if (tails.get(key) === tail) tails.delete(key);
    }
  };
}
