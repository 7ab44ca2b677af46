import type { AccountState } from './account.ts';
import { linesOfBasket, withDiscount } from './check-input.ts';
import { afterDiscount, cardHolderOf } from './coalition/discount.ts';
import type { Basket } from './command.ts';
import { stateAt } from './due.ts';
import type { RuleTrace } from './earn.ts';
import type { EarnCut } from './earn-caps.ts';
import type { CheckContext } from './earn-conditions.ts';
import type { Hint } from './hints/best-offers.ts';
import { hintsOf } from './hints/best-offers.ts';
import type { NextLevel } from './levels/climb.ts';
import { nextLevelOf } from './levels/climb.ts';
import type { AppliedOffers } from './offers/apply.ts';
import { beginOperation } from './operation.ts';
import type { PricedLine, SpendLimit, SpendLimitReason } from './pricing.ts';
import { priceCheck, refuseSpend, spendLimitOf, spendSourceOf } from './pricing.ts';
import type { Refusal } from './refusal.ts';
import { refusal, refuseAmount } from './refusal.ts';
import type { Level, Rules } from './rules.ts';
import type { BudgetRoom } from './tally/standing.ts';
import { offersOfDeposits, refuseDeposit } from './wallets/deposit.ts';
import type { GivenStamps, StampCheck } from './wallets/give-stamps.ts';
import { giveStamps } from './wallets/give-stamps.ts';
import type { DepositOffer, DepositPayment, ReachedMilestone, StampsGiven } from './wallets/outcomes.ts';

export type Quote = {
  readonly ok: true;
  readonly available: bigint;
  /** Most points that may be spent on this basket. */
  readonly maxSpend: bigint;
  /** The limit that decided it. */
  readonly maxSpendReason: SpendLimitReason;
  /** For `below_minimum`: points that are missing to the least spend. */
  readonly missingToMinimum: bigint;
  /** The spend that was asked for, and the money that is left to pay with it. */
  readonly spend: bigint;
  /** Taken off by the discount of the card, minor units of money; `money` is what is left after it. */
  readonly discount: bigint;
  readonly money: bigint;
  /** Part of `money` that the deposit pays. */
  readonly deposit: bigint;
  /** What the deposits of the programme hold and how much of this check they could pay. */
  readonly deposits: readonly DepositOffer[];
  /** What the check would do to every card of stamps. */
  readonly cards: readonly StampsGiven[];
  readonly rewards: readonly Omit<ReachedMilestone, 'rewardId'>[];
  /** Points that the check earns with this spend. */
  readonly earn: bigint;
  readonly lines: readonly PricedLine[];
  /** What every rule of earning did or why it did not, and the limits that left less. */
  readonly trace: readonly RuleTrace[];
  readonly cuts: readonly EarnCut[];
  readonly level: Level;
  readonly nextLevel: NextLevel | null;
  /** What a little more on the check would bring, nearest first. */
  readonly hints: readonly Hint[];
};

/** An offer of the check lets no points be spent beside it. */
const NO_POINTS: SpendLimit = { maxSpend: 0n, reason: 'offer', missing: 0n };

/**
 * What a check of our own till would do, by the code that registers it and without writing: the same basket, spend,
 * instant and rules give the same numbers, and what the sale would refuse is refused here. With `holdKey` it tells
 * what the capture of that hold would do.
 */
export function quote(
  state: AccountState,
  basket: Basket & {
    readonly spend?: bigint | undefined;
    readonly deposit?: DepositPayment | undefined;
    readonly holdKey?: string | undefined;
    readonly context?: CheckContext | undefined;
    readonly budgets?: readonly BudgetRoom[] | undefined;
    readonly discount?: bigint | undefined;
    /** Offers whose discounts the lines already bear, the programme's own among them. */
    readonly applied?: AppliedOffers | undefined;
  },
  rules: Rules,
  now: Temporal.Instant,
): Quote | { readonly ok: false; readonly refusal: Refusal } {
  const spend = basket.spend ?? 0n;
  const current = stateAt(state, rules, now).state;
  const wrong = refuseAmount('spend', spend, 0n) ?? refuseAmount('discount', basket.discount, 0n);
  if (wrong !== null) return { ok: false, refusal: wrong };
  const asked = linesOfBasket(basket);
  if (asked.refusal !== null) return { ok: false, refusal: asked.refusal };
  // In the order of the sale, so that both give the same reason.
  if (current.blocked) return { ok: false, refusal: refusal('account_blocked') };
  const offered = basket.applied?.discount ?? 0n;
  const priceable = withDiscount(asked.lines, (basket.discount ?? 0n) + offered, rules);
  const found =
    basket.applied === undefined
      ? afterDiscount(priceable, cardHolderOf(current, rules), basket.context?.venue, rules)
      : { lines: priceable, discount: offered };
  const { lines } = found;
  const source = spendSourceOf(current, basket.holdKey ?? null, rules, now.epochMilliseconds);
  if ('code' in source) return { ok: false, refusal: source };
  const refused = refuseSpend(spend, source, lines, rules);
  if (refused !== null) return { ok: false, refusal: refused };
  if (spend > 0n && basket.applied?.withPoints === false) {
    return { ok: false, refusal: refusal('not_with_points', { wanted: spend }) };
  }
  const limit = basket.applied?.withPoints === false ? NO_POINTS : spendLimitOf(source, lines, rules);
  const where = { at: now.epochMilliseconds, context: basket.context ?? {}, budgets: basket.budgets ?? [] };
  const priced = priceCheck(current, lines, spend, undefined, where, rules);
  const unpaid = refuseDeposit(current, basket.deposit, priced.money, rules);
  if (unpaid !== null) return { ok: false, refusal: unpaid };
  const stamps = tryStamps(current, rules, now, { lines, priced: priced.lines });
  return {
    ok: true,
    available: current.available,
    maxSpend: limit.maxSpend,
    maxSpendReason: limit.reason,
    missingToMinimum: limit.missing,
    spend,
    discount: found.discount,
    money: priced.money,
    deposit: basket.deposit?.amount ?? 0n,
    deposits: offersOfDeposits(current, priced.money, rules),
    cards: stamps.cards,
    rewards: stamps.rewards.map(({ rewardId: _rewardId, ...reward }) => reward),
    earn: priced.earned,
    lines: priced.lines,
    trace: priced.byRules.trace,
    cuts: priced.byRules.cuts,
    level: priced.level,
    nextLevel: nextLevelOf(current, rules, now),
    hints: hintsOf({ state: current, lines: priceable, spend, where, rules, now }, priced),
  };
}

/** Gives the stamps to a throw-away copy of the account, by the code that a sale uses. */
function tryStamps(
  state: AccountState,
  rules: Rules,
  now: Temporal.Instant,
  check: Pick<StampCheck, 'lines' | 'priced'>,
): GivenStamps {
  const nowMs = now.epochMilliseconds;
  return giveStamps(beginOperation(state, rules, now), {
    ...check,
    checkId: 'quote',
    occurredAtMs: nowMs,
    earnedAt: nowMs,
  });
}
