import { moneyPerPoint, smallest, sumOf } from './amounts.ts';
import { originOf } from './coalition/clearing.ts';
import { applyDue } from './due.ts';
import type { LotMovement } from './entry.ts';
import { transfer } from './entry.ts';
import { expiryAfterDays, openingOf } from './issue-lot.ts';
import type { LotTerms } from './lots.ts';
import { takeFromLots } from './lots.ts';
import type { EntryFacts, Operation } from './operation.ts';
import { ledgerOf, record } from './operation.ts';
import type { LotUse, SaleLine, SaleRecord } from './sale-record.ts';
import { endOfProgramme } from './terms/lot-terms.ts';
import { currentTerms } from './terms/slide.ts';

/** How many points are due back after a return: whole points of what the returned shares add up to so far. */
export function pointsDueBack(sale: SaleRecord, lines: readonly SaleLine[], operation: Operation): bigint {
  const shares = sumOf(lines, (line) => line.returned?.done.paidByPoints ?? 0n);
  return shares / moneyPerPoint(operation.rules) - (sale.returned?.points ?? 0n);
}

/**
 * Gives spent points back into the very lots they came from, in reverse order of consumption and with their own
 * expiry. Where such a lot has expired, the policy decides: a grace lot, a new term, or they burn at once.
 */
export function giveBack(
  operation: Operation,
  sale: Pick<SaleRecord, 'checkId' | 'spendEntryId' | 'uses'>,
  points: bigint,
  facts?: Pick<EntryFacts, 'kind' | 'card' | 'numbers'>,
): readonly LotUse[] {
  if (points === 0n) return sale.uses;
  const uses = [...sale.uses];
  const movements: LotMovement[] = [];
  let missing = points;
  let lotId = operation.state.nextLotId;
  let intoNewLots = 0n;
  for (let index = uses.length - 1; index >= 0 && missing > 0n; index--) {
    const use = uses[index]!;
    const amount = smallest(missing, use.amount - use.givenBack);
    if (amount === 0n) continue;
    missing -= amount;
    uses[index] = { ...use, givenBack: use.givenBack + amount };
    const movement = givenBackInto(operation, use.terms, amount, lotId, sale.checkId);
    movements.push(movement);
    if (movement.lotId === lotId) {
      lotId += 1;
      intoNewLots += amount;
    }
  }
  record(operation, {
    kind: 'give_back',
    ...facts,
    checkId: sale.checkId,
    postings: transfer('redeemed', 'available', points),
    lots: movements,
    parents: sale.spendEntryId === null ? [] : [sale.spendEntryId],
    numbers: { givenBack: points, intoNewLots, ...facts?.numbers },
  });
  // Points given back into a lot that is over burn now, before anything else could take them.
  applyDue(operation);
  repayForgiven(operation, sale.checkId, movements);
  return uses;
}

function givenBackInto(
  operation: Operation,
  terms: LotTerms,
  amount: bigint,
  newLotId: number,
  checkId: string,
): LotMovement {
  const { nowMs, rules, state } = operation;
  const policy = rules.returnPolicy.expiredLot;
  const current = currentTerms(terms, ledgerOf(operation));
  const over = current.expiresAtMs !== null && current.expiresAtMs <= nowMs;
  if (over && policy.kind !== 'burn') {
    const end =
      policy.kind === 'grace'
        ? { expiresAtMs: expiryAfterDays(nowMs, policy.days, rules) }
        : endOfProgramme(operation, nowMs, nowMs);
    const fresh: LotTerms = {
      id: newLotId,
      original: amount,
      activatesAtMs: nowMs,
      ...end,
      reason: terms.reason,
      openedBy: state.nextEntryId,
      checkId,
      originLotId: terms.originLotId ?? terms.id,
      ...originOf(terms),
    };
    return openingOf(fresh, true);
  }
  const open = ledgerOf(operation).lots.some((lot) => lot.id === terms.id);
  return open ? { lotId: terms.id, amount } : { lotId: terms.id, amount, terms: current, activates: true };
}

/** Under `within_balance`: what was forgiven lately is paid first from points that come back. */
function repayForgiven(operation: Operation, checkId: string, givenBack: readonly LotMovement[]): void {
  const { shortages, lots } = ledgerOf(operation);
  const owed = sumOf(shortages, (shortage) => (shortage.untilMs > operation.nowMs ? shortage.amount : 0n));
  if (owed === 0n) return;
  const returned = sumOf(givenBack, (movement) => movement.amount);
  const into = new Set(givenBack.map((movement) => movement.lotId));
  const taken = takeFromLots(
    lots.filter((lot) => into.has(lot.id)),
    smallest(owed, returned),
  );
  const repaid = sumOf(taken, ({ amount }) => amount);
  if (repaid === 0n) return;
  record(operation, {
    kind: 'repay_forgiven',
    checkId,
    postings: transfer('available', 'forgiven', repaid),
    lots: taken.map(({ lotId, amount }) => ({ lotId, amount: -amount })),
    numbers: { repaid, left: owed - repaid },
  });
}
