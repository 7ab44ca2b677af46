import { type Body, levelsOf, valueAt } from './body.ts';

type Cell = { readonly level?: string; readonly venue?: string; readonly basisPoints: number };

function cellsOf(body: Body): readonly Cell[] {
  const cells = valueAt(body, ['discount', 'cells']) ?? valueAt(body, ['discount', 'levels']);
  return Array.isArray(cells) ? (cells as Cell[]) : [];
}

const isAt = (cell: Cell, level: string | null, venue: string | null): boolean =>
  (cell.level ?? null) === level && (cell.venue ?? null) === venue;

/** Basis points of a cell; `null` where it has no discount of its own. */
export const discountOf = (body: Body, level: string | null, venue: string | null): number | null =>
  cellsOf(body).find((cell) => isAt(cell, level, venue))?.basisPoints ?? null;

/** The venues that have cells of their own, in order of appearance. */
export const venuesOf = (body: Body): readonly string[] => [
  ...new Set(cellsOf(body).flatMap(({ venue }) => (venue === undefined ? [] : [venue]))),
];

/** The discount settings with another value in a cell; cells of levels that are gone go with them. */
export function withDiscount(
  body: Body,
  kind: 'levels' | 'matrix',
  level: string | null,
  venue: string | null,
  basisPoints: number | null,
): unknown {
  const known = new Set(levelsOf(body).map(({ id }) => id));
  const others = cellsOf(body).filter(
    (cell) => !isAt(cell, level, venue) && (cell.level === undefined || known.has(cell.level)),
  );
  const own = { ...(level === null ? {} : { level }), ...(venue === null ? {} : { venue }) };
  const cells = basisPoints === null ? others : [...others, { ...own, basisPoints }];
  if (cells.length === 0) return undefined;
  if (kind === 'levels') return { kind, levels: cells };
  const rest = valueAt(body, ['discount', 'defaultBasisPoints']);
  return { kind, cells, ...(typeof rest === 'number' ? { defaultBasisPoints: rest } : {}) };
}
