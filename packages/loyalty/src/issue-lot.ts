import type { EpochMs } from './business-day.ts';
import { endOfTerm } from './business-day.ts';
import type { LotMovement } from './entry.ts';
import type { LotTerms } from './lots.ts';
import type { Operation } from './operation.ts';
import type { Rules } from './rules.ts';

/** When points burn that carry a term of their own in days, last day inclusive. */
export function expiryAfterDays(from: EpochMs, days: number, rules: Rules): EpochMs {
  return endOfTerm(from, { unit: 'days', length: days, roundUpTo: 'day' }, rules);
}

/** The terms of a lot that the next entry of this operation will open. */
export function nextLot(
  operation: Operation,
  facts: Omit<LotTerms, 'id' | 'openedBy' | 'originLotId'> & { readonly originLotId?: number },
): LotTerms {
  return {
    id: operation.state.nextLotId,
    original: facts.original,
    activatesAtMs: facts.activatesAtMs,
    expiresAtMs: facts.expiresAtMs,
    reason: facts.reason,
    openedBy: operation.state.nextEntryId,
    checkId: facts.checkId,
    originLotId: facts.originLotId ?? null,
    ...(facts.partner === undefined ? {} : { partner: facts.partner }),
    ...(facts.prepaid === undefined ? {} : { prepaid: facts.prepaid }),
    ...(facts.slides === undefined ? {} : { slides: facts.slides }),
    ...(facts.awaits === undefined ? {} : { awaits: facts.awaits }),
  };
}

/** The movement that opens a lot with everything in it. */
export function openingOf(terms: LotTerms, active: boolean): LotMovement {
  const movement = { lotId: terms.id, amount: terms.original, terms };
  return active ? { ...movement, activates: true } : movement;
}
