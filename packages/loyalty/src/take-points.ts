import type { LotMovement } from './entry.ts';
import { inOrder, takeFromLots } from './lots.ts';
import type { Operation } from './operation.ts';
import { ledgerOf } from './operation.ts';
import type { LotUse } from './sale-record.ts';

/** What a payment takes from the lots of its wallet, in the order of its rules, and what it has to remember of them. */
export function takePoints(
  operation: Operation,
  amount: bigint,
): { readonly uses: readonly LotUse[]; readonly lots: readonly LotMovement[] } {
  const { lots } = ledgerOf(operation);
  const taken = takeFromLots(inOrder(lots, operation.rules.lotOrder), amount);
  const uses = taken.map(({ lotId, amount }): LotUse => {
    const { remaining: _remaining, active: _active, ...terms } = lots.find((open) => open.id === lotId)!;
    return { terms, amount, givenBack: 0n };
  });
  return { uses, lots: taken.map(({ lotId, amount }) => ({ lotId, amount: -amount })) };
}
