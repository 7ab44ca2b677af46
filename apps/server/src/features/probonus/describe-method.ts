import { type ErrorCode, errors } from '@tessera/contract';
import { Refused } from './answers.ts';
import type { V0Method } from './v0.ts';

/** Every method may refuse so. */
const ALWAYS: readonly ErrorCode[] = ['invalid_request', 'unauthorized'];

/**
 * The answers of a route: its own, and what it refuses by status. The codes stand in the description, so that a reader
 * and a test know them.
 */
export function describeAnswers({ answer, refusals }: Pick<V0Method, 'answer' | 'refusals'>): Record<number, object> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set([...ALWAYS, ...refusals])) {
    const { status } = errors[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const refused = [...byStatus].map(([status, codes]) => [status, { ...Refused, description: codes.join(', ') }]);
  return { 200: answer, ...Object.fromEntries(refused) };
}
