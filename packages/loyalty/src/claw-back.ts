import { smallest, sumOf } from './amounts.ts';
import type { DayCount } from './day-counts.ts';
import type { Entry, LotMovement, Posting, Shortage } from './entry.ts';
import { credit, debit } from './entry.ts';
import type { IssueReason, LotAmount } from './lots.ts';
import { inOrder, takeFromLots } from './lots.ts';
import type { Operation } from './operation.ts';
import { ledgerOf, record } from './operation.ts';
import type { Clawback, SaleReturned } from './sale-record.ts';
import { NO_CLAWBACK } from './sale-record.ts';

const MS_PER_DAY = 86_400_000;

/** Points that were issued once and are to be taken back: a sale's (the reason is `purchase` then), or a reward's. */
export type TakenBack = {
  readonly checkId: string | null;
  readonly earnedLotId: number | null;
  readonly earnEntryId: number | null;
  readonly returned: Pick<SaleReturned, 'clawback'> | null;
  readonly reason?: IssueReason;
  /** What limits of the day no longer count. */
  readonly counts?: readonly DayCount[];
};

/**
 * Takes earned points back: pending of that check, the rest of its lot, what of it burned, other lots in order of
 * consumption (grace lots of the same origin first), and the shortage as the policy says.
 */
export function clawBack(
  operation: Operation,
  sale: TakenBack,
  amount: bigint,
  refundable: bigint,
  entriesSinceSale: readonly Entry[],
): Clawback {
  if (amount === 0n) return NO_CLAWBACK;
  const policy = operation.rules.returnPolicy;
  const { lots } = ledgerOf(operation);
  const own = lots.find((lot) => lot.id === sale.earnedLotId);
  const fromOwn = own === undefined ? 0n : smallest(amount, own.remaining);
  const movements: LotAmount[] = own === undefined || fromOwn === 0n ? [] : [{ lotId: own.id, amount: fromOwn }];
  const [pending, ownLot] = own?.active === false ? [fromOwn, 0n] : [0n, fromOwn];
  if (policy.shortage.kind === 'only_pending') {
    const kept = amount - pending;
    const onlyPending = { ...NO_CLAWBACK, pending, kept };
    writeClawback(operation, sale, onlyPending, pending === 0n ? [] : movements, null);
    return onlyPending;
  }
  let missing = amount - fromOwn;
  const counted = sale.returned?.clawback.burned ?? 0n;
  const burnedSoFar =
    policy.burned === 'covers' ? burnedOf(sale.earnedLotId, counted, [...entriesSinceSale, ...operation.entries]) : 0n;
  const burned = smallest(missing, burnedSoFar);
  missing -= burned;
  const except = new Set(own === undefined ? [] : [own.id]);
  const related = takeFromLots(
    lots.filter((lot) => lot.originLotId !== null && lot.originLotId === sale.earnedLotId),
    missing,
  );
  for (const { lotId } of related) except.add(lotId);
  const unrelated = takeFromLots(
    inOrder(lots, operation.rules.lotOrder),
    missing - sumOf(related, (part) => part.amount),
    except,
  );
  const others = [...related, ...unrelated];
  const otherLots = sumOf(others, (part) => part.amount);
  const shortage = shareShortage(operation, missing - otherLots, refundable);
  const clawback = { ...NO_CLAWBACK, pending, ownLot, burned, otherLots, ...shortage.shares };
  writeClawback(operation, sale, clawback, [...movements, ...others], shortage.remembers);
  return clawback;
}

/**
 * How much burned of the points of one lot, also inside grace lots that they went back into, and has not yet been
 * counted as taken back.
 */
export function burnedOf(lotId: number | null, countedSoFar: bigint, entries: readonly Entry[]): bigint {
  if (lotId === null) return 0n;
  const family = new Set([lotId]);
  const counted = new Set<number>();
  let burned = -countedSoFar;
  for (const entry of entries) {
    if (counted.has(entry.id)) continue;
    counted.add(entry.id);
    for (const movement of entry.lots) {
      if (movement.terms?.originLotId === lotId) family.add(movement.lotId);
      if (entry.kind === 'expire' && family.has(movement.lotId)) burned -= movement.amount;
    }
  }
  // Without the history nothing is known to have burned.
  return burned > 0n ? burned : 0n;
}

type ShortageShares = Pick<Clawback, 'debt' | 'forgiven' | 'metInMoney'>;

function shareShortage(
  operation: Operation,
  shortage: bigint,
  refundable: bigint,
): { shares: ShortageShares; remembers: Shortage | null } {
  const none = { debt: 0n, forgiven: 0n, metInMoney: 0n };
  const policy = operation.rules.returnPolicy.shortage;
  if (shortage === 0n) return { shares: none, remembers: null };
  switch (policy.kind) {
    case 'within_balance': {
      const untilMs = operation.nowMs + policy.rememberDays * MS_PER_DAY;
      return { shares: { ...none, forgiven: shortage }, remembers: { amount: shortage, untilMs } };
    }
    case 'deduct_from_refund': {
      const metInMoney = smallest(shortage, refundable);
      return { shares: { ...none, metInMoney, debt: shortage - metInMoney }, remembers: null };
    }
    default: {
      const ceiling = policy.kind === 'debt' ? policy.ceiling : null;
      const room = ceiling === null ? shortage : ceiling - ledgerOf(operation).debt;
      const debt = smallest(shortage, room > 0n ? room : 0n);
      return { shares: { ...none, debt, forgiven: shortage - debt }, remembers: null };
    }
  }
}

function writeClawback(
  operation: Operation,
  sale: TakenBack,
  clawback: Clawback,
  taken: readonly LotAmount[],
  remembers: Shortage | null,
): void {
  const debits: Posting[] = [
    debit('pending', clawback.pending),
    debit('available', clawback.ownLot + clawback.otherLots),
    debit('expired', clawback.burned),
    debit('debt', clawback.debt),
    debit('forgiven', clawback.forgiven),
    debit('met_in_money', clawback.metInMoney),
  ].filter((posting) => posting.debit > 0n);
  const clawed = sumOf(debits, (posting) => posting.debit);
  if (clawed === 0n) return;
  record(operation, {
    kind: 'claw_back',
    checkId: sale.checkId,
    postings: [...debits, credit(`issued:${sale.reason ?? 'purchase'}`, clawed)],
    lots: taken.map(({ lotId, amount }): LotMovement => ({ lotId, amount: -amount })),
    remembers,
    counts: sale.counts ?? [],
    parents: sale.earnEntryId === null ? [] : [sale.earnEntryId],
    numbers: { clawedBack: clawed, ...clawback },
    texts: { policy: operation.rules.returnPolicy.shortage.kind, ...(sale.reason ? { reason: sale.reason } : {}) },
  });
}
