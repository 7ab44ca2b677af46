import type { BudgetRoom, CheckContext, Rules } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { tagsOf } from '../../guests/index.ts';
import type { LoadedAccount } from '../model.ts';
import { askedBy } from './asked.ts';
import { selectBudgetRooms } from './budgets.store.ts';

/** Where a check is sold, as far as a till tells. */
export type SalePlace = { venueCode?: number | undefined; channel?: string | undefined };

export type EarnSaleFacts = { context: CheckContext; budgets: readonly BudgetRoom[] };

/**
 * What the conditions and budgets of the rules ask of a check. Segments and budgets are read only where a rule names
 * some; the group of the account stands among the segments as `group:<id>`.
 */
export async function earnFactsOf(
  tenant: Tenant,
  rules: Rules,
  account: LoadedAccount,
  { venueCode, channel }: SalePlace,
): Promise<EarnSaleFacts> {
  const asked = askedBy(rules);
  const place = {
    ...(venueCode === undefined ? {} : { venue: String(venueCode) }),
    ...(channel === undefined ? {} : { channel }),
  };
  const { budgetIds } = asked;
  if (!asked.segments && budgetIds.length === 0) return { context: place, budgets: [] };
  const [tags, budgets] = await Promise.all([
    asked.segments ? tagsOf(tenant, account.guestId) : null,
    budgetIds.length > 0 ? selectBudgetRooms(tenant, account.programmeId, budgetIds) : [],
  ]);
  const segments = tags && { segments: [`group:${account.groupId}`, ...tags] };
  return { context: { ...place, ...segments }, budgets };
}
