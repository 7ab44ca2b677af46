import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShop, type Shop } from '../../../../test/coupon-shop.ts';
import { quoteSale, returnCheck, viewAccount } from '../index.ts';
import { selectCertificate, selectCertificateEntries } from './certificates.store.ts';
import { selectCouponsByCode } from './coupons.store.ts';
import { issueCoupon, reserveCoupon, voidCoupon } from './issue-coupon.ts';
import { selectKindWithNumbers } from './kinds.store.ts';
import { issueCertificate } from './manage-certificates.ts';
import { redeemCoupon } from './redeem-coupon.ts';
import { changeKind } from './save-kind.ts';

const TEN = { effect: { kind: 'percent', basisPoints: 1000 } };
const FULL_DAYS = 8;
let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function newCertificate(amount: bigint): Promise<{ certificateId: number; code: string }> {
  const issued = await issueCertificate(shop.platform, shop.tenant, {
    amount,
    paid: true,
    note: '',
    key: `cert-${performance.now()}`,
  });
  if (!issued.ok) throw new Error(issued.refusal.code);
  return issued.value;
}
const certificateOf = (id: number) => selectCertificate(shop.tenant, shop.tenant.companyId, id);

describe('a check with coupons and certificates', () => {
  test('EX-C1 and EX-C2: coupon, points, certificate and card; a whole return goes the other way', async () => {
    const accountId = await shop.newAccount(15_000n);
    const code = await shop.sharedCode(TEN);
    const { certificateId, code: certificate } = await newCertificate(50_000n);
    const wish = { coupons: [code.toLowerCase()], certificate: { code: certificate } };
    const quoted = await quoteSale(shop.platform, shop.tenant, { accountId, total: 100_000n, spend: 15_000n, ...wish });
    expect(quoted).toMatchObject({ ok: true, value: { maxSpend: 15_000n, money: 75_000n, earn: 3_750n } });
    const sold = await shop.sell(accountId, 100_000n, { spend: 15_000n, ...wish });
    expect(sold).toMatchObject({
      money: 75_000,
      accrued: 3_750,
      discount: 10_000,
      coupons: [{ code, discount: 10_000 }],
      certificate: { paid: 50_000, left: 0 },
    });
    if (typeof sold === 'string') return;
    const back = await returnCheck(shop.platform, shop.tenant, { checkId: sold.checkId });
    expect(back).toMatchObject({ ok: true, value: { moneyBack: 75_000, certificateBack: 50_000, pointsBack: 15_000 } });
    expect((await certificateOf(certificateId))?.balance).toBe(50_000n);
    expect((await viewAccount(shop.platform, shop.tenant, accountId))?.balance.available).toBe(15_000n);
  });

  test('EX-C3: a certificate keeps what a check leaves, and its entries add up', async () => {
    const { certificateId, code } = await newCertificate(300_000n);
    const accountId = await shop.newAccount();
    await shop.sell(accountId, 245_000n, { certificate: { code } });
    const sold = await shop.sell(accountId, 10_000n, { certificate: { code } });
    expect(sold).toMatchObject({ certificate: { paid: 10_000, left: 45_000 } });
    const entries = await selectCertificateEntries(shop.tenant, certificateId, { before: null, limit: 10 });
    expect(entries.map(({ kind, balance }) => [kind, balance])).toEqual([
      ['pay', 45_000n],
      ['pay', 55_000n],
      ['issue', 300_000n],
    ]);
  });

  test('the same key again gives the first answer; with another coupon it is another check', async () => {
    const accountId = await shop.newAccount();
    const code = await shop.sharedCode(TEN);
    const sale = { externalId: 'twice', coupons: [code] };
    const first = await shop.sell(accountId, 10_000n, sale);
    expect(await shop.sell(accountId, 10_000n, sale)).toEqual(first);
    expect(await shop.sell(accountId, 10_000n, { externalId: 'twice' })).toBe('idempotency_mismatch');
  });

  test('what the programme gives by itself comes off every check, and stops with its kind', async () => {
    const kindId = await shop.newKind({
      mode: 'automatic',
      name: 'Скидка',
      terms: { effect: { kind: 'percent', basisPoints: 500 } },
    });
    const accountId = await shop.newAccount();
    expect(await shop.sell(accountId, 10_000n)).toMatchObject({ money: 9_500, coupons: [{ name: 'Скидка' }] });
    expect(await shop.sell(accountId, 10_000n, {}, shop.other)).toMatchObject({ money: 9_500 });
    const stopped = { kindId, name: 'Скидка', active: false, terms: { effect: { kind: 'percent', basisPoints: 500 } } };
    await changeKind(shop.platform, shop.tenant, stopped);
    expect(await shop.sell(accountId, 10_000n)).toMatchObject({ money: 10_000 });
    expect(await shop.sell(accountId, 10_000n, {}, shop.other)).toMatchObject({ money: 10_000 });
  });
});

