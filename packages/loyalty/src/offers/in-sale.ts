import { smallest, sumOf } from '../amounts.ts';
import { burnedOf } from '../claw-back.ts';
import { applyDue } from '../due.ts';
import type { Entry, Posting } from '../entry.ts';
import { credit, debit, transfer } from '../entry.ts';
import { expiryAfterDays, nextLot, openingOf } from '../issue-lot.ts';
import { inOrder, takeFromLots } from '../lots.ts';
import type { Operation } from '../operation.ts';
import { record } from '../operation.ts';
import type { Refusal } from '../refusal.ts';
import { refusal } from '../refusal.ts';
import type { SaleLine, SaleRecord } from '../sale-record.ts';
import { isLineReturned } from '../sale-record.ts';
import { endOfProgramme } from '../terms/lot-terms.ts';
import type { CheckOffers, OfferUse, SaleOffers } from './sale-offers.ts';
import { usesOf } from './sale-offers.ts';

/** Why a certificate cannot pay so much; `null` when it can. */
export function refuseOffers(offers: CheckOffers | undefined, money: bigint, spend: bigint): Refusal | null {
  if (offers === undefined) return null;
  if (spend > 0n && offers.applied?.withPoints === false) return refusal('not_with_points', { wanted: spend });
  const amount = offers.certificate?.amount ?? 0n;
  return amount >= 0n && amount <= money ? null : refusal('certificate_over_check', { wanted: amount, money });
}

/** Grants the points of the offers of a sale, each in a lot of its own, and tells what the sale has to remember. */
export function saleOffersOf(
  operation: Operation,
  checkId: string,
  offers: CheckOffers | undefined,
): SaleOffers | null {
  if (offers === undefined) return null;
  const uses = offers.applied === null ? [] : usesOf(offers.applied);
  const { certificate } = offers;
  if (uses.length === 0 && certificate === null) return null;
  return {
    uses: uses.map((use) => (use.points === 0n ? use : { ...use, lotId: grantPoints(operation, checkId, use) })),
    certificate: certificate && { ...certificate, givenBack: 0n },
    moneyBack: 0n,
  };
}

function grantPoints(operation: Operation, checkId: string, use: OfferUse): number {
  const { nowMs, rules } = operation;
  const days = use.pointsLifetimeDays;
  const end =
    days === null ? endOfProgramme(operation, nowMs, nowMs) : { expiresAtMs: expiryAfterDays(nowMs, days, rules) };
  const lot = nextLot(operation, {
    original: use.points,
    activatesAtMs: nowMs,
    ...end,
    reason: 'campaign',
    checkId,
  });
  record(operation, {
    kind: 'refill',
    checkId,
    postings: transfer('issued:campaign', 'available', use.points),
    lots: [openingOf(lot, true)],
    numbers: { amount: use.points },
    texts: { reason: 'campaign', offer: use.offerId },
  });
  applyDue(operation);
  return lot.id;
}

/** What a return means for the coupons and tenders of its sale. */
export type OfferReturn = {
  readonly sale: SaleOffers;
  /** Money to hand out and money back onto the certificate; together the refund. */
  readonly money: bigint;
  readonly certificate: { readonly id: string; readonly amount: bigint } | null;
  /** Offers whose use this return has undone: their coupons are the guest's again. */
  readonly reissued: readonly string[];
  /** Discount on goods that stay, withheld because its offer was withdrawn (below 0 when it is paid out again). */
  readonly withheld: bigint;
};

/**
 * Undoes offers with a return whose lines have already moved. Whole: every use. In part: uses whose conditions fail on
 * what remains, where the owner wants that; the discount that the remaining goods keep is then withheld from the refund,
 * and paid out as those goods come back too. The refund goes to the last tender first (EX-C2): money, then certificate.
 * @param refund money of the returned goods less what is kept for points that are gone
 */
