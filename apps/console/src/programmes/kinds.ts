import type { ProgrammeRow } from '@tessera/contract';

export type Kind = ProgrammeRow['kind'];
export const kinds = [
  { kind: 1, word: 'kind.bonus', name: 'bonus' },
  { kind: -1, word: 'kind.stamps', name: 'stamps' },
  { kind: 2, word: 'kind.discount', name: 'discount' },
  { kind: 3, word: 'kind.matrix', name: 'matrix' },
  { kind: 4, word: 'kind.receipts', name: 'receipts' },
  { kind: 5, word: 'kind.tickets', name: 'tickets' },
  { kind: 0, word: 'kind.outside', name: 'outside' },
] as const satisfies readonly { kind: Kind; word: string; name: string }[];

export const wordOfKind = (kind: Kind) => (kinds.find((one) => one.kind === kind) ?? kinds[0]).word;

/** Which parts of the settings matter for a type: it is asked for these and nothing else. */
export const partsOf = (kind: Kind) => ({
  levels: kind !== 0 && kind !== -1 && kind !== 5,
  rates: kind === 1 || kind === 4,
  discounts: kind === 2,
  matrix: kind === 3,
  stamps: kind === -1,
  points: kind === 1 || kind === 4 || kind === -1,
});
