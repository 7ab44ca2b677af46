import { linesOfCheck } from './check-input.ts';
import type { CheckToRegister, SaleOutcome } from './command.ts';
import { applyDue } from './due.ts';
import { credit, debit, transfer } from './entry.ts';
import type { Hold } from './hold.ts';
import { backIntoLots, divideHold } from './hold-steps.ts';
import { activationOf, expiryOf, nextLot, openingOf } from './issue-lot.ts';
import { levelOf, raiseLevel } from './ladder.ts';
import { takeFromLots } from './lots.ts';
import type { Operation } from './operation.ts';
import { record } from './operation.ts';
import type { PricedCheck, SpendSource } from './pricing.ts';
import { priceCheck, refuseMoreThan, refuseSpend, spendSourceOf } from './pricing.ts';
import type { Refusal } from './refusal.ts';
import { refusal } from './refusal.ts';
import type { LotUse } from './sale-record.ts';

/**
 * Registers a sale: spends, earns by the level held before it, counts the turnover, moves the level. With `holdKey` it
 * is the capture of that hold.
 */
export function registerCheck(
  operation: Operation,
  command: CheckToRegister,
  holdKey: string | null,
): SaleOutcome | Refusal {
  const { state, rules } = operation;
  const found = linesOfCheck(command, rules, operation.nowMs);
  if (found.refusal !== null) return found.refusal;
  if (state.blocked) return refusal('account_blocked');
  const source = spendSourceOf(state, holdKey);
  if ('code' in source) return source;
  const refused =
    command.mode === 'reported'
      ? refuseMoreThan(source, command.spend)
      : refuseSpend(command.spend, source, found.lines, rules);
  if (refused !== null) return refused;
  const priced = priceCheck(state, found.lines, command.spend, command.accrual, rules);
  const before = { turnover: state.turnover, level: priced.level.id };
  const written = writeSale(operation, command, priced, source);
  raiseLevel(operation, command.checkId, written.parents);
  applyDue(operation);
  return {
    kind: 'sale',
    levelBefore: before.level,
    levelAfter: levelOf(operation.state, rules).id,
    sale: {
      checkId: command.checkId,
      occurredAt: command.occurredAt,
      recordedAt: operation.now,
      rulesId: rules.id,
      money: priced.money,
      spent: command.spend,
      earned: priced.earned,
      discount: command.discount ?? 0n,
      accrualFixed: command.accrual !== undefined,
      lines: priced.lines.map((line) => ({ ...line, returned: null })),
      uses: written.uses,
      earnedLotId: written.earnedLotId,
      earnEntryId: written.earnEntryId,
      spendEntryId: written.spendEntryId,
      before,
      returned: null,
    },
  };
}

type WrittenSale = {
  readonly uses: readonly LotUse[];
  readonly spendEntryId: number | null;
  readonly earnEntryId: number | null;
  readonly earnedLotId: number | null;
  readonly parents: readonly number[];
};

/** The turnover is counted by the first entry of the sale; one without points has an entry for the turnover alone. */
function writeSale(
  operation: Operation,
  command: CheckToRegister,
  priced: PricedCheck,
  { hold }: SpendSource,
): WrittenSale {
  let spent: WrittenSpend | null = null;
  if (hold !== null) spent = writeCapture(operation, command, priced.money, hold);
  else if (command.spend > 0n) spent = writeSpend(operation, command, priced.money);
  const turnover = spent === null ? priced.money : 0n;
  const earned = priced.earned > 0n ? writeEarn(operation, command, priced, turnover, spent?.entryId) : null;
  if (spent === null && earned === null) {
    const entry = record(operation, {
      ...saleFacts(command),
      kind: 'turnover',
      turnover,
      numbers: { money: turnover },
    });
    return { uses: [], spendEntryId: null, earnEntryId: null, earnedLotId: null, parents: [entry.id] };
  }
  return {
    uses: spent?.uses ?? [],
    spendEntryId: spent?.entryId ?? null,
    earnEntryId: earned?.entryId ?? null,
    earnedLotId: earned?.lotId ?? null,
    parents: [spent?.entryId, earned?.entryId].filter((id) => id !== undefined),
  };
}

