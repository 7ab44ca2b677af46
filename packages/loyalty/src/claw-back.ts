import { largest, smallest, sumOf } from './amounts.ts';
import type { DayCount } from './day-counts.ts';
import type { Entry, LotMovement, Posting, Shortage } from './entry.ts';
import { credit, debit } from './entry.ts';
import type { IssueReason, Lot, LotAmount } from './lots.ts';
import { inOrder, takeFromLots } from './lots.ts';
import type { Operation } from './operation.ts';
import { ledgerOf, record } from './operation.ts';
import type { Clawback, SaleReturned } from './sale-record.ts';
import { NO_CLAWBACK } from './sale-record.ts';

const MS_PER_DAY = 86_400_000;

/** Points that were issued once and are to be taken back: a sale's (the reason is `purchase` then), or a reward's. */
export type TakenBack = {
  readonly checkId: string | null;
  readonly earnedLotIds: readonly number[];
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
  const history = [...entriesSinceSale, ...operation.entries];
  const own = takeFromOwn(lots, sale.earnedLotIds, amount);
  const pending = sumOf(own, (part) => (part.active ? 0n : part.amount));
  const ownLot = sumOf(own, (part) => (part.active ? part.amount : 0n));
  const gone = (kind: 'expire' | 'cancel_pending', part: 'burned' | 'cancelled', most: bigint): bigint =>
    smallest(most, largest(goneOf(sale.earnedLotIds, kind, history) - (sale.returned?.clawback[part] ?? 0n), 0n));
  const cancelled = gone('cancel_pending', 'cancelled', amount - pending - ownLot);
  if (policy.shortage.kind === 'only_pending') {
    const waiting = own.filter((part) => !part.active);
    const given = gone('cancel_pending', 'cancelled', amount - pending);
    const onlyPending = { ...NO_CLAWBACK, pending, cancelled: given, kept: amount - pending - given };
    writeClawback(operation, sale, onlyPending, waiting, null);
    return onlyPending;
  }
  let missing = amount - pending - ownLot - cancelled;
  const burned = policy.burned === 'covers' ? gone('expire', 'burned', missing) : 0n;
  missing -= burned;
  const except = new Set(own.map(({ lotId }) => lotId));
  const related = takeFromLots(
    lots.filter((lot) => lot.originLotId !== null && sale.earnedLotIds.includes(lot.originLotId)),
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
  const clawback = { ...NO_CLAWBACK, pending, ownLot, cancelled, burned, otherLots, ...shortage.shares };
  writeClawback(operation, sale, clawback, [...own, ...others], shortage.remembers);
  return clawback;
}

type OwnPart = LotAmount & { readonly active: boolean };

/** From the lots of the sale itself: first what is pending, then what is usable, in order of consumption. */
function takeFromOwn(lots: readonly Lot[], ids: readonly number[], amount: bigint): readonly OwnPart[] {
  const own = lots.filter((lot) => ids.includes(lot.id));
  const parts: OwnPart[] = [];
  let missing = amount;
  for (const { id, remaining, active } of [...own.filter((lot) => !lot.active), ...own.filter((lot) => lot.active)]) {
    const part = smallest(remaining, missing);
    if (part > 0n) parts.push({ lotId: id, amount: part, active });
    missing -= part;
  }
  return parts;
}

/** How much of the points of these lots burned or was cancelled, also inside grace lots that they went back into. */
function goneOf(lotIds: readonly number[], kind: 'expire' | 'cancel_pending', entries: readonly Entry[]): bigint {
  const family = new Set(lotIds);
  const counted = new Set<number>();
  let gone = 0n;
  for (const entry of entries) {
    if (counted.has(entry.id)) continue;
    counted.add(entry.id);
    for (const movement of entry.lots) {
      const origin = movement.terms?.originLotId ?? null;
      if (origin !== null && lotIds.includes(origin)) family.add(movement.lotId);
      if (entry.kind === kind && family.has(movement.lotId)) gone -= movement.amount;
    }
  }
  return gone;
}

/** How much of one lot burned and has not yet been counted as taken back. */
export function burnedOf(lotId: number | null, countedSoFar: bigint, entries: readonly Entry[]): bigint {
  return lotId === null ? 0n : largest(goneOf([lotId], 'expire', entries) - countedSoFar, 0n);
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
