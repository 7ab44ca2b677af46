import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  attributedTouch,
  beginReferral,
  DEFAULT_REFERRAL_SETTINGS,
  parseReferralSettings,
  qualifyReferral,
  type Referral,
  type ReferralGrant,
  type ReferralSettings,
  type RegistrationFacts,
  referralAfterReturn,
  referralAt,
  referralDueAt,
  referralSettingsToJson,
  rewardAbove,
} from '../index.ts';
import { moscow, startStory, testRules, units } from '../test-story.ts';

const at = (text: string): number => moscow(text).epochMilliseconds;
const rules = testRules();
const settings: ReferralSettings = {
  ...DEFAULT_REFERRAL_SETTINGS,
  enabled: true,
  referrer: { points: units(500), moment: 'after_return_window', lifetimeDays: null },
  referee: { points: units(250), moment: 'at_once', lifetimeDays: null },
  minimumCheck: units(1000),
  monthlyCap: 10,
};
const newGuest: RegistrationFacts = { sameProgramme: true, touchCounts: true, known: null, device: 'new' };
const free = { blocked: false, rewardsOfMonth: 0 };

const registered = (more: Partial<ReferralSettings> = {}): Referral =>
  beginReferral({ ...settings, ...more }, newGuest, at('2026-03-01'));
const qualified = (money: number, more: Partial<ReferralSettings> = {}) =>
  qualifyReferral(registered(more), { checkId: '7', money: units(money), at: at('2026-03-02') }, rules);

const rewardCommand = ({ points, earnedAt, activatesAt }: ReferralGrant, side: string) =>
  ({
    kind: 'reward',
    reason: 'referral',
    amount: points,
    side,
    earnedAt: Temporal.Instant.fromEpochMilliseconds(earnedAt),
    activatesAt: Temporal.Instant.fromEpochMilliseconds(activatesAt),
  }) as const;

test('EX-RF1: minimum 1,000.00, first check 1,200.00: the friend has 250.00 at once, the referrer 500.00 after 14 days', () => {
  const result = qualified(1200)!;
  const friend = startStory({}, '2026-03-02');
  friend.carryOut(rewardCommand(result.referee!, 'referee'));
  expect(friend.available()).toBe(units(250));

  const referrer = startStory({}, '2026-03-02');
  const reward = rewardAbove(result.referral, 1, free) as ReferralGrant;
  referrer.carryOut(rewardCommand(reward, 'referrer'));
  expect([referrer.available(), referrer.state().pending]).toEqual([0n, units(500)]);
  referrer.on('2026-03-15T23:59');
  expect(referrer.available()).toBe(0n);
  referrer.on('2026-03-16T00:00');
  expect(referrer.available()).toBe(units(500));
  expect(referralAt(result.referral, at('2026-03-15')).state).toBe('qualified');
  expect(referralAt(result.referral, at('2026-03-16')).state).toBe('confirmed');
});

test('EX-RF1: a check below the minimum leaves the referral open for a later one', () => {
  expect(qualified(999.99)).toBeNull();
  expect(qualified(1000)).not.toBeNull();
});

test('a reward that is written late is the same reward: its terms run from the check', () => {
  const { referral } = qualified(1200)!;
  const reward = rewardAbove(referral, 1, free) as ReferralGrant;
  const expiry = { expiry: { unit: 'months', length: 1 } };
  const late = startStory(expiry, '2026-03-20');
  late.carryOut(rewardCommand(reward, 'referrer'));
  const inTime = startStory(expiry, '2026-03-02');
  inTime.carryOut(rewardCommand(reward, 'referrer'));
  inTime.on('2026-03-20');
  expect(late.balance().lotsByExpiry).toEqual(inTime.balance().lotsByExpiry);
  expect(late.available()).toBe(units(500));
});

