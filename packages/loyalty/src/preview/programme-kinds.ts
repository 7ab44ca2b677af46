/** Types of programmes by the numbers that they bear in designs and in the compatible API. */
export const PROGRAMME_KINDS = {
  /** Stamps on a card of slots. */
  stamps: -1,
  /** Another system keeps the values, or there are none: they come in by the API. */
  outside: 0,
  /** Points, more of them on a higher level. */
  bonus: 1,
  /** A discount, a larger one on a higher level. */
  discount: 2,
  /** A discount by level and venue, for several businesses together. */
  matrix: 3,
  /** Points for receipts that guests send in. */
  receipts: 4,
  /** Tickets for one or several entries. */
  tickets: 5,
} as const;
export type ProgrammeKind = (typeof PROGRAMME_KINDS)[keyof typeof PROGRAMME_KINDS];
export type ProgrammeKindName = keyof typeof PROGRAMME_KINDS;

/** The name of a type by its number; `null` for a number that is none. */
export function programmeKindName(kind: number): ProgrammeKindName | null {
  const names = Object.keys(PROGRAMME_KINDS) as ProgrammeKindName[];
  return names.find((name) => PROGRAMME_KINDS[name] === kind) ?? null;
}
