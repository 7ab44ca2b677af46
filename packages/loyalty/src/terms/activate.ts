import { sumOf } from '../amounts.ts';
import { applyDue } from '../due.ts';
import { transfer } from '../entry.ts';
import type { Lot, LotTerms } from '../lots.ts';
import { isWaiting } from '../lots.ts';
import type { Operation } from '../operation.ts';
import { record } from '../operation.ts';
import { endOf } from './lot-terms.ts';

/** The event that points of a check wait for has come: the check was closed, the order delivered, or staff decided. */
export type ActivateCheck = { readonly kind: 'activate_check'; readonly checkId: string };

export type ActivateOutcome = {
  readonly kind: 'activate';
  /** Points that became usable by this; 0 when none of the check were waiting any more. */
  readonly activated: bigint;
};

/** Makes the waiting points of a check usable from now on. Their term begins now, or has begun with the sale. */
export function activateCheck(operation: Operation, { checkId }: ActivateCheck): ActivateOutcome {
  const waiting = operation.state.lots.filter((lot) => lot.checkId === checkId && isWaiting(lot));
  for (const lot of waiting) {
    record(operation, {
      kind: 'activate',
      checkId,
      postings: transfer('pending', 'available', lot.remaining),
      lots: [{ lotId: lot.id, amount: 0n, activates: true, terms: activeTerms(operation, lot) }],
      parents: [lot.openedBy],
      numbers: { activated: lot.remaining },
      texts: { by: 'event' },
    });
  }
  applyDue(operation);
  return { kind: 'activate', activated: sumOf(waiting, (lot) => lot.remaining) };
}

function activeTerms(operation: Operation, lot: Lot): LotTerms {
  const { remaining: _remaining, active: _active, awaits, ...terms } = lot;
  const earnedAt = terms.activatesAtMs;
  return {
    ...terms,
    activatesAtMs: operation.nowMs,
    ...(awaits === undefined ? {} : endOf(operation, awaits.expiry, earnedAt, operation.nowMs, null)),
  };
}
