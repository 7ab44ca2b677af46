import type { Rules } from './rules.ts';

/** The first setting by which checks earn points; `null` when no check does. */
export function earningPath({ levels, earning }: Rules): string | null {
  const byRule = earning.rules.findIndex(
    ({ effect }) => effect.kind === 'bonus' || (effect.kind === 'rate' && effect.rateBasisPoints > 0),
  );
  if (byRule !== -1) return `earning.rules[${byRule}].effect`;
  if (earning.checkSize !== null) {
    const step = earning.checkSize.steps.findIndex(({ rateBasisPoints }) => rateBasisPoints > 0);
    return step === -1 ? null : `earning.checkSize.steps[${step}].rateBasisPoints`;
  }
  const level = levels.findIndex(({ rateBasisPoints }) => rateBasisPoints > 0);
  return level === -1 ? null : `levels[${level}].rateBasisPoints`;
}
