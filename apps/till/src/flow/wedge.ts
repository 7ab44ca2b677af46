/**
 * A scanner that plugs in as a keyboard types its code much faster than a person and ends with Enter. This module tells such a
 * burst from typing, so that a card scanned while a sum is being entered is a card, and never becomes the sum.
 */
export interface WedgeRules {
  /** The longest pause between two keys of a scanner, milliseconds. */
  readonly longestGapMs: number;
  /** Shorter bursts are a person's quick fingers. */
  readonly fewestKeys: number;
}

export const wedgeRules: WedgeRules = { longestGapMs: 80, fewestKeys: 7 };
const LONGEST_CODE = 200;

export interface Wedge {
  readonly keys: string;
  readonly lastAtMs: number;
}

export const quietWedge: Wedge = { keys: '', lastAtMs: Number.NEGATIVE_INFINITY };

export interface WedgeStep {
  readonly wedge: Wedge;
  /** The whole code, when this key was the Enter that ends a scan. */
  readonly scanned: string | null;
  /** True when this key begins a new burst: the caller remembers what the field held before it. */
  readonly began: boolean;
}

/** Takes one key (`event.key`) at a moment of a monotonic clock. */
export function takeKey(wedge: Wedge, key: string, atMs: number, rules: WedgeRules = wedgeRules): WedgeStep {
  const quick = atMs - wedge.lastAtMs <= rules.longestGapMs;
  if (key === 'Enter') {
    const scanned = quick && wedge.keys.length >= rules.fewestKeys ? wedge.keys : null;
    return { wedge: quietWedge, scanned, began: false };
  }
  // Scanners press Shift for capitals: it neither belongs to the code nor ends it.
  if (key.length !== 1) return { wedge: key === 'Shift' ? wedge : quietWedge, scanned: null, began: false };
  const keys = quick ? `${wedge.keys}${key}`.slice(0, LONGEST_CODE) : key;
  return { wedge: { keys, lastAtMs: atMs }, scanned: null, began: !quick };
}
