import type { StampCard } from '@tessera/contract';
import { type CheckLine, replay } from '@tessera/loyalty';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShop, type Shop } from '../../../../test/coupon-shop.ts';
import { insertRules } from '../accounts.store.ts';
import { selectEntriesFrom } from '../checks.store.ts';
import {
  adjustAccount,
  BONUS_PROGRAMME,
  createGroup,
  createProgramme,
  listEntries,
  openAccount,
  quoteSale,
  returnCheck,
  STAMPS_PROGRAMME,
  viewAccount,
} from '../index.ts';
import { couponOf } from '../offers/issue-coupon.ts';
import { describeWallets } from './describe-wallets.ts';

const STAMPS_GROUP = 11;
const POINTS_GROUP = 12;
const DEPOSIT = { id: 'deposit', kind: 'deposit', name: 'Депозит' };
let shop: Shop;
let guests = 0;
beforeAll(async () => {
  shop = await openShop();
  const levels = [{ id: 'base', name: 'Гость', fromTurnover: 0, rateBasisPoints: 0 }];
  const zone = { timeZone: 'Europe/Moscow' };
  const { platform, tenant } = shop;
  const plain = { name: 'Кофейная карта', kind: STAMPS_PROGRAMME, rules: { ...zone, levels } };
  const stamps = await createProgramme(platform, tenant, plain);
  const gift = { effect: { kind: 'percent', basisPoints: 10_000 } };
  const kindId = await shop.newKind({ programmeId: stamps, mode: 'personal', name: 'Кофе', terms: gift });
  const card = { id: 'coffee', kind: 'stamps', name: 'Кофейная карта' };
  const coffee = {
    ...card,
    slots: 6,
    earn: { per: 'item', items: { groups: ['coffee'] } },
    milestones: [{ at: 6, name: 'Кофе в подарок', reward: { couponKindId: String(kindId) } }],
  };
  // The card names a kind of coupon, and the kind its programme: the rules come second.
  const rules = { ...zone, levels, wallets: [coffee] };
  await insertRules(tenant, stamps, (rulesId) => ({ ...rules, id: String(rulesId) }), platform.clock.now());
  const milestones = [{ at: 2, name: '100 баллов', reward: { kind: 'points', points: 10_000 } }];
  const visits = { ...card, slots: 2, earn: { per: 'visit' }, milestones };
  const earning = [{ ...levels[0], rateBasisPoints: 500 }];
  const points = await createProgramme(platform, tenant, {
    name: 'Баллы и карта',
    kind: BONUS_PROGRAMME,
    rules: { ...zone, levels: earning, wallets: [visits, DEPOSIT] },
  });
  await createGroup(shop.tenant, {
    groupId: STAMPS_GROUP,
    programmeId: stamps,
    name: 'Кофе',
    template: { welcome: false },
  });
  await createGroup(shop.tenant, {
    groupId: POINTS_GROUP,
    programmeId: points,
    name: 'Баллы',
    template: { welcome: false },
  });
});
afterAll(() => shop.close());

async function newGuest(groupId: number): Promise<number> {
  guests += 1;
  const profile = {
    firstName: 'Анна',
    lastName: '',
    middleName: '',
    birthday: null,
    sex: null,
    email: null,
    language: 'ru',
  } as const;
  const opened = await openAccount(shop.platform, shop.tenant, {
    groupId,
    profile,
    identifiers: [{ kind: 'phone', value: String(79_130_000_000 + guests), main: true, verifiedAt: null }],
  });
  if (!opened.ok) throw new Error(opened.refusal.code);
  return opened.value.accountId;
}

const cups = (count: number) => {
  const line: CheckLine = {
    id: 'cup',
    amount: BigInt(count * 20_000),
    quantityThousandths: count * 1000,
    groups: ['coffee'],
  };
  return { lines: [line], total: undefined };
};

async function walletsOf(accountId: number) {
  const view = await viewAccount(shop.platform, shop.tenant, accountId);
  if (!view) throw new Error('no account');
  // What is shown is what the history says.
  const rows = await selectEntriesFrom(shop.tenant, accountId, 1);
  expect(replay(rows)).toEqual(view.state);
  return describeWallets(view.state, view.rules);
}
const cardOf = async (accountId: number) =>
  (await walletsOf(accountId)).find(({ kind }) => kind === 'stamps') as StampCard;

async function sell(accountId: number, more: Parameters<Shop['sell']>[2], total = 0n) {
  const sold = await shop.sell(accountId, total, more);
  if (typeof sold === 'string') throw new Error(sold);
  return sold;
}
async function takeBack(checkId: number) {
  const returned = await returnCheck(shop.platform, shop.tenant, { checkId });
  if (!returned.ok) throw new Error(returned.refusal.code);
  return returned.value;
}
const couponFor = async (accountId: number) => {
  const rows = await listEntries(shop.tenant, { accountId, before: null, limit: 100 });
  const rewards = rows.filter(({ body }) => body.kind === 'stamp_reward');
  const origins = rewards.map(({ body }) => `stamps:${accountId}:${body.id}`);
  return Promise.all(origins.map((origin) => couponOf(shop.tenant, shop.tenant.companyId, origin)));
};

