import type { Rules } from '../rules.ts';
import type { Contradiction } from './contradiction.ts';
import { earningContradictions } from './earning-contradictions.ts';
import { kindContradictions } from './kind-contradictions.ts';
import { pointsContradictions } from './points-contradictions.ts';
import type { ProgrammeKind } from './programme-kinds.ts';

/**
 * What in these rules contradicts itself or the type of the programme, beyond what `parseRules` refuses.
 * @param at the instant from which they are to hold: a campaign that is over by then is told
 */
export function findContradictions(rules: Rules, kind: ProgrammeKind, at: Temporal.Instant): readonly Contradiction[] {
  return [...kindContradictions(rules, kind), ...pointsContradictions(rules), ...earningContradictions(rules, at)];
}
