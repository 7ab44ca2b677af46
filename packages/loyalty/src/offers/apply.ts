import { moneyPerPoint, sumOf } from '../amounts.ts';
import type { CheckLine } from '../pricing.ts';
import type { Rules } from '../rules.ts';
import type { Offer, OfferContext, OfferReason } from './conditions.ts';
import { isPriceless, NOTHING_USED_YET, whyNotOffer } from './conditions.ts';
import { discountOf } from './effects.ts';
import type { OfferTerms } from './terms.ts';
import { plainTerms } from './terms.ts';

/** Offers that one check may bring together; more is a defect of the caller. */
export const MAX_OFFERS = 40;
/** Offers about goods of which every combination is tried. */
const SEARCHED_OFFERS = 6;

/** An offer that was used, and what it took off each line (by the index of the line). */
export type UsedOffer = {
  readonly offer: Offer;
  readonly discount: bigint;
  readonly byLine: readonly bigint[];
  /** Points that it grants. */
  readonly points: bigint;
};

export type UnusedOffer = {
  readonly offer: Offer;
  readonly reason: OfferReason;
  /** For `minimum_check`: money that is missing to it; otherwise 0. */
  readonly missing: bigint;
};

export type AppliedOffers = {
  /** The lines after all discounts: what points and money pay. */
  readonly lines: readonly CheckLine[];
  readonly discount: bigint;
  /** In order of application. */
  readonly used: readonly UsedOffer[];
  readonly unused: readonly UnusedOffer[];
  /** Whether every used offer lets points be spent on the same check. */
  readonly withPoints: boolean;
};

/**
 * Uses offers on a check. Goods first, then the whole check, each on what the offers before it have left. Of offers
 * that do not go together the set that is worth most to the guest wins, or the one of highest priority. What has no
 * price on the check (a ticket, a gift handed out) is never traded away for a discount when it was asked for.
 *
 * The search is bounded: the common offers, or one of the exclusive ones, each with and without those that are about
 * goods, which can spoil one another. Up to `SEARCHED_OFFERS` of them that is 64 sets each; more are taken together.
 */
export function applyOffers(
  lines: readonly CheckLine[],
  offers: readonly Offer[],
  context: OfferContext,
  rules: Rules,
): AppliedOffers {
  if (offers.length === 0) return { lines, discount: 0n, used: [], unused: [], withPoints: true };
  if (offers.length > MAX_OFFERS) throw new RangeError(`At most ${MAX_OFFERS} offers come together on one check`);
  const reasons = new Map<Offer, OfferReason>();
  for (const offer of offers) {
    const reason = whyNotOffer(offer, context, lines, rules) ?? notWithPoints(offer, context);
    if (reason !== null) reasons.set(offer, reason);
  }
  const valid = withinCheck(
    offers.filter((offer) => !reasons.has(offer)),
    reasons,
  );
  const chosen = choose(lines, valid, rules);
  for (const offer of valid) {
    if (!chosen.offers.includes(offer)) reasons.set(offer, 'not_combinable');
    else if (!chosen.used.some((use) => use.offer === offer)) reasons.set(offer, 'nothing_left');
  }
  const gross = sumOf(lines, (line) => line.amount);
  return {
    lines: chosen.used.length === 0 ? lines : lines.map((line, index) => discounted(line, chosen.amounts[index]!)),
    discount: sumOf(chosen.used, (use) => use.discount),
    used: chosen.used,
    unused: [...reasons].map(([offer, reason]) => {
      const missing = reason === 'minimum_check' ? offer.terms.condition.minCheck - gross : 0n;
      return { offer, reason, missing };
    }),
    withPoints: chosen.used.every(({ offer }) => offer.terms.stacking.withPoints),
  };
}

/** A line with what came off it noted, for programmes that earn on the price before discounts. */
function discounted(line: CheckLine, amount: bigint): CheckLine {
  return amount === line.amount ? line : { ...line, amount, discount: (line.discount ?? 0n) + line.amount - amount };
}

/** A discount that the programme itself gives (by level, by a coalition's matrix): one more common offer. */
export function programmeDiscount(basisPoints: number, id = 'programme'): Offer {
  const terms = plainTerms({ kind: 'percent', basisPoints });
  return { id, kindId: id, terms, named: false, validFromMs: null, expiresAtMs: null, usage: NOTHING_USED_YET };
}

function notWithPoints({ terms }: Offer, { spend = 0n }: OfferContext): OfferReason | null {
  return spend > 0n && !terms.stacking.withPoints ? 'not_with_points' : null;
}

