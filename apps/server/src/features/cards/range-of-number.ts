import type { Tenant } from '../../platform/database/index.ts';
import { findRange } from './make-range.ts';
import { readCardNumber } from './model.ts';
import { selectCard } from './store.ts';

/** The prepared range that a number is of, whatever became of its plastic; null for a number of no range. */
export async function rangeOfNumber(tenant: Tenant, number: string): Promise<{ rangeId: number; name: string } | null> {
  const read = readCardNumber(number);
  const card = read === null ? null : await selectCard(tenant, tenant.companyId, read);
  const range = card && (await findRange(tenant, card.rangeId));
  return range && { rangeId: range.rangeId, name: range.name };
}
