import type { Rules } from '@tessera/loyalty';
import type { Tenant } from '../../platform/database/index.ts';
import { selectRules } from './accounts.store.ts';
import { type RulesInForce, rulesIdAt } from './model.ts';
import { type AutomaticOffers, createAutomaticOffers } from './offers/automatic-offers.ts';

export type RulesLibrary = {
  /** The rules of a programme at an instant: the one that the caller decides by. */
  of(tenant: Tenant, inForce: Pick<RulesInForce, 'rulesId' | 'next'>, now: Temporal.Instant): Promise<Rules>;
  /** One version of the rules. Versions never change, so each is read once. */
  version(tenant: Tenant, rulesId: number): Promise<Rules>;
  /** What a programme gives without a code. */
  automaticOffers: AutomaticOffers['of'];
};

const REMEMBERED_MAX = 10_000;

export function createRulesLibrary(): RulesLibrary {
  const remembered = new Map<string, Rules>();
  const version: RulesLibrary['version'] = async (tenant, rulesId) => {
    const key = `${tenant.companyId}:${rulesId}`;
    const known = remembered.get(key);
    if (known) return known;
    const rules = await selectRules(tenant, rulesId);
    if (!rules) throw new Error(`Rules ${rulesId} of company ${tenant.companyId} are missing.`);
    if (remembered.size >= REMEMBERED_MAX) remembered.delete(remembered.keys().next().value!);
    remembered.set(key, rules);
    return rules;
  };
  const of: RulesLibrary['of'] = (tenant, inForce, now) => version(tenant, rulesIdAt(inForce, now));
  return { version, of, automaticOffers: createAutomaticOffers().of };
}
