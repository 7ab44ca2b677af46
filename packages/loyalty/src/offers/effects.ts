import { allocate, BASIS_POINTS, smallest, sumOf } from '../amounts.ts';
import { isAbout } from '../earn-conditions.ts';
import type { CheckLine } from '../pricing.ts';
import { isTouched } from './conditions.ts';
import type { BundlePart, OfferTerms } from './terms.ts';

const THOUSAND = 1000n;
/** Bundles on one check that are looked for. */
const MAX_BUNDLES = 100;

/** A line as the offers before this one have left it. */
type Priced = { readonly line: CheckLine; readonly amount: bigint; readonly quantity: bigint; readonly pieces: bigint };

/**
 * What an offer takes off each line, whose amounts stand as earlier offers have left them. The sum is rounded down
 * once and shared by largest remainder; no line falls below 0, and together it is at most `most`.
 */
export function discountOf(
  terms: OfferTerms,
  lines: readonly CheckLine[],
  amounts: readonly bigint[],
  most: bigint | null,
): readonly bigint[] {
  const priced = lines.map((line, index): Priced => {
    const quantity = BigInt(line.quantityThousandths ?? 1000);
    return { line, amount: amounts[index]!, quantity, pieces: quantity / THOUSAND };
  });
  const full = fullDiscountOf(terms, priced);
  const cap = smallest(most ?? sumOf(full, (part) => part), terms.maxDiscount ?? sumOf(full, (part) => part));
  return sumOf(full, (part) => part) <= cap ? full : allocate(cap, full);
}

function fullDiscountOf(terms: OfferTerms, lines: readonly Priced[]): readonly bigint[] {
  const { effect } = terms;
  const touched = lines.map(({ line, amount }) => (isTouched(terms, line) ? amount : 0n));
  const sum = sumOf(touched, (amount) => amount);
  switch (effect.kind) {
    case 'percent':
      return allocate((sum * BigInt(effect.basisPoints)) / BASIS_POINTS, touched);
    case 'amount':
      return allocate(smallest(effect.amount, sum), touched);
    case 'fixed_price':
      return lines.map(({ quantity }, index) => {
        const target = (effect.price * quantity) / THOUSAND;
        return touched[index]! > target ? touched[index]! - target : 0n;
      });
    case 'free_item': {
      if (terms.items === null) return lines.map(() => 0n);
      return worthOf(lines, takePieces(lines, goodsOf(terms), BigInt(effect.pieces), 'cheapest'));
    }
    case 'nth_item': {
      const goods = goodsOf(terms);
      const pieces = sumOf(lines, (one) => (goods(one) ? one.pieces : 0n)) / BigInt(effect.every);
      const worth = worthOf(lines, takePieces(lines, goods, pieces, 'cheapest'));
      return allocate((sumOf(worth, (part) => part) * BigInt(effect.basisPoints)) / BASIS_POINTS, worth);
    }
    case 'bundle':
      return bundleDiscount(terms, effect.parts, effect.price, lines);
    case 'points':
    case 'ticket':
      return lines.map(() => 0n);
  }
}

const goodsOf =
  (terms: OfferTerms) =>
  ({ line }: Priced): boolean =>
    isTouched(terms, line);

/** What so many pieces of each line are worth; all pieces of a line are worth exactly the line. */
function worthOf(lines: readonly Priced[], taken: readonly bigint[]): readonly bigint[] {
  return lines.map(({ amount, quantity }, index) => (amount * taken[index]! * THOUSAND) / quantity);
}

/** Whole pieces by line, the cheapest or the dearest first, ties to the first line. */
function takePieces(
  lines: readonly Priced[],
  about: (line: Priced) => boolean,
  wanted: bigint,
  first: 'cheapest' | 'dearest',
  left: readonly bigint[] = lines.map((line) => line.pieces),
): bigint[] {
  const taken = lines.map(() => 0n);
  const sign = first === 'cheapest' ? 1 : -1;
  const order = lines
    .map((line, index) => ({ line, index }))
    .filter(({ line, index }) => left[index]! > 0n && line.amount > 0n && about(line))
    .sort((a, b) => {
      // Unit prices compared as fractions: a.amount / a.quantity against b.amount / b.quantity.
      const difference = a.line.amount * b.line.quantity - b.line.amount * a.line.quantity;
      return difference === 0n ? a.index - b.index : difference > 0n ? sign : -sign;
    });
  let missing = wanted;
  for (const { index } of order) {
    const pieces = smallest(left[index]!, missing);
    taken[index] = pieces;
    missing -= pieces;
  }
  return taken;
}

/** As many bundles as the goods allow and as make them cheaper; each takes the dearest goods that fit. */
function bundleDiscount(
  terms: OfferTerms,
  parts: readonly BundlePart[],
  price: bigint,
  lines: readonly Priced[],
): readonly bigint[] {
  let left = lines.map((line) => line.pieces);
  const taken = lines.map(() => 0n);
  let bundles = 0n;
  while (bundles < MAX_BUNDLES) {
    const one = takeBundle(terms, parts, lines, left);
    if (one === null || sumOf(worthOf(lines, one), (part) => part) <= price) break;
    left = left.map((pieces, index) => pieces - one[index]!);
    for (const [index, pieces] of one.entries()) taken[index]! += pieces;
    bundles += 1n;
  }
  const worth = worthOf(lines, taken);
  const off = sumOf(worth, (part) => part) - price * bundles;
  return off > 0n ? allocate(off, worth) : lines.map(() => 0n);
}

function takeBundle(
  terms: OfferTerms,
  parts: readonly BundlePart[],
  lines: readonly Priced[],
  before: readonly bigint[],
): bigint[] | null {
  let left = [...before];
  for (const { items, pieces } of parts) {
    const about = ({ line }: Priced): boolean =>
      isTouched(terms, line) && isAbout(items, { itemId: line.itemId ?? null, groups: line.groups ?? [] });
    const part = takePieces(lines, about, BigInt(pieces), 'dearest', left);
    if (sumOf(part, (one) => one) < BigInt(pieces)) return null;
    left = left.map((one, index) => one - part[index]!);
  }
  return before.map((one, index) => one - left[index]!);
}