describe('a refusal says why', () => {
  test.each([
    ['coupon_minimum_check', { condition: { minCheck: 10_001 } }],
    ['coupon_expired', { condition: { until: '2026-01-01T00:00:00+03:00' } }],
    ['coupon_not_yet_valid', { condition: { from: '2027-01-01T00:00:00+03:00' } }],
    ['coupon_wrong_venue', { condition: { venues: ['1'] } }],
    ['coupon_wrong_time', { condition: { weekdays: ['friday'] } }],
    ['coupon_wrong_guest', { condition: { levels: ['gold'] } }],
    ['coupon_no_goods', { items: { items: ['coffee'] } }],
  ])('%s', async (refusal, more) => {
    const accountId = await shop.newAccount();
    const code = await shop.sharedCode({ ...TEN, ...more });
    expect(await shop.sell(accountId, 10_000n, { coupons: [code] })).toBe(refusal);
    const quoted = await quoteSale(shop.platform, shop.tenant, { accountId, total: 10_000n, coupons: [code] });
    expect(quoted).toMatchObject({
      ok: true,
      value: { money: 10_000n, offers: { named: [{ refusal: { code: refusal } }] } },
    });
  });

  test('coupon_unknown, certificate_unknown, coupon_wrong_guest, coupon_not_combinable, not_with_points', async () => {
    const [accountId, stranger] = [await shop.newAccount(10_000n), await shop.newAccount()];
    expect(await shop.sell(accountId, 10_000n, { coupons: ['nothing'] })).toBe('coupon_unknown');
    expect(await shop.sell(accountId, 10_000n, { certificate: { code: 'nothing' } })).toBe('certificate_unknown');
    const own = await shop.personalCode(accountId, TEN);
    expect(await shop.sell(stranger, 10_000n, { coupons: [own] })).toBe('coupon_wrong_guest');
    const alone = await shop.sharedCode({ ...TEN, stacking: { category: 'exclusive' } });
    expect(await shop.sell(accountId, 10_000n, { coupons: [own, alone] })).toBe('coupon_not_combinable');
    const strict = await shop.sharedCode({ ...TEN, stacking: { withPoints: false } });
    expect(await shop.sell(accountId, 10_000n, { coupons: [strict], spend: 1_000n })).toBe('not_with_points');
  });

  test('a refused check uses nothing up', async () => {
    const accountId = await shop.newAccount();
    const code = await shop.personalCode(accountId, { ...TEN, condition: { minCheck: 20_000 } });
    expect(await shop.sell(accountId, 10_000n, { coupons: [code] })).toBe('coupon_minimum_check');
    expect(await shop.sell(accountId, 20_000n, { coupons: [code] })).toMatchObject({ discount: 2_000 });
    expect(await shop.sell(accountId, 20_000n, { coupons: [code] })).toBe('already_used');
  });
});