describe('EX-RF2: the friend returns 300.00 of 1,200.00 within 14 days', () => {
  const sell = () => {
    const friend = startStory({}, '2026-03-02');
    friend.sell('7', {
      lines: [
        { id: 'a', amount: units(900) },
        { id: 'b', amount: units(300) },
      ],
    });
    const { referral, referee } = qualified(1200)!;
    const grant = friend.carryOut(rewardCommand(referee!, 'referee'));
    const entryId = friend.state().lots.find((lot) => lot.id === grant.lotId)!.openedBy;
    const revoke = {
      kind: 'revoke_reward',
      reason: 'referral',
      amount: units(250),
      lotId: grant.lotId,
      entryId,
    } as const;
    return { friend, referral, revoke };
  };

  test('900.00 are left, less than the minimum: the referral is rejected and both rewards are taken back', () => {
    const { friend, referral, revoke } = sell();
    friend.on('2026-03-10');
    friend.takeBack('7', { lines: [{ id: 'b', quantityThousandths: 1000 }] });
    const after = referralAfterReturn(referral, { checkId: '7', moneyLeft: units(900), at: at('2026-03-10') });
    expect(after).toMatchObject({ state: 'rejected', reason: 'check_returned' });
    friend.carryOut({ ...revoke, entriesSince: friend.entries });
    expect(friend.available()).toBe(units(45));

    const referrer = startStory({}, '2026-03-02');
    const grant = referrer.carryOut(rewardCommand(rewardAbove(referral, 1, free) as ReferralGrant, 'referrer'));
    const outcome = referrer.carryOut({
      ...revoke,
      amount: units(500),
      lotId: grant.lotId,
      entryId: 1,
      entriesSince: referrer.entries,
    });
    expect(outcome.clawback.pending).toBe(units(500));
    expect(referrer.state()).toMatchObject({ pending: 0n, available: 0n, debt: 0n });
  });

  test('what the friend has spent of his reward becomes a debt', () => {
    const { friend, revoke } = sell();
    friend.sell('8', { total: units(280) }, units(280));
    friend.on('2026-03-10');
    friend.takeBack('7', { lines: [{ id: 'b', quantityThousandths: 1000 }] });
    const before = friend.state();
    friend.carryOut({ ...revoke, entriesSince: friend.entries });
    const { available, debt } = friend.state();
    expect(available - debt).toBe(before.available - before.debt - units(250));
    expect(debt).toBeGreaterThan(0n);
  });

  test('a return that leaves the minimum, of another check, or after the window changes nothing', () => {
    const { referral } = sell();
    const march10 = at('2026-03-10');
    expect(referralAfterReturn(referral, { checkId: '7', moneyLeft: units(1000), at: march10 })).toBeNull();
    expect(referralAfterReturn(referral, { checkId: '8', moneyLeft: 0n, at: march10 })).toBeNull();
    expect(referralAfterReturn(referral, { checkId: '7', moneyLeft: 0n, at: at('2026-03-16') })).toBeNull();
  });
});

test('EX-RF3: same phone, same device or the own card is rejected, with a reason for the operator', () => {
  const reasonOf = (facts: Partial<RegistrationFacts>) =>
    beginReferral(settings, { ...newGuest, ...facts }, at('2026-03-01')).reason;
  expect(reasonOf({ known: { referrer: true, by: 'phone' } })).toBe('same_phone');
  expect(reasonOf({ known: { referrer: true, by: 'other' } })).toBe('own_card');
  expect(reasonOf({ device: 'referrer' })).toBe('same_device');
  expect(reasonOf({ device: 'somebody' })).toBe('known_device');
  expect(reasonOf({ sameProgramme: false })).toBe('other_programme');
  expect(reasonOf({ touchCounts: false })).toBe('link_too_old');
  expect(reasonOf({})).toBeNull();
  const lenient = { ...settings, knownDevices: 'accept' } as const;
  expect(beginReferral(lenient, { ...newGuest, device: 'somebody' }, 0).reason).toBeNull();
  expect(beginReferral(lenient, { ...newGuest, device: 'referrer' }, 0).reason).toBe('same_device');
});

test('EX-RF4: the 11th friend of a month with a cap of 10: the friend is rewarded, the referrer not, the reason is kept', () => {
  const { referral, referee } = qualified(1200)!;
  expect(referee?.points).toBe(units(250));
  expect(rewardAbove(referral, 1, { blocked: false, rewardsOfMonth: 9 })).toMatchObject({ points: units(500) });
  expect(rewardAbove(referral, 1, { blocked: false, rewardsOfMonth: 10 })).toEqual({ none: 'monthly_cap' });
  expect(rewardAbove(referral, 1, { blocked: true, rewardsOfMonth: 0 })).toEqual({ none: 'account_blocked' });
});