/** Of several coupons of one kind as many as one check takes, those that were asked for first. */
function withinCheck(offers: readonly Offer[], reasons: Map<Offer, OfferReason>): readonly Offer[] {
  const counts = new Map<string, number>();
  const kept = new Set<Offer>();
  for (const offer of [...offers.filter(({ named }) => named), ...offers.filter(({ named }) => !named)]) {
    const count = (counts.get(offer.kindId) ?? 0) + 1;
    if (count > offer.terms.limits.perCheck) {
      reasons.set(offer, 'per_check');
      continue;
    }
    counts.set(offer.kindId, count);
    kept.add(offer);
  }
  return offers.filter((offer) => kept.has(offer));
}

type Applied = { readonly offers: readonly Offer[]; readonly used: readonly UsedOffer[]; readonly amounts: bigint[] };

function choose(lines: readonly CheckLine[], offers: readonly Offer[], rules: Rules): Applied {
  const sets = setsOf(offers, rules).map((set) => applyInOrder(lines, set));
  const perPoint = moneyPerPoint(rules);
  let best = sets[0]!;
  for (const set of sets.slice(1)) {
    const [value, bestValue] = [worthOf(set, perPoint), worthOf(best, perPoint)];
    if (value > bestValue || (value === bestValue && namedIn(set) > namedIn(best))) best = set;
  }
  return best;
}

/** The sets of offers that go together, each as large as it can be. */
function setsOf(offers: readonly Offer[], rules: Rules): readonly (readonly Offer[])[] {
  const always = offers.filter(({ terms }) => terms.stacking.category === 'always');
  const commons = offers.filter(({ terms }) => terms.stacking.category === 'common');
  const exclusives = offers.filter(({ terms }) => terms.stacking.category === 'exclusive');
  const alone = exclusives.map((one) => [...always, one]);
  if (rules.offers.conflicts === 'priority') {
    if (exclusives.length === 0) return [offers];
    const first = [...commons, ...exclusives].reduce((a, b) =>
      b.terms.stacking.priority > a.terms.stacking.priority ? b : a,
    );
    return first.terms.stacking.category === 'exclusive' ? [[...always, first]] : [[...always, ...commons]];
  }
  const asked = ({ named, terms }: Offer): boolean => named && isPriceless(terms);
  const wanted = exclusives.filter(asked);
  if (wanted.length > 0) return wanted.map((one) => [...always, one]).flatMap(combinationsOf);
  const together = [...always, ...commons];
  return (commons.some(asked) ? [together] : [together, ...alone]).flatMap(combinationsOf);
}

/** All of them first, then without some of those about goods that nobody asked for. */
function combinationsOf(set: readonly Offer[]): readonly (readonly Offer[])[] {
  const searched = set.filter(({ terms }) => isAboutGoods(terms));
  if (searched.length < 2 || searched.length > SEARCHED_OFFERS) return [set];
  return Array.from({ length: 2 ** searched.length }, (_none, without) => {
    const left = searched.filter((_offer, index) => (without >> index) % 2 === 1);
    return set.filter((offer) => !left.includes(offer));
  });
}

function worthOf({ used }: Applied, perPoint: bigint): bigint {
  return sumOf(used, ({ discount, points }) => discount + points * perPoint);
}

const namedIn = ({ offers }: Applied): number => offers.filter(({ named }) => named).length;

/** By goods or whole check, then the owner's order, then percents before amounts, then as they were given. */
function applyInOrder(lines: readonly CheckLine[], offers: readonly Offer[]): Applied {
  const amounts = lines.map((line) => line.amount);
  const used: UsedOffer[] = [];
  const ordered = [...offers].sort(
    ({ terms: a }, { terms: b }) =>
      Number(isOfCheck(a)) - Number(isOfCheck(b)) ||
      a.stacking.order - b.stacking.order ||
      Number(a.effect.kind === 'amount') - Number(b.effect.kind === 'amount'),
  );
  for (const offer of ordered) {
    const { effect, limits } = offer.terms;
    const left = limits.budget === null ? null : limits.budget - offer.usage.discounted;
    const byLine = discountOf(offer.terms, lines, amounts, left);
    const discount = sumOf(byLine, (part) => part);
    const points = effect.kind === 'points' ? effect.points : 0n;
    if (discount === 0n && points === 0n && !isPriceless(offer.terms)) continue;
    for (const [index, part] of byLine.entries()) amounts[index]! -= part;
    used.push({ offer, discount, byLine, points });
  }
  return { offers, used, amounts };
}

function isOfCheck({ effect, items }: OfferTerms): boolean {
  return items === null && (effect.kind === 'percent' || effect.kind === 'amount');
}

/** Whether it matters to an offer which lines earlier ones have made cheaper, and not only by how much in all. */
function isAboutGoods(terms: OfferTerms): boolean {
  return terms.except !== null || !(isOfCheck(terms) || isPriceless(terms) || terms.effect.kind === 'points');
}
