import type { Term, YearDay } from './business-day.ts';

/** From which day a term counts; the two differ only when activation is delayed. */
export type CountFrom = 'activation' | 'earning';

export type Expiry =
  | { readonly kind: 'never' }
  /** On the first of these days of the year that leaves the points at least `leastDays` days; it is the last valid one. */
  | {
      readonly kind: 'dates';
      readonly dates: readonly YearDay[];
      readonly leastDays: number;
      readonly countFrom: CountFrom;
    }
  | ({
      readonly kind: 'period';
      readonly countFrom: CountFrom;
    } & Term);
