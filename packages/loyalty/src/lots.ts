import { smallest } from './amounts.ts';
import type { EpochMs } from './business-day.ts';
import type { Expiry } from './expiry.ts';

/** Why points were issued; the second half of the account name `issued:<reason>`. */
export const ISSUE_REASONS = [
  'purchase',
  'welcome',
  'birthday',
  'referral',
  'campaign',
  'manual',
  'import',
  'goodwill',
  // Money that a guest pays in on a deposit.
  'top_up',
] as const;
export type IssueReason = (typeof ISSUE_REASONS)[number];

/** The unchanging part of a lot: a parcel of points with one origin, one activation and one expiry. */
export type LotTerms = {
  /** Counted inside the account, from 1. */
  readonly id: number;
  readonly original: bigint;
  readonly activatesAtMs: EpochMs;
  /** Usable while `activatesAtMs ≤ t < expiresAtMs`; `null` never expires. */
  readonly expiresAtMs: EpochMs | null;
  readonly reason: IssueReason;
  /** The entry that opened the lot. */
  readonly openedBy: number;
  /** The check that earned these points or gave them back, if there was one. */
  readonly checkId: string | null;
  /** For a grace lot: the lot in which its points were first issued. `null` for a lot of its own. */
  readonly originLotId: number | null;
  /** The sliding term, such as `P90D`: all points of the wallet that have it burn together. */
  readonly slides?: string;
  /** Usable only after an event; cancelled without it at an instant, or never (`null`). Their term is still to come. */
  readonly awaits?: { readonly cancelsAtMs: EpochMs | null; readonly expiry: Expiry };
  /** The partner of a coalition that issued the points. */
  readonly partner?: string;
  /** The value, in basis points, at which the partner has paid for them into the pool when it issued them. */
  readonly prepaid?: number;
};

export type Lot = LotTerms & {
  readonly remaining: bigint;
  /** Whether the activation is written; the points stand in `available` if so, in `pending` if not. */
  readonly active: boolean;
};

/** Whether a lot becomes usable by an event and not by time. */
export function isWaiting(lot: Lot): boolean {
  return !lot.active && lot.awaits !== undefined;
}

/** So many points of one lot. */
export type LotAmount = { readonly lotId: number; readonly amount: bigint };

/** Order of consumption: soonest to expire first (never-expiring last), then earliest activation, then lowest id. */
export function compareLots(a: LotTerms, b: LotTerms): number {
  const byExpiry = (a.expiresAtMs ?? Number.POSITIVE_INFINITY) - (b.expiresAtMs ?? Number.POSITIVE_INFINITY);
  // Two never-expiring lots give Infinity − Infinity, which is NaN and falls through.
  if (byExpiry < 0 || byExpiry > 0) return byExpiry;
  return a.activatesAtMs - b.activatesAtMs || a.id - b.id;
}

export const LOT_ORDERS = ['soonest_expiry', 'oldest_earned', 'gifts_first'] as const;
/** Which points are taken first. Gifts are all points that no purchase has earned. */
export type LotOrder = (typeof LOT_ORDERS)[number];

/** The lots of a state in the order in which these rules take from them. A state keeps them by `compareLots`. */
export function inOrder(lots: readonly Lot[], order: LotOrder): readonly Lot[] {
  if (order === 'soonest_expiry') return lots;
  if (order === 'oldest_earned') return [...lots].sort((a, b) => a.activatesAtMs - b.activatesAtMs || a.id - b.id);
  const isGift = (lot: Lot): boolean => lot.reason !== 'purchase';
  return [...lots.filter(isGift), ...lots.filter((lot) => !isGift(lot))];
}

/** The lots with one more, in order of consumption. */
export function withLot(lots: readonly Lot[], lot: Lot): readonly Lot[] {
  const at = lots.findIndex((other) => compareLots(lot, other) < 0);
  return at === -1 ? [...lots, lot] : [...lots.slice(0, at), lot, ...lots.slice(at)];
}

/** Takes up to `wanted` points from active lots in the order given, skipping those in `except`. */
export function takeFromLots(lots: readonly Lot[], wanted: bigint, except?: ReadonlySet<number>): LotAmount[] {
  const taken: LotAmount[] = [];
  let missing = wanted;
  for (const lot of lots) {
    if (missing === 0n) break;
    if (!lot.active || except?.has(lot.id)) continue;
    const amount = smallest(lot.remaining, missing);
    taken.push({ lotId: lot.id, amount });
    missing -= amount;
  }
  return taken;
}
