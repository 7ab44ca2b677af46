import type { AccountState } from '../account.ts';
import { evolve, newAccountState } from '../account.ts';
import { stateAt } from '../due.ts';
import type { Earned } from '../earn.ts';
import type { Entry } from '../entry.ts';
import { levelOf } from '../levels/climb.ts';
import type { Level } from '../rules.ts';
import { isWhollyReturned } from '../sale-record.ts';
import type { PastSale, Versions } from './past-sale.ts';
import { budgetsThen, earnAgain, earnedAtOf, levelUnder } from './past-sale.ts';
import { afterCheck, NO_SHADOW, underShadow } from './shadow.ts';

/** A member's past: every entry up to the end of the period, and the sales of the period, by their first entry. */
export type MemberPast = { readonly entries: readonly Entry[]; readonly sales: readonly PastSale[] };

/** One past sale under both versions. */
export type SimulatedSale = {
  readonly past: PastSale;
  /** `null` for an accrual that the caller had fixed: both versions give it. */
  readonly earned: { readonly live: Earned; readonly draft: Earned } | null;
  /** Whether the live version came to what is stored; `null` where another version priced the sale. */
  readonly faithful: boolean | null;
};

export type SimulatedMember = {
  readonly sales: readonly SimulatedSale[];
  /** After the last of the sales. */
  readonly levels: { readonly live: Level; readonly draft: Level } | null;
};

/**
 * Prices a member's sales anew under the live version and a draft, each on the account as it was at that instant: its
 * balance and turnover as they were, its counts as the draft would have made them. Sales that were wholly returned are
 * left out. Nobody buys more or less for it.
 */
export function simulateMember({ entries, sales }: MemberPast, versions: Versions): SimulatedMember {
  const { live } = versions;
  const simulated: SimulatedSale[] = [];
  let state = newAccountState();
  let next = 0;
  let shadow = NO_SHADOW;
  const foldBefore = (id: number): AccountState => {
    for (; next < entries.length && entries[next]!.id < id; next++) state = evolve(state, entries[next]!);
    return state;
  };
  for (const past of sales) {
    const { sale, firstEntryId } = past;
    const then = stateAt(foldBefore(firstEntryId), live, sale.recordedAt).state;
    if (isWhollyReturned(sale)) continue;
    if (sale.accrualFixed) {
      simulated.push({ past, earned: null, faithful: null });
      continue;
    }
    const at = earnedAtOf(sale);
    const byLive = { rules: live, level: levelOf(then, live) };
    const budgets = budgetsThen(sale, versions, (free) => earnAgain(past, then, { ...byLive, budgets: free }));
    const asDraft = underShadow(then, shadow);
    const byDraft = { rules: versions.draft, level: levelUnder(asDraft, versions, at) };
    const earned = {
      live: earnAgain(past, then, { ...byLive, budgets }),
      draft: earnAgain(past, asDraft, { ...byDraft, budgets }),
    };
    shadow = afterCheck(shadow, versions, at, earned);
    const faithful = sale.rulesId === live.id ? earned.live.points === sale.earned : null;
    simulated.push({ past, earned, faithful });
  }
  const last = sales.at(-1);
  if (last === undefined) return { sales: simulated, levels: null };
  // The level that the last sale led to was written with it.
  const after = entries.slice(next).reduce(evolve, state);
  const at = last.sale.recordedAt.epochMilliseconds;
  return { sales: simulated, levels: { live: levelOf(after, live), draft: levelUnder(after, versions, at) } };
}
