import { type AskSimulation, refuse, succeed } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { rulesIdAt } from '../model.ts';
import { checkRules } from '../programmes/check-rules.ts';
import { readDraft } from '../programmes/edit-draft.ts';
import type { WithCheck } from '../programmes/make-programme.ts';
import { withoutNumber } from '../programmes/model.ts';
import { selectProgramme } from '../programmes/programmes.store.ts';
import { deleteOldSimulations, insertSimulation } from './simulations.store.ts';

const DAYS_MAX = 366;
const UNDER_WAY_MAX = 3;
const KEPT = 50;

/**
 * Asks that rules be tried on the checks of a period, in the background: those that are given, or the programme's draft.
 * @returns the number of the simulation; or programme_not_found, value_invalid for the days, draft_contradictory (with
 *   what cannot be read), simulations_under_way
 */
export async function askSimulation(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  programmeId: number,
  { rules, from, to, venues, upliftBasisPoints = 0 }: AskSimulation,
): Promise<WithCheck<number>> {
  const programme = await selectProgramme(tenant, programmeId);
  if (!programme) return refuse('programme_not_found');
  if (!areDays(from, to)) return refuse('value_invalid', { field: 'from, to', value: `${from} … ${to}` });
  const draft = rules ? null : await readDraft(platform, tenant, programmeId);
  if (draft && !draft.ok) return draft;
  const body = withoutNumber(rules ?? draft?.value.body ?? {});
  const now = platform.clock.now();
  const check = checkRules(body, programme.kind, now);
  if (!check.ok) return { ...refuse('draft_contradictory'), check };
  const liveRulesId = rulesIdAt(programme.rules, now);
  const input = { from, to, venues: venues ?? null, upliftBasisPoints, liveRulesId };
  const asked = { programmeId, input, rules: body };
  const simulationId = await insertSimulation(tenant, asked, { now, most: UNDER_WAY_MAX });
  if (simulationId === null) return refuse('simulations_under_way');
  await deleteOldSimulations(tenant, programmeId, KEPT);
  platform.wake();
  return succeed(simulationId);
}

function areDays(from: string, to: string): boolean {
  try {
    const { days } = Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to));
    return days >= 0 && days < DAYS_MAX;
  } catch {
    return false;
  }
}
