import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addProgramme, newCompany, processOn } from '../../../../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../../../../test/platform.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { createInTurn } from '../../../platform/in-turn.ts';
import { type LoyaltyPlatform, openAccount, registerCheck, returnCheck, viewAccount } from '../index.ts';
import { settleDue } from '../settle-due.ts';
import { followLink, invitationOf, noteVisit, tenantOfCode } from './invite.ts';
import { selectReferralNumbers, selectReferrals } from './reads.store.ts';
import { rewardThoseAbove, undoThoseAbove } from './reward-above.ts';
import { saveReferralSettings } from './settings.ts';
import { settleReferrals } from './settle-referrals.ts';

let house: TestHouse;
let platform: LoyaltyPlatform;
let tenant: Tenant;
let programmeId: number;
let phones = 79_150_000_000;
let checks = 0;

const settings = {
  enabled: true,
  referrer: { points: 50_000 },
  referee: { points: 25_000 },
  minimumCheck: 100_000,
  monthlyCap: 10,
};
const save = (more: object = {}) => saveReferralSettings(platform, tenant, programmeId, { ...settings, ...more });

beforeAll(async () => {
  house = await createTestHouse();
  platform = processOn(house);
  tenant = await newCompany(platform);
  const rules = {
    timeZone: 'Europe/Moscow',
    levels: [{ id: 'base', name: 'База', fromTurnover: 0, rateBasisPoints: 0 }],
  };
  programmeId = await addProgramme(platform, tenant, rules);
  await save();
});
afterAll(() => house.close());

type Came = { code?: string; device?: string };
const newPhone = (): string => {
  phones += 1;
  return String(phones);
};

async function register(phone: string, cameBy: Came = {}) {
  return openAccount(platform, tenant, {
    groupId: 3,
    profile: {
      firstName: 'Анна',
      lastName: '',
      middleName: '',
      birthday: null,
      sex: null,
      email: null,
      language: 'ru',
    },
    identifiers: [{ kind: 'phone', value: phone, main: true, verifiedAt: null }],
    cameBy,
  });
}
async function newGuest(cameBy: Came = {}): Promise<number> {
  const opened = await register(newPhone(), cameBy);
  if (!opened.ok) throw new Error(opened.refusal.code);
  return opened.value.accountId;
}
const codeOf = async (accountId: number): Promise<string> =>
  (await invitationOf(platform, tenant, { accountId, programmeId }))!.code;
async function newReferrer(): Promise<{ accountId: number; code: string }> {
  const accountId = await newGuest();
  return { accountId, code: await codeOf(accountId) };
}
const newCheck = (): string => {
  checks += 1;
  return `check-${checks}`;
};
const sell = async (accountId: number, money: bigint, externalId = newCheck(), spend = 0n) => {
  const sold = await registerCheck(platform, tenant, {
    accountId,
    source: 'probonus',
    externalId,
    spend,
    mode: 'reported',
    money,
  });
  if (!sold.ok) throw new Error(sold.refusal.code);
  return sold.value;
};
const points = async (accountId: number) => {
  const { available, pending, debt } = (await viewAccount(platform, tenant, accountId))!.balance;
  return { available, pending, debt };
};
const lines = () => selectReferrals(tenant, { before: null, limit: 200, now: platform.clock.now() });
const lineOf = async (accountId: number) => (await lines()).find((line) => line.friend.accountId === accountId);
/** The jobs of the newest referrals, as the outbox asks for them. */
async function work(): Promise<void> {
  for (const { referralId, state } of (await lines()).slice(0, 4)) {
    await (state === 'rejected' ? undoThoseAbove : rewardThoseAbove)(platform, tenant, referralId);
  }
}
const advance = (days: number) => house.clock.advance({ days });

