import type { Contradiction, ProgrammeKind, Rules, RulesProblem } from '@tessera/loyalty';
import { findContradictions, findMissing, parseRules, referencesOf } from '@tessera/loyalty';
import type { Queryable } from '../../../platform/database/index.ts';
import { kindIdOf } from '../wallets/describe-wallets.ts';
import type { RulesBody } from './model.ts';
import { selectKnown } from './references.store.ts';

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

/**
 * The same, and what the rules promise that the company does not have: coupons of a stamp card, designs of levels,
 * budgets of rules. Rules that name none of them are not asked about.
 * @param programmeId `null` for a programme that is yet to be made
 */
export async function checkRulesOf(
  queryable: Queryable,
  companyId: number,
  programme: { programmeId: number | null; kind: number },
  { body, at }: { body: RulesBody; at: Temporal.Instant },
): Promise<RulesCheck> {
  const check = checkRules(body, programme.kind, at);
  if (!check.ok) return check;
  const wanted = referencesOf(check.rules);
  const { couponKinds, designs, budgets } = wanted;
  if (couponKinds.length + designs.length + budgets.length === 0) return check;
  const known = await selectKnown(queryable, companyId, programme.programmeId, {
    couponKinds: couponKinds.flatMap(({ id }) => kindIdOf(id) ?? []),
    designs: designs.map(({ id }) => id),
    budgets: budgets.map(({ id }) => id),
  });
  return { ...check, contradictions: [...check.contradictions, ...findMissing(wanted, known)] };
}

export const isPublishable = (check: RulesCheck): boolean =>
  check.ok && check.contradictions.every(({ severity }) => severity !== 'error');
