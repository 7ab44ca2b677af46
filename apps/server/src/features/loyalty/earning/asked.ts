import type { Rules } from '@tessera/loyalty';

/** What the rules of earning ask of the world beyond the account. */
export type Asked = { segments: boolean; budgetIds: readonly string[]; birthday: boolean };

const asked = new WeakMap<Rules, Asked>();

/** Versions never change, so each is looked through once: a plain sale pays nothing for what rules may ask. */
export function askedBy(rules: Rules): Asked {
  const known = asked.get(rules);
  if (known) return known;
  const { rules: list } = rules.earning;
  const found = {
    segments: list.some(({ condition }) => condition.segments !== null),
    budgetIds: [...new Set(list.flatMap(({ budgetId }) => budgetId ?? []))].sort(),
    birthday: rules.birthday !== null,
  };
  asked.set(rules, found);
  return found;
}