function saleFacts(command: CheckToRegister): { checkId: string; occurredAtMs: number } {
  return { checkId: command.checkId, occurredAtMs: command.occurredAt.epochMilliseconds };
}

type WrittenSpend = { readonly entryId: number; readonly uses: readonly LotUse[] };

/** Spends held points in the order in which they were locked; what is left of them goes back in the same entry. */
function writeCapture(operation: Operation, command: CheckToRegister, money: bigint, hold: Hold): WrittenSpend {
  const { taken, rest } = divideHold(hold, command.spend);
  const released = hold.amount - command.spend;
  const entry = record(operation, {
    ...saleFacts(command),
    kind: 'capture',
    postings: [
      debit('held', hold.amount),
      ...(command.spend > 0n ? [credit('redeemed', command.spend)] : []),
      ...(released > 0n ? [credit('available', released)] : []),
    ],
    lots: backIntoLots(operation.state, rest),
    hold: { key: hold.key, end: 'captured' },
    turnover: money,
    parents: [hold.openedBy],
    numbers: { spent: command.spend, released, money },
    texts: { key: hold.key },
  });
  return { entryId: entry.id, uses: taken.map(({ terms, amount }) => ({ terms, amount, givenBack: 0n })) };
}

function writeSpend(operation: Operation, command: CheckToRegister, money: bigint): WrittenSpend {
  const taken = takeFromLots(operation.state.lots, command.spend);
  const uses = taken.map(({ lotId, amount }): LotUse => {
    const lot = operation.state.lots.find((open) => open.id === lotId)!;
    const { remaining: _remaining, active: _active, ...terms } = lot;
    return { terms, amount, givenBack: 0n };
  });
  const entry = record(operation, {
    ...saleFacts(command),
    kind: 'spend',
    postings: transfer('available', 'redeemed', command.spend),
    lots: taken.map(({ lotId, amount }) => ({ lotId, amount: -amount })),
    turnover: money,
    parents: uses.map((use) => use.terms.openedBy),
    numbers: { spent: command.spend, money },
  });
  return { entryId: entry.id, uses };
}

function writeEarn(
  operation: Operation,
  command: CheckToRegister,
  priced: PricedCheck,
  turnover: bigint,
  spendEntryId: number | undefined,
): { entryId: number; lotId: number } {
  const { rules, nowMs } = operation;
  // A till whose clock runs ahead must not make its guests wait for their points.
  const earnedAt = Math.min(command.occurredAt.epochMilliseconds, nowMs);
  const activatesAtMs = activationOf(earnedAt, rules.activationDelay, rules);
  const active = activatesAtMs <= nowMs;
  const lot = nextLot(operation, {
    original: priced.earned,
    activatesAtMs,
    expiresAtMs: expiryOf(earnedAt, activatesAtMs, rules),
    reason: 'purchase',
    checkId: command.checkId,
  });
  const { level } = priced;
  const entry = record(operation, {
    ...saleFacts(command),
    kind: 'earn',
    postings: transfer('issued:purchase', active ? 'available' : 'pending', priced.earned),
    lots: [openingOf(lot, active)],
    turnover,
    parents: spendEntryId === undefined ? [] : [spendEntryId],
    numbers:
      command.accrual === undefined
        ? { earned: priced.earned, base: priced.earnBase, rateBasisPoints: BigInt(level.rateBasisPoints) }
        : { earned: priced.earned, base: priced.earnBase },
    texts: command.accrual === undefined ? { by: 'level', level: level.id } : { by: 'caller', level: level.id },
  });
  return { entryId: entry.id, lotId: lot.id };
}
