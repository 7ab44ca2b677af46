import type { ErrorBody } from '@tessera/contract';

/**
 * Why a request did not bring what was asked.
 * `refused`: the server decided, in a sentence for people. `unreachable`: no usable answer arrived; whether the request did
 * its work is unknown.
 */
export type Problem =
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly status: number }
  | {
      readonly kind: 'unreachable';
      readonly code: 'offline' | 'timeout' | 'broken' | 'busy';
      readonly message: string;
    };

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** Refusals that stand before the door: said before the server looked whether it already knows the operation. */
const BEFORE_THE_DOOR = new Set(['unauthorized', 'forbidden', 'forbidden_origin', 'too_many_requests', 'unavailable']);

/**
 * True when the answer settles an operation: it was decided and will not be decided otherwise for the same key. Everything
 * else – no answer, an answer that may be repeated, a closed door – leaves open whether an earlier attempt went through.
 */
export function settles(problem: Problem): boolean {
  return problem.kind === 'refused' && !BEFORE_THE_DOOR.has(problem.code);
}

/** Whether this problem means that the session is over and one must sign in again. */
export function needsSignIn(problem: Problem): boolean {
  return problem.kind === 'refused' && problem.code === 'unauthorized';
}

/** Reads an error answer. What is not our error shape came from something in between (a proxy, a portal) and says nothing. */
export function readProblem(status: number, body: unknown): Problem {
  if (!isErrorBody(body)) return { kind: 'unreachable', code: 'broken', message: '' };
  const { code, message, retryable } = body.error;
  if (code === 'in_progress') return { kind: 'unreachable', code: 'busy', message };
  // «internal» may have come after the work was done.
  if (status >= 500 && code !== 'unavailable') return { kind: 'unreachable', code: 'broken', message };
  if (retryable && !BEFORE_THE_DOOR.has(code)) return { kind: 'unreachable', code: 'busy', message };
  return { kind: 'refused', code, message, status };
}

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  const { error } = body;
  if (typeof error !== 'object' || error === null) return false;
  return 'code' in error && typeof error.code === 'string' && 'message' in error && typeof error.message === 'string';
}
