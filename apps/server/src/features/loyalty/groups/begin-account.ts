import {
  type AccountState,
  decide,
  type Entry,
  newAccountState,
  parseExpiry,
  type Rules,
  type Welcome,
} from '@tessera/loyalty';
import type { GroupTemplate, StoredEntry } from '../model.ts';
import { withBalances } from '../model.ts';

/**
 * What an account begins with by the template of its group: its level, its own term of points, its welcome. A level that
 * the rules have lost since the template was written is left out: nobody is turned away for it.
 */
export function beginAccount(
  group: string,
  template: GroupTemplate,
  rules: Rules,
  now: Temporal.Instant,
): { state: AccountState; entries: StoredEntry[] } {
  const empty = newAccountState();
  const entries: Entry[] = [];
  const level = rules.levels.some(({ id }) => id === template.level) ? template.level : undefined;
  const expiry = template.expiry === undefined ? null : parseExpiry(template.expiry);
  if (expiry && !expiry.ok) throw new Error('The term of a stored group cannot be read.');
  const begun = decide(empty, { kind: 'begin', group, level, expiry: expiry?.expiry }, rules, now);
  if (!begun.ok) throw new Error(`The beginning of an account was refused: ${begun.refusal.code}`);
  entries.push(...begun.entries);
  const gift = welcomeOf(template, rules);
  const given = gift && decide(begun.state, { kind: 'welcome', own: gift }, rules, now);
  if (given && !given.ok) throw new Error(`The welcome points were refused: ${given.refusal.code}`);
  entries.push(...(given?.entries ?? []));
  return { state: given?.state ?? begun.state, entries: withBalances(empty, entries) };
}

function welcomeOf(template: GroupTemplate, rules: Rules): Welcome | null {
  if (!template.welcome) return null;
  const { welcomeAmount, welcomeLifetimeDays } = template;
  const amount = welcomeAmount === undefined ? rules.welcome?.amount : BigInt(welcomeAmount);
  if (amount === undefined || amount === 0n) return null;
  const usual = welcomeAmount === undefined ? (rules.welcome?.lifetimeDays ?? null) : null;
  return { amount, lifetimeDays: welcomeLifetimeDays ?? usual };
}
