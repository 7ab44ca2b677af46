import type { ReturnLine } from './command.ts';
import type {
  AccountState,
  Balance,
  Basket,
  Command,
  Decision,
  Entry,
  OutcomeOf,
  PricedBasket,
  Refusal,
  ReturnCheck,
  ReturnOutcome,
  Rules,
  SaleOutcome,
  SaleRecord,
} from './index.ts';
import { balanceOf, decide, newAccountState, parseRules, stateAt } from './index.ts';

/** Points or money as people write them, with two decimal places, in minor units. Only for tests. */
export function units(amount: number): bigint {
  return BigInt(Math.round(amount * 100));
}

/** An instant of Moscow: `2026-03-10` is noon of that day, `2026-03-10T08:00` that local time. */
export function moscow(text: string): Temporal.Instant {
  const local = text.includes('T') ? text : `${text}T12:00`;
  return Temporal.PlainDateTime.from(local).toZonedDateTime('Europe/Moscow').toInstant();
}

/** Rules for tests: Moscow, one level of 5 %, and whatever the test sets. */
export function testRules(settings: Record<string, unknown> = {}): Rules {
  const parsed = parseRules({
    id: 'rules-1',
    timeZone: 'Europe/Moscow',
    levels: [{ id: 'base', name: 'Base', fromTurnover: 0, rateBasisPoints: 500 }],
    ...settings,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.rules;
}

/** One account lived through day by day, so that a test reads like the example it proves. */
export function startStory(settings: Record<string, unknown> = {}, day = '2026-03-01') {
  const rules = testRules(settings);
  let now = moscow(day);
  let state: AccountState = newAccountState();
  const entries: Entry[] = [];
  const sales = new Map<string, SaleRecord>();

  const attempt = <C extends Command>(command: C): Decision<OutcomeOf<C>> => {
    const decision = decide(state, command, rules, now);
    if (decision.ok) {
      state = decision.state;
      entries.push(...decision.entries);
      const { outcome } = decision;
      if (outcome.kind === 'sale' || outcome.kind === 'return') sales.set(outcome.sale.checkId, outcome.sale);
    }
    return decision;
  };
  const carryOut = <C extends Command>(command: C): OutcomeOf<C> => {
    const decision = attempt(command);
    if (!decision.ok) throw new Error(`refused: ${decision.refusal.code}`);
    return decision.outcome;
  };
  const refused = (command: Command): Refusal | null => {
    const decision = attempt(command);
    return decision.ok ? null : decision.refusal;
  };
  const returnOf = (checkId: string, what: { lines?: readonly ReturnLine[]; amount?: bigint }): ReturnCheck => ({
    kind: 'return_check',
    sale: sales.get(checkId)!,
    entriesSinceSale: entries,
    ...what,
  });
  return {
    rules,
    entries,
    sales,
    on: (day: string) => {
      now = moscow(day);
    },
    attempt,
    carryOut,
    refused,
    sell: (checkId: string, basket: Basket & Pick<PricedBasket, 'budgets' | 'context'>, spend = 0n): SaleOutcome =>
      carryOut({
        kind: 'register_check',
        mode: 'priced',
        checkId,
        occurredAt: now,
        spend,
        ...basket,
      }),
    takeBack: (checkId: string, what: { lines?: readonly ReturnLine[]; amount?: bigint } = {}): ReturnOutcome =>
      carryOut(returnOf(checkId, what)),
    returnOf,
    refill: (amount: number, lifetimeDays?: number | null) =>
      carryOut({ kind: 'refill', amount: units(amount), lifetimeDays }),
    /** The account as it reads now, with everything due applied. */
    state: (): AccountState => stateAt(state, rules, now).state,
    stored: (): AccountState => state,
    now: () => now,
    balance: (): Balance => balanceOf(stateAt(state, rules, now).state),
    available: (): bigint => stateAt(state, rules, now).state.available,
    left: (lotId: number): bigint =>
      stateAt(state, rules, now).state.lots.find((lot) => lot.id === lotId)?.remaining ?? 0n,
  };
}
