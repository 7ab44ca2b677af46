import { allocate, largest, smallest, sumOf } from './amounts.ts';
import type { Earned, RuleTrace } from './earn.ts';
import { earnByRules } from './earn.ts';
import type { EarnFacts, EarnLine } from './earn-conditions.ts';
import type { EarnRule } from './earning-rules.ts';
import type { Rules } from './rules.ts';
import type { BudgetRoom } from './tally/standing.ts';

/** What lines earn in the end: by the rules and their caps, as far as campaign budgets pay and the balance has room. */
export function earnOn(lines: readonly EarnLine[], facts: EarnFacts, rules: Rules): Earned {
  const freely = earnByRules(lines, facts, rules);
  const named = budgetsOf(freely.trace, rules);
  return withinBalance(named.length === 0 ? freely : withinBudgets(freely, named, lines, facts, rules), facts, rules);
}

/** The budgets of the rules that hold for a check, in the order of the rules. */
function budgetsOf(trace: readonly RuleTrace[], { earning }: Rules): readonly string[] {
  if (earning.rules.every((rule) => rule.budgetId === null)) return [];
  const named = earning.rules.flatMap(({ budgetId }, index) =>
    budgetId !== null && trace[index]!.reason === null ? [budgetId] : [],
  );
  return [...new Set(named)];
}

/**
 * A budget pays for what its rules add to a check: the difference between what the check earns with them and without.
 * Of several budgets each comes on top of those before it.
 */
function withinBudgets(
  freely: Earned,
  named: readonly string[],
  lines: readonly EarnLine[],
  facts: EarnFacts,
  rules: Rules,
): Earned {
  const { behaviour } = rules.earning.caps;
  const without = (later: readonly string[]): Earned => {
    const barred = rules.earning.rules.filter(({ budgetId }) => budgetId !== null && later.includes(budgetId));
    return later.length === 0 ? freely : earnByRules(lines, facts, rules, new Set<EarnRule>(barred));
  };
  let below = without(named);
  const shares = [...below.shares];
  const drawn: BudgetRoom[] = [];
  let cut = false;
  named.forEach((budgetId, index) => {
    const above = without(named.slice(index + 1));
    const added = above.shares.map((share, line) => largest(share - below.shares[line]!, 0n));
    const cost = largest(above.points - below.points, 0n);
    const left = facts.budgets.find((budget) => budget.budgetId === budgetId)?.points ?? 0n;
    const points = behaviour === 'truncate' ? smallest(cost, left) : cost <= left ? cost : 0n;
    if (points < cost) cut = true;
    if (points > 0n) {
      drawn.push({ budgetId, points });
      for (const [line, part] of allocate(points, added).entries()) shares[line]! += part;
    }
    below = above;
  });
  return {
    ...freely,
    points: sumOf(shares, (share) => share),
    shares,
    drawn,
    plain: false,
    thresholds: true,
    cuts: cut ? [...freely.cuts, 'budget'] : freely.cuts,
    trace: cut ? freely.trace.map((one, index) => paidFor(one, rules.earning.rules[index]!, drawn)) : freely.trace,
  };
}

/** A rule tells no more than its budget paid. */
function paidFor(one: RuleTrace, { budgetId }: EarnRule, drawn: readonly BudgetRoom[]): RuleTrace {
  if (one.reason !== null || budgetId === null) return one;
  const paid = drawn.find((budget) => budget.budgetId === budgetId)?.points ?? 0n;
  return paid === 0n ? { ...one, reason: 'budget', points: 0n } : { ...one, points: smallest(one.points, paid) };
}

/** The largest balance comes last. What it leaves out was no budget's to pay. */
function withinBalance(earned: Earned, { room }: EarnFacts, rules: Rules): Earned {
  if (room === null || earned.points <= room) return earned;
  const points = rules.earning.caps.behaviour === 'truncate' ? room : 0n;
  let over = earned.points - points;
  const drawn: BudgetRoom[] = [];
  for (const budget of earned.drawn.toReversed()) {
    const kept = largest(budget.points - over, 0n);
    over -= budget.points - kept;
    if (kept > 0n) drawn.unshift({ ...budget, points: kept });
  }
  return {
    ...earned,
    points,
    shares: allocate(points, earned.shares),
    drawn,
    plain: false,
    thresholds: true,
    cuts: [...earned.cuts, 'max_balance'],
  };
}