describe('limits among tills that work at the same time', () => {
  test('EX-C4: a coupon limited to 1 per member, two tills at once: one succeeds, the other gets already_used', async () => {
    for (let round = 0; round < 5; round++) {
      const accountId = await shop.newAccount();
      const code = await shop.sharedCode({ ...TEN, limits: { perMember: 1 } });
      const both = await Promise.all([
        shop.sell(accountId, 10_000n, { coupons: [code] }),
        shop.sell(accountId, 10_000n, { coupons: [code] }, shop.other),
      ]);
      expect(both.filter((one) => one === 'already_used')).toHaveLength(1);
      expect(both.filter((one) => typeof one === 'object')).toHaveLength(1);
    }
  });

  test('EX-C4: a code that is good once, two guests at two tills: one succeeds', async () => {
    const kindId = await shop.newKind({ mode: 'unique', terms: TEN });
    for (let round = 0; round < 5; round++) {
      const guests = [await shop.newAccount(), await shop.newAccount()] as const;
      const now = shop.platform.clock.now();
      const calendar = { timeZone: 'Europe/Moscow', dayStartsAt: '00:00' };
      const { random } = shop.platform;
      const wish = { kindId, accountId: null, origin: `round-${round}`, now, calendar, random };
      const coupon = await issueCoupon(shop.tenant, shop.tenant.companyId, wish);
      const both = await Promise.all([
        shop.sell(guests[0], 10_000n, { coupons: [coupon!.code] }),
        shop.sell(guests[1], 10_000n, { coupons: [coupon!.code] }, shop.other),
      ]);
      expect(both.filter((one) => one === 'already_used')).toHaveLength(1);
    }
  });

  test('ten for everybody and twenty tills: exactly ten succeed, and the budget is never overdrawn', async () => {
    const ten = await shop.sharedCode({ ...TEN, limits: { total: 10 } });
    const guests = await Promise.all(Array.from({ length: 20 }, () => shop.newAccount()));
    const sold = await Promise.all(
      guests.map((id, index) => shop.sell(id, 10_000n, { coupons: [ten] }, index % 2 ? shop.other : shop.platform)),
    );
    expect(sold.filter((one) => one === 'coupon_limit_reached')).toHaveLength(10);
    const budget = await shop.sharedCode({ ...TEN, limits: { budget: 2_500 } });
    const given = await Promise.all(guests.slice(0, 4).map((id) => shop.sell(id, 10_000n, { coupons: [budget] })));
    const discounts = given.map((one) => (typeof one === 'string' ? one : one.discount));
    expect(discounts.sort()).toEqual([1_000, 1_000, 500, 'coupon_limit_reached']);
  });

  test('tills that pay with one certificate at once never take it below zero', async () => {
    const { certificateId, code } = await newCertificate(10_000n);
    const guests = await Promise.all(Array.from({ length: 8 }, () => shop.newAccount()));
    const sold = await Promise.all(
      guests.map((id, index) =>
        shop.sell(id, 3_000n, { certificate: { code } }, index % 2 ? shop.other : shop.platform),
      ),
    );
    const paid = sold.map((one) => (typeof one === 'string' ? 0 : one.certificate!.paid));
    expect(paid.reduce((sum, one) => sum + one, 0)).toBe(10_000);
    expect((await certificateOf(certificateId))?.balance).toBe(0n);
    expect(sold.filter((one) => one === 'certificate_short')).toHaveLength(4);
  });

  test('a coupon that another till keeps is refused until it lets go', async () => {
    const accountId = await shop.newAccount();
    const code = await shop.personalCode(accountId, TEN);
    await reserveCoupon(shop.platform, shop.tenant, { code, key: 'mine', seconds: 60 });
    expect(await shop.sell(accountId, 10_000n, { coupons: [code] })).toBe('coupon_reserved');
    expect(await shop.sell(accountId, 10_000n, { coupons: [code], externalId: 'mine' })).toMatchObject({
      discount: 1_000,
    });
  });
});

describe('returns', () => {
  test('EX-X12: a whole return gives the coupon back with at least 7 days of life', async () => {
    const accountId = await shop.newAccount();
    const code = await shop.personalCode(accountId, { ...TEN, lifetimeDays: 2, limits: { perMember: 1, total: 5 } });
    const sold = await shop.sell(accountId, 10_000n, { coupons: [code] });
    if (typeof sold === 'string') throw new Error(sold);
    const before = shop.house.clock.now();
    shop.house.clock.advance({ days: 1 });
    const back = await returnCheck(shop.platform, shop.tenant, { checkId: sold.checkId });
    expect(back).toMatchObject({ ok: true, value: { couponsBack: 1, moneyBack: 9_000 } });
    const again = await returnCheck(shop.platform, shop.tenant, { checkId: sold.checkId });
    expect(again).toEqual(back);
    const [coupon] = await selectCouponsByCode(shop.tenant, shop.tenant.companyId, [code]);
    expect(coupon).toMatchObject({ status: 'issued', usesLeft: 1 });
    expect(coupon!.expiresAt!.since(before).total('days')).toBeGreaterThan(FULL_DAYS - 1);
    expect(coupon!.kind.used).toBe(0n);
    expect(await shop.sell(accountId, 10_000n, { coupons: [code] })).toMatchObject({ discount: 1_000 });
  });
});

