import { smallest } from '../amounts.ts';
import type { EpochMs } from '../business-day.ts';
import { dayNameOf } from '../day-counts.ts';
import { applyDue } from '../due.ts';
import { transfer } from '../entry.ts';
import { nextLot, openingOf } from '../issue-lot.ts';
import type { Operation } from '../operation.ts';
import { inWallet, ledgerOf, record } from '../operation.ts';
import type { CheckLine, PricedLine } from '../pricing.ts';
import { endOfProgramme } from '../terms/lot-terms.ts';
import { countStamps, linesThatCount, stampCountOf } from './count-stamps.ts';
import type { ReachedMilestone, StampsGiven } from './outcomes.ts';
import { reachMilestones } from './reach-milestones.ts';
import { stampsWalletsOf } from './rules-of-wallet.ts';
import type { SaleStamps } from './sale-wallets.ts';
import type { StampsWallet } from './wallet-rules.ts';

export type GivenStamps = {
  readonly stamps: readonly SaleStamps[];
  readonly cards: readonly StampsGiven[];
  readonly rewards: readonly ReachedMilestone[];
};

const NO_STAMPS: GivenStamps = { stamps: [], cards: [], rewards: [] };

/** A check as the cards see it. `lines` and `priced` are the same lines in the same order. */
export type StampCheck = {
  readonly checkId: string;
  readonly occurredAtMs: EpochMs;
  readonly earnedAt: EpochMs;
  readonly lines: readonly CheckLine[];
  readonly priced: readonly PricedLine[];
};

/** Gives the stamps of a check to every card of the programme, pays stamp debts, and hands out what the cards reach. */
export function giveStamps(operation: Operation, check: StampCheck): GivenStamps {
  const wallets = stampsWalletsOf(operation.rules);
  if (wallets.length === 0) return NO_STAMPS;
  const stamps = wallets.flatMap((wallet) => {
    const given = giveTo(inWallet(operation, wallet.id), wallet, check);
    return given === null ? [] : [given];
  });
  applyDue(operation);
  const rewards = stamps.flatMap(({ wallet, entryId }) =>
    reachMilestones(operation, wallets.find(({ id }) => id === wallet)!, check.checkId, [entryId]),
  );
  const cards = wallets.map(
    (wallet): StampsGiven => ({
      wallet: wallet.id,
      name: wallet.name,
      slots: wallet.slots,
      given: stamps.find((one) => one.wallet === wallet.id)?.given ?? 0n,
      stamps: ledgerOf(inWallet(operation, wallet.id)).available,
    }),
  );
  return { stamps, cards, rewards };
}

function giveTo(within: Operation, wallet: StampsWallet, check: StampCheck): SaleStamps | null {
  const { earnedAt, checkId, occurredAtMs } = check;
  const lines = linesThatCount(wallet.earn, check.lines);
  const counted = countStamps(
    wallet.earn,
    lines.map((index) => check.priced[index]!),
  );
  const day = wallet.perDay === null ? null : dayNameOf(earnedAt, within.rules);
  const most = smallest(BigInt(wallet.perCheck), leftOfDay(within, wallet, day));
  const given = smallest(counted, most);
  if (given === 0n) return null;
  const end = endOfProgramme(within, earnedAt, earnedAt);
  const lot = nextLot(within, { original: given, activatesAtMs: earnedAt, ...end, reason: 'purchase', checkId });
  const entry = record(within, {
    kind: 'earn',
    checkId,
    occurredAtMs,
    postings: transfer('issued:purchase', 'available', given),
    lots: [openingOf(lot, true)],
    counts: day === null ? [] : [{ day, earned: given, accruals: 1, spent: 0n, spends: 0 }],
    numbers: { earned: given, counted, slots: BigInt(wallet.slots) },
    texts: { by: 'stamps', per: wallet.earn.per },
  });
  const { id: entryId } = entry;
  return {
    wallet: wallet.id,
    lotId: lot.id,
    entryId,
    given,
    most,
    earn: stampCountOf(wallet.earn),
    lines,
    day,
    back: 0n,
    burned: 0n,
  };
}

function leftOfDay(within: Operation, { perCheck, perDay }: StampsWallet, day: string | null): bigint {
  if (perDay === null) return BigInt(perCheck);
  const used = ledgerOf(within).counts.find((count) => count.day === day)?.earned ?? 0n;
  return BigInt(perDay) > used ? BigInt(perDay) - used : 0n;
}
