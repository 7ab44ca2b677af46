import { CARDS_OF_RANGE_MAX, type ErrorCode, type Result, refuse, succeed } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { readCardNumber } from './model.ts';
import { insertNumbers, lockRange, selectOwn } from './store.ts';

/** A file of 100,000 long numbers with a further column or two. */
export const NUMBERS_BYTES_MAX = 8 * 1024 * 1024;
const PROBLEMS_TOLD = 200;
const SHOWN_CHARACTERS = 40;
const CHUNK = 5_000;

export type NumberProblem = { line: number; number: string; code: ErrorCode };
export type TakenNumbers = { added: number; known: number; wrong: number; problems: NumberProblem[] };

/**
 * Takes the numbers of a file into a range: what is printed on plastic. A line holds a number, further columns do not
 * count; a heading is passed over. Good numbers are taken although others are wrong, and the same file again adds nothing.
 * @returns how many were added, were there before and are wrong, the first of these by line; card_range_not_found,
 *   card_range_full
 */
export function takeNumbers(tenant: Tenant, rangeId: number, file: Buffer): Promise<Result<TakenNumbers>> {
  const { lines, problems } = readNumbers(file);
  return tenant.transaction(async (transaction) => {
    const range = await lockRange(transaction, rangeId);
    if (!range) return refuse('card_range_not_found');
    const numbers = [...lines.keys()];
    const own = new Set<string>();
    for (let at = 0; at < numbers.length; at += CHUNK) {
      for (const number of await selectOwn(transaction, rangeId, numbers.slice(at, at + CHUNK))) own.add(number);
    }
    const fresh = numbers.filter((number) => !own.has(number));
    if (range.cards + fresh.length > CARDS_OF_RANGE_MAX)
      return refuse('card_range_full', { limit: CARDS_OF_RANGE_MAX });
    const added = new Set<string>();
    for (let at = 0; at < fresh.length; at += CHUNK) {
      for (const number of await insertNumbers(transaction, rangeId, fresh.slice(at, at + CHUNK))) added.add(number);
    }
    for (const number of fresh) {
      if (!added.has(number)) problems.push({ line: lines.get(number)!, number, code: 'card_number_elsewhere' });
    }
    problems.sort((left, right) => left.line - right.line);
    const told = problems.slice(0, PROBLEMS_TOLD);
    return succeed({ added: added.size, known: own.size, wrong: problems.length, problems: told });
  });
}

/** Numbers by the line on which each stands first. */
export function readNumbers(file: Buffer): { lines: Map<string, number>; problems: NumberProblem[] } {
  const lines = new Map<string, number>();
  const problems: NumberProblem[] = [];
  // Numbers are the same in every encoding that spreadsheets write; the rest of a line does not count.
  const text = file.toString('latin1').replace(/^(?:\u00ef\u00bb\u00bf)/, '');
  let line = 0;
  for (const row of text.split(/\r\n|\r|\n/)) {
    line += 1;
    const cell = (/^\s*"?([^";,\t]*)/.exec(row)?.[1] ?? '').trim();
    if (cell === '' || (line === 1 && !/\d/.test(cell))) continue;
    const number = readCardNumber(cell);
    const shown = cell.slice(0, SHOWN_CHARACTERS).replace(/[^\x20-\x7e]/g, '?');
    if (number === null) problems.push({ line, number: shown, code: 'card_number_invalid' });
    else if (lines.has(number)) problems.push({ line, number, code: 'card_number_repeated' });
    else lines.set(number, line);
  }
  return { lines, problems };
}
