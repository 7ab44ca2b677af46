import type { Expiry } from '../expiry.ts';
import type { Operation } from '../operation.ts';
import { record } from '../operation.ts';
import type { Refusal } from '../refusal.ts';
import { refusal } from '../refusal.ts';
import type { OwnTermsChange } from './own-terms.ts';
import { NO_OWN_RATES } from './own-terms.ts';

/**
 * Agrees terms with one member, for the checks and the points from now on. Points that he has keep their terms. A rate
 * stands in the place of the level's; rules of earning with a rate, a multiplier or a bonus still apply to it.
 */
export type SetOwnTerms = { readonly kind: 'own_terms' } & {
  readonly [Name in keyof OwnTermsChange]: OwnTermsChange[Name] | undefined;
};

export type OwnTermsOutcome = { readonly kind: 'own_terms'; readonly changed: boolean };

const MAX_BASIS_POINTS = 10_000;

/** Writes what differs; the same terms again change nothing. Refuses `value_invalid` for a share that is none. */
export function setOwnTerms(operation: Operation, command: SetOwnTerms): OwnTermsOutcome | Refusal {
  for (const field of ['rateBasisPoints', 'discountBasisPoints'] as const) {
    const value = command[field];
    if (value === undefined || value === null) continue;
    const valid = Number.isSafeInteger(value) && value >= 0 && value <= MAX_BASIS_POINTS;
    if (!valid) return refusal('value_invalid', { field, value });
  }
  const own = changeOf(operation, command);
  const changed = Object.keys(own).length > 0;
  if (changed) record(operation, { kind: 'own_terms', own, ...toldOf(own) });
  return { kind: 'own_terms', changed };
}

function changeOf({ state }: Operation, command: SetOwnTerms): OwnTermsChange {
  const { rateBasisPoints, discountBasisPoints, expiry } = command;
  const known = state.ownRates ?? NO_OWN_RATES;
  const isNew = <T>(wanted: T | undefined, has: T): wanted is T => wanted !== undefined && wanted !== has;
  return {
    ...(isNew(rateBasisPoints, known.rateBasisPoints) ? { rateBasisPoints } : {}),
    ...(isNew(discountBasisPoints, known.discountBasisPoints) ? { discountBasisPoints } : {}),
    ...(expiry !== undefined && !isSameTerm(expiry, state.ownExpiry) ? { expiry } : {}),
  };
}

/** Terms are plain values. The order of their members is that of the reader who made them. */
const isSameTerm = (one: Expiry | null, other: Expiry | null): boolean => plainOf(one) === plainOf(other);

const plainOf = (expiry: Expiry | null): string =>
  JSON.stringify(expiry === null ? null : Object.entries(expiry).sort(([a], [b]) => (a < b ? -1 : 1)));

/** numbers: rateBasisPoints, discountBasisPoints, lifetimeDays; texts: which of them are the programme's again. */
function toldOf({ rateBasisPoints, discountBasisPoints, expiry }: OwnTermsChange) {
  const days = expiry?.kind === 'period' && expiry.unit === 'days' ? expiry.length : null;
  return {
    numbers: {
      ...(typeof rateBasisPoints === 'number' ? { rateBasisPoints: BigInt(rateBasisPoints) } : {}),
      ...(typeof discountBasisPoints === 'number' ? { discountBasisPoints: BigInt(discountBasisPoints) } : {}),
      ...(days === null ? {} : { lifetimeDays: BigInt(days) }),
    },
    texts: {
      ...(rateBasisPoints === null ? { rate: 'programme' } : {}),
      ...(discountBasisPoints === null ? { discount: 'programme' } : {}),
      ...(expiry === undefined ? {} : { expiry: expiry === null ? 'programme' : expiry.kind }),
    },
  };
}
