import type { Days } from './queries.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const pad = (number: number): string => String(number).padStart(2, '0');

/** A month, counted from year 0, as its first and last day. */
function daysOfMonth(index: number): Days {
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const prefix = `${year}-${pad(month)}`;
  return { from: `${prefix}-01`, to: `${prefix}-${pad(last)}` };
}

const indexOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

/** Whole days that an address names, or the month that is now in the company's time zone. */
export function chosenDays(from: string | undefined, to: string | undefined, now: number, timeZone: string): Days {
  if (from && to && DAY.test(from) && DAY.test(to) && from <= to) return { from, to };
  const today = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);
  return daysOfMonth(indexOf(today));
}

/** The month before or after the one in which the days begin. */
export const monthBeside = ({ from }: Days, step: 1 | -1): Days => daysOfMonth(indexOf(from) + step);

/** Whether the days are one whole month. */
export const isMonth = (days: Days): boolean =>
  daysOfMonth(indexOf(days.from)).to === days.to && days.from.endsWith('-01');
