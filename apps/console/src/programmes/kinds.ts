import type { ProgrammeRow } from '@tessera/contract';

export type Kind = ProgrammeRow['kind'];
export const kinds = [
  { kind: 1, word: 'kind.bonus', hint: 'kindHint.bonus' },
  { kind: -1, word: 'kind.stamps', hint: 'kindHint.stamps' },
  { kind: 2, word: 'kind.discount', hint: 'kindHint.discount' },
  { kind: 3, word: 'kind.matrix', hint: 'kindHint.matrix' },
  { kind: 4, word: 'kind.receipts', hint: 'kindHint.receipts' },
  { kind: 5, word: 'kind.tickets', hint: 'kindHint.tickets' },
  { kind: 0, word: 'kind.outside', hint: 'kindHint.outside' },
] as const satisfies readonly { kind: Kind; word: string; hint: string }[];

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
