/** Rows of one day, in the order they came. */
export type Day<Row> = { readonly name: string; readonly rows: readonly Row[] };

/** Gathers neighbouring rows that fall on the same day. The order of rows is kept: a day that comes twice stands twice. */
export function byDay<Row>(rows: readonly Row[], dayOf: (row: Row) => string): Day<Row>[] {
  const days: { name: string; rows: Row[] }[] = [];
  for (const row of rows) {
    const name = dayOf(row);
    const last = days.at(-1);
    if (last?.name === name) last.rows.push(row);
    else days.push({ name, rows: [row] });
  }
  return days;
}
