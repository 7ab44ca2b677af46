import type { AccountState } from './account.ts';
import { moneyPerPoint, sumOf } from './amounts.ts';
import type { EpochMs } from './business-day.ts';
import { clawBack } from './claw-back.ts';
import type { ReturnCheck, ReturnOutcome } from './command.ts';
import type { DayCount } from './day-counts.ts';
import { applyDue } from './due.ts';
import { giveBack, pointsDueBack } from './give-back.ts';
import { levelOf, lowerLevelAfterReturn } from './levels/climb.ts';
import { countChange, measureOfCheck } from './levels/measure.ts';
import type { LadderChange } from './levels/standing.ts';
import { returnOffers } from './offers/in-sale.ts';
import type { Operation } from './operation.ts';
import { record } from './operation.ts';
import { recomputed } from './recompute.ts';
import type { Refusal } from './refusal.ts';
import type { ReturnPlan } from './return-plan.ts';
import { planReturn } from './return-plan.ts';
import type { Clawback, SaleRecord, SaleReturned } from './sale-record.ts';
import { isLineReturned, NO_CLAWBACK } from './sale-record.ts';
import { tallyAfterReturn, tallyChangeBetween, undrawnBetween } from './tally/sale-tally.ts';
import { depositDueBack, giveDepositBack } from './wallets/deposit.ts';
import { stampsNeedHistory, takeStampsBack } from './wallets/take-stamps-back.ts';

/**
 * Whether a return of this sale needs the entries since the sale: only when some of the earned points have left
 * their lot. Otherwise `entriesSinceSale` may be empty.
 */
export function needsHistory(state: AccountState, sale: SaleRecord): boolean {
  if (sale.offers?.uses.some((use) => use.points > 0n && !use.undone)) return true;
  if (stampsNeedHistory(state, sale)) return true;
  const clawback = sale.returned?.clawback ?? NO_CLAWBACK;
  const left = sumOf(state.lots, (lot) => (sale.earnedLotIds.includes(lot.id) ? lot.remaining : 0n));
  return left < sale.earned - clawback.pending - clawback.ownLot;
}

/** Returns a sale, wholly or in part: gives spent points back, takes earned ones, and counts the turnover down. */
export function returnCheck(operation: Operation, command: ReturnCheck): ReturnOutcome | Refusal {
  const { sale } = command;
  const { rules } = operation;
  const planned = planReturn(command);
  if (planned.refusal !== null) return planned.refusal;
  const { plan, repriced } = recomputed(planned.plan, sale, command.saleRules ?? rules);
  const whole = plan.lines.every(isLineReturned);
  const tallied = tallyAfterReturn(sale.tallied, repriced, whole);
  const levelBefore = levelOf(operation.state, rules).id;
  const givenBack = pointsDueBack(sale, plan.lines, operation);
  const turnoverEntry = record(operation, {
    kind: 'turnover',
    checkId: sale.checkId,
    turnover: -plan.money,
    counts: countsOf(sale, plan, givenBack),
    visits: whole && sale.withinVisit !== true ? -1 : 0,
    tally: tallyChangeBetween(sale.tallied, tallied),
    ladder: ladderOf(operation, sale, plan),
    parents: [sale.spendEntryId ?? sale.earnEntryId].filter((id) => id !== null),
    numbers: { money: -plan.money },
  });
  const uses = giveBack(operation, sale, givenBack);
  const toDeposit = depositDueBack(sale, plan.money);
  const deposit = giveDepositBack(operation, sale, toDeposit);
  const refundablePoints = (plan.money - toDeposit) / moneyPerPoint(rules);
  const clawback = clawBack(operation, sale, plan.earned, refundablePoints, command.entriesSinceSale);
  const { entriesSinceSale, unusedRewards } = command;
  const refund = plan.money - toDeposit - clawback.metInMoney * moneyPerPoint(rules);
  const offers = returnOffers(operation, sale, plan.lines, refund, entriesSinceSale);
  const unused = new Set(unusedRewards);
  const stamps = takeStampsBack(operation, { sale, lines: plan.lines, unused, entriesSinceSale });
  applyDue(operation);
  const soldAt = soldAtOf(sale);
  const { byMeasure } = sale.before;
  lowerLevelAfterReturn(operation, { checkId: sale.checkId, soldAt, levelBefore: byMeasure }, [turnoverEntry.id]);
  const updated: SaleRecord = {
    ...sale,
    lines: plan.lines,
    uses,
    offers: offers === null ? sale.offers : offers.sale,
    tallied,
    wallets: sale.wallets === null ? null : { stamps: stamps.stamps, deposit },
    returned: addReturn(sale.returned, plan.money, givenBack, clawback),
  };
  return {
    kind: 'return',
    sale: updated,
    whole,
    money: plan.money,
    toDeposit,
    refund: offers === null ? refund : refund - offers.withheld,
    offers,
    givenBack,
    clawedBack: plan.earned,
    clawback,
    undrawn: undrawnBetween(sale.tallied, tallied),
    cards: stamps.cards,
    withdrawn: stamps.withdrawn,
    levelBefore,
    levelAfter: levelOf(operation.state, rules).id,
  };
}

/** A till whose clock ran ahead has sold when the sale was recorded. */
function soldAtOf({ occurredAt, recordedAt }: SaleRecord): EpochMs {
  return Math.min(occurredAt.epochMilliseconds, recordedAt.epochMilliseconds);
}

/** What the ladder no longer counts on the day of the sale. A check is a visit until all of it has gone back. */
function ladderOf({ state, rules, nowMs }: Operation, sale: SaleRecord, plan: ReturnPlan): LadderChange | null {
  const { withinVisit } = sale;
  const one = measureOfCheck(rules, { money: plan.money, earned: plan.earned, withinVisit });
  const kept = rules.ladder.measure === 'visits' && !plan.lines.every(isLineReturned);
  return kept ? null : countChange(state, rules, { soldAt: soldAtOf(sale), amount: -one }, nowMs);
}

/** A return counts on the days of its sale; the sale itself stops counting once nothing of it is left. */
function countsOf({ counted, earned, spent }: SaleRecord, plan: ReturnPlan, givenBack: bigint): readonly DayCount[] {
  if (counted === null) return [];
  const whole = plan.lines.every(isLineReturned);
  const [accruals, spends] = [whole && earned > 0n ? -1 : 0, whole && spent > 0n ? -1 : 0];
  return [
    { day: counted.earnedOn, earned: -plan.earned, accruals, spent: 0n, spends: 0 },
    { day: counted.spentOn, earned: 0n, accruals: 0, spent: -givenBack, spends },
  ];
}

function addReturn(before: SaleReturned | null, money: bigint, points: bigint, clawback: Clawback): SaleReturned {
  if (before === null) return { money, points, clawback };
  const sum = (name: keyof Clawback): bigint => sumOf([before.clawback, clawback], (one) => one[name]);
  return {
    money: before.money + money,
    points: before.points + points,
    clawback: {
      pending: sum('pending'),
      ownLot: sum('ownLot'),
      cancelled: sum('cancelled'),
      burned: sum('burned'),
      otherLots: sum('otherLots'),
      debt: sum('debt'),
      forgiven: sum('forgiven'),
      metInMoney: sum('metInMoney'),
      kept: sum('kept'),
    },
  };
}
