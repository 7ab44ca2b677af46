import type { Rules } from '@tessera/loyalty';
import { rulesFromJson } from '@tessera/loyalty';
import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { insertGroup, insertProgramme, insertRules } from './accounts.store.ts';
import type { AccountGroup } from './model.ts';

/** Rules as JSON, without the number that they get when they are written. */
export type RulesBody = Omit<Record<keyof Rules, unknown>, 'id'> | Record<string, unknown>;

/** Kind −1 of the programme types: a card of stamps; its levels give no points. */
export const STAMPS_PROGRAMME = -1;
/** Kind 1 of the programme types: points with a ladder of levels. */
export const BONUS_PROGRAMME = 1;

/** Makes a programme with its first version of rules. Contradictory rules are a defect of the caller and throw. */
export async function createProgramme(
  platform: Platform,
  tenant: Tenant,
  programme: { name: string; kind: number; rules: RulesBody },
): Promise<number> {
  rulesFromJson({ ...programme.rules, id: 'draft' });
  const now = platform.clock.now();
  const programmeId = await insertProgramme(tenant, programme, now);
  await insertRules(tenant, programmeId, (rulesId) => ({ ...programme.rules, id: String(rulesId) }), now);
  return programmeId;
}

export const createGroup = (tenant: Tenant, group: AccountGroup): Promise<void> => insertGroup(tenant, group);
