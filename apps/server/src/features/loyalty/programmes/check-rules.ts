import type { Contradiction, ProgrammeKind, Rules, RulesProblem } from '@tessera/loyalty';
import { findContradictions, parseRules } from '@tessera/loyalty';
import type { RulesBody } from './model.ts';

/** What is wrong with a draft: settings that cannot be read, or that contradict each other. */
export type RulesCheck =
  | { readonly ok: true; readonly rules: Rules; readonly contradictions: readonly Contradiction[] }
  | { readonly ok: false; readonly unreadable: readonly RulesProblem[] };

/** Reads a draft as the rules that it would become, and tells what contradicts itself or the programme's type. */
export function checkRules(body: RulesBody, kind: number, at: Temporal.Instant): RulesCheck {
  const parsed = parseRules({ ...body, id: 'draft' });
  if (!parsed.ok) return { ok: false, unreadable: parsed.problems };
  return { ok: true, rules: parsed.rules, contradictions: findContradictions(parsed.rules, kind as ProgrammeKind, at) };
}

export const isPublishable = (check: RulesCheck): boolean =>
  check.ok && check.contradictions.every(({ severity }) => severity !== 'error');
