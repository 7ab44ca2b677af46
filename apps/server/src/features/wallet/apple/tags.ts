/**
 * The tag that a phone gets with a list of changed cards and shows at its next question (Apple, "Get the list of
 * updatable passes"). It is the highest update marker that the list covered, in decimal digits.
 */

/** Markers that this database never gave out, both ends included: made at a start, see `raiseUpdateSequence`. */
export type MarkerGap = readonly [from: number, to: number];

const BIGGEST_MARKER = 2n ** 62n;

/**
 * Reads a phone's tag. Whatever cannot have come from this database is as good as none (the phone then hears of all
 * its cards): what is no number, what lies in the future, what falls into a gap, as after a restored backup.
 */
export function readTag(tag: string | undefined, newest: bigint, gaps: readonly MarkerGap[]): bigint {
  if (tag === undefined || !/^\d{1,19}$/.test(tag)) return 0n;
  const marker = BigInt(tag);
  if (marker > newest || marker > BIGGEST_MARKER) return 0n;
  return gaps.some(([from, to]) => marker >= BigInt(from) && marker <= BigInt(to)) ? 0n : marker;
}

export const writeTag = (marker: bigint): string => marker.toString();

/** So many gaps are remembered; older ones grow together, which at worst makes an old phone ask for everything once. */
export const GAPS_MAX = 32;

/**
 * Remembers that the markers between the last one given out and the new beginning were never used. A process that
 * starts on a restored backup makes such a gap too, and exactly the tags given out after the backup fall into it.
 */
export function addGap(gaps: readonly MarkerGap[], last: number, next: number): MarkerGap[] {
  if (next - last < 2) return [...gaps];
  const all: MarkerGap[] = [...gaps, [last + 1, next - 1]];
  if (all.length <= GAPS_MAX) return all;
  const [[from], [, to], ...rest] = all as [MarkerGap, MarkerGap, ...MarkerGap[]];
  return [[from, to], ...rest];
}
