import fc from 'fast-check';

const OWN_TERM = { kind: 'period', unit: 'days', length: 4, roundUpTo: 'day', countFrom: 'activation' } as const;

/** A step of a random history: terms agreed with the member, or taken back. */
export const ownTermsStep = fc.record({
  kind: fc.constant('own_terms' as const),
  rateBasisPoints: fc.constantFrom(undefined, null, 0, 333, 2500),
  discountBasisPoints: fc.constantFrom(undefined, null, 0, 777, 10_000),
  expiry: fc.constantFrom(undefined, null, OWN_TERM),
});
