import {
  type AccountState,
  type Command,
  decide,
  type Entry,
  newAccountState,
  parseExpiry,
  type Rules,
  remembersLadder,
  type Welcome,
} from '@tessera/loyalty';
import type { GroupTemplate, StoredEntry } from '../model.ts';
import { withBalances } from '../model.ts';

/**
 * What an account begins with by the template of its group: its level, its own term of points, the day of joining where
 * levels ask for it, its welcome.
 */
export function beginAccount(
  group: string,
  template: GroupTemplate,
  rules: Rules,
  now: Temporal.Instant,
): { state: AccountState; entries: StoredEntry[] } {
  const empty = newAccountState();
  let state = empty;
  const entries: Entry[] = [];
  for (const command of commandsOf(group, template, rules)) {
    const decision = decide(state, command, rules, now);
    if (!decision.ok) throw new Error(`A new account refused ${command.kind}: ${decision.refusal.code}`);
    state = decision.state;
    entries.push(...decision.entries);
  }
  return { state, entries: withBalances(empty, entries) };
}

/** A level that the rules have lost since the template was written is left out: nobody is turned away for it. */
function commandsOf(group: string, template: GroupTemplate, rules: Rules): Command[] {
  const level = rules.levels.some(({ id }) => id === template.level) ? template.level : undefined;
  const expiry = template.expiry === undefined ? null : parseExpiry(template.expiry);
  if (expiry && !expiry.ok) throw new Error('The term of a stored group cannot be read.');
  const welcome = welcomeOf(template, rules);
  return [
    ...(level === undefined && expiry === null
      ? []
      : [{ kind: 'begin', group, level, expiry: expiry?.expiry } as const]),
    ...(remembersLadder(rules) ? [{ kind: 'join' } as const] : []),
    ...(welcome === null ? [] : [{ kind: 'welcome', own: welcome } as const]),
  ];
}

function welcomeOf(template: GroupTemplate, rules: Rules): Welcome | null {
  if (!template.welcome) return null;
  const { welcomeAmount, welcomeLifetimeDays } = template;
  const amount = welcomeAmount === undefined ? rules.welcome?.amount : BigInt(welcomeAmount);
  if (amount === undefined || amount === 0n) return null;
  const usual = welcomeAmount === undefined ? (rules.welcome?.lifetimeDays ?? null) : null;
  return { amount, lifetimeDays: welcomeLifetimeDays ?? usual };
}