describe('a friend who comes by a link', () => {
  test('EX-RF1: has 250.00 with his first check of 1,200.00, and the referrer 500.00 after 14 days', async () => {
    const referrer = await newReferrer();
    const friend = await newGuest({ code: referrer.code });
    expect((await lineOf(friend))?.state).toBe('registered');
    const answer = await sell(friend, 120_000n);
    expect(answer.balance).toBe(25_000);
    await work();
    expect(await points(referrer.accountId)).toEqual({ available: 0n, pending: 50_000n, debt: 0n });
    await work();
    await rewardThoseAbove(platform, tenant, (await lineOf(friend))!.referralId);
    expect((await points(referrer.accountId)).pending).toBe(50_000n);
    advance(14);
    expect(await points(referrer.accountId)).toEqual({ available: 50_000n, pending: 0n, debt: 0n });
    await settleDue(platform, tenant);
    await settleReferrals(platform, tenant);
    expect((await lineOf(friend))?.state).toBe('rewarded');
    expect(await settleReferrals(platform, tenant)).toBe(0);
  });

  test('opens a referral for one check only: a check below the minimum leaves it open, a second one adds nothing', async () => {
    const friend = await newGuest({ code: (await newReferrer()).code });
    await sell(friend, 99_999n);
    expect((await points(friend)).available).toBe(0n);
    await sell(friend, 100_000n);
    await sell(friend, 500_000n);
    expect((await points(friend)).available).toBe(25_000n);
  });

  test('is rewarded once, however many checks come at the same moment', async () => {
    const referrer = await newReferrer();
    const friend = await newGuest({ code: referrer.code });
    const other: LoyaltyPlatform = { ...platform, inTurn: createInTurn() };
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        registerCheck(index % 2 ? platform : other, tenant, {
          accountId: friend,
          source: 'probonus',
          externalId: `twin-${index}`,
          spend: 0n,
          mode: 'reported',
          money: 200_000n,
        }),
      ),
    );
    expect((await points(friend)).available).toBe(25_000n);
    const { referralId } = (await lineOf(friend))!;
    await Promise.all(Array.from({ length: 5 }, () => rewardThoseAbove(platform, tenant, referralId)));
    expect((await points(referrer.accountId)).pending).toBe(50_000n);
  });
});

describe('EX-RF2: a friend who returns goods within 14 days', () => {
  test('so that less than the minimum is left loses his reward, what he has spent becomes a debt, and the referrer loses his', async () => {
    const referrer = await newReferrer();
    const friend = await newGuest({ code: referrer.code });
    const { checkId } = await sell(friend, 120_000n);
    await sell(friend, 10_000n, undefined, 20_000n);
    await work();
    const back = await returnCheck(platform, tenant, { checkId });
    expect(back).toMatchObject({ ok: true, value: { balance: 0, debt: 20_000 } });
    await work();
    await work();
    expect(await points(referrer.accountId)).toEqual({ available: 0n, pending: 0n, debt: 0n });
    expect(await lineOf(friend)).toMatchObject({ state: 'rejected', reason: 'check_returned' });
    expect((await returnCheck(platform, tenant, { checkId })).ok).toBe(true);
    expect((await points(friend)).debt).toBe(20_000n);
  });

  test('before the referrer was rewarded: he gets nothing', async () => {
    const referrer = await newReferrer();
    const friend = await newGuest({ code: referrer.code });
    const { checkId } = await sell(friend, 120_000n);
    await returnCheck(platform, tenant, { checkId });
    await rewardThoseAbove(platform, tenant, (await lineOf(friend))!.referralId);
    expect(await points(referrer.accountId)).toEqual({ available: 0n, pending: 0n, debt: 0n });
  });

  test('after the window: everybody keeps his points', async () => {
    const referrer = await newReferrer();
    const friend = await newGuest({ code: referrer.code });
    const { checkId } = await sell(friend, 120_000n);
    await work();
    advance(15);
    await returnCheck(platform, tenant, { checkId });
    await work();
    expect((await points(referrer.accountId)).available).toBe(50_000n);
    expect((await points(friend)).available).toBe(25_000n);
  });
});

