import { type Result, refuse, succeed } from '@tessera/contract';
import { levelOf, stateAt } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { readNameSearch } from '../../guests/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { type FoundByName, selectByName } from './names.store.ts';

export type NameHit = Omit<FoundByName, 'rules' | 'overdueState' | 'level'> & { level: string };
export type NameHits = { items: NameHit[]; more: boolean };

/**
 * Guests by the beginnings of their first and last names, in any order, who came last first. A short beginning fits very
 * many: of those only some are looked at, and `more` says so.
 * @returns name_too_short when no word has two letters
 */
export async function findByName(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  name: string,
  limit: number,
): Promise<Result<NameHits>> {
  const search = readNameSearch(name);
  if (search.names === null) return refuse('name_too_short');
  const now = platform.clock.now();
  const rows = await selectByName(tenant, search, { now, limit: limit + 1 });
  const items = await Promise.all(
    rows.slice(0, limit).map(async ({ rules: inForce, overdueState, level, ...hit }): Promise<NameHit> => {
      const rules = await platform.rules.of(tenant, inForce, now);
      const held = overdueState
        ? levelOf(stateAt(overdueState, rules, now).state, rules)
        : rules.levels.find(({ id }) => id === level);
      return { ...hit, level: held?.name ?? level };
    }),
  );
  return succeed({ items, more: rows.length > limit });
}
