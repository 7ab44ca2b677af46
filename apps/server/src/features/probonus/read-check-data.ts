import type { CheckLine } from '@tessera/loyalty';
import { storableJson } from '../../platform/json-text.ts';

const LINES_MAX = 1_000;
const NAME_MAX = 200;
const CODE_MAX = 200;
const GROUPS_MAX = 100;
const QUANTITY_MAX = 1_000_000;

export type CheckData = { lines: CheckLine[]; names: Record<string, string> };

/**
 * The lines of a check out of `checkData`, so that rules about goods see them: JSON with `items`, each with `sum` in
 * kopecks and, if known, `code`, `name`, `quantity` in pieces and `groups`. Lines are numbered from 1, since a code may
 * stand twice.
 * @returns null for a text of another kind, and for items that do not add up to `total` (what was paid in money and in
 *   points): `checkData` is told for the record and refuses no sale
 */
export function readCheckData(text: string | undefined, total: bigint): CheckData | null {
  const items = itemsOf(text);
  if (items === null) return null;
  const lines: CheckLine[] = [];
  const names: Record<string, string> = {};
  let sum = 0n;
  for (const [index, item] of items.entries()) {
    const id = String(index + 1);
    const line = readItem(item, id);
    if (line === null) return null;
    lines.push(line);
    sum += line.amount;
    const { name } = item as { name?: unknown };
    if (typeof name === 'string' && name.length > 0) names[id] = name.slice(0, NAME_MAX).toWellFormed();
  }
  return sum === total ? { lines, names } : null;
}

function itemsOf(text: string | undefined): unknown[] | null {
  if (text === undefined || !text.trimStart().startsWith('{')) return null;
  try {
    // A text of JSON inside of JSON: what the body's own reading mends is still hidden in it.
    const { items } = JSON.parse(storableJson(text) ?? '') as { items?: unknown };
    return Array.isArray(items) && items.length > 0 && items.length <= LINES_MAX ? items : null;
  } catch {
    return null;
  }
}

function readItem(item: unknown, id: string): CheckLine | null {
  if (typeof item !== 'object' || item === null) return null;
  const { sum, quantity = 1, code, groups = [] } = item as Record<string, unknown>;
  if (typeof sum !== 'number' || !Number.isSafeInteger(sum) || sum < 0) return null;
  if (typeof quantity !== 'number' || !(quantity > 0) || quantity > QUANTITY_MAX) return null;
  const quantityThousandths = Math.max(1, Math.round(quantity * 1_000));
  const named = Array.isArray(groups) ? groups.filter(isName).slice(0, GROUPS_MAX) : [];
  const itemId = typeof code === 'number' ? String(code) : code;
  return { id, amount: BigInt(sum), quantityThousandths, groups: named, ...(isName(itemId) ? { itemId } : {}) };
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= CODE_MAX;
