import type { CertificateView, CouponExample, CouponKindView, CouponRow } from '@tessera/contract';

/** A few kinds of coupons and certificates for work on their pages. */
const kind = (kindId: number, name: string, change: Partial<CouponKindView>): CouponKindView => ({
  kindId,
  programmeId: 1,
  name,
  mode: 'personal',
  active: true,
  code: null,
  terms: { effect: { kind: 'percent', basisPoints: 1000 } },
  numbers: { issued: 0, used: 0, expired: 0, discounted: 0 },
  ...change,
});

export const couponKinds: CouponKindView[] = [
  kind(1, 'Кофе в подарок', {
    terms: { effect: { kind: 'free_item', pieces: 1 }, items: { items: ['coffee'] }, lifetimeDays: 30 },
    numbers: { issued: 412, used: 268, expired: 61, discounted: 6_432_000 },
  }),
  kind(2, 'Листовка у метро, осень', {
    mode: 'shared',
    code: 'ОСЕНЬ26',
    terms: { effect: { kind: 'percent', basisPoints: 1500 }, condition: { minCheck: 100_000, newGuestsOnly: true } },
    numbers: { issued: 1, used: 1_204, expired: 0, discounted: 31_250_050 },
  }),
  kind(3, 'Коды для партнёров', {
    mode: 'unique',
    terms: { effect: { kind: 'amount', amount: 50_000 }, condition: { minCheck: 200_000 } },
    numbers: { issued: 100_000, used: 318, expired: 0, discounted: 15_900_000 },
  }),
  kind(4, 'Билет на мастер-класс', {
    active: false,
    terms: { effect: { kind: 'ticket', entries: 3 } },
    numbers: { issued: 24, used: 51, expired: 2, discounted: 0 },
  }),
];

export const coupons: CouponRow[] = [
  {
    couponId: 1,
    kindId: 1,
    kindName: 'Кофе в подарок',
    code: '7KPM-2QXH-9RTB',
    accountId: 1001,
    state: 'issued',
    usesLeft: 1,
    expiresAt: '2027-01-15T21:00:00Z',
    createdAt: '2026-10-02T09:30:00Z',
  },
];

const certificate = (certificateId: number, code: string, nominal: number, balance: number): CertificateView => ({
  certificateId,
  code,
  nominal,
  balance,
  blocked: certificateId === 3,
  accountId: null,
  note: certificateId === 2 ? 'Корпоративный заказ' : '',
  createdAt: '2026-10-02T09:30:00Z',
});

export const giftCertificates = [
  certificate(1, 'B4NX-8HQW-3KZD', 300_000, 55_000),
  certificate(2, 'M6TY-2PRC-7VJA', 500_000, 500_000),
  certificate(3, 'X9EU-5LGS-4FNH', 100_000, 12_050),
];

export const certificateEntries = [
  {
    sequence: 3,
    kind: 'give_back',
    amount: 45_000,
    balance: 100_000,
    checkId: 5012,
    recordedAt: '2026-11-03T15:00:00Z',
  },
  { sequence: 2, kind: 'pay', amount: 245_000, balance: 55_000, checkId: 5012, recordedAt: '2026-11-01T12:00:00Z' },
  { sequence: 1, kind: 'issue', amount: 300_000, balance: 300_000, checkId: null, recordedAt: '2026-10-02T09:30:00Z' },
];

export const couponUses = [
  { useId: 2, accountId: 1001, checkId: 5012, discount: 24_000, usedAt: '2026-11-02T08:20:00Z', returnedAt: null },
  {
    useId: 1,
    accountId: 1002,
    checkId: 5001,
    discount: 26_000,
    usedAt: '2026-10-21T17:05:00Z',
    returnedAt: '2026-10-22T10:00:00Z',
  },
];

/** Percents and amounts as the server counts them; everything else gives nothing here. */
export function tryCoupon({ terms, lines }: CouponExample) {
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const { effect } = terms;
  const wanted =
    effect.kind === 'percent'
      ? Math.floor((total * effect.basisPoints) / 10_000)
      : effect.kind === 'amount'
        ? effect.amount
        : effect.kind === 'free_item'
          ? total
          : 0;
  const discount = Math.min(total, wanted, terms.maxDiscount ?? total);
  const points = effect.kind === 'points' ? effect.points : 0;
  return { discount, points, lines: [total - discount], reason: null };
}
