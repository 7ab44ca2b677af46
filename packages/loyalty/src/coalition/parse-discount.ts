import type { Level } from '../rules.ts';
import type { Field } from '../rules-reader.ts';
import type { Discount, DiscountCell } from './settings.ts';

const MAX_CELLS = 5000;

/**
 * Reads `discount`: `{"kind": "levels", "levels": [{"level", "basisPoints"}]}`, or `{"kind": "matrix", "cells":
 * [{"level"?, "venue"?, "basisPoints"}], "defaultBasisPoints"}`. A cell without a level is for every level, one without
 * a venue for every venue. Absent is no discount.
 */
export function readDiscount(root: Field, levels: readonly Level[]): Discount | null {
  if (root.isNullOrAbsent('discount')) return null;
  const field = root.object('discount');
  const kind = field.oneOf('kind', ['levels', 'matrix'], 'levels');
  const fields = field.list(kind === 'levels' ? 'levels' : 'cells', 1, MAX_CELLS);
  const cells = fields.map((cell) => readCell(cell, kind));
  cells.forEach((cell, index) => {
    if (cell.level !== null && !levels.some((level) => level.id === cell.level)) {
      fields[index]!.problem('level', 'unknown_value', levels.map((level) => level.id).join(' | '));
    }
  });
  refuseRepeated(cells, fields);
  const defaultBasisPoints = kind === 'matrix' ? field.integer('defaultBasisPoints', 0, 10_000, 0) : 0;
  field.refuseUnknown();
  return { kind, cells, defaultBasisPoints };
}

function readCell(field: Field, kind: Discount['kind']): DiscountCell {
  const byMatrix = kind === 'matrix';
  const cell = {
    level: byMatrix && field.isNullOrAbsent('level') ? null : field.text('level', 200),
    venue: !byMatrix || field.isNullOrAbsent('venue') ? null : field.text('venue', 200),
    basisPoints: field.integer('basisPoints', 0, 10_000, undefined),
  };
  if (cell.level === null && cell.venue === null) field.problem('level', 'missing', 'a level or a venue');
  field.refuseUnknown();
  return cell;
}

function refuseRepeated(cells: readonly DiscountCell[], fields: readonly Field[]): void {
  const seen = new Set<string>();
  cells.forEach(({ level, venue }, index) => {
    const key = JSON.stringify([level, venue]);
    const name = level === null ? 'venue' : 'level';
    if (seen.has(key)) fields[index]!.problem(name, 'repeated', [level, venue].filter(Boolean).join(' × '));
    seen.add(key);
  });
}
