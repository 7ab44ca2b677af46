import type { CardNumbers, CardRange, CardRangeSettings } from '@tessera/contract';

/** The contract's own limit; the console takes types from there, no schemas. */
const CARDS_OF_RANGE_MAX = 100_000;

/** How cards of a range are handed out, as it is typed. */
export type RangeDraft = {
  name: string;
  handOutUntil: string;
  closed: boolean;
} & Record<Flag, boolean>;
export const FLAGS = ['atTill', 'onePerGuest', 'toKnownGuests', 'nameNeeded', 'birthdayNeeded'] as const;
export type Flag = (typeof FLAGS)[number];

/** A new range: where its numbers come from beside that. */
export type NewRangeDraft = RangeDraft & {
  operationKey: string;
  groupId: string;
  kind: CardNumbers['kind'];
  from: string;
  to: string;
  count: string;
  digits: string;
  prefix: string;
};

export const newDraft = (operationKey: string): NewRangeDraft => ({
  operationKey,
  name: '',
  groupId: '',
  kind: 'sequence',
  from: '',
  to: '',
  count: '1000',
  digits: '12',
  prefix: '',
  handOutUntil: '',
  closed: false,
  atTill: true,
  onePerGuest: true,
  toKnownGuests: true,
  nameNeeded: false,
  birthdayNeeded: false,
});

export const draftOf = ({ name, settings, closed }: CardRange): RangeDraft => ({
  ...settings,
  name,
  closed,
  handOutUntil: settings.handOutUntil ?? '',
});

const settingsOf = (draft: RangeDraft): CardRangeSettings => ({
  handOutUntil: draft.handOutUntil === '' ? null : draft.handOutUntil,
  atTill: draft.atTill,
  onePerGuest: draft.onePerGuest,
  toKnownGuests: draft.toKnownGuests,
  nameNeeded: draft.nameNeeded,
  birthdayNeeded: draft.birthdayNeeded,
});

/** The change of a range that the draft stands for. */
export function readChange(draft: RangeDraft) {
  const wrong: (keyof RangeDraft)[] = draft.name.trim() === '' ? ['name'] : [];
  return { settings: { name: draft.name.trim(), settings: settingsOf(draft), closed: draft.closed }, wrong };
}

const CARD = /^[1-9]\d{3,17}$/;
const whole = (text: string, least: number, most: number): number | null =>
  /^\d{1,9}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most ? Number(text) : null;

/** How many cards stand from one number to another, both included; null where that cannot be read or is too much. */
export function cardsBetween(from: string, to: string): number | null {
  if (!CARD.test(from.trim()) || !CARD.test(to.trim())) return null;
  const count = BigInt(to.trim()) - BigInt(from.trim()) + 1n;
  return count >= 1n && count <= BigInt(CARDS_OF_RANGE_MAX) ? Number(count) : null;
}

/** The range that the draft stands for, and the fields that cannot be read. */
export function readNewRange(draft: NewRangeDraft) {
  const { settings: change, wrong: ofChange } = readChange(draft);
  const wrong: (keyof NewRangeDraft)[] = [...ofChange];
  const count = whole(draft.count, 1, CARDS_OF_RANGE_MAX);
  const digits = whole(draft.digits, 8, 18);
  if (draft.groupId === '') wrong.push('groupId');
  if (draft.kind === 'sequence') {
    if (!CARD.test(draft.from.trim())) wrong.push('from');
    if (cardsBetween(draft.from, draft.to) === null) wrong.push('to');
  }
  if (draft.kind === 'random') {
    if (count === null) wrong.push('count');
    if (digits === null) wrong.push('digits');
    if (!/^([1-9]\d{0,7})?$/.test(draft.prefix.trim())) wrong.push('prefix');
  }
  const numbers: Record<CardNumbers['kind'], CardNumbers> = {
    sequence: { kind: 'sequence', from: draft.from.trim(), to: draft.to.trim() },
    random: { kind: 'random', count: count ?? 1, digits: digits ?? 8, prefix: draft.prefix.trim() },
    list: { kind: 'list' },
  };
  return {
    wrong,
    settings: {
      operationKey: draft.operationKey,
      name: change.name,
      groupId: Number(draft.groupId),
      settings: change.settings,
      numbers: numbers[draft.kind],
    },
  };
}
