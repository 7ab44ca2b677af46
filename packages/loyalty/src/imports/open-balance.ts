import { applyDue } from '../due.ts';
import { transfer } from '../entry.ts';
import { nextLot, openingOf } from '../issue-lot.ts';
import { levelOf, raiseLevel } from '../levels/climb.ts';
import { countChange } from '../levels/measure.ts';
import { pinLevel } from '../levels/pin.ts';
import type { LadderChange } from '../levels/standing.ts';
import type { Operation } from '../operation.ts';
import { record } from '../operation.ts';
import type { Refusal } from '../refusal.ts';
import { refusal, refuseAmount } from '../refusal.ts';
import { endOfProgramme } from '../terms/lot-terms.ts';

/** Points that a guest brings along from another system. */
export type OpeningLot = {
  readonly amount: bigint;
  /** At once when absent or over; later, the points wait. */
  readonly activatesAt?: Temporal.Instant | undefined;
  /** `null` never burns; absent is the programme's term, from activation. */
  readonly expiresAt?: Temporal.Instant | null | undefined;
  /** The partner of a coalition that issued them. */
  readonly partner?: string | undefined;
};

/** Brings an account over from another system: its lots, and what it has climbed so far. */
export type OpenBalance = {
  readonly kind: 'open_balance';
  readonly lots: readonly OpeningLot[];
  /** Lifetime turnover, minor units of money. Only an account without any takes it, so that it never counts twice. */
  readonly turnover?: bigint | undefined;
  /** Id of the level to be held; pinned where it is higher than what the turnover gives. */
  readonly level?: string | undefined;
};

export type OpenedOutcome = {
  readonly kind: 'opened';
  readonly points: bigint;
  readonly lotIds: readonly number[];
  /** What of the turnover was taken over. */
  readonly turnover: bigint;
  readonly levelAfter: string;
};

const MAX_OPENING_LOTS = 1000;

/**
 * Opens what a guest brings along, lot by lot with its own terms. Refuses `account_blocked`, `unknown_level`,
 * `amount_invalid`, and `value_invalid` for a lot that is over already or ends before it begins.
 */
export function openBalance(operation: Operation, command: OpenBalance): OpenedOutcome | Refusal {
  const wrong = refuseOpening(operation, command);
  if (wrong !== null) return wrong;
  const lotIds = command.lots.map((lot) => openLot(operation, lot));
  applyDue(operation);
  const turnover = operation.state.turnover === 0n ? (command.turnover ?? 0n) : 0n;
  if (turnover > 0n) {
    const entry = record(operation, {
      kind: 'turnover',
      turnover,
      ladder: countOfTurnover(operation, turnover),
      numbers: { money: turnover },
      texts: { by: 'import' },
    });
    raiseLevel(operation, { at: operation.nowMs, parents: [entry.id] });
  }
  const { level } = command;
  if (level !== undefined && isAbove(operation, level)) {
    const pinned = pinLevel(operation, { kind: 'pin_level', level, lastDay: null });
    if ('code' in pinned) return pinned;
  }
  return {
    kind: 'opened',
    points: command.lots.reduce((sum, lot) => sum + lot.amount, 0n),
    lotIds,
    turnover,
    levelAfter: levelOf(operation.state, operation.rules).id,
  };
}

/** What was bought elsewhere counts in windows of time as bought today. */
function countOfTurnover({ state, rules, nowMs }: Operation, turnover: bigint): LadderChange | null {
  const amount = rules.ladder.measure === 'turnover' ? turnover : 0n;
  return countChange(state, rules, { soldAt: nowMs, amount }, nowMs);
}

function refuseOpening({ state, rules, nowMs }: Operation, command: OpenBalance): Refusal | null {
  if (state.blocked) return refusal('account_blocked');
  if (command.lots.length > MAX_OPENING_LOTS) {
    return refusal('value_invalid', { field: 'lots', value: command.lots.length });
  }
  const { level } = command;
  if (level !== undefined && !rules.levels.some((one) => one.id === level)) return refusal('unknown_level', { level });
  for (const lot of command.lots) {
    const wrong = refuseAmount('amount', lot.amount, 1n);
    if (wrong !== null) return wrong;
    const endMs = lot.expiresAt?.epochMilliseconds;
    if (endMs !== undefined && (endMs <= nowMs || endMs <= (lot.activatesAt?.epochMilliseconds ?? nowMs))) {
      return refusal('value_invalid', { field: 'expiresAt', value: endMs });
    }
  }
  return refuseAmount('turnover', command.turnover, 0n);
}

function openLot(operation: Operation, lot: OpeningLot): number {
  const { nowMs } = operation;
  const activatesAtMs = lot.activatesAt?.epochMilliseconds ?? nowMs;
  const active = activatesAtMs <= nowMs;
  const from = Math.max(activatesAtMs, nowMs);
  const end =
    lot.expiresAt === undefined
      ? endOfProgramme(operation, from, from)
      : { expiresAtMs: lot.expiresAt?.epochMilliseconds ?? null };
  const terms = nextLot(operation, {
    original: lot.amount,
    activatesAtMs,
    ...end,
    reason: 'import',
    checkId: null,
    // Never prepaid: whatever the coalition settles at issue, nobody has paid for these into its pool.
    ...(lot.partner === undefined ? {} : { partner: lot.partner }),
  });
  record(operation, {
    kind: 'refill',
    postings: transfer('issued:import', active ? 'available' : 'pending', lot.amount),
    lots: [openingOf(terms, active)],
    numbers: { amount: lot.amount },
    texts: { reason: 'import' },
  });
  return terms.id;
}

function isAbove({ state, rules }: Operation, level: string): boolean {
  const at = (id: string): number => rules.levels.findIndex((one) => one.id === id);
  return at(level) > at(levelOf(state, rules).id);
}