describe('EX-RF3: a referral is rejected, and the guest is not told', () => {
  test('for the same phone: the referrer follows his own link', async () => {
    const phone = newPhone();
    const opened = await register(phone);
    const { accountId } = (opened as { value: { accountId: number } }).value;
    const again = await register(phone, { code: await codeOf(accountId) });
    expect(again).toMatchObject({ ok: false, refusal: { code: 'account_exists' } });
    expect(await lineOf(accountId)).toMatchObject({ state: 'rejected', reason: 'same_phone' });
  });

  test('for the same device, and for a device on which somebody has registered', async () => {
    const device = 'browser-of-the-referrer';
    const referrer = await newGuest({ device });
    const friend = await newGuest({ device, code: await codeOf(referrer) });
    expect(await lineOf(friend)).toMatchObject({ state: 'rejected', reason: 'same_device' });
    const stranger = await newReferrer();
    const third = await newGuest({ device, code: stranger.code });
    expect(await lineOf(third)).toMatchObject({ state: 'rejected', reason: 'known_device' });
    const answer = await sell(third, 500_000n);
    expect(answer.balance).toBe(0);
  });

  test('for cards that lie on one device by the time of the check', async () => {
    const referrer = await newReferrer();
    const friend = await newGuest({ code: referrer.code });
    const asked: number[][] = [];
    const knowing: LoyaltyPlatform = {
      ...platform,
      async shareDevice(_tenant, ...accounts) {
        asked.push(accounts);
        return true;
      },
    };
    const sale = { accountId: friend, source: 'probonus', externalId: 'shared', spend: 0n } as const;
    await registerCheck(knowing, tenant, { ...sale, mode: 'reported', money: 200_000n });
    expect(asked).toEqual([[friend, referrer.accountId]]);
    expect(await lineOf(friend)).toMatchObject({ state: 'rejected', reason: 'same_device' });
    expect((await points(friend)).available).toBe(0n);
  });
});

test('EX-RF4: of eleven friends in a month with a cap of 10 all are rewarded, the referrer for ten', async () => {
  const referrer = await newReferrer();
  const friends: number[] = [];
  for (let index = 0; index < 11; index++) {
    const friend = await newGuest({ code: referrer.code });
    await sell(friend, 120_000n);
    friends.push(friend);
  }
  const ids = await Promise.all(friends.map(async (friend) => (await lineOf(friend))!.referralId));
  // All at once: the cap is counted one after the other all the same.
  await Promise.all(ids.map((id) => rewardThoseAbove(platform, tenant, id)));
  expect((await points(referrer.accountId)).pending).toBe(500_000n);
  const mine = (await lines()).filter((line) => line.referrer.accountId === referrer.accountId);
  const reasons = mine.flatMap((line) => line.rewards.filter(({ level }) => level === 1).map(({ reason }) => reason));
  expect(reasons.filter((reason) => reason === 'monthly_cap')).toHaveLength(1);
  for (const friend of friends) expect((await points(friend)).available).toBe(25_000n);
});

test('EX-RF5: a guest who has an account with this phone is not new: no rewards, and the operator sees it', async () => {
  const phone = newPhone();
  await register(phone);
  const referrer = await newReferrer();
  const again = await register(phone, { code: referrer.code });
  expect(again).toMatchObject({ ok: false, refusal: { code: 'account_exists' } });
  const accountId = again.ok ? 0 : Number(again.refusal.params?.accountId);
  expect(await lineOf(accountId)).toMatchObject({ state: 'rejected', reason: 'known_guest' });
  expect((await sell(accountId, 500_000n)).balance).toBe(0);
  await register(phone, { code: referrer.code });
  expect((await lines()).filter((line) => line.friend.accountId === accountId)).toHaveLength(1);
});