describe('a programme of stamps alone', () => {
  test('a full card issues its coupon with the sale, once, and the card begins anew', async () => {
    const accountId = await newGuest(STAMPS_GROUP);
    await sell(accountId, cups(5));
    expect(await cardOf(accountId)).toMatchObject({ stamps: 5, slots: 6, debt: 0 });
    const sale = { externalId: 'full card', ...cups(3) };
    const sold = await sell(accountId, sale);
    expect(sold).toMatchObject({
      accrued: 0,
      cards: [{ wallet: 'coffee', given: 3, stamps: 2 }],
      rewards: [{ milestone: 6, name: 'Кофе в подарок' }],
    });
    expect(await sell(accountId, sale)).toEqual(sold);
    expect(await couponFor(accountId)).toEqual([expect.objectContaining({ accountId, status: 'issued' })]);
  });

  test('a return voids the unused coupon; repeated, it answers the same', async () => {
    const accountId = await newGuest(STAMPS_GROUP);
    await sell(accountId, cups(5));
    const { checkId } = await sell(accountId, cups(3));
    const back = await takeBack(checkId);
    expect(back).toMatchObject({ rewardsWithdrawn: 1, cards: [{ takenBack: 3, stamps: 5, debt: 0 }] });
    expect(await takeBack(checkId)).toEqual(back);
    expect(await couponFor(accountId)).toEqual([expect.objectContaining({ status: 'voided' })]);
    expect((await cardOf(accountId)).stamps).toBe(5);
  });

  test('a used coupon stays used, and the next stamp covers what is owed', async () => {
    const accountId = await newGuest(STAMPS_GROUP);
    await sell(accountId, cups(5));
    const { checkId } = await sell(accountId, cups(3));
    const [coupon] = await couponFor(accountId);
    // The cup that the coupon pays costs nothing and brings no stamp.
    const gift = await sell(accountId, { ...cups(1), coupons: [coupon!.code] });
    expect(gift).toMatchObject({ money: 0, cards: [{ given: 0, stamps: 2 }] });
    expect(await takeBack(checkId)).not.toHaveProperty('rewardsWithdrawn');
    expect(await cardOf(accountId)).toMatchObject({ stamps: 0, debt: 1 });
    await sell(accountId, cups(2));
    expect(await cardOf(accountId)).toMatchObject({ stamps: 1, debt: 0 });
  });

  test('ten tills at once with one card: every stamp counts and every full card brings one coupon', async () => {
    const accountId = await newGuest(STAMPS_GROUP);
    const sales = Array.from({ length: 10 }, (_, index) =>
      shop.sell(accountId, 0n, cups(2), index % 2 ? shop.platform : shop.other),
    );
    for (const sold of await Promise.all(sales)) expect(sold).toMatchObject({ money: 40_000 });
    expect((await cardOf(accountId)).stamps).toBe(20 % 6);
    expect((await couponFor(accountId)).filter((coupon) => coupon?.status === 'issued')).toHaveLength(3);
  });

  test('stamps given by hand bring the coupon too', async () => {
    const accountId = await newGuest(STAMPS_GROUP);
    const call = { accountId, source: 'api', externalId: 'by hand' };
    const given = await adjustAccount(shop.platform, shop.tenant, call, {
      kind: 'refill',
      wallet: 'coffee',
      amount: 7n,
    });
    expect(given).toMatchObject({ ok: true, value: { available: 1 } });
    expect(await couponFor(accountId)).toHaveLength(1);
  });
});

describe('points, stamps and a deposit in one programme', () => {
  test('a check collects stamps beside points; the milestone gives points', async () => {
    const accountId = await newGuest(POINTS_GROUP);
    await sell(accountId, {}, 100_000n);
    const sold = await sell(accountId, {}, 100_000n);
    expect(sold).toMatchObject({ accrued: 5_000, balance: 20_000, rewards: [{ points: 10_000 }] });
    expect(await takeBack(sold.checkId)).toMatchObject({ rewardsWithdrawn: 1, balance: 5_000 });
    expect((await cardOf(accountId)).stamps).toBe(1);
  });

  test('a deposit is paid in once for a key, pays like money, and gets back what the money does not cover', async () => {
    const accountId = await newGuest(POINTS_GROUP);
    const call = { accountId, source: 'api', externalId: 'top-up' };
    const topUp = { kind: 'refill', wallet: 'deposit', amount: 50_000n } as const;
    await adjustAccount(shop.platform, shop.tenant, call, topUp);
    expect(await adjustAccount(shop.platform, shop.tenant, call, topUp)).toMatchObject({
      value: { available: 50_000 },
    });
    const wish = { accountId, total: 80_000n, deposit: { wallet: 'deposit', amount: 50_000n } };
    const quoted = await quoteSale(shop.platform, shop.tenant, wish);
    expect(quoted).toMatchObject({ ok: true, value: { money: 80_000n, deposit: 50_000n, earn: 4_000n } });
    const sold = await sell(accountId, { deposit: wish.deposit }, 80_000n);
    expect(sold).toMatchObject({ money: 80_000, deposit: 50_000, accrued: 4_000 });
    expect(await shop.sell(accountId, 10_000n, { deposit: { wallet: 'deposit', amount: 1n } })).toBe(
      'insufficient_deposit',
    );
    expect(await takeBack(sold.checkId)).toMatchObject({ moneyBack: 30_000, depositBack: 50_000 });
    expect(await walletsOf(accountId)).toContainEqual(expect.objectContaining({ id: 'deposit', available: 50_000 }));
  });

  test('a list of points shows no stamps and no money', async () => {
    const accountId = await newGuest(POINTS_GROUP);
    await sell(accountId, {}, 100_000n);
    const kinds = async (mainWallet: boolean) =>
      (await listEntries(shop.tenant, { accountId, before: null, limit: 10, mainWallet })).map(
        ({ body }) => body.wallet,
      );
    expect(await kinds(false)).toEqual(['coffee', undefined]);
    expect(await kinds(true)).toEqual([undefined]);
  });
});
