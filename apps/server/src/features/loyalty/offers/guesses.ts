import type { Clock } from '../../../platform/clock.ts';

/** Lets nobody try one code after another: a till's cashier types a wrong one now and then, not twenty in five minutes. */
export type Guesses = {
  /** Whether this actor may name a code now. */
  readonly allowed: (actor: string) => boolean;
  /** Notes that a code was unknown. */
  readonly missed: (actor: string) => void;
};

const WRONG_CODES_MAX = 20;
const WINDOW_MILLISECONDS = 5 * 60_000;
const ACTORS_MAX = 10_000;

export function createGuesses(clock: Clock): Guesses {
  const misses = new Map<string, number[]>();
  const lately = (actor: string): number[] => {
    const since = clock.now().epochMilliseconds - WINDOW_MILLISECONDS;
    return (misses.get(actor) ?? []).filter((at) => at > since);
  };
  return {
    allowed: (actor) => lately(actor).length < WRONG_CODES_MAX,
    missed(actor) {
      const all = [...lately(actor), clock.now().epochMilliseconds];
      misses.delete(actor);
      if (misses.size >= ACTORS_MAX) misses.delete(misses.keys().next().value!);
      misses.set(actor, all);
    },
  };
}
