import type { EpochMs, Term } from '../business-day.ts';
import { endOfTerm } from '../business-day.ts';
import type { Activity } from '../expiry.ts';
import { ACTIVITIES } from '../expiry.ts';
import type { LotTerms } from '../lots.ts';
import type { Rules } from '../rules.ts';

/**
 * The instants at which sliding points burn, by their term: all points of one term burn together. A term is named as
 * `P90D` or `P12M`.
 */
export type Slides = Readonly<Record<string, EpochMs>>;

export function nameOfSlide({ unit, length }: Pick<Term, 'unit' | 'length'>): string {
  return `P${length}${unit === 'days' ? 'D' : 'M'}`;
}

/** The end of a sliding term that counts from an activity, last day inclusive. */
export function endOfSlide(name: string, activeAt: EpochMs, rules: Rules): EpochMs {
  const unit = name.endsWith('D') ? 'days' : 'months';
  return endOfTerm(activeAt, { unit, length: Number(name.slice(1, -1)), roundUpTo: 'day' }, rules);
}

/**
 * The terms of a lot as they stand now: what slides has the end that all such points of the wallet have. Points that
 * come back into a lot therefore live as long as if they had never left it.
 */
export function currentTerms(terms: LotTerms, { slides }: { readonly slides: Slides }): LotTerms {
  const end = terms.slides === undefined ? undefined : slides[terms.slides];
  return end === undefined ? terms : { ...terms, expiresAtMs: end };
}

/** How an activity of the member moves the ends of sliding points; `null` when it moves none. Never backwards. */
export function slidesBy(
  { slides }: { readonly slides: Slides },
  happened: readonly Activity[],
  at: EpochMs,
  rules: Rules,
): Slides | null {
  const names = Object.keys(slides);
  if (names.length === 0) return null;
  const counting: readonly Activity[] = rules.expiry.kind === 'sliding' ? rules.expiry.activity : ACTIVITIES;
  if (!happened.some((one) => counting.includes(one))) return null;
  const moved: Record<string, EpochMs> = {};
  for (const name of names) {
    const end = endOfSlide(name, at, rules);
    if (end > slides[name]!) moved[name] = end;
  }
  return Object.keys(moved).length === 0 ? null : moved;
}
