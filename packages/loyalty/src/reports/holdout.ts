/** How many were in a group of a campaign, and how many of them came. */
export type Group = { readonly members: number; readonly visited: number };

/** Rates are shares of 1; the interval is that of their difference, at 95 %. */
export type Uplift = {
  readonly treatedRate: number;
  readonly controlRate: number;
  readonly difference: number;
  readonly from: number;
  readonly to: number;
  /** Whether the interval leaves 0 out: otherwise chance may have done it all. */
  readonly proven: boolean;
  /** Visits that would not have been without the campaign; not what it may boast of when nothing is proven. */
  readonly extraVisits: number;
};

/** The two-sided 95 % of a normal distribution. */
const Z = 1.959963984540054;

/** What a campaign did beyond chance, against those who were held out; `null` where a group is empty. Statistics, no money. */
export function upliftOf(treated: Group, control: Group): Uplift | null {
  if (treated.members <= 0 || control.members <= 0) return null;
  const [treatedRate, controlRate] = [treated.visited / treated.members, control.visited / control.members];
  const variance = (rate: number, members: number): number => (rate * (1 - rate)) / members;
  const error = Math.sqrt(variance(treatedRate, treated.members) + variance(controlRate, control.members));
  const difference = treatedRate - controlRate;
  const [from, to] = [difference - Z * error, difference + Z * error];
  const extraVisits = Math.round(difference * treated.members);
  return { treatedRate, controlRate, difference, from, to, proven: from > 0 || to < 0, extraVisits };
}

const BUCKETS = 10_000;

/** Whether a member is held out of a campaign: the same for ever, by a hash of both, in so many of 10,000. */
export function isHeldOut(campaignId: string, memberId: string, basisPoints = 1000): boolean {
  return hash(`${campaignId}\n${memberId}`) % BUCKETS < basisPoints;
}

/** FNV-1a over UTF-16 units with a finish that spreads its low bits: even, quick, and no secret. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value ^= text.charCodeAt(index);
    value = Math.imul(value, 0x01000193);
  }
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
