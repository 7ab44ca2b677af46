import type { Claim } from '@tessera/loyalty';

/** A business of a coalition. The rules name it by the decimal text of its number. */
export type Partner = { partnerId: number; name: string };
export type PartnerVenue = { code: number; name: string; partnerId: number | null };
export type UnknownVenue = { code: number; checks: number; lastSeenAt: Temporal.Instant };

/** What the read of a venue finds for a sale in a coalition. */
export type VenueOwner = { known: boolean; partner: string | null };

export const partnerKey = (partnerId: number): string => String(partnerId);

/** One claim as it stands in a statement, with the check behind it. */
export type ClaimLine = Omit<Claim, 'amount' | 'points'> & {
  claimId: number;
  checkId: number;
  checkNumber: string;
  accountId: number;
  operation: 'sale' | 'return';
  points: bigint;
  amount: bigint;
  venue: string;
  occurredAt: Temporal.Instant;
  recordedAt: Temporal.Instant;
};

/** Everything that one party owes another in a period. `null` is the pool. */
export type ClaimSum = {
  debtor: string | null;
  creditor: string | null;
  points: bigint;
  amount: bigint;
  checks: number;
};

/** What is left to be paid between two parties when their claims are set off against each other. */
export type NetSum = { debtor: string | null; creditor: string | null; amount: bigint };

/** Sets the claims of each two parties off: one payment at the most, from whoever owes more. Zero stands for none. */
export function netOf(sums: readonly ClaimSum[]): NetSum[] {
  const pairs = new Map<string, NetSum>();
  for (const { debtor, creditor, amount } of sums) {
    const [first, second] = [debtor, creditor].sort(comparePartners) as [string | null, string | null];
    const key = JSON.stringify([first, second]);
    const before = pairs.get(key)?.amount ?? 0n;
    const sign = debtor === first ? 1n : -1n;
    pairs.set(key, { debtor: first, creditor: second, amount: before + sign * amount });
  }
  return [...pairs.values()]
    .filter(({ amount }) => amount !== 0n)
    .map((pair) => (pair.amount > 0n ? pair : { debtor: pair.creditor, creditor: pair.debtor, amount: -pair.amount }));
}

/** The pool stands last; numbers stand in their order. */
function comparePartners(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a.localeCompare(b, 'en', { numeric: true });
}
