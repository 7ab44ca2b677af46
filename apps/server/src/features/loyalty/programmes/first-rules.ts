import { PROGRAMME_KINDS, type ProgrammeKind } from '@tessera/loyalty';
import type { RulesBody } from './model.ts';

type Words = {
  readonly first: string;
  readonly second: string;
  readonly third: string;
  readonly card: string;
  readonly gift: string;
};
const words: Readonly<Record<'ru' | 'en', Words>> = {
  ru: { first: 'Бронза', second: 'Серебро', third: 'Золото', card: 'Карта кофе', gift: 'Подарок' },
  en: { first: 'Bronze', second: 'Silver', third: 'Gold', card: 'Coffee card', gift: 'Gift' },
};

/** Points for the sixth stamp, as long as nobody has chosen a coupon: 300.00. */
const GIFT_POINTS = 30_000;

/** A sensible beginning for each type: complete, free of contradictions, and small enough to be changed by hand. */
export function firstRules(
  kind: ProgrammeKind,
  { timeZone, language }: { timeZone: string; language: 'ru' | 'en' },
): RulesBody {
  const { first, second, third, card, gift } = words[language];
  const ladder = (rates: readonly [number, number, number]) => [
    { id: 'bronze', name: first, fromTurnover: 0, rateBasisPoints: rates[0] },
    { id: 'silver', name: second, fromTurnover: 3_000_000, rateBasisPoints: rates[1] },
    { id: 'gold', name: third, fromTurnover: 10_000_000, rateBasisPoints: rates[2] },
  ];
  const single = (rateBasisPoints: number) => [{ id: 'base', name: first, fromTurnover: 0, rateBasisPoints }];
  const discounts = { bronze: 300, silver: 500, gold: 700 };
  const spendLimits = { maxPercentBasisPoints: 5_000, step: 100 };
  switch (kind) {
    case PROGRAMME_KINDS.stamps: {
      const milestones = [{ at: 6, name: gift, reward: { kind: 'points', points: GIFT_POINTS } }];
      const stamps = {
        id: 'stamps',
        kind: 'stamps',
        name: card,
        slots: 6,
        earn: { per: 'visit' },
        perCheck: 1,
        milestones,
      };
      return { timeZone, levels: single(0), wallets: [stamps] };
    }
    case PROGRAMME_KINDS.outside:
    case PROGRAMME_KINDS.tickets:
      return { timeZone, levels: single(0) };
    case PROGRAMME_KINDS.bonus:
      return { timeZone, levels: ladder([300, 500, 700]), spendLimits };
    case PROGRAMME_KINDS.discount: {
      const levels = Object.entries(discounts).map(([level, basisPoints]) => ({ level, basisPoints }));
      return { timeZone, levels: ladder([0, 0, 0]), discount: { kind: 'levels', levels } };
    }
    case PROGRAMME_KINDS.matrix: {
      const cells = Object.entries(discounts).map(([level, basisPoints]) => ({ level, basisPoints }));
      return { timeZone, levels: ladder([0, 0, 0]), discount: { kind: 'matrix', cells } };
    }
    case PROGRAMME_KINDS.receipts:
      return { timeZone, levels: single(500), activationDelay: { kind: 'days', days: 14 }, spendLimits };
  }
}
