import { type Result, refuse } from '@tessera/contract';
import { isUniqueViolation } from '../../platform/database/index.ts';

/** How long a caller waits for its twin before it is told to come back. */
const WAIT_MILLISECONDS_MAX = 5_000;

/** What one attempt came to: an answer, or «another write was first: read again». */
export type Attempt<T> = Result<T> | 'lost_race';

/**
 * Reads, decides and writes until nobody was faster, for five seconds at the most. The loser of a race reads what the
 * winner wrote, so a twin with the same key gets the same answer.
 * @returns the answer, or in_progress
 */
export async function untilWritten<T>(attempt: () => Promise<Attempt<T>>): Promise<Result<T>> {
  const end = performance.now() + WAIT_MILLISECONDS_MAX;
  for (let tries = 1; ; tries++) {
    const result = await attempt().catch((error: unknown): 'lost_race' => {
      // The twin has just written the same key: its row decides now.
      if (isUniqueViolation(error)) return 'lost_race';
      throw error;
    });
    if (result !== 'lost_race') return result;
    if (performance.now() > end) return refuse('in_progress');
    if (tries > 3) await new Promise((resolve) => setTimeout(resolve, Math.min(tries, 20)));
  }
}
