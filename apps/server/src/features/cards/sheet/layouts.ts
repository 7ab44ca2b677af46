/** Sheets of A4. Lengths in millimetres; a page is 210 × 297. */
export type SheetLayout = {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  /** The side of the code, without its quiet zone. */
  readonly code: number;
  readonly nameSize: number;
  readonly numberSize: number;
};

export const PAGE = { width: 210, height: 297 } as const;

export const layouts = {
  /** Self-adhesive labels, 24 a sheet. */
  labels: { columns: 3, rows: 8, width: 70, height: 37, code: 23, nameSize: 9, numberSize: 9 },
  /** Cards of the size of a bank card, to be cut. */
  cards: { columns: 2, rows: 5, width: 85, height: 54, code: 34, nameSize: 12, numberSize: 11 },
} as const satisfies Record<string, SheetLayout>;

export type LayoutName = keyof typeof layouts;

/** The upper left corner of a place on its page, places counted row by row. */
export function placeOf({ columns, rows, width, height }: SheetLayout, index: number): { x: number; y: number } {
  const left = (PAGE.width - columns * width) / 2;
  const top = (PAGE.height - rows * height) / 2;
  return { x: left + (index % columns) * width, y: top + Math.floor(index / columns) * height };
}
