import { readAmount } from '../ui/amounts.ts';

/** The numbers of a receipt as they are typed. */
export const NOTHING = { date: '', time: '', sum: '', storage: '', document: '', sign: '' };
export type Numbers = typeof NOTHING;

/** The text of a receipt's code, made of its numbers. The server reads and judges it like a code. */
export function codeOf({ date, time, sum, storage, document, sign }: Numbers): string | null {
  const minor = readAmount(sum);
  const digits = [storage, document, sign].map((text) => text.replace(/\s/g, ''));
  if (minor === null || date === '' || time === '' || digits.some((text) => !/^\d+$/.test(text))) return null;
  const at = `${date.replaceAll('-', '')}T${time.replace(':', '')}`;
  return `t=${at}&s=${(minor / 100).toFixed(2)}&fn=${digits[0]}&i=${digits[1]}&fp=${digits[2]}&n=1`;
}
