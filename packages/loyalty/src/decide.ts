import type { AccountState } from './account.ts';
import { begin } from './begin.ts';
import { giveBirthday } from './birthday/give-birthday.ts';
import { closeAccount, lapse } from './closing/close-account.ts';
import type { Command, Decision, Outcome, OutcomeOf, Refill } from './command.ts';
import { applyDue } from './due.ts';
import { deduct, refill, welcome } from './grant.ts';
import { holdPoints, releaseHold } from './hold-points.ts';
import { openBalance } from './imports/open-balance.ts';
import { settleLevel } from './levels/fall.ts';
import { join, pinLevel, unpinLevel } from './levels/pin.ts';
import type { Operation } from './operation.ts';
import { beginOperation, inWallet, record } from './operation.ts';
import { setOwnTerms } from './own-terms/set-own-terms.ts';
import type { Refusal } from './refusal.ts';
import { refusal } from './refusal.ts';
import { returnCheck } from './return.ts';
import { revokeReward, reward } from './reward.ts';
import type { Rules } from './rules.ts';
import { registerCheck } from './sale.ts';
import { activateCheck } from './terms/activate.ts';
import { countVisit } from './visits/count-visit.ts';
import { reachMilestones } from './wallets/reach-milestones.ts';
import { findWallet } from './wallets/rules-of-wallet.ts';

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
  if (operation.state.closed) lapse(operation);
  settleLevel(operation);
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
      return refillWallet(operation, command);
    case 'open_balance':
      return openBalance(operation, command);
    case 'reward':
      return reward(operation, command);
    case 'revoke_reward':
      return revokeReward(operation, command);
    case 'deduct':
      return throughWallet(operation, command.wallet, (within) => deduct(within, command));
    case 'activate_check':
      return activateCheck(operation, command);
    case 'visit':
      return countVisit(operation, command);
    case 'pin_level':
      return pinLevel(operation, command);
    case 'unpin_level':
      return unpinLevel(operation);
    case 'join':
      return join(operation, command);
    case 'begin':
      return begin(operation, command);
    case 'own_terms':
      return setOwnTerms(operation, command);
    case 'welcome':
      return welcome(operation, command);
    case 'birthday':
      return giveBirthday(operation, command);
    case 'close':
      return closeAccount(operation);
    case 'block':
    case 'unblock':
      return setBlocked(operation, command.kind);
  }
}

/** Every full card is an entry of its own. */
const MAX_STAMPS_BY_HAND = 100n;

/** Stamps that are given by hand can fill a card like any others. */
function refillWallet(operation: Operation, command: Refill): Outcome | Refusal {
  const wallet = findWallet(operation.rules, command.wallet ?? '');
  if (wallet?.kind === 'stamps' && command.amount > MAX_STAMPS_BY_HAND) {
    return refusal('amount_invalid', { field: 'amount', value: command.amount, maximum: MAX_STAMPS_BY_HAND });
  }
  const entryId = operation.state.nextEntryId;
  const granted = throughWallet(operation, command.wallet, (within) =>
    refill(within, wallet?.kind === 'deposit' ? { ...command, reason: command.reason ?? 'top_up' } : command),
  );
  if ('code' in granted || granted.kind !== 'grant') return granted;
  return wallet?.kind === 'stamps'
    ? { ...granted, rewards: reachMilestones(operation, wallet, null, [entryId]) }
    : granted;
}

/** Carries out a step in a side wallet of the rules, or in the main one where none is named. */
function throughWallet(
  operation: Operation,
  wallet: string | undefined,
  step: (within: Operation) => Outcome | Refusal,
): Outcome | Refusal {
  if (wallet === undefined) return step(operation);
  if (findWallet(operation.rules, wallet) === undefined) return refusal('unknown_wallet', { wallet });
  return step(inWallet(operation, wallet));
}

/** A blocked account earns and spends nothing; returns still reach it. Repeating it changes nothing. */
function setBlocked(operation: Operation, kind: 'block' | 'unblock'): Outcome | Refusal {
  if (kind === 'unblock' && operation.state.closed) return refusal('account_closed');
  const blocked = kind === 'block';
  if (operation.state.blocked !== blocked) record(operation, { kind });
  return { kind: 'block', blocked };
}
