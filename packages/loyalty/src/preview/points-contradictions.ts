import type { ActivationDelay, Expiry } from '../expiry.ts';
import type { Rules } from '../rules.ts';
import type { Contradiction } from './contradiction.ts';

/** Contradictions of spending, terms and levels. */
export function pointsContradictions(rules: Rules): readonly Contradiction[] {
  return [...spendingOf(rules), ...termsOf(rules), ...levelsOf(rules)];
}

function spendingOf({ spendLimits: limits, earning }: Rules): Contradiction[] {
  const found: Contradiction[] = [];
  const tell = (code: Contradiction['code'], name: string, params: Contradiction['params']): void => {
    found.push({ code, path: `spendLimits.${name}`, severity: 'error', params });
  };
  if (limits.maxPercentBasisPoints === 0) {
    const asked = limits.minRedeem > 0n ? 'minRedeem' : limits.step > 1n ? 'step' : null;
    if (asked !== null) tell('spending_off', asked, {});
    return found;
  }
  const caps = { maxPerCheck: limits.maxPerCheck, maxPerDay: limits.maxPerDay, maxBalance: earning.caps.maxBalance };
  for (const [name, cap] of Object.entries(caps)) {
    if (cap === null || cap === 0n) continue;
    if (limits.minRedeem > cap)
      tell('minimum_above_limit', 'minRedeem', { minimum: limits.minRedeem, limit: cap, name });
    if (limits.step > cap) tell('step_above_limit', 'step', { step: limits.step, limit: cap, name });
  }
  return found;
}

const HOURS_PER_DAY = 24;
/** The shortest month: a term of months is never shorter than that. */
const DAYS_PER_MONTH = 28;

function delayInDays(delay: ActivationDelay): number {
  if (delay.kind === 'days') return delay.days;
  return delay.kind === 'hours' ? delay.hours / HOURS_PER_DAY : 0;
}

/** Days that a term surely has when it counts from the day of earning; `null` when it cannot run out too early. */
function daysFromEarning(expiry: Expiry): number | null {
  if (expiry.kind !== 'period' || expiry.countFrom !== 'earning') return null;
  return expiry.unit === 'months' ? expiry.length * DAYS_PER_MONTH : expiry.length;
}

function termsOf(rules: Rules): Contradiction[] {
  const delay = delayInDays(rules.activationDelay);
  const term = daysFromEarning(rules.expiry);
  if (delay === 0 || term === null || term >= delay) return [];
  const params = { delayDays: Math.ceil(delay), termDays: term };
  return [{ code: 'burns_before_active', path: 'expiry.length', severity: 'error', params }];
}

function levelsOf({ levels, earning }: Rules): Contradiction[] {
  if (earning.checkSize !== null) return [];
  return levels.flatMap((level, index): Contradiction[] => {
    const below = levels[index - 1];
    if (below === undefined || level.rateBasisPoints >= below.rateBasisPoints) return [];
    const params = {
      level: level.name,
      below: below.name,
      rate: level.rateBasisPoints,
      belowRate: below.rateBasisPoints,
    };
    return [{ code: 'level_rate_falls', path: `levels[${index}].rateBasisPoints`, severity: 'warning', params }];
  });
}
