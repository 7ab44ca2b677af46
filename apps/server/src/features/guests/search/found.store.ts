import type { GuestSearch } from './model.ts';

/** Behind every letter, in the order of bytes: what begins with a text lies from the text to the text and this. */
const LAST = '\u{10ffff}';

/**
 * A condition: a column begins with a parameter. Ranges of plain text, because under row security no index serves `like`;
 * for the same reason the bounds cannot be made of a column.
 */
export const begins = (column: string, parameter: string): string =>
  `${column} >= ${parameter} and ${column} < ${parameter} || '${LAST}'`;

/**
 * A part of `with`: `guests_found (guest_id)`, the guests of the company `$1` that a search fits. Its parameters are
 * `foundParameters`, numbered from `first`. Every way of finding looks at so many guests at most and has an index.
 */
export function guestsFound(first: number): string {
  const [key, text, beginnings, ends, ending, one, other, max] = Array.from(
    { length: 8 },
    (_, n) => `$${first + n}`,
  ) as [string, ...string[]];
  const named = (column: string, word: string) => begins(column, `${word}::text`);
  return `guests_found as materialized (
    (select guest_id from guests where company_id = $1 and ${named('last_key', one!)} and ${named('first_key', other!)}
     order by last_key, first_key limit ${max})
    union
    (select guest_id from guests where company_id = $1 and ${named('first_key', one!)} and ${named('last_key', other!)}
     order by first_key, last_key limit ${max})
    union
    (select guest_id from guests where company_id = $1 and ${begins('email_key', `${key}::text`)}
     order by email_key limit ${max})
    union
    (select i.guest_id from unnest(${beginnings}::text[], ${ends}::text[]) as range (first, last)
     join guest_identifiers i on i.company_id = $1 and i.kind = 'phone'
       and i.value collate "C" >= range.first and i.value collate "C" < range.last limit ${max})
    union
    (select guest_id from guest_identifiers where company_id = $1 and kind in ('phone', 'card')
       and ${begins('value_end collate "C"', `reverse(${ending}::text)`)} limit ${max})
    union
    (select guest_id from guest_identifiers where company_id = $1 and kind in ('card', 'external', 'email')
       and ${begins('value collate "C"', `${text}::text`)} limit ${max}))`;
}

/** What `guestsFound` asks for. `max`: how many guests each way of finding looks at; null for all of them. */
export const foundParameters = (search: GuestSearch | null, max: number | null): unknown[] => [
  search?.key || null,
  search?.text || null,
  search?.phoneBeginnings ?? [],
  search?.phoneBeginnings.map((beginning) => beginning + LAST) ?? [],
  search?.ending ?? null,
  search?.names?.[0] ?? null,
  search?.names?.[1] ?? null,
  max,
];
