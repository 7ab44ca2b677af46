/** The number in a cursor that the schema has let through; '' and nothing are the first page. */
export const cursorOf = (after: string | undefined): number | null => (after ? Number(after) : null);

/** The cursor of the page below: the number of this one's last row, or null when there is no further page. */
export const nextOf = <T>(rows: readonly T[], limit: number, numberOf: (row: T) => number): string | null =>
  rows.length < limit ? null : String(numberOf(rows.at(-1)!));
