import { allocate, MAX_AMOUNT, sumOf } from './amounts.ts';
import { refuseQuantity } from './check-input.ts';
import type { ReturnCheck, ReturnLine } from './command.ts';
import type { Refusal } from './refusal.ts';
import { refusal } from './refusal.ts';
import type { LineProgress, LineReturn, SaleLine, SaleRecord } from './sale-record.ts';
import { isLineReturned, isWhollyReturned } from './sale-record.ts';

/** What a return does to the lines of its sale. */
export type ReturnPlan = {
  readonly lines: readonly SaleLine[];
  /** Money that the returned goods were paid with. */
  readonly money: bigint;
  /** Points earned on them, to be taken back. */
  readonly earned: bigint;
};

export type PlanOrRefusal = { readonly plan: ReturnPlan; readonly refusal: null } | { readonly refusal: Refusal };

const NOTHING: LineProgress = { quantityThousandths: 0, money: 0n, paidByPoints: 0n, earned: 0n };

/** Works out how much of each line goes back. Anything that cannot be returned refuses the return as a whole. */
export function planReturn(command: ReturnCheck): PlanOrRefusal {
  const { sale } = command;
  if (isWhollyReturned(sale)) return { refusal: refusal('nothing_to_return') };
  if (command.lines !== undefined) return planByLines(sale, command.lines);
  if (command.amount !== undefined) return planByAmount(sale, command.amount);
  return planned(sale, sale.lines.map(returnedWholly));
}

function planByLines(sale: SaleRecord, wanted: readonly ReturnLine[]): PlanOrRefusal {
  if (wanted.length === 0) return { refusal: refusal('nothing_to_return') };
  const lines = [...sale.lines];
  const seen = new Set<string>();
  for (const item of wanted) {
    if (seen.has(item.id)) return { refusal: refusal('line_repeated', { lineId: item.id }) };
    seen.add(item.id);
    const index = lines.findIndex((line) => line.id === item.id);
    const line = lines[index];
    if (line === undefined) return { refusal: refusal('unknown_line', { lineId: item.id }) };
    const result =
      item.quantityThousandths === undefined
        ? returnMoney(line, item.amount)
        : returnQuantity(line, item.quantityThousandths);
    if ('code' in result) return { refusal: result };
    lines[index] = result;
  }
  return planned(sale, lines);
}

/** Spread by the money that remains on the lines; all the money that remains returns everything that remains. */
function planByAmount(sale: SaleRecord, amount: bigint): PlanOrRefusal {
  if (amount <= 0n || amount > MAX_AMOUNT) {
    return { refusal: refusal('amount_invalid', { field: 'amount', value: amount, maximum: MAX_AMOUNT }) };
  }
  const remaining = sale.lines.map((line) => line.money - progressOf(line).money);
  const total = sumOf(remaining, (money) => money);
  if (amount > total) {
    return { refusal: refusal('return_exceeds_sold', { lineId: '', remaining: total, wanted: amount }) };
  }
  if (amount === total) return planned(sale, sale.lines.map(returnedWholly));
  const parts = allocate(amount, remaining);
  return planned(
    sale,
    sale.lines.map((line, index) => (parts[index] === 0n ? line : advanceByMoney(line, parts[index]!))),
  );
}

function returnMoney(line: SaleLine, amount: bigint): SaleLine | Refusal {
  if (amount <= 0n) return refusal('amount_invalid', { field: 'amount', value: amount, maximum: MAX_AMOUNT });
  const remaining = line.money - progressOf(line).money;
  if (amount > remaining) return refusal('return_exceeds_sold', { lineId: line.id, remaining, wanted: amount });
  return advanceByMoney(line, amount);
}

function returnQuantity(line: SaleLine, thousandths: number): SaleLine | Refusal {
  const wrong = refuseQuantity(thousandths);
  if (wrong !== null) return wrong;
  const remaining = line.quantityThousandths - progressOf(line).quantityThousandths;
  if (thousandths > remaining) {
    return refusal('return_exceeds_sold', { lineId: line.id, remaining, wanted: thousandths });
  }
  const started = measuredBy(line, 'quantity');
  const quantityThousandths = started.done.quantityThousandths + thousandths;
  if (quantityThousandths === line.quantityThousandths) return returnedWholly(line);
  const { basis } = started;
  const share = (whole: bigint, before: bigint): bigint =>
    before +
    ((whole - before) * BigInt(quantityThousandths - basis.quantityThousandths)) /
      BigInt(line.quantityThousandths - basis.quantityThousandths);
  return withProgress(line, started, {
    quantityThousandths,
    money: share(line.money, basis.money),
    paidByPoints: share(line.paidByPoints, basis.paidByPoints),
    earned: share(line.earned, basis.earned),
  });
}

/** Moves a line by `amount` of money, 0 < amount ≤ what remains on it. */
function advanceByMoney(line: SaleLine, amount: bigint): SaleLine {
  const started = measuredBy(line, 'money');
  const money = started.done.money + amount;
  if (money === line.money) return returnedWholly(line);
  const { basis } = started;
  const share = (whole: bigint, before: bigint): bigint =>
    before + ((whole - before) * (money - basis.money)) / (line.money - basis.money);
  return withProgress(line, started, {
    quantityThousandths: started.done.quantityThousandths,
    money,
    paidByPoints: share(line.paidByPoints, basis.paidByPoints),
    earned: share(line.earned, basis.earned),
  });
}

function progressOf(line: SaleLine): LineProgress {
  return line.returned?.done ?? NOTHING;
}

/** A change between pieces and money starts a new basis, so that the last piece takes exactly the rest either way. */
function measuredBy(line: SaleLine, measure: LineReturn['measure']): LineReturn {
  if (line.returned?.measure === measure) return line.returned;
  const done = progressOf(line);
  return { measure, basis: done, done };
}

function withProgress(line: SaleLine, started: LineReturn, done: LineProgress): SaleLine {
  return { ...line, returned: { ...started, done } };
}

function returnedWholly(line: SaleLine): SaleLine {
  if (isLineReturned(line)) return line;
  const { quantityThousandths, money, paidByPoints, earned } = line;
  return withProgress(line, measuredBy(line, 'quantity'), { quantityThousandths, money, paidByPoints, earned });
}

function planned(sale: SaleRecord, lines: readonly SaleLine[]): PlanOrRefusal {
  const grown = (of: (progress: LineProgress) => bigint): bigint =>
    sumOf(lines, (line) => of(progressOf(line))) - sumOf(sale.lines, (line) => of(progressOf(line)));
  const plan = { lines, money: grown((progress) => progress.money), earned: grown((progress) => progress.earned) };
  return { plan, refusal: null };
}
