import type { Calendar } from '../business-day.ts';
import { businessDayOf } from '../business-day.ts';
import type { EarnCondition, EarnRule, ItemSet } from '../earning-rules.ts';
import type { Rules } from '../rules.ts';
import type { Contradiction, ContradictionCode } from './contradiction.ts';

/** Contradictions of the rules of earning and their caps. */
export function earningContradictions(rules: Rules, at: Temporal.Instant): readonly Contradiction[] {
  const found = [...ratesOf(rules), ...capsOf(rules)];
  rules.earning.rules.forEach((rule, index) => {
    found.push(...contradictionsOfRule(rules, rule, index, at.epochMilliseconds));
  });
  return found;
}

function ratesOf({ earning, levels }: Rules): Contradiction[] {
  const differ = new Set(levels.map(({ rateBasisPoints }) => rateBasisPoints)).size > 1;
  if (earning.checkSize === null || !differ) return [];
  return [{ code: 'level_rates_unused', path: 'earning.checkSize', severity: 'warning', params: {} }];
}

/** From the narrowest to the widest; a cap that a narrower one keeps from being reached is a promise of nothing. */
const CAPS = ['perLine', 'perCheck', 'perDay', 'perWeek', 'perMonth'] as const;

function capsOf({ earning: { caps } }: Rules): Contradiction[] {
  const found: Contradiction[] = [];
  CAPS.forEach((name, index) => {
    const cap = caps[name];
    if (cap === null) return;
    const path = `earning.caps.${name}`;
    if (cap === 0n) found.push({ code: 'cap_gives_nothing', path, severity: 'warning', params: { name } });
    const wider = CAPS.slice(index + 1).find((other) => caps[other] !== null && caps[other] < cap);
    if (wider === undefined) return;
    const params = { name, wider, cap, limit: caps[wider]! };
    found.push({ code: 'cap_never_reached', path, severity: 'warning', params });
  });
  return found;
}

function contradictionsOfRule(rules: Rules, rule: EarnRule, index: number, atMs: number): Contradiction[] {
  const found: Contradiction[] = [];
  const at = `earning.rules[${index}]`;
  const tell = (
    code: ContradictionCode,
    name: string,
    severity: Contradiction['severity'],
    params: Contradiction['params'] = {},
  ): void => {
    found.push({ code, path: `${at}.${name}`, severity, params: { rule: rule.name, ...params } });
  };
  const { condition, effect, items } = rule;
  const { untilMs } = condition;
  if (untilMs !== null && untilMs <= atMs) tell('rule_over', 'condition.until', 'warning');
  if (condition.hours !== null && condition.hours.from === condition.hours.to) {
    tell('rule_hours_whole_day', 'condition.hours', 'warning');
  }
  if (neverOnTheseDays(condition, rules)) tell('rule_never_on_these_days', 'condition.weekdays', 'error');
  if (effect.kind === 'multiply' && effect.timesThousandths === 1000) {
    tell('rule_changes_nothing', 'effect.timesThousandths', 'warning');
  }
  if (effect.kind === 'bonus') {
    const { perCheck, behaviour } = rules.earning.caps;
    if (perCheck !== null && effect.points > perCheck) {
      const severity = behaviour === 'reject' ? 'error' : 'warning';
      tell('rule_bonus_above_cap', 'effect.points', severity, { points: effect.points, cap: perCheck });
    }
  }
  if (effect.kind !== 'exclude' && items !== null) {
    const excluding = rules.earning.rules.find(
      (other) => other.effect.kind === 'exclude' && isAlways(other.condition) && covers(other.items, items),
    );
    if (excluding !== undefined) tell('rule_goods_excluded', 'items', 'error', { other: excluding.name });
  }
  return found;
}

const MS_PER_WEEK = 7 * 86_400_000;

/** Whether a campaign of a few days has none of its weekdays in it. */
function neverOnTheseDays({ fromMs, untilMs, weekdays }: EarnCondition, calendar: Calendar): boolean {
  if (fromMs === null || untilMs === null || weekdays === null || untilMs - fromMs >= MS_PER_WEEK) return false;
  const last = businessDayOf(untilMs - 1, calendar);
  let day = businessDayOf(fromMs, calendar);
  while (Temporal.PlainDate.compare(day, last) <= 0) {
    if (weekdays.includes(day.dayOfWeek)) return false;
    day = day.add({ days: 1 });
  }
  return true;
}

/** Whether a rule holds for every check of everybody. */
function isAlways(condition: EarnCondition): boolean {
  return Object.values(condition).every((value) => value === null || value === 0n);
}

function covers(excluded: ItemSet | null, wanted: ItemSet): boolean {
  if (excluded === null) return true;
  const has = (all: readonly string[], some: readonly string[]): boolean => some.every((one) => all.includes(one));
  return has(excluded.items, wanted.items) && has(excluded.groups, wanted.groups);
}
