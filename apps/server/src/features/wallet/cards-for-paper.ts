import type { PassFilter as AskedFilter } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import type { PassRecord } from './model.ts';
import { openPrintable } from './paper-card.ts';
import { selectPassList } from './passes/list.store.ts';
import { readFilter } from './passes/list-passes.ts';
import { selectPasses, selectPassesByGuid } from './store/passes.ts';

/** Cards that one question looks at, and questions that one sheet asks: whoever has more that cannot be printed chooses a design. */
const BATCH = 500;
const ROUNDS_MAX = 20;

export type CardsForPaper = {
  /** Days of the filter are days of this time zone. */
  readonly timeZone: string;
  readonly filter: AskedFilter;
  /** Those cards instead of what the filter fits. */
  readonly guids: readonly string[] | null;
  /** Where the sheet before ended. */
  readonly before: number | null;
  readonly limit: number;
};

/**
 * The cards of a sheet in the order of their list, the newest first, without those that have ended or whose code changes.
 * `next` is where the following sheet goes on; null: there is none.
 */
export async function cardsForPaper(
  tenant: Tenant,
  { timeZone, filter: asked, guids, before, limit }: CardsForPaper,
): Promise<{ cards: PassRecord[]; next: number | null }> {
  const isPrintable = openPrintable(tenant);
  const cards: PassRecord[] = [];
  if (guids) {
    for (const pass of await selectPassesByGuid(tenant, guids)) if (await isPrintable(pass)) cards.push(pass);
    return { cards: cards.slice(0, limit), next: null };
  }
  const filter = { ...readFilter(asked, timeZone), voided: false };
  let from = before;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const page = await selectPassList(tenant, tenant.companyId, { filter, before: from, limit: BATCH, foundMax: null });
    const passIds = page.items.map(({ passId }) => passId);
    const passes = await selectPasses(tenant, tenant.companyId, passIds);
    for (const pass of passes.reverse()) {
      if (!(await isPrintable(pass))) continue;
      // One more than there is room for: only then is there a following sheet.
      if (cards.length === limit) return { cards, next: cards.at(-1)!.passId };
      cards.push(pass);
    }
    from = page.next;
    if (from === null) break;
  }
  return { cards, next: from };
}