describe('a link', () => {
  test('carries its touch to the form, and the phone that is told later belongs to it', async () => {
    const referrer = await newReferrer();
    const shown = await invitationOf(platform, tenant, { ...referrer, programmeId });
    expect(shown?.url).toBe(`https://cards.example/r/${referrer.code}`);
    const found = await tenantOfCode(platform, referrer.code.toLowerCase());
    expect(found?.companyId).toBe(tenant.companyId);
    const followed = await followLink(platform, tenant, { code: referrer.code, counted: true });
    const phone = newPhone();
    advance(29);
    await noteVisit(platform, tenant, { code: referrer.code, touchId: followed!.touchId!, phone });
    const opened = await register(phone);
    expect(await lineOf((opened as { value: { accountId: number } }).value.accountId)).toMatchObject({
      state: 'registered',
      referrer: { accountId: referrer.accountId },
    });
  });

  test('that was followed longer ago than the window brings nothing', async () => {
    const referrer = await newReferrer();
    const followed = await followLink(platform, tenant, { code: referrer.code, counted: true });
    const phone = newPhone();
    advance(31);
    await noteVisit(platform, tenant, { code: referrer.code, touchId: followed!.touchId!, phone });
    const opened = await register(phone);
    expect(await lineOf((opened as { value: { accountId: number } }).value.accountId)).toMatchObject({
      state: 'rejected',
      reason: 'link_too_old',
    });
  });

  test('the last or the first one counts, as the programme says', async () => {
    for (const touch of ['last', 'first'] as const) {
      await save({ touch });
      const [one, two] = [await newReferrer(), await newReferrer()];
      const phone = newPhone();
      await noteVisit(platform, tenant, { code: one.code, phone });
      advance(1);
      await noteVisit(platform, tenant, { code: two.code, phone });
      const opened = await register(phone);
      const line = await lineOf((opened as { value: { accountId: number } }).value.accountId);
      expect(line?.referrer.accountId).toBe(touch === 'last' ? two.accountId : one.accountId);
    }
    await save();
  });

  test('of a programme that takes no referrals leads on and rewards nobody', async () => {
    const referrer = await newReferrer();
    await save({ enabled: false });
    const followed = await followLink(platform, tenant, { code: referrer.code, counted: true });
    expect(followed).toEqual({ code: referrer.code, programmeId, touchId: null });
    const friend = await newGuest({ code: referrer.code });
    expect(await lineOf(friend)).toMatchObject({ state: 'rejected', reason: 'switched_off' });
    expect(await invitationOf(platform, tenant, { ...referrer, programmeId })).toBeNull();
    await save();
  });
});

test('what was promised holds: settings that change later leave an open referral as it was', async () => {
  const friend = await newGuest({ code: (await newReferrer()).code });
  await save({ referee: { points: 1 }, minimumCheck: 900_000 });
  expect((await sell(friend, 100_000n)).balance).toBe(25_000);
  await save();
});

test('without a check in time the referral is closed, whether or not the job has run', async () => {
  await save({ pendingDays: 10 });
  const [late, settled] = [await newReferrer(), await newReferrer()];
  const friends = [await newGuest({ code: late.code }), await newGuest({ code: settled.code })];
  await save();
  advance(10);
  expect((await sell(friends[0]!, 200_000n)).balance).toBe(0);
  expect(await lineOf(friends[0]!)).toMatchObject({ state: 'rejected', reason: 'no_check' });
  await settleReferrals(platform, tenant);
  expect(await lineOf(friends[1]!)).toMatchObject({ state: 'rejected', reason: 'no_check' });
  expect((await sell(friends[1]!, 200_000n)).balance).toBe(0);
});

test('levels: who had invited the referrer gets his own points, and nobody above him', async () => {
  await save({ upperLevels: [{ points: 5_000 }] });
  const first = await newReferrer();
  const second = await newGuest({ code: first.code });
  await sell(second, 100_000n);
  const third = await newGuest({ code: await codeOf(second) });
  await sell(third, 100_000n);
  const fourth = await newGuest({ code: await codeOf(third) });
  await sell(fourth, 100_000n);
  await work();
  expect((await points(first.accountId)).pending).toBe(50_000n + 5_000n);
  expect((await points(second)).pending).toBe(50_000n + 5_000n);
  expect((await points(third)).pending).toBe(50_000n);
  await save();
});

test('the numbers count links, friends and points since a day', async () => {
  advance(400);
  await settleReferrals(platform, tenant);
  const from = platform.clock.now();
  const referrer = await newReferrer();
  await followLink(platform, tenant, { code: referrer.code, counted: true });
  await followLink(platform, tenant, { code: referrer.code, counted: false });
  await newGuest({ code: referrer.code });
  const friend = await newGuest({ code: referrer.code });
  await sell(friend, 100_000n);
  await work();
  const numbers = await selectReferralNumbers(tenant, { programmeId, from, now: platform.clock.now() });
  expect(numbers).toEqual({ clicks: 3, registered: 2, qualified: 1, rewarded: 0, rejected: 0, points: 75_000n });
});
