import type { Circumstances } from './circumstances.ts';
import type { OwnTerms } from './expiry.ts';

/** From this earn base (inclusive, minor units of money) the rate is this. */
export type RateStep = { readonly from: bigint; readonly rateBasisPoints: number };

/** A rate by the size of the check instead of the rate of the level. */
export type CheckSizeRate = {
  /** One step for the whole base, or each slab of it by its own step. */
  readonly mode: 'whole_check' | 'slabs';
  /** By rising `from`, the first from 0. */
  readonly steps: readonly RateStep[];
};

/** When a rule holds. `null` asks for nothing. */
export type EarnCondition = Circumstances & {
  /** Only the first so many checks of a member, net of wholly returned ones. */
  readonly firstVisits: number | null;
  /** Least earn base of the whole check, inclusive. */
  readonly minCheck: bigint;
};

/** Lines that a rule is about: any of these items or any of these groups. */
export type ItemSet = { readonly items: readonly string[]; readonly groups: readonly string[] };

export type EarnEffect =
  /** These lines earn nothing. */
  | { readonly kind: 'exclude' }
  /** In the place of the base rate; of several the highest. */
  | { readonly kind: 'rate'; readonly rateBasisPoints: number }
  /** What the rate gives, times this many thousandths. */
  | { readonly kind: 'multiply'; readonly timesThousandths: number }
  /** So many points, once for the check or for every whole piece; multiplied only where the rule says so. */
  | { readonly kind: 'bonus'; readonly points: bigint; readonly per: 'check' | 'piece'; readonly multiplied: boolean };

/** How often a rule may give something to one member, net of wholly returned checks; `null` for no such limit. */
export type RuleLimits = {
  /** Hours that have to lie between two checks to which it gives. */
  readonly cooldownHours: number | null;
  /** Checks of a business day. */
  readonly perDay: number | null;
  /** From Monday. */
  readonly perWeek: number | null;
  /** The calendar month. */
  readonly perMonth: number | null;
  /** Ever. */
  readonly total: number | null;
};

export type EarnRule = {
  readonly id: string;
  readonly name: string;
  readonly condition: EarnCondition;
  /** `null` where a member may have it any number of times. */
  readonly limits: RuleLimits | null;
  /** The campaign budget that pays for what this rule adds; `null` for none. */
  readonly budgetId: string | null;
  /** `null` for every line. */
  readonly items: ItemSet | null;
  readonly effect: EarnEffect;
  /** Terms of its own for the points that the rule gives; `null` for those of the programme. */
  readonly terms: OwnTerms | null;
};

/** Most points for one line, one check and the business days of a member; `null` for no cap. */
export type EarnCaps = {
  readonly perLine: bigint | null;
  readonly perCheck: bigint | null;
  readonly perDay: bigint | null;
  /** From Monday. */
  readonly perWeek: bigint | null;
  /** The calendar month. */
  readonly perMonth: bigint | null;
  /** Most points that a member may have, with those that are pending or held; the check gives up to there. */
  readonly maxBalance: bigint | null;
  /** Checks a day that earn; a further one earns nothing, whatever the behaviour. */
  readonly accrualsPerDay: number | null;
  /** What a cap does to more than it allows: cuts it down, or gives nothing at all. */
  readonly behaviour: 'truncate' | 'reject';
};

export const LINE_KINDS = ['goods', 'tips', 'service', 'delivery'] as const;
/** What a line of a check is for. */
export type LineKind = (typeof LINE_KINDS)[number];

export const EARN_BASES = ['money', 'with_points', 'gross'] as const;
/** What of a line earns: what was paid for it in money, its price with the part paid by points, or the price before discounts. */
export type EarnBase = (typeof EARN_BASES)[number];

export type Earning = {
  readonly base: EarnBase;
  /** Kinds of lines that earn. */
  readonly lineKinds: readonly LineKind[];
  /** Whether what rounding leaves of a point waits for the next check. */
  readonly carryRemainder: boolean;
  /** Least earn base on which anything is earned, inclusive. */
  readonly minCheck: bigint;
  /** `null`: the rate of the level. */
  readonly checkSize: CheckSizeRate | null;
  readonly rules: readonly EarnRule[];
  /** How several multipliers on one line come together. */
  readonly multipliers: 'best' | 'product' | 'sum_of_increments';
  readonly caps: EarnCaps;
};
