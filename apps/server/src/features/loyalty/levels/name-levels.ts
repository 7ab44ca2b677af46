import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { selectProgrammesOfKinds } from '../offers/kinds.store.ts';

export type NamedLevel = {
  readonly programmeId: number;
  readonly programme: string;
  readonly levelId: string;
  readonly name: string;
};

/** The levels of all programmes by the rules that are in force now. */
export async function nameLevels(
  platform: Pick<LoyaltyPlatform, 'rules' | 'clock'>,
  tenant: Tenant,
): Promise<NamedLevel[]> {
  const now = platform.clock.now();
  const levels: NamedLevel[] = [];
  for (const { programmeId, name: programme, rules: inForce } of await selectProgrammesOfKinds(tenant)) {
    const rules = await platform.rules.of(tenant, inForce, now);
    for (const { id, name } of rules.levels) levels.push({ programmeId, programme, levelId: id, name });
  }
  return levels;
}