test('EX-RF5: an account with this phone existed: not new, no rewards', () => {
  const known = beginReferral(settings, { ...newGuest, known: { referrer: false, by: 'phone' } }, at('2026-03-01'));
  expect(known).toMatchObject({ state: 'rejected', reason: 'known_guest' });
  expect(qualifyReferral(known, { checkId: '7', money: units(5000), at: at('2026-03-02') }, rules)).toBeNull();
});

test('a check that comes too late qualifies nothing, and time alone closes the referral', () => {
  const open = registered({ pendingDays: 3 });
  expect(referralDueAt(open)).toBe(at('2026-03-04'));
  expect(referralAt(open, at('2026-03-04'))).toMatchObject({ state: 'rejected', reason: 'no_check' });
  expect(qualifyReferral(open, { checkId: '7', money: units(5000), at: at('2026-03-04') }, rules)).toBeNull();
});

test('levels above the referrer get their own points, and no more levels than are set', () => {
  const { referral } = qualified(1200, { upperLevels: [units(50)] })!;
  expect(rewardAbove(referral, 2, free)).toMatchObject({ points: units(50) });
  expect(rewardAbove(referral, 3, free)).toBeNull();
});

test('the first or the last touch inside the window counts', () => {
  const touches = [
    { at: at('2026-02-20'), code: 'old' },
    { at: at('2026-03-01'), code: 'first' },
    { at: at('2026-03-05'), code: 'last' },
    { at: at('2026-03-09'), code: 'later' },
  ];
  const chosen = (touch: 'first' | 'last') =>
    attributedTouch(touches, { attributionDays: 10, touch }, at('2026-03-08'))?.code;
  expect([chosen('first'), chosen('last')]).toEqual(['first', 'last']);
  expect(attributedTouch([], settings, 0)).toBeNull();
});

test('settings come back from their own JSON, and contradictions are named by path', () => {
  expect(parseReferralSettings(JSON.parse(JSON.stringify(referralSettingsToJson(settings))))).toEqual({
    ok: true,
    settings,
  });
  const problemsOf = (json: unknown) => {
    const parsed = parseReferralSettings(json);
    return parsed.ok ? [] : parsed.problems.map((problem) => problem.path);
  };
  expect(problemsOf({ enabled: true })).toEqual(['enabled']);
  expect(problemsOf({ referee: { points: 1 }, upperLevels: [{ points: 5 }] })).toEqual(['upperLevels']);
  expect(problemsOf({ pendingDays: 181, returnWindowDays: -1, magic: 1 })).toEqual([
    'returnWindowDays',
    'pendingDays',
    'magic',
  ]);
});

test('whatever happens to a rewarded account, revoking the reward leaves the ledger balanced and takes it once', () => {
  const amounts = fc.integer({ min: 1, max: 50_000 }).map(BigInt);
  fc.assert(
    fc.property(amounts, fc.array(amounts, { maxLength: 4 }), fc.nat(40), (reward, spends, days) => {
      const story = startStory({ expiry: { unit: 'days', length: 20 } });
      const grant = story.carryOut({ kind: 'reward', reason: 'referral', amount: reward, side: 'referee' });
      for (const spend of spends) {
        if (spend <= story.available()) story.sell(`s${story.sales.size}`, { total: spend }, spend);
      }
      story.on(Temporal.PlainDate.from('2026-03-01').add({ days }).toString());
      const outcome = story.carryOut({
        kind: 'revoke_reward',
        reason: 'referral',
        amount: reward,
        lotId: grant.lotId,
        entryId: 1,
        entriesSince: story.entries,
      });
      expect(Object.values(outcome.clawback).reduce((sum, part) => sum + part, 0n)).toBe(reward);
      const { available, pending, held, debt, totals } = story.state();
      const { issued, redeemed, expired, forgiven, metInMoney } = totals;
      expect(issued).toBe(pending + available + held - debt + redeemed + expired - forgiven - metInMoney);
    }),
    { numRuns: 200 },
  );
});
