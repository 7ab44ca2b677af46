import { type RefusalParams, type Result, refuse, succeed } from '@tessera/contract';
import { sha256 } from '../../../platform/crypto/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import type { CompanionWrite } from '../companions.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { type Attempt, untilWritten } from '../until-written.ts';
import { insertOperation, selectOperation } from './operations.store.ts';

/** Everything that a sum may be part of, in an order that the caller keeps. */
export type Fact = string | number | bigint | boolean | null | undefined;

/**
 * One call that changes an account under a key of its own.
 *
 * `facts` are what must be the same for two calls to be the same call: every sum and whatever decides about sums, never a
 * text that people read. `source` and `kind` belong to them by themselves.
 */
export type KeyedOperation = {
  readonly source: string;
  /** Unique for ever within the source. `null`: a call without a key, which happens as often as it is sent. */
  readonly externalId: string | null;
  readonly accountId: number;
  readonly kind: string;
  readonly facts: readonly Fact[];
  readonly checkId?: number;
  /** Why, in the words of whoever does it. */
  readonly comment?: string | undefined;
  readonly userId?: number | null | undefined;
};

/**
 * Binds the key to the answer: companions for the account's write, see `writeTogether`. None for a call without a key.
 * @param entrySequence the entry that tells of the operation; its comment and author stand beside it in the history
 */
export type Bind<T> = (
  answer: T,
  written: { now: Temporal.Instant; entrySequence?: number | null },
) => CompanionWrite[];

/**
 * Carries out an operation once for its key, however often and however many at once it is sent. The same key with the
 * same facts gets the first answer; with other facts it is refused. A refusal of `attempt` binds nothing: the key may
 * be sent again.
 *
 * ```ts
 * keyed<GiftAnswer>(platform, tenant, { source: 'api', externalId, accountId, kind: 'gift', facts: [amount] }, async (bind) => {
 *   // read the account, decide …
 *   const companions = bind(answer, { now });
 *   const written = await writeTogether(tenant, (queryable) => updateAccount(queryable, tenant.companyId, write), companions);
 *   return written ? succeed(answer) : 'lost_race';
 * });
 * ```
 * @param attempt reads, decides and writes the account together with what `bind` gives; the answer is stored as JSON
 * @returns what `attempt` says; idempotency_mismatch with the first answer; in_progress
 */
export async function keyed<T extends object>(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  operation: KeyedOperation,
  attempt: (bind: Bind<T>) => Promise<Attempt<T>>,
): Promise<Result<T>> {
  const { source, externalId, accountId, kind } = operation;
  const fingerprint = fingerprintOf(operation);
  const bind: Bind<T> = (answer, { now, entrySequence = null }) => {
    if (externalId === null) return [];
    const { checkId = null, comment = '', userId = null } = operation;
    const facts = { source, externalId, accountId, checkId, kind, fingerprint, comment, userId };
    return [(transaction) => insertOperation(transaction, { ...facts, answer, entrySequence, now })];
  };
  const result = await platform.inTurn(`${tenant.companyId}:${accountId}`, () =>
    untilWritten<T>(async () => {
      const first = externalId === null ? null : await selectOperation(tenant, { source, externalId });
      if (!first) return attempt(bind);
      if (first.fingerprint.equals(fingerprint)) return succeed(first.answer as T);
      return refuse('idempotency_mismatch', { kind: first.kind, ...plainOf(first.answer as object) });
    }),
  );
  if (result.ok) platform.wake();
  return result;
}

/** Lengths stand before the texts, so that no two lists of facts read the same. */
function fingerprintOf({ kind, accountId, checkId, facts }: KeyedOperation): Buffer {
  const told = [kind, accountId, checkId ?? null, ...facts].map((fact) => {
    // An absent fact and one that says «none» are told alike; a number and its text are not.
    const text = String(fact ?? '');
    return `${fact === null ? 'undefined' : typeof fact}:${text.length}:${text}`;
  });
  return sha256(told.join('\n'));
}

/** What of an answer fits into a refusal: its numbers and names, no lists. */
const plainOf = (answer: object): RefusalParams =>
  Object.fromEntries(Object.entries(answer).filter(([, value]) => value === null || typeof value !== 'object'));
