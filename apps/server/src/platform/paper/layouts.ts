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

const MARK = 2;

/** Short strokes across every corner of the grid, as x1, y1, x2, y2 in millimetres. */
export function cutMarks(layout: SheetLayout): [number, number, number, number][] {
  const { x: left, y: top } = placeOf(layout, 0);
  const marks: [number, number, number, number][] = [];
  for (let column = 0; column <= layout.columns; column += 1) {
    for (let row = 0; row <= layout.rows; row += 1) {
      const [x, y] = [left + column * layout.width, top + row * layout.height];
      marks.push([Math.max(0, x - MARK), y, Math.min(PAGE.width, x + MARK), y], [x, y - MARK, x, y + MARK]);
    }
  }
  return marks;
}
