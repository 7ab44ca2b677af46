/** What a bench subject hands back, and how it is printed. */

/** How often and how long each measurement runs; every subject has defaults of its own. */
export type BenchOptions = { readonly rounds?: number; readonly seconds?: number };

/** One line of a comparison. `ratio` is this line's speed divided by that of the line called `ratioTo`. */
export type Row = {
  readonly name: string;
  readonly perSecond: number;
  readonly ratio: number;
  readonly ratioTo: string;
};

export type Report = {
  readonly title: string;
  readonly rows: readonly Row[];
  /** How it was measured, machine, further figures; shown under the table only. */
  readonly notes: readonly string[];
};

export type JsonRow = {
  readonly name: string;
  readonly per_second: number;
  readonly ratio: number;
  readonly ratio_to: string;
};

/** The rows in the form other programs read. */
export function toJsonRows(report: Report): JsonRow[] {
  return report.rows.map((row) => ({
    name: row.name,
    per_second: round(row.perSecond, 2),
    ratio: round(row.ratio, 4),
    ratio_to: row.ratioTo,
  }));
}

/** The report as plain text for a terminal. */
export function formatReport(report: Report): string {
  const width = Math.max(...report.rows.map((row) => row.name.length), 4);
  const head = `${'name'.padEnd(width)}  ${'per second'.padStart(12)}  ${'ratio'.padStart(8)}  to`;
  const lines = report.rows.map((row) => {
    const speed = row.perSecond < 100 ? row.perSecond.toFixed(1) : Math.round(row.perSecond).toString();
    return `${row.name.padEnd(width)}  ${speed.padStart(12)}  ${formatRatio(row.ratio).padStart(8)}  ${row.ratioTo}`;
  });
  return [report.title, '', head, '-'.repeat(head.length), ...lines, '', ...report.notes].join('\n');
}

/** The middle value; throws for an empty list. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Nearest-rank percentile, `share` from 0 to 1; throws for an empty list. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  if (value === undefined) throw new Error('no values');
  return value;
}

function formatRatio(ratio: number): string {
  return ratio < 10 ? ratio.toFixed(3) : ratio.toFixed(0);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
