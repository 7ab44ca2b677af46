import type { AccountState } from './account.ts';
import type { Command, Decision, Outcome, OutcomeOf } from './command.ts';
import { applyDue } from './due.ts';
import { deduct, refill, welcome } from './grant.ts';
import { holdPoints, releaseHold } from './hold-points.ts';
import type { Operation } from './operation.ts';
import { beginOperation, record } from './operation.ts';
import type { Refusal } from './refusal.ts';
import { returnCheck } from './return.ts';
import { revokeReward, reward } from './reward.ts';
import type { Rules } from './rules.ts';
import { registerCheck } from './sale.ts';

/**
 * Decides one command. Everything that has come due by `now` is applied first and belongs to the entries written;
 * `now` is the time of recording. The given state is not changed, and a refusal writes nothing.
 */
export function decide<C extends Command>(
  state: AccountState,
  command: C,
  rules: Rules,
  now: Temporal.Instant,
): Decision<OutcomeOf<C>> {
  const operation = beginOperation(state, rules, now);
  applyDue(operation);
  const result = carryOut(operation, command);
  if ('code' in result) return { ok: false, refusal: result };
  // The switch below answers each kind of command with its own outcome, which the compiler cannot follow.
  const outcome = result as OutcomeOf<C>;
  return { ok: true, entries: operation.entries, outcome, state: operation.state };
}

function carryOut(operation: Operation, command: Command): Outcome | Refusal {
  switch (command.kind) {
    case 'register_check':
      return registerCheck(operation, command, null);
    case 'capture':
      return registerCheck(operation, command, command.key);
    case 'hold':
      return holdPoints(operation, command);
    case 'release':
      return releaseHold(operation, command);
    case 'return_check':
      return returnCheck(operation, command);
    case 'refill':
      return refill(operation, command);
    case 'reward':
      return reward(operation, command);
    case 'revoke_reward':
      return revokeReward(operation, command);
    case 'deduct':
      return deduct(operation, command);
    case 'welcome':
      return welcome(operation);
    case 'block':
    case 'unblock':
      return setBlocked(operation, command.kind);
  }
}

/** A blocked account earns and spends nothing; returns still reach it. Repeating it changes nothing. */
function setBlocked(operation: Operation, kind: 'block' | 'unblock'): Outcome {
  const blocked = kind === 'block';
  if (operation.state.blocked !== blocked) record(operation, { kind });
  return { kind: 'block', blocked };
}
