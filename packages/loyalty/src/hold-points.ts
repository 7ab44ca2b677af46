import type { HoldOutcome, HoldPoints, ReleaseHold, ReleaseOutcome } from './command.ts';
import { applyDue } from './due.ts';
import { transfer } from './entry.ts';
import { endHold, endOf, findHold } from './hold-steps.ts';
import { inOrder, takeFromLots } from './lots.ts';
import type { Operation } from './operation.ts';
import { record } from './operation.ts';
import { insufficientPoints, refuseToday, spendSourceOf } from './pricing.ts';
import type { Refusal } from './refusal.ts';
import { refusal, refuseAmount } from './refusal.ts';

const MAX_KEY_LENGTH = 200;
const MAX_HOLD_SECONDS = 30 * 24 * 3600;
const MAX_OPEN_HOLDS = 100;

/**
 * Sets points aside for a payment: locks concrete lots in order of consumption until the hold is captured, released
 * or timed out. The same hold asked for again while it is open answers the same and writes nothing.
 */
export function holdPoints(operation: Operation, command: HoldPoints): HoldOutcome | Refusal {
  const wrong = refuseHold(command);
  if (wrong !== null) return wrong;
  const { state } = operation;
  const { key, amount } = command;
  const open = state.holds.find((hold) => hold.key === key);
  if (open !== undefined && open.amount === amount) return { kind: 'hold', key, amount, until: endOf(open) };
  if (open !== undefined || state.endedHolds.some((ended) => ended.key === key))
    return refusal('hold_repeated', { key });
  if (state.blocked) return refusal('account_blocked');
  if (amount > state.available) return insufficientPoints(state.available, amount);
  if (state.holds.length >= MAX_OPEN_HOLDS) {
    return refusal('value_invalid', { field: 'open holds', value: state.holds.length });
  }
  const source = spendSourceOf(state, null, operation.rules, operation.nowMs);
  const refused = 'code' in source ? source : refuseToday(source, amount, operation.rules);
  if (refused !== null) return refused;
  const taken = takeFromLots(inOrder(state.lots, operation.rules.lotOrder), amount);
  const untilMs = operation.nowMs + command.ttlSeconds * 1000;
  record(operation, {
    kind: 'hold',
    postings: transfer('available', 'held', amount),
    lots: taken.map((part) => ({ lotId: part.lotId, amount: -part.amount })),
    hold: { key, untilMs },
    parents: taken.map(({ lotId }) => state.lots.find((lot) => lot.id === lotId)!.openedBy),
    numbers: { held: amount },
    texts: { key },
  });
  return { kind: 'hold', key, amount, until: operation.now.add({ seconds: command.ttlSeconds }) };
}

/** Gives everything that a hold locked back before its time. */
export function releaseHold(operation: Operation, { key }: ReleaseHold): ReleaseOutcome | Refusal {
  const hold = findHold(operation.state, key);
  if ('code' in hold) return hold;
  endHold(operation, hold, 'released', operation.nowMs);
  applyDue(operation);
  return { kind: 'release', key, released: hold.amount };
}

function refuseHold({ key, amount, ttlSeconds }: HoldPoints): Refusal | null {
  if (key.length === 0 || key.length > MAX_KEY_LENGTH) {
    return refusal('value_invalid', { field: 'key', value: key.slice(0, MAX_KEY_LENGTH) });
  }
  const valid = Number.isSafeInteger(ttlSeconds) && ttlSeconds >= 1 && ttlSeconds <= MAX_HOLD_SECONDS;
  return valid
    ? refuseAmount('amount', amount, 1n)
    : refusal('value_invalid', { field: 'ttlSeconds', value: ttlSeconds });
}
