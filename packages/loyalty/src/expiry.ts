import type { EpochMs, Term, YearDay } from './business-day.ts';

/** From which day a term counts; the two differ only when activation is delayed. */
export type CountFrom = 'activation' | 'earning';

export const ACTIVITIES = ['earn', 'spend', 'visit'] as const;
/** What keeps sliding points alive: a check that earned, a check that was paid with points, any check. */
export type Activity = (typeof ACTIVITIES)[number];

export type Expiry =
  | { readonly kind: 'never' }
  /** All of them at one instant, such as the end of a promotion. */
  | { readonly kind: 'instant'; readonly atMs: EpochMs }
  /** The whole balance so long after the last activity, last day inclusive. */
  | {
      readonly kind: 'sliding';
      readonly unit: Term['unit'];
      readonly length: number;
      readonly activity: readonly Activity[];
    }
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

/** When earned points become usable. */
export type ActivationDelay =
  | { readonly kind: 'none' }
  /** From the start of the business day that lies this many days after the day of earning. */
  | { readonly kind: 'days'; readonly days: number }
  /** Exactly this many hours after earning. */
  | { readonly kind: 'hours'; readonly hours: number }
  /** From the start of the first of these days of the year that lies after the day of earning. */
  | { readonly kind: 'dates'; readonly dates: readonly YearDay[] }
  /** By word that the check was closed or the order delivered; without it they are cancelled after this many days. */
  | { readonly kind: 'event'; readonly cancelAfterDays: number | null }
  /** By decision of the staff. */
  | { readonly kind: 'manual' };

/** Terms of its own that a rule of earning gives its points; `null` is the programme's. */
export type OwnTerms = { readonly expiry: Expiry | null; readonly activationDelay: ActivationDelay | null };
