import { allocate, MAX_AMOUNT, moneyPerPoint, sumOf } from './amounts.ts';
import type { Basket, CheckToRegister } from './command.ts';
import type { CheckLine } from './pricing.ts';
import type { Refusal } from './refusal.ts';
import { refusal, refuseAmount } from './refusal.ts';
import type { Rules } from './rules.ts';

/** Id of the one line of a check that came without lines. */
export const TOTAL_LINE_ID = 'total';
const MAX_LINES = 1000;
const MAX_QUANTITY_THOUSANDTHS = 1_000_000_000;
const MAX_ID_LENGTH = 200;
const MAX_GROUPS = 100;
const MAX_CLOCK_AHEAD_MS = 24 * 3_600_000;

export type LinesOrRefusal =
  | { readonly lines: readonly CheckLine[]; readonly refusal: null }
  | { readonly refusal: Refusal };

/** The lines of a check to be registered, or what is wrong with the command. */
export function linesOfCheck(command: CheckToRegister, rules: Rules, nowMs: number): LinesOrRefusal {
  const wrong =
    refuseAmount('spend', command.spend, 0n) ??
    refuseAmount('accrual', command.accrual, 0n) ??
    refuseAmount('discount', command.discount, 0n) ??
    refuseIdentity(command, nowMs);
  if (wrong !== null) return { refusal: wrong };
  const found = command.mode === 'priced' ? linesOfBasket(command) : linesOfReport(command, rules);
  if (found.refusal !== null) return found;
  const bare = sumOf(found.lines, (line) => line.amount) === 0n && !command.accrual && !command.discount;
  if (bare) return { refusal: refusal('check_empty') };
  return { lines: withDiscount(found.lines, command.discount, rules), refusal: null };
}

function refuseIdentity(command: CheckToRegister, nowMs: number): Refusal | null {
  const { checkId, occurredAt } = command;
  if (checkId.length === 0 || checkId.length > MAX_ID_LENGTH) {
    return refusal('value_invalid', { field: 'checkId', value: checkId.slice(0, MAX_ID_LENGTH) });
  }
  if (occurredAt.epochMilliseconds <= nowMs + MAX_CLOCK_AHEAD_MS) return null;
  return refusal('occurred_in_future', { occurredAt: occurredAt.epochMilliseconds, now: nowMs });
}

/** The lines of a basket, or what is wrong with it. */
export function linesOfBasket(basket: Basket): LinesOrRefusal {
  if (basket.lines === undefined) {
    const wrong = refuseAmount('total', basket.total, 0n);
    if (wrong !== null) return { refusal: wrong };
    return { lines: [{ id: TOTAL_LINE_ID, amount: basket.total }], refusal: null };
  }
  const wrong = refuseLines(basket.lines);
  return wrong === null ? { lines: basket.lines, refusal: null } : { refusal: wrong };
}

function linesOfReport(command: CheckToRegister & { mode: 'reported' }, rules: Rules): LinesOrRefusal {
  const wrong = refuseAmount('money', command.money, 0n);
  if (wrong !== null) return { refusal: wrong };
  const total = command.money + command.spend * moneyPerPoint(rules);
  if (command.lines === undefined) return { lines: [{ id: TOTAL_LINE_ID, amount: total }], refusal: null };
  const wrongLines = refuseLines(command.lines);
  if (wrongLines !== null) return { refusal: wrongLines };
  const sum = sumOf(command.lines, (line) => line.amount);
  if (sum !== total) return { refusal: refusal('lines_do_not_sum', { lines: sum, expected: total }) };
  return { lines: command.lines, refusal: null };
}

function refuseLines(lines: readonly CheckLine[]): Refusal | null {
  if (lines.length === 0) return refusal('check_empty');
  if (lines.length > MAX_LINES) return refusal('value_invalid', { field: 'lines', value: lines.length });
  const seen = new Set<string>();
  for (const line of lines) {
    if (line.id.length === 0 || line.id.length > MAX_ID_LENGTH) {
      return refusal('value_invalid', { field: 'line id', value: line.id.slice(0, MAX_ID_LENGTH) });
    }
    if ((line.groups?.length ?? 0) > MAX_GROUPS) {
      return refusal('value_invalid', { field: 'groups', value: line.groups!.length });
    }
    if (seen.has(line.id)) return refusal('line_repeated', { lineId: line.id });
    seen.add(line.id);
    const wrong =
      refuseAmount('line amount', line.amount, 0n) ??
      refuseAmount('line discount', line.discount, 0n) ??
      refuseQuantity(line.quantityThousandths ?? 1000);
    if (wrong !== null) return wrong;
  }
  const total = sumOf(lines, (line) => line.amount + (line.discount ?? 0n));
  return total > MAX_AMOUNT ? refusal('amount_invalid', { field: 'total', value: total, maximum: MAX_AMOUNT }) : null;
}

/** The lines with the discount of the whole check on them, by price, where no line bears one of its own. */
export function withDiscount(
  lines: readonly CheckLine[],
  discount: bigint | undefined,
  rules: Rules,
): readonly CheckLine[] {
  if (rules.earning.base !== 'gross' || !discount || lines.some((line) => line.discount)) return lines;
  const amounts = lines.map((line) => line.amount);
  const parts = allocate(discount, amounts.some((amount) => amount > 0n) ? amounts : lines.map(() => 1n));
  return lines.map((line, index) => ({ ...line, discount: parts[index]! }));
}

/** A quantity is a whole, positive number of thousandths. */
export function refuseQuantity(thousandths: number): Refusal | null {
  const valid = Number.isSafeInteger(thousandths) && thousandths > 0 && thousandths <= MAX_QUANTITY_THOUSANDTHS;
  return valid ? null : refusal('value_invalid', { field: 'quantityThousandths', value: thousandths });
}
