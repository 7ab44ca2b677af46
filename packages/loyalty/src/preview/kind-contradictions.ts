import { earningPath } from '../earning-path.ts';
import type { Rules } from '../rules.ts';
import type { Contradiction, ContradictionCode } from './contradiction.ts';
import type { ProgrammeKind } from './programme-kinds.ts';
import { PROGRAMME_KINDS } from './programme-kinds.ts';

/** What a type of programme cannot be without, and what has no place in it. */
export function kindContradictions(rules: Rules, kind: ProgrammeKind): readonly Contradiction[] {
  const tell = (
    code: ContradictionCode,
    path: string,
    severity: Contradiction['severity'] = 'error',
  ): readonly Contradiction[] => [{ code, path, severity, params: {} }];
  const { discount } = rules;
  switch (kind) {
    case PROGRAMME_KINDS.outside: {
      const path = earningPath(rules);
      return path === null ? [] : tell('kind_earns_by_itself', path);
    }
    case PROGRAMME_KINDS.bonus:
    case PROGRAMME_KINDS.receipts:
      if (earningPath(rules) !== null) return [];
      // Whoever pays out gifts only, by hand or by friends invited, may mean it.
      return tell('kind_needs_earning', 'levels[0].rateBasisPoints', 'warning');
    case PROGRAMME_KINDS.stamps: {
      const hasStamps = rules.wallets.some((wallet) => wallet.kind === 'stamps');
      return hasStamps ? [] : tell('kind_needs_stamps', 'wallets');
    }
    case PROGRAMME_KINDS.discount:
      if (discount === null) return tell('kind_needs_discount', 'discount');
      return discount.cells.some((cell) => cell.venue !== null) ? tell('kind_discount_by_venue', 'discount.cells') : [];
    case PROGRAMME_KINDS.matrix:
      return discount?.kind === 'matrix' ? [] : tell('kind_needs_matrix', 'discount');
    case PROGRAMME_KINDS.tickets:
      return [];
  }
}
