import type { Guest } from '../guests/index.ts';
import { type AccountView, type AdjustmentAnswer, type Coupon, readableCode } from '../loyalty/index.ts';
import type { Account } from './answers.ts';

/** An account as this API tells it: the whole of it, as `find_by_phone` promises. */
export function describeAccount(view: AccountView, guest: Guest, coupons: readonly Coupon[]): Account {
  const valuesOf = (kind: string) => guest.identifiers.filter((one) => one.kind === kind);
  const { state } = view;
  return {
    accountId: view.accountId,
    accountGroupId: view.groupId,
    lastName: guest.lastName,
    firstName: guest.firstName,
    middleName: guest.middleName,
    birthday: guest.birthday,
    sex: guest.sex,
    phones: valuesOf('phone').map(({ value, main }) => ({ phone: value, main })),
    emails: [...(guest.email ? [guest.email] : []), ...valuesOf('email').map(({ value }) => value)],
    balance: Number(view.balance.available),
    pending: Number(view.balance.pending),
    debt: Number(view.balance.debt),
    level: { id: view.level.id, name: view.level.name },
    bonusRate: view.earnRate,
    discount: view.discount?.basisPoints ?? 0,
    turnover: Number(state.turnover),
    blocked: state.blocked,
    personal: {
      bonusRate: state.ownRates?.rateBasisPoints ?? null,
      discount: state.ownRates?.discountBasisPoints ?? null,
      bonusLifetimeDays: daysOf(state.ownExpiry),
      level: state.pin?.level ?? null,
    },
    coupons: coupons.map(({ couponId, code, kind, usesLeft, expiresAt }) => ({
      id: couponId,
      code: readableCode(code),
      name: kind.name,
      kind: kind.terms.effect.kind,
      usesLeft,
      expiresAt: expiresAt?.toString() ?? null,
    })),
    cards: [...valuesOf('card'), ...valuesOf('external')].map(({ value }) => ({ number: value })),
  };
}

const daysOf = (expiry: AccountView['state']['ownExpiry']): number | null =>
  expiry?.kind === 'period' && expiry.unit === 'days' ? expiry.length : null;

/** The same as it stood after a refill, so that a repeated one is told what the first was told. */
export function describeRefill({ available, pending, debt, expiries }: AdjustmentAnswer) {
  const items = expiries.map(({ amount, at }) => ({ sum: amount, expiresAt: at }));
  return { balance: available, pending, debt, items };
}

/** Points by the instant at which they burn; lots that die together are one line. */
export function describeBalance({ balance }: AccountView) {
  return {
    balance: Number(balance.available),
    pending: Number(balance.pending),
    debt: Number(balance.debt),
    items: balance.lotsByExpiry.map(({ amount, expiresAt }) => ({
      sum: Number(amount),
      expiresAt: expiresAt?.toString() ?? null,
    })),
  };
}
