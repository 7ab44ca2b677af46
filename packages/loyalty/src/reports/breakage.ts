import { BASIS_POINTS, divideRounded, sumOf } from '../amounts.ts';

/** Points of one month of issue, minor units. */
export type Cohort = {
  /** `YYYY-MM`, the month in which they were given. */
  readonly month: string;
  readonly issued: bigint;
  readonly redeemed: bigint;
  readonly expired: bigint;
  readonly outstanding: bigint;
};

/** How much of what is given is spent in the end, in basis points, by cohorts of which nothing is left; `null` without any. */
export function ultimateRedemptionRate(cohorts: readonly Cohort[]): number | null {
  const matured = cohorts.filter((cohort) => cohort.outstanding === 0n && cohort.redeemed + cohort.expired > 0n);
  const ended = sumOf(matured, (cohort) => cohort.redeemed + cohort.expired);
  if (ended === 0n) return null;
  const redeemed = sumOf(matured, (cohort) => cohort.redeemed);
  return Number(divideRounded(redeemed * BASIS_POINTS, ended, 'half_even'));
}

/** What of an open cohort will still be spent and what will burn; together they are what is outstanding. */
export type Expected = { readonly redemption: bigint; readonly breakage: bigint };

/**
 * @param rateBasisPoints ultimate redemption rate of matured cohorts. A cohort that has spent more than it says expects
 *   nothing further; one that burned little cannot spend more than it has.
 */
export function expectedOf({ issued, redeemed, outstanding }: Cohort, rateBasisPoints: number): Expected {
  const further = divideRounded(issued * BigInt(rateBasisPoints), BASIS_POINTS, 'half_even') - redeemed;
  const redemption = further < 0n ? 0n : further > outstanding ? outstanding : further;
  return { redemption, breakage: outstanding - redemption };
}

/** How a sale that grants points divides into revenue of now and of later (IFRS 15), minor units of money. */
export type DeferredSale = {
  /** What the points are worth by themselves: their value times the rate at which they are spent. */
  readonly pointsValue: bigint;
  readonly deferred: bigint;
  readonly revenueNow: bigint;
};

export function deferSale(
  { money, points, moneyPerPoint }: { readonly money: bigint; readonly points: bigint; readonly moneyPerPoint: bigint },
  rateBasisPoints: number,
): DeferredSale {
  const pointsValue = divideRounded(points * moneyPerPoint * BigInt(rateBasisPoints), BASIS_POINTS, 'half_even');
  const whole = money + pointsValue;
  const deferred = whole === 0n ? 0n : divideRounded(money * pointsValue, whole, 'half_even');
  return { pointsValue, deferred, revenueNow: money - deferred };
}

/** What of the deferred part becomes revenue once so many of its points have been spent, in all. */
export function recognisedOf(
  { pointsValue, deferred }: DeferredSale,
  redeemed: { readonly points: bigint; readonly moneyPerPoint: bigint },
): bigint {
  if (pointsValue === 0n) return 0n;
  const value = redeemed.points * redeemed.moneyPerPoint;
  const recognised = divideRounded(deferred * value, pointsValue, 'half_even');
  return recognised > deferred ? deferred : recognised;
}

/**
 * The share of lots whose end was put off, in basis points: the higher it is, the more of what the estimate lets burn
 * will be spent. `null` without any lot.
 */
export function extendedShare({ lots, extended }: { readonly lots: number; readonly extended: number }): number | null {
  return lots === 0 ? null : Math.round((extended / lots) * 10_000);
}