describe('without a check', () => {
  const redeem = (code: string, key: string, more: object = {}) =>
    redeemCoupon(shop.platform, shop.tenant, { code, key, ...more });

  test('EX-C7: a ticket for 3 entries lets in three times, the 4th is refused; the same key counts once', async () => {
    const accountId = await shop.newAccount();
    const code = await shop.personalCode(accountId, { effect: { kind: 'ticket', entries: 3 } });
    const answers = [];
    for (const key of ['a1', 'a2', 'a2', 'a3', 'a4']) answers.push(await redeem(code, key));
    expect(answers.map((one) => (one.ok ? one.value.usesLeft : one.refusal.code))).toEqual([
      2,
      1,
      1,
      0,
      'already_used',
    ]);
  });

  test('EX-C7: a single entry is annulled by the first check', async () => {
    const accountId = await shop.newAccount();
    const code = await shop.personalCode(accountId, { effect: { kind: 'ticket' } });
    expect(await shop.sell(accountId, 10_000n, { coupons: [code] })).toMatchObject({ coupons: [{ discount: 0 }] });
    expect(await redeem(code, 'b1')).toMatchObject({ ok: false, refusal: { code: 'already_used' } });
  });

  test('points of a code arrive once for each member', async () => {
    const [first, second] = [await shop.newAccount(), await shop.newAccount()];
    const terms = { effect: { kind: 'points', points: 5_000, lifetimeDays: 14 }, limits: { perMember: 1 } };
    const code = await shop.sharedCode(terms);
    expect(await redeem(code, 'c1', { accountId: first })).toMatchObject({ ok: true, value: { points: 5_000 } });
    expect(await redeem(code, 'c2', { accountId: first })).toMatchObject({ refusal: { code: 'already_used' } });
    expect(await redeem(code, 'c3', { accountId: second })).toMatchObject({ ok: true });
    expect((await viewAccount(shop.platform, shop.tenant, first))?.balance.available).toBe(5_000n);
    expect(await redeem(code, 'c4')).toMatchObject({ refusal: { code: 'coupon_needs_check' } });
  });

  test('a discount has nothing to be taken from', async () => {
    expect(await redeem(await shop.sharedCode(TEN), 'd1')).toMatchObject({ refusal: { code: 'coupon_needs_check' } });
  });
});

describe('coupons that something else leads to', () => {
  test('one origin is one coupon; it can be taken back until it is used', async () => {
    const kindId = await shop.newKind({ mode: 'personal', terms: { effect: { kind: 'free_item' } } });
    const accountId = await shop.newAccount();
    const calendar = { timeZone: 'Europe/Moscow', dayStartsAt: '00:00' };
    const { clock, random } = shop.platform;
    const { companyId } = shop.tenant;
    const issue = (origin: string) =>
      issueCoupon(shop.tenant, companyId, { kindId, accountId, origin, now: clock.now(), calendar, random });
    const first = await issue('stamps:1');
    expect((await issue('stamps:1'))?.couponId).toBe(first!.couponId);
    expect(await voidCoupon(shop.tenant, companyId, 'stamps:1')).toBe('voided');
    expect(await voidCoupon(shop.tenant, companyId, 'stamps:none')).toBe('unknown');
    const second = await issue('stamps:2');
    await shop.sell(accountId, 10_000n, { coupons: [second!.code] });
    expect(await voidCoupon(shop.tenant, companyId, 'stamps:2')).toBe('used');
    const listed = await selectKindWithNumbers(shop.tenant, kindId, clock.now());
    expect(listed?.numbers).toMatchObject({ issued: 2, used: 1, expired: 0 });
  });

  test('a coupon keeps the terms under which it was issued; a shared code follows its kind', async () => {
    const accountId = await shop.newAccount();
    const kindId = await shop.newKind({ mode: 'personal', terms: TEN });
    const calendar = { timeZone: 'Europe/Moscow', dayStartsAt: '00:00' };
    const { clock, random } = shop.platform;
    const wish = { kindId, accountId, now: clock.now(), calendar, random };
    const { companyId } = shop.tenant;
    const old = await issueCoupon(shop.tenant, companyId, { ...wish, origin: 'terms:1' });
    const twenty = { effect: { kind: 'percent', basisPoints: 2000 } };
    await changeKind(shop.platform, shop.tenant, { kindId, name: 'Купон', active: true, terms: twenty });
    const fresh = await issueCoupon(shop.tenant, companyId, { ...wish, origin: 'terms:2' });
    expect(await shop.sell(accountId, 10_000n, { coupons: [old!.code] })).toMatchObject({ discount: 1_000 });
    expect(await shop.sell(accountId, 10_000n, { coupons: [fresh!.code] })).toMatchObject({ discount: 2_000 });
  });
});
