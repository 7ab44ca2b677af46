/**
 * What a programme owed in points over a period, and what moved it; minor units of points. Every movement is counted as
 * a number that says how much, `manual` and `settled` with their signs.
 */
export type RollForward = {
  readonly opening: bigint;
  /** Given for purchases, as welcome or birthday gifts, by campaigns, invitations and imports. */
  readonly earned: bigint;
  readonly earnedReversed: bigint;
  readonly redeemed: bigint;
  readonly redeemedGivenBack: bigint;
  /** Burned, less what a return counted as taken back of it. */
  readonly expired: bigint;
  /** Given less taken by hand. */
  readonly manual: bigint;
  /** Debts that were forgiven or met in money: so much less is owed to the business, so the guests' points weigh more. */
  readonly settled: bigint;
  readonly closing: bigint;
};

export type Movements = Omit<RollForward, 'opening' | 'closing'>;

export const NO_MOVEMENTS: Movements = {
  earned: 0n,
  earnedReversed: 0n,
  redeemed: 0n,
  redeemedGivenBack: 0n,
  expired: 0n,
  manual: 0n,
  settled: 0n,
};

/** Sums of the postings of a period to one account of the programme (`issued:purchase`, `redeemed`, …). */
export type PostedSum = { readonly account: string; readonly debit: bigint; readonly credit: bigint };

const BY_HAND = new Set(['issued:manual', 'issued:goodwill']);

/** Sorts what was posted to the programme's accounts into the columns of the report. Members' own accounts do not count. */
export function movementsOf(posted: readonly PostedSum[]): Movements {
  const sums = { ...NO_MOVEMENTS } as { -readonly [Name in keyof Movements]: bigint };
  for (const { account, debit, credit } of posted) {
    if (BY_HAND.has(account)) sums.manual += debit - credit;
    else if (account.startsWith('issued:')) {
      sums.earned += debit;
      sums.earnedReversed += credit;
    } else if (account === 'redeemed') {
      sums.redeemed += credit;
      sums.redeemedGivenBack += debit;
    } else if (account === 'expired') sums.expired += credit - debit;
    else if (account === 'forgiven' || account === 'met_in_money') sums.settled += debit - credit;
  }
  return sums;
}

/** By how much the movements of a period change what is owed. */
export function changeOf(movements: Movements): bigint {
  const { earned, earnedReversed, redeemed, redeemedGivenBack, expired, manual, settled } = movements;
  return earned - earnedReversed - redeemed + redeemedGivenBack - expired + manual + settled;
}

export function rollForward(opening: bigint, movements: Movements): RollForward {
  return { opening, ...movements, closing: opening + changeOf(movements) };
}
