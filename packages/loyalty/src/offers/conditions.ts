import { sumOf } from '../amounts.ts';
import type { Calendar, EpochMs } from '../business-day.ts';
import { endOfTerm } from '../business-day.ts';
import { circumstanceUnmet, type Situation } from '../circumstances.ts';
import { isAbout } from '../earn-conditions.ts';
import type { CheckLine } from '../pricing.ts';
import type { OfferLimits, OfferTerms } from './terms.ts';

/** Why an offer gives nothing on a check. */
export type OfferReason =
  | 'not_yet_valid'
  | 'expired'
  | 'weekday'
  | 'hour'
  | 'venue'
  | 'channel'
  | 'segment'
  | 'level'
  | 'new_guests_only'
  | 'minimum_check'
  /** None of its goods is on the check. */
  | 'no_goods'
  /** Nothing is left to take a discount from. */
  | 'nothing_left'
  /** This guest, or this code, has used it as often as it may be used. */
  | 'already_used'
  /** Everybody together, or the guest in this period, has. */
  | 'limit_reached'
  | 'budget_spent'
  | 'per_check'
  | 'not_combinable'
  | 'not_with_points';

/** Where, when and to whom a check is sold, as far as offers ask. */
export type OfferContext = Situation & {
  /** Whether the guest has bought nothing yet. */
  readonly newGuest?: boolean | undefined;
  /** Points that the same check spends. */
  readonly spend?: bigint | undefined;
};

/** How often an offer has been used, returned uses left out. */
export type OfferUsage = {
  readonly total: number;
  readonly byMember: number;
  /** By the member in the running period of the limit. */
  readonly inPeriod: number;
  /** Money given so far. */
  readonly discounted: bigint;
};

export const NOTHING_USED_YET: OfferUsage = { total: 0, byMember: 0, inPeriod: 0, discounted: 0n };

/** One offer that may be used on a check: a coupon in the guest's hand, or what the programme gives by itself. */
export type Offer = {
  readonly id: string;
  readonly kindId: string;
  readonly terms: OfferTerms;
  /** Whether somebody has asked for it by its code. */
  readonly named: boolean;
  /** The coupon's own life, beside the dates of its terms; half-open. */
  readonly validFromMs: EpochMs | null;
  readonly expiresAtMs: EpochMs | null;
  readonly usage: OfferUsage;
};

/** Whether a line is one of the goods of an offer. */
export function isTouched({ items, except }: Pick<OfferTerms, 'items' | 'except'>, line: CheckLine): boolean {
  const known = { itemId: line.itemId ?? null, groups: line.groups ?? [] };
  return isAbout(items, known) && !(except !== null && isAbout(except, known));
}

/** A gift that is handed out beside the check, a ticket: nothing of the check becomes cheaper. */
export function isPriceless({ effect, items }: OfferTerms): boolean {
  return effect.kind === 'ticket' || (effect.kind === 'free_item' && items === null);
}

/** Why an offer does not hold for a check of these lines (before any discount); `null` when it does. */
export function whyNotOffer(
  offer: Offer,
  context: OfferContext,
  lines: readonly CheckLine[],
  calendar: Calendar,
): OfferReason | null {
  const { terms } = offer;
  return (
    outOfDate(offer, context) ??
    unmetBy(terms, context, calendar) ??
    usedUp(terms.limits, offer.usage) ??
    failsOn(terms, lines)
  );
}

/** The part of the conditions that what is left of a check can break. */
export function failsOn(terms: OfferTerms, lines: readonly CheckLine[]): OfferReason | null {
  if (sumOf(lines, (line) => line.amount) < terms.condition.minCheck) return 'minimum_check';
  if (isPriceless(terms) || terms.effect.kind === 'points') return null;
  if (terms.effect.kind === 'bundle') return null;
  return lines.some((line) => isTouched(terms, line)) ? null : 'no_goods';
}

/** A coupon has dates of its own beside those of its terms. */
function outOfDate({ validFromMs, expiresAtMs }: Offer, { at }: OfferContext): OfferReason | null {
  if (validFromMs !== null && at < validFromMs) return 'not_yet_valid';
  return expiresAtMs !== null && at >= expiresAtMs ? 'expired' : null;
}

function unmetBy({ condition }: OfferTerms, context: OfferContext, calendar: Calendar): OfferReason | null {
  const unmet = circumstanceUnmet(condition, context, calendar);
  if (unmet === 'not_yet') return 'not_yet_valid';
  if (unmet === 'over') return 'expired';
  return unmet ?? (condition.newGuestsOnly && context.newGuest !== true ? 'new_guests_only' : null);
}

function usedUp(limits: OfferLimits, usage: OfferUsage): OfferReason | null {
  if (limits.perMember !== null && usage.byMember >= limits.perMember) return 'already_used';
  if (limits.total !== null && usage.total >= limits.total) return 'limit_reached';
  if (limits.perPeriod !== null && usage.inPeriod >= limits.perPeriod.uses) return 'limit_reached';
  return limits.budget !== null && usage.discounted >= limits.budget ? 'budget_spent' : null;
}

/** When a coupon issued now ends: its days, last one inclusive, and never later than its terms. */
export function couponExpiry(terms: OfferTerms, issuedAt: EpochMs, calendar: Calendar): EpochMs | null {
  const { untilMs } = terms.condition;
  if (terms.lifetimeDays === null) return untilMs;
  const own = endOfTerm(issuedAt, { unit: 'days', length: terms.lifetimeDays, roundUpTo: 'day' }, calendar);
  return untilMs === null ? own : Math.min(own, untilMs);
}

/** When a coupon that a return gives back ends: as before, and at least so many days from now (EX-X12). */
export function reissuedExpiry(
  expiresAtMs: EpochMs | null,
  leastDays: number,
  now: EpochMs,
  calendar: Calendar,
): EpochMs | null {
  if (expiresAtMs === null) return null;
  return Math.max(expiresAtMs, endOfTerm(now, { unit: 'days', length: leastDays, roundUpTo: 'day' }, calendar));
}
