import {
  type CardCounts,
  type CardMeasure,
  cardMeasures,
  type TransactionKind,
  transactionKinds,
} from '@tessera/contract';
import { type EventKind, eventKinds } from '../journal/index.ts';

/** Kinds that stand in the journal; the others are read from the ledger. A check-in may be either. */
export const journalKinds: readonly EventKind[] = eventKinds;
export const ledgerKinds = ['check_in', 'bonus', 'cashback', 'discount_sale', 'stamp', 'deposit'] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

/** Kinds as a filter names them; null: one of them is none. */
export function readKinds(text: string | undefined): readonly TransactionKind[] | null {
  if (text === undefined) return transactionKinds;
  const named = text.split(',');
  const known = transactionKinds.filter((kind) => named.includes(kind));
  return known.length === new Set(named).size ? known : null;
}

/**
 * Where a page of the merged list ended. Of one moment the journal's rows come first (`e`), then the ledger's (`l`);
 * within each the key of its own decides.
 */
export type Cursor = { readonly at: Temporal.Instant; readonly from: 'e' | 'l'; readonly key: string };

export const writeCursor = ({ at, from, key }: Cursor): string => `${at}_${from}_${key}`;

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)_([el])_([0-9a-z.-]{1,60})$/;
const FOLD = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ENTRY = /^\d{1,15}\.\d{1,9}\.\d$/;

/** A cursor that is none begins at the start. */
export function readCursor(text: string | undefined): Cursor | null {
  const match = CURSOR.exec(text ?? '');
  if (!match) return null;
  const [, at = '', from, key = ''] = match;
  if (!(from === 'e' ? FOLD : ENTRY).test(key)) return null;
  try {
    return { at: Temporal.Instant.from(at), from: from === 'e' ? 'e' : 'l', key };
  } catch {
    return null;
  }
}

/** Days of a company as instants, each with its end; a day may have 23 or 25 hours, and may not begin at midnight. */
export type CountedDay = { readonly day: string; readonly starts: Temporal.Instant; readonly ends: Temporal.Instant };

export function daysFrom(first: Temporal.PlainDate, last: Temporal.PlainDate, timeZone: string): CountedDay[] {
  const days: CountedDay[] = [];
  for (let day = first; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    const ends = startOf(day.add({ days: 1 }), timeZone);
    days.push({ day: day.toString(), starts: startOf(day, timeZone), ends });
  }
  return days;
}

export const startOf = (day: Temporal.PlainDate, timeZone: string): Temporal.Instant =>
  day.toZonedDateTime({ timeZone }).toInstant();

export const dayOf = (at: Temporal.Instant, timeZone: string): Temporal.PlainDate =>
  at.toZonedDateTimeISO(timeZone).toPlainDate();

export type Unit = 'day' | 'week' | 'month';

/** The day that a period begins with: Mondays, firsts of months. */
export function periodOf(day: Temporal.PlainDate, unit: Unit): Temporal.PlainDate {
  if (unit === 'month') return day.with({ day: 1 });
  return unit === 'week' ? day.subtract({ days: day.dayOfWeek - 1 }) : day;
}

/** The first days of all periods that touch these days. */
export function periodsBetween(first: Temporal.PlainDate, last: Temporal.PlainDate, unit: Unit): Temporal.PlainDate[] {
  const starts: Temporal.PlainDate[] = [];
  const step = unit === 'month' ? { months: 1 } : { days: unit === 'week' ? 7 : 1 };
  for (let start = periodOf(first, unit); Temporal.PlainDate.compare(start, last) <= 0; start = start.add(step)) {
    starts.push(start);
  }
  return starts;
}

export type Counted = { readonly measure: CardMeasure; readonly count: number };

export function countsOf(rows: readonly Counted[]): CardCounts {
  const counts = Object.fromEntries(cardMeasures.map((measure) => [measure, 0])) as CardCounts;
  for (const { measure, count } of rows) counts[measure] += count;
  return counts;
}

/** The whole months of a time: the first days of the first one and of the one after the last; null: there is none. */
export function wholeMonths(from: string, to: string): { first: string; after: string } | null {
  const begin = Temporal.PlainDate.from(from);
  const end = Temporal.PlainDate.from(to).add({ days: 1 });
  const first = begin.day === 1 ? begin : begin.with({ day: 1 }).add({ months: 1 });
  const after = end.with({ day: 1 });
  return Temporal.PlainDate.compare(first, after) < 0 ? { first: first.toString(), after: after.toString() } : null;
}
