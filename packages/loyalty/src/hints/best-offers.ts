import type { AccountState } from '../account.ts';
import { afterDiscount, cardHolderOf } from '../coalition/discount.ts';
import { nextLevelOf } from '../levels/climb.ts';
import type { CheckLine, CheckPlace, PricedCheck } from '../pricing.ts';
import { priceCheck } from '../pricing.ts';
import type { Level, Rules } from '../rules.ts';

/** What a little more on the check would bring. `addMoney` is minor units of money, `earn` what the whole check earns then. */
export type Hint = { readonly addMoney: bigint; readonly earn: bigint } & (
  | { readonly kind: 'minimum_check' }
  | { readonly kind: 'check_size'; readonly rateBasisPoints: number }
  | { readonly kind: 'rule'; readonly ruleId: string; readonly name: string }
  /** With `addMoney` 0 the check reaches the level as it is. */
  | { readonly kind: 'level'; readonly levelId: string; readonly name: string }
);

/** A check as it would be sold, and everything that prices it. */
export type HintedCheck = {
  readonly state: AccountState;
  /** Before the discount of the card. */
  readonly lines: readonly CheckLine[];
  readonly spend: bigint;
  readonly where: CheckPlace;
  readonly rules: Rules;
  readonly now: Temporal.Instant;
};

const MOST_HINTS = 3;
const TRIES = 4;
/** No line of a till is called so. */
const MORE = '\u0000more';

/**
 * The nearest bounds that a little more on the check would reach: the least check that earns, the next step of rates by
 * check size, the least check of a rule that holds otherwise, the next level. Each is priced by the code that sells, and
 * none asks for more than the check costs already.
 */
export function hintsOf(check: HintedCheck, priced: PricedCheck): readonly Hint[] {
  const { money, byRules } = priced;
  if (money === 0n) return [];
  const hints: Hint[] = [];
  const { earning } = check.rules;
  const toBase = (bound: bigint) => (then: PricedCheck) => bound - then.byRules.base;
  if (byRules.base < earning.minCheck)
    add(hints, reach(check, priced, toBase(earning.minCheck)), { kind: 'minimum_check' });
  const step = earning.checkSize?.steps.find(({ from }) => from > byRules.base);
  if (step !== undefined) {
    const { from, rateBasisPoints } = step;
    add(hints, reach(check, priced, toBase(from)), { kind: 'check_size', rateBasisPoints });
  }
  earning.rules.forEach(({ id, name, condition }, index) => {
    if (byRules.trace[index]!.reason !== 'minimum_check') return;
    const found = reach(check, priced, toBase(condition.minCheck));
    // It may ask for goods too that nobody adds.
    const holds = found !== null && found.then.byRules.trace[index]!.reason === null;
    if (holds) add(hints, found, { kind: 'rule', ruleId: id, name });
  });
  const worthwhile = hints.filter(({ earn }) => earn > priced.earned);
  return [...levelHint(check, priced), ...worthwhile]
    .sort((a, b) => (a.addMoney < b.addMoney ? -1 : a.addMoney > b.addMoney ? 1 : 0))
    .slice(0, MOST_HINTS);
}

type Reached = { readonly addMoney: bigint; readonly then: PricedCheck };
type HintKind = Hint extends infer One ? (One extends Hint ? Omit<One, 'addMoney' | 'earn'> : never) : never;

function add(hints: Hint[], reached: Reached | null, kind: HintKind): void {
  if (reached !== null) hints.push({ ...kind, addMoney: reached.addMoney, earn: reached.then.earned });
}

/**
 * How much more the check has to cost until nothing is missing. A discount or points that spread over the new line too
 * may ask for a little more than what was missing at first.
 */
function reach(check: HintedCheck, priced: PricedCheck, missingOf: (then: PricedCheck) => bigint): Reached | null {
  let [addMoney, missing] = [0n, missingOf(priced)];
  let step = missing;
  for (let tries = 0; tries < TRIES; tries++) {
    addMoney += step;
    if (addMoney > priced.money) return null;
    const then = priceWith(check, addMoney);
    const left = missingOf(then);
    if (left <= 0n) return { addMoney, then };
    const gained = missing - left;
    if (gained <= 0n) return null;
    // As much again as the last step brought, rounded up.
    step = (left * step + gained - 1n) / gained;
    missing = left;
  }
  return null;
}

function priceWith({ state, lines, spend, where, rules }: HintedCheck, addMoney: bigint): PricedCheck {
  const more = [...lines, { id: MORE, amount: addMoney }];
  const found = afterDiscount(more, cardHolderOf(state, rules), where.context.venue, rules);
  return priceCheck(state, found.lines, spend, undefined, where, rules);
}

/** Only money carries a guest up here and now; the other measures do not ask what a check costs. */
function levelHint(check: HintedCheck, priced: PricedCheck): readonly Hint[] {
  const { state, rules, now } = check;
  const next = rules.ladder.measure === 'turnover' ? nextLevelOf(state, rules, now) : null;
  if (next === null || next.missing === 0n) return [];
  const told = ({ id, name }: Level) => ({ kind: 'level' as const, levelId: id, name });
  if (priced.money >= next.missing) {
    const measure = next.level.fromTurnover - next.missing + priced.money;
    const reached = rules.levels.findLast((level) => level.fromTurnover <= measure) ?? next.level;
    return [{ ...told(reached), addMoney: 0n, earn: priced.earned }];
  }
  const found = reach(check, priced, (then) => next.missing - then.money);
  return found === null ? [] : [{ ...told(next.level), addMoney: found.addMoney, earn: found.then.earned }];
}
