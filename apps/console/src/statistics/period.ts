/** What a page of figures is about: days of the company, both inclusive, and how they are put together. */
export type Days = { readonly from: string; readonly to: string };
export const units = ['day', 'week', 'month'] as const;
export type Unit = (typeof units)[number];
export const lengths = ['30', '90', '365'] as const;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MILLISECONDS = 86_400_000;

/** The calendar day that is now in a time zone. */
export const dayIn = (now: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);

const before = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MILLISECONDS).toISOString().slice(0, 10);

export const lastDays = (today: string, length: number): Days => ({ from: before(today, length - 1), to: today });

/** The days that an address names, or the last thirty. */
export function chosenDays(from: string | undefined, to: string | undefined, today: string): Days {
  const both = from !== undefined && to !== undefined && DAY.test(from) && DAY.test(to);
  return both && from <= to ? { from, to } : lastDays(today, 30);
}

export const lengthOf = ({ from, to }: Days): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MILLISECONDS) + 1;

/** A plot with more points than this is a hedge: days become weeks, weeks become months. */
export const unitFor = (days: Days): Unit => (lengthOf(days) <= 62 ? 'day' : lengthOf(days) <= 250 ? 'week' : 'month');
