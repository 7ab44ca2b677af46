import { type Result, refuse, succeed, type TillLine } from '@tessera/contract';
import type { CheckLine } from '@tessera/loyalty';

type Typed = { amount: number; lines?: readonly TillLine[] | undefined };
type Basket = { total: bigint; lines?: undefined } | { lines: CheckLine[]; total?: undefined };

/** A line is named by its place in the list. */
const idOf = (index: number): string => String(index + 1);

/** The basket of a check: its lines where there are any, else the sum alone. @returns lines_do_not_sum */
export function readBasket({ amount, lines }: Typed): Result<Basket> {
  if (lines === undefined) return succeed({ total: BigInt(amount) });
  const sum = lines.reduce((all, line) => all + line.amount, 0);
  if (sum !== amount) return refuse('lines_do_not_sum', { lines: String(sum), expected: String(amount) });
  return succeed({ lines: lines.map(toLine) });
}

/** A category is asked for both as goods and as a group: whoever types it knows no difference. */
const toLine = ({ amount, quantityThousandths, category }: TillLine, index: number): CheckLine => ({
  id: idOf(index),
  amount: BigInt(amount),
  quantityThousandths,
  ...(category === undefined ? {} : { itemId: category, groups: [category] }),
});

/** The names of the lines by their ids; undefined where nobody gave one. */
export function namesOf({ lines = [] }: Typed): Record<string, string> | undefined {
  const names = lines.flatMap(({ name }, index) => (name.trim() === '' ? [] : [[idOf(index), name.trim()] as const]));
  return names.length === 0 ? undefined : Object.fromEntries(names);
}
