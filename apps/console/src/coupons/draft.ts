import type { CouponExample, CouponMode, CouponTerms } from '@tessera/contract';

/** Effects that the form can set; a bundle comes over the API and is kept as it is. */
export const EFFECTS = ['percent', 'amount', 'fixed_price', 'free_item', 'nth_item', 'points', 'ticket'] as const;
export type EffectKind = CouponTerms['effect']['kind'];

/** What stands in the fields of the form, as text. */
export type Draft = {
  readonly name: string;
  readonly mode: CouponMode;
  readonly code: string;
  readonly programmeId: number;
  readonly effect: EffectKind;
  /** Percent, money, points or pieces, as `effect` says. */
  readonly value: string;
  readonly every: string;
  readonly goods: string;
  readonly minCheck: string;
  readonly maxDiscount: string;
  readonly lifetimeDays: string;
  readonly total: string;
  readonly perMember: string;
  readonly budget: string;
  readonly category: 'common' | 'exclusive' | 'always';
  readonly withPoints: boolean;
  readonly newGuestsOnly: boolean;
  readonly reissue: boolean;
  /** What the form does not know of: conditions set over the API, a bundle. */
  readonly base: CouponTerms | null;
};

export const newDraft = (programmeId: number): Draft => ({
  name: '',
  mode: 'personal',
  code: '',
  programmeId,
  effect: 'percent',
  value: '10',
  every: '3',
  goods: '',
  minCheck: '',
  maxDiscount: '',
  lifetimeDays: '',
  total: '',
  perMember: '',
  budget: '',
  category: 'common',
  withPoints: true,
  newGuestsOnly: false,
  reissue: true,
  base: null,
});

/** «1 250,50» is 125050 minor units; null for what is no sum. */
export function toMinor(text: string): number | null {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (!/^\d{1,10}(\.\d{1,2})?$/.test(plain)) return null;
  const [whole = '0', part = ''] = plain.split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

const fromMinor = (minor: number | null | undefined): string =>
  minor ? (minor % 100 === 0 ? String(minor / 100) : (minor / 100).toFixed(2)) : '';
const fromCount = (count: number | null | undefined): string => (count ? String(count) : '');
const toCount = (text: string): number | null => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : null);

/** Goods are typed as words with commas; `#name` is a group. */
function readGoods(text: string): { items?: string[]; groups?: string[] } | null {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '' && word !== '#');
  if (words.length === 0) return null;
  const groups = words.filter((word) => word.startsWith('#')).map((word) => word.slice(1).trim());
  const items = words.filter((word) => !word.startsWith('#'));
  return { ...(items.length > 0 ? { items } : {}), ...(groups.length > 0 ? { groups } : {}) };
}

const tellGoods = (goods: CouponTerms['items']): string =>
  [...(goods?.items ?? []), ...(goods?.groups ?? []).map((group) => `#${group}`)].join(', ');

export function draftOf(
  kind: { name: string; mode: CouponMode; code: string | null; programmeId: number },
  terms: CouponTerms,
): Draft {
  const { effect, condition, limits, stacking, returns } = terms;
  const plain = newDraft(kind.programmeId);
  return {
    ...plain,
    name: kind.name,
    mode: kind.mode,
    code: kind.code ?? '',
    effect: effect.kind,
    value: amountTextOf(effect),
    every: effect.kind === 'nth_item' ? String(effect.every) : plain.every,
    goods: tellGoods(terms.items),
    minCheck: fromMinor(condition?.minCheck),
    maxDiscount: fromMinor(terms.maxDiscount),
    lifetimeDays: fromCount(terms.lifetimeDays),
    total: fromCount(limits?.total),
    perMember: fromCount(limits?.perMember),
    budget: fromMinor(limits?.budget),
    category: stacking?.category ?? 'common',
    withPoints: stacking?.withPoints ?? true,
    newGuestsOnly: condition?.newGuestsOnly ?? false,
    reissue: returns?.reissue ?? true,
    base: terms,
  };
}

function amountTextOf(effect: CouponTerms['effect']): string {
  switch (effect.kind) {
    case 'percent':
      return fromMinor(effect.basisPoints);
    case 'nth_item':
      return fromMinor(effect.basisPoints ?? 10_000);
    case 'amount':
      return fromMinor(effect.amount);
    case 'fixed_price':
    case 'bundle':
      return fromMinor(effect.price) || '0';
    case 'points':
      return fromMinor(effect.points);
    case 'free_item':
      return String(effect.pieces ?? 1);
    case 'ticket':
      return String(effect.entries ?? 1);
  }
}

/** The terms that the fields say; null while a field that is needed says nothing. */
export function termsOf(draft: Draft): CouponTerms | null {
  const effect = effectOf(draft);
  if (effect === null) return null;
  const { base } = draft;
  const lifetimeDays = toCount(draft.lifetimeDays);
  return {
    ...base,
    effect,
    items: readGoods(draft.goods),
    condition: {
      ...base?.condition,
      minCheck: toMinor(draft.minCheck) ?? 0,
      newGuestsOnly: draft.newGuestsOnly,
    },
    lifetimeDays,
    limits: {
      ...base?.limits,
      total: toCount(draft.total),
      perMember: toCount(draft.perMember),
      budget: toMinor(draft.budget),
    },
    maxDiscount: toMinor(draft.maxDiscount),
    stacking: { ...base?.stacking, category: draft.category, withPoints: draft.withPoints },
    returns: { ...base?.returns, reissue: draft.reissue },
  };
}

function effectOf({ effect, value, every, base }: Draft): CouponTerms['effect'] | null {
  const minor = toMinor(value);
  const count = toCount(value);
  switch (effect) {
    case 'percent':
      return minor ? { kind: effect, basisPoints: minor } : null;
    case 'nth_item': {
      const step = toCount(every);
      return minor && step ? { kind: effect, every: step, basisPoints: minor } : null;
    }
    case 'amount':
      return minor ? { kind: effect, amount: minor } : null;
    case 'fixed_price':
      return minor === null ? null : { kind: effect, price: minor };
    case 'points':
      return minor ? { kind: effect, points: minor } : null;
    case 'free_item':
      return count ? { kind: effect, pieces: count } : null;
    case 'ticket':
      return count ? { kind: effect, entries: count } : null;
    case 'bundle':
      return base?.effect.kind === 'bundle' ? base.effect : null;
  }
}

/** A check that the offer can be seen on: of 1,000, and where it is about goods, of three pieces of the first of them. */
export function exampleOf(draft: Draft): CouponExample | null {
  const terms = termsOf(draft);
  if (terms === null || draft.effect === 'bundle') return null;
  const [item] = terms.items?.items ?? [];
  const [group] = terms.items?.groups ?? [];
  const pieces = draft.effect === 'nth_item' ? Math.max(3, Number(draft.every) || 3) : 1;
  const about = { ...(item ? { itemId: item } : {}), ...(group ? { groups: [group] } : {}) };
  const amount = Math.max(100_000, terms.condition?.minCheck ?? 0);
  const lines = [{ amount, quantityThousandths: pieces * 1000, ...about }];
  return { programmeId: draft.programmeId, terms, lines };
}
