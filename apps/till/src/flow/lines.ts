import type { TillLine } from '@tessera/contract';

/** One piece. */
export const PIECE = 1_000;
/** More lines than this a cashier does not enter by hand. */
export const MOST_LINES = 200;

export const sumOfLines = (lines: readonly TillLine[]): number => lines.reduce((sum, line) => sum + line.amount, 0);

/** Price of a piece times the quantity, in minor units; half a unit goes up. Whole numbers all the way. */
export const priceOf = (each: number, quantityThousandths: number): number =>
  Number((BigInt(each) * BigInt(quantityThousandths) + 500n) / 1000n);

/** «1,5» or «2»: thousandths, or null for what is no quantity. */
export function readQuantity(text: string): number | null {
  const found = /^(\d{1,5})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (found === null) return null;
  const thousandths = Number(found[1]) * PIECE + Number((found[2] ?? '').padEnd(3, '0'));
  return thousandths > 0 ? thousandths : null;
}

/** Thousandths as people write them: «1,5». */
export function sayQuantity(thousandths: number, decimal: string): string {
  const fraction = String(thousandths % PIECE)
    .padStart(3, '0')
    .replace(/0+$/, '');
  const whole = String(Math.floor(thousandths / PIECE));
  return fraction === '' ? whole : `${whole}${decimal}${fraction}`;
}
