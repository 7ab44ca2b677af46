import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { selectProgrammesOfKinds } from '../offers/kinds.store.ts';

/** The names of the levels whose members wear a design, by the rules that are in force now. */
export async function levelsOfDesign(
  platform: Pick<LoyaltyPlatform, 'rules' | 'clock'>,
  tenant: Tenant,
  designId: number,
): Promise<string[]> {
  const now = platform.clock.now();
  const names: string[] = [];
  for (const { rules: inForce } of await selectProgrammesOfKinds(tenant)) {
    const { levels } = await platform.rules.of(tenant, inForce, now);
    names.push(...levels.filter((level) => level.designId === designId).map(({ name }) => name));
  }
  return names;
}
