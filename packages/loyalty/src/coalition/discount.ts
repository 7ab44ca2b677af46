import type { AccountState } from '../account.ts';
import { allocate, BASIS_POINTS, sumOf } from '../amounts.ts';
import { earningPath } from '../earning-path.ts';
import { levelOf } from '../levels/climb.ts';
import type { CheckLine } from '../pricing.ts';
import type { Rules } from '../rules.ts';
import type { DiscountCell } from './settings.ts';

/** Which cell was found: agreed with the member, of the level at the venue, of the level anywhere, of anybody at the venue, or none. */
export type DiscountFit = 'own' | 'exact' | 'level' | 'venue' | 'default';

export type FoundDiscount = {
  /** Share of the check, in basis points; 0 for no discount. */
  readonly basisPoints: number;
  readonly fit: DiscountFit;
  /** A matrix that has never heard of this venue gave its default: the operator should know. */
  readonly venueUnknown: boolean;
};

const NOTHING: FoundDiscount = { basisPoints: 0, fit: 'default', venueUnknown: false };

/** Whose card it is: the id of the level, and the share agreed with the member where there is one. */
export type CardHolder = { readonly level: string; readonly own: number | null };

export const cardHolderOf = (state: AccountState, rules: Rules): CardHolder => ({
  level: levelOf(state, rules).id,
  own: state.ownRates?.discountBasisPoints ?? null,
});

/** The discount of a card at this venue: agreed with its holder → its own cell → the level anywhere → anybody here → default. */
export function discountOf({ discount }: Rules, { level, own }: CardHolder, venue: string | undefined): FoundDiscount {
  if (own !== null) return { basisPoints: own, fit: 'own', venueUnknown: false };
  if (discount === null) return NOTHING;
  let best: DiscountCell | null = null;
  let fit: DiscountFit = 'default';
  let venueNamed = false;
  for (const cell of discount.cells) {
    const here = cell.venue !== null && cell.venue === venue;
    if (here) venueNamed = true;
    const found = fitOf(cell, level, here);
    if (found === null || RANK[found] <= RANK[fit]) continue;
    best = cell;
    fit = found;
  }
  if (best !== null) return { basisPoints: best.basisPoints, fit, venueUnknown: false };
  const venueUnknown = discount.kind === 'matrix' && venue !== undefined && !venueNamed;
  return { basisPoints: discount.defaultBasisPoints, fit, venueUnknown };
}

const RANK: Readonly<Record<DiscountFit, number>> = { own: 4, exact: 3, level: 2, venue: 1, default: 0 };

function fitOf(cell: DiscountCell, level: string, here: boolean): DiscountFit | null {
  if (cell.level !== null && cell.level !== level) return null;
  if (cell.venue !== null && !here) return null;
  if (cell.venue === null) return 'level';
  return cell.level === null ? 'venue' : 'exact';
}

/** What a card says of its discount before any check. */
export type CardDiscount = {
  /** Share of a check, in basis points. */
  readonly basisPoints: number;
  /** No check of the programme earns points: the percent is all there is to say. */
  readonly alone: boolean;
};

/** The discount of a card, as agreed for every venue; `null` where neither the rules nor the member know one. */
export function cardDiscountOf(rules: Rules, holder: CardHolder): CardDiscount | null {
  if (rules.discount === null && holder.own === null) return null;
  return { basisPoints: discountOf(rules, holder, undefined).basisPoints, alone: earningPath(rules) === null };
}

export type DiscountedLines = {
  readonly lines: readonly CheckLine[];
  /** Minor units of money. */
  readonly discount: bigint;
  /** What the rules gave; `null` where they know no discount. */
  readonly found: FoundDiscount | null;
};

/** A basket of our own till as it goes on to the points: after the discount that its card gives here. */
export function afterDiscount(
  lines: readonly CheckLine[],
  holder: CardHolder,
  venue: string | undefined,
  rules: Rules,
): DiscountedLines {
  if (rules.discount === null && holder.own === null) return { lines, discount: 0n, found: null };
  const found = discountOf(rules, holder, venue);
  return { ...discountLines(lines, found.basisPoints, rules), found };
}

/**
 * The lines after a discount on the whole check: one floor for the check, spread over its lines by largest remainder.
 * Amounts are minor units of money.
 */
function discountLines(
  lines: readonly CheckLine[],
  basisPoints: number,
  { earning }: Rules,
): { readonly lines: readonly CheckLine[]; readonly discount: bigint } {
  if (basisPoints === 0) return { lines, discount: 0n };
  const amounts = lines.map((line) => line.amount);
  const discount = (sumOf(amounts, (amount) => amount) * BigInt(basisPoints)) / BASIS_POINTS;
  const parts = allocate(discount, amounts);
  const discounted = lines.map((line, index): CheckLine => {
    const amount = line.amount - parts[index]!;
    return earning.base === 'gross'
      ? { ...line, amount, discount: (line.discount ?? 0n) + parts[index]! }
      : { ...line, amount };
  });
  return { lines: discounted, discount };
}
