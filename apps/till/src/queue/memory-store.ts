import type { QueueStore } from './queue.ts';

/** A device's storage in memory, for tests. */
export function memoryStore(): QueueStore & Record<'setItem', (key: string, value: string) => void> {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}