export function returnOffers(
  operation: Operation,
  before: SaleRecord,
  lines: readonly SaleLine[],
  refund: bigint,
  entriesSinceSale: readonly Entry[],
): OfferReturn | null {
  const offers = before.offers;
  if (offers === null) return null;
  const whole = lines.every(isLineReturned);
  const withheldBefore = keptBy(offers.uses, before.lines);
  let uses = offers.uses;
  for (const [index, use] of offers.uses.entries()) {
    if (use.undone || !(whole || failsOnRest(use, offers.uses, lines))) continue;
    const undone = uses.map((one, at) => (at === index ? { ...one, undone: true } : one));
    // What cannot be withheld from this refund stays as it was given.
    if (keptBy(undone, lines) - withheldBefore > refund) continue;
    uses = undone;
    if (use.points > 0n) takeBackPoints(operation, before.checkId, use, entriesSinceSale);
  }
  const withheld = keptBy(uses, lines) - withheldBefore;
  const toPay = refund - withheld;
  const { certificate } = offers;
  const onDeposit = before.wallets?.deposit?.amount ?? 0n;
  const inMoney = before.money - onDeposit - (certificate?.amount ?? 0n) - offers.moneyBack;
  const money = certificate === null ? toPay : smallest(toPay, inMoney);
  const back = toPay - money;
  return {
    sale: {
      uses,
      certificate: certificate && { ...certificate, givenBack: certificate.givenBack + back },
      moneyBack: offers.moneyBack + money,
    },
    money,
    certificate: certificate === null || back === 0n ? null : { id: certificate.id, amount: back },
    reissued: uses.flatMap((use, index) =>
      use.undone && use.reissue && !offers.uses[index]!.undone ? [use.offerId] : [],
    ),
    withheld,
  };
}

/** Whether the least sum or the goods of an offer are no longer there; by the prices before any discount. */
function failsOnRest(use: OfferUse, uses: readonly OfferUse[], lines: readonly SaleLine[]): boolean {
  if (use.recheck === null) return false;
  const { minCheck, goods } = use.recheck;
  const rest = lines.map((line, index) => leftOf(line.amount + sumOf(uses, (one) => one.byLine[index] ?? 0n), line));
  if (sumOf(rest, (amount) => amount) < minCheck) return true;
  return goods !== null && !goods.some((needed, index) => needed && rest[index]! > 0n);
}

/** The discount of withdrawn offers that goods still hold which the guest keeps. */
function keptBy(uses: readonly OfferUse[], lines: readonly SaleLine[]): bigint {
  return sumOf(uses, (use) =>
    use.undone
      ? sumOf(
          use.byLine.map((part, index) => leftOf(part, lines[index]!)),
          (part) => part,
        )
      : 0n,
  );
}

/** The share of an amount that belongs to what has not come back of a line. */
function leftOf(amount: bigint, line: SaleLine): bigint {
  if (line.returned === null) return amount;
  if (isLineReturned(line)) return 0n;
  const { done } = line.returned;
  if (line.money > 0n) return amount - (amount * done.money) / line.money;
  return amount - (amount * BigInt(done.quantityThousandths)) / BigInt(line.quantityThousandths);
}

/** Granted points go as earned ones do: from their lot, from what of it burned, from other lots, then as a debt. */
function takeBackPoints(operation: Operation, checkId: string, use: OfferUse, entries: readonly Entry[]): void {
  const { lots } = operation.state;
  const own = lots.find((lot) => lot.id === use.lotId);
  const fromOwn = own === undefined ? 0n : smallest(use.points, own.remaining);
  const burned = smallest(use.points - fromOwn, burnedOf(use.lotId, 0n, [...entries, ...operation.entries]));
  const except = new Set(own === undefined ? [] : [own.id]);
  const others = takeFromLots(inOrder(lots, operation.rules.lotOrder), use.points - fromOwn - burned, except);
  const available = fromOwn + sumOf(others, ({ amount }) => amount);
  const debt = use.points - available - burned;
  const postings: Posting[] = [debit('available', available), debit('expired', burned), debit('debt', debt)];
  record(operation, {
    kind: 'deduct',
    checkId,
    postings: [...postings.filter((posting) => posting.debit > 0n), credit('issued:campaign', use.points)],
    lots: [...(own === undefined || fromOwn === 0n ? [] : [{ lotId: own.id, amount: fromOwn }]), ...others].map(
      ({ lotId, amount }) => ({ lotId, amount: -amount }),
    ),
    parents: own === undefined ? [] : [own.openedBy],
    numbers: { deducted: use.points, debt },
    texts: { reason: 'campaign', offer: use.offerId },
  });
}
