/** Answers that are asked for with every request and change once in a blue moon. */
export type Remembered<Value> = {
  /** The answer under a key: the remembered one, or that of `load`, which is then remembered unless it is null. */
  of(key: string, load: () => Promise<Value | null>): Promise<Value | null>;
  /** Forgets what this process has just changed; others see the change when their time is over. */
  forget(key: string): void;
};

/**
 * Those who ask while the answer is on its way share it.
 * @param milliseconds how long a change by another process may stay unseen; `max` answers are kept, the oldest go first
 */
export function createRemembered<Value>({
  milliseconds,
  max,
}: {
  milliseconds: number;
  max: number;
}): Remembered<Value> {
  const kept = new Map<string, { value: Promise<Value | null>; until: number }>();
  return {
    of(key, load) {
      const known = kept.get(key);
      if (known && known.until > performance.now()) return known.value;
      kept.delete(key);
      if (kept.size >= max) kept.delete(kept.keys().next().value!);
      const mine = { value: load(), until: performance.now() + milliseconds };
      kept.set(key, mine);
      const drop = () => {
        if (kept.get(key) === mine) kept.delete(key);
      };
      mine.value.then((value) => value === null && drop(), drop);
      return mine.value;
    },
    forget: (key) => void kept.delete(key),
  };
}
