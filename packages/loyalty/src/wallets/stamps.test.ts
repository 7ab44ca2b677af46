import { describe, expect, test } from 'vitest';
import type { CheckLine, SaleRecord } from '../index.ts';
import { nextDueAt, walletIn } from '../index.ts';
import { startStory, units } from '../test-story.ts';

const GIFT = { at: 6, name: 'A coffee', reward: { couponKindId: 'coffee' } };
const CARD = { id: 'coffee', kind: 'stamps', name: 'Coffee card', slots: 6, milestones: [GIFT] };
const PER_CUP = { per: 'item', items: { groups: ['coffee'] } };

const cups = (count: number): { lines: CheckLine[] } => ({
  lines: [{ id: 'cup', amount: units(200 * count), quantityThousandths: count * 1000, groups: ['coffee'] }],
});
const onePiece = { lines: [{ id: 'cup', quantityThousandths: 1000 }] };

/** A guest of a coffee card, with so many stamps on it. */
function withStamps(stamps: number, settings: Record<string, unknown> = {}, programme: Record<string, unknown> = {}) {
  const story = startStory({ wallets: [{ ...CARD, earn: PER_CUP, ...settings }], ...programme });
  if (stamps > 0) story.sell('before', cups(stamps));
  const card = () => walletIn(story.state(), 'coffee');
  const show = () => ({ stamps: card().available, debt: card().debt });
  const takeBack = (
    checkId: string,
    what: { lines?: readonly { id: string; quantityThousandths: number }[] },
    unusedRewards: readonly number[] = [],
  ) => story.carryOut({ ...story.returnOf(checkId, what), unusedRewards });
  return { ...story, card, show, takeBack };
}

describe('stamps by the reference model', () => {
  test('EX-ST1: six slots, five stamps, three more: one gift and two stamps on the next card', () => {
    const guest = withStamps(5);
    const { rewards, cards } = guest.sell('check', cups(3));
    const gift = { wallet: 'coffee', milestone: 6, name: 'A coffee', couponKindId: 'coffee', points: 0n };
    expect(rewards).toEqual([{ ...gift, rewardId: expect.any(Number) }]);
    expect(cards).toEqual([{ wallet: 'coffee', name: 'Coffee card', slots: 6, given: 3n, stamps: 2n }]);
    expect(guest.show()).toEqual({ stamps: 2n, debt: 0n });
  });

  test('EX-ST2: one of the three coffees comes back: one stamp left, the gift stays', () => {
    const guest = withStamps(5);
    const [gift] = guest.sell('check', cups(3)).rewards;
    const outcome = guest.takeBack('check', onePiece, [gift!.rewardId]);
    expect([outcome.withdrawn, guest.show()]).toEqual([[], { stamps: 1n, debt: 0n }]);
    expect(outcome.cards).toEqual([{ wallet: 'coffee', takenBack: 1n, stamps: 1n, debt: 0n }]);
  });

  test('two of the three come back: the card stands at the gift exactly, which stays', () => {
    const guest = withStamps(5);
    const [gift] = guest.sell('check', cups(3)).rewards;
    const outcome = guest.takeBack('check', { lines: [{ id: 'cup', quantityThousandths: 2000 }] }, [gift!.rewardId]);
    expect([outcome.withdrawn, guest.show()]).toEqual([[], { stamps: 0n, debt: 0n }]);
  });

  test('EX-ST3: all three come back: an unused gift is void and the card shows five', () => {
    const guest = withStamps(5);
    const [gift] = guest.sell('check', cups(3)).rewards;
    const outcome = guest.takeBack('check', {}, [gift!.rewardId]);
    const { rewardId } = gift!;
    expect(outcome.withdrawn).toEqual([
      { rewardId, wallet: 'coffee', milestone: 6, couponKindId: 'coffee', points: 0n },
    ]);
    expect(guest.show()).toEqual({ stamps: 5n, debt: 0n });
    expect(guest.sell('again', cups(1)).rewards).toHaveLength(1);
  });

  test('EX-ST3: a used gift stays, one stamp is owed, shown as 0, and the next stamp covers it', () => {
    const guest = withStamps(5);
    guest.sell('check', cups(3));
    expect(guest.takeBack('check', {}).withdrawn).toEqual([]);
    expect(guest.show()).toEqual({ stamps: 0n, debt: 1n });
    guest.sell('next', cups(1));
    expect(guest.show()).toEqual({ stamps: 0n, debt: 0n });
    guest.sell('next but one', cups(1));
    expect(guest.show()).toEqual({ stamps: 1n, debt: 0n });
  });

  test('EX-ST4: milestones at 3 and 6: a jump from 2 to 6 brings both gifts once', () => {
    const juice = { at: 3, name: 'A juice', reward: { couponKindId: 'juice' } };
    const guest = withStamps(2, { milestones: [juice, GIFT] });
    const kinds = guest.sell('check', cups(4)).rewards.map((reward) => reward.couponKindId);
    expect([kinds, guest.show()]).toEqual([['juice', 'coffee'], { stamps: 0n, debt: 0n }]);
  });

  test('EX-ST5: two stamps at most for a check: five coffees bring two', () => {
    const guest = withStamps(0, { perCheck: 2 });
    expect(guest.sell('check', cups(5)).cards[0]?.given).toBe(2n);
    // Four coffees still deserve the two; with the fourth of them gone, one.
    guest.takeBack('check', onePiece);
    guest.takeBack('check', { lines: [{ id: 'cup', quantityThousandths: 2000 }] });
    expect(guest.show().stamps).toBe(2n);
    guest.takeBack('check', onePiece);
    expect(guest.show().stamps).toBe(1n);
  });
});

describe('what a stamp is given for', () => {
  test('a visit: one for a check from the least sum on, whatever is in it', () => {
    const guest = withStamps(0, { earn: { per: 'visit', minCheck: 30_000 } });
    expect(guest.sell('small', cups(1)).cards[0]?.given).toBe(0n);
    expect(guest.sell('big', cups(3)).cards[0]?.given).toBe(1n);
    // What remains of it is below the least sum.
    guest.takeBack('big', { lines: [{ id: 'cup', quantityThousandths: 2000 }] });
    expect(guest.show().stamps).toBe(0n);
  });

  test('an amount: one for every full one, of money and not of points', () => {
    const guest = withStamps(0, { earn: { per: 'amount', amount: 10_000 } });
    guest.refill(300);
    expect(guest.sell('check', { total: units(550) }, units(130)).cards[0]?.given).toBe(4n);
  });

  test('goods: whole pieces of the set; nothing for a gift that cost nothing or for goods that do not earn', () => {
    const guest = withStamps(0, { earn: { ...PER_CUP, pieces: 2 } });
    const line = { groups: ['coffee'], amount: units(200) };
    const lines = [
      { ...line, id: 'three', quantityThousandths: 3000 },
      { ...line, id: 'half', quantityThousandths: 1500 },
      { ...line, id: 'free', amount: 0n, quantityThousandths: 4000 },
      { ...line, id: 'excluded', quantityThousandths: 4000, eligibleForEarn: false },
      { ...line, id: 'cake', quantityThousandths: 4000, groups: ['cakes'] },
    ];
    expect(guest.sell('check', { lines }).cards[0]?.given).toBe(2n);
  });

  test('a day may have a limit, net of returns', () => {
    const guest = withStamps(0, { perDay: 3 });
    guest.sell('one', cups(2));
    expect(guest.sell('two', cups(2)).cards[0]?.given).toBe(1n);
    guest.takeBack('one', {});
    expect(guest.sell('three', cups(4)).cards[0]?.given).toBe(2n);
    guest.on('2026-03-02');
    expect(guest.sell('four', cups(4)).cards[0]?.given).toBe(3n);
  });

  test('a caller that fixes the points of a check leaves the stamps to the card', () => {
    const guest = withStamps(0);
    const facts = { checkId: 'check', occurredAt: guest.now(), spend: 0n, accrual: 0n, ...cups(2) };
    const { cards } = guest.carryOut({ kind: 'register_check', mode: 'priced', ...facts });
    expect(cards[0]?.given).toBe(2n);
  });
});

describe('rewards', () => {
  test('points of a milestone are in the account at once, and go back with it', () => {
    const reward = { kind: 'points', points: 10_000, lifetimeDays: 5 };
    const guest = withStamps(5, { milestones: [{ at: 6, name: '100 points', reward }] }, { levels: ZERO });
    const outcome = guest.sell('check', cups(1));
    expect([outcome.rewards[0]?.points, guest.available()]).toEqual([units(100), units(100)]);
    expect(nextDueAt(guest.state(), guest.rules)?.toString()).toBe('2026-03-06T21:00:00Z');
    const back = guest.takeBack('check', {});
    expect([back.withdrawn[0]?.points, guest.available(), guest.show().stamps]).toEqual([units(100), 0n, 5n]);
  });

  test('one check can fill several cards', () => {
    const guest = withStamps(5);
    expect(guest.sell('check', cups(14)).rewards).toHaveLength(3);
    expect(guest.show().stamps).toBe(1n);
  });

  test('of two gifts the unused one is withdrawn, whichever was issued first', () => {
    const guest = withStamps(0);
    const [first] = guest.sell('first', cups(6)).rewards;
    guest.sell('second', cups(6));
    const { withdrawn } = guest.takeBack('second', {}, [first!.rewardId]);
    expect([withdrawn.map((one) => one.rewardId), guest.show()]).toEqual([[first!.rewardId], { stamps: 0n, debt: 0n }]);
    // The other gift was used and stands for the stamps of the first check now.
    expect(guest.takeBack('first', {}).withdrawn).toEqual([]);
    expect(guest.show().debt).toBe(6n);
  });

  test('a used gift on the way is not given again when its slot is reached again', () => {
    const juice = { at: 3, name: 'A juice', reward: { couponKindId: 'juice' } };
    const guest = withStamps(2, { milestones: [juice, GIFT] });
    const [gift] = guest.sell('third', cups(1)).rewards;
    expect(guest.takeBack('third', {}).withdrawn).toEqual([]);
    expect(guest.sell('third again', cups(1)).rewards).toEqual([]);
    guest.takeBack('third again', {});
    // Unused, it would be: then the slot brings a new one.
    const other = withStamps(2, { milestones: [juice, GIFT] });
    const [unused] = other.sell('third', cups(1)).rewards;
    expect(other.takeBack('third', {}, [unused!.rewardId]).withdrawn).toHaveLength(1);
    expect(other.sell('third again', cups(1)).rewards).toHaveLength(1);
    expect(gift?.couponKindId).toBe('juice');
  });

  test('stamps given by hand fill a card too, and stamps can be taken by hand', () => {
    const guest = withStamps(5);
    const granted = guest.carryOut({ kind: 'refill', wallet: 'coffee', amount: 2n });
    expect(granted.rewards?.map((reward) => reward.couponKindId)).toEqual(['coffee']);
    guest.carryOut({ kind: 'deduct', wallet: 'coffee', amount: 1n });
    expect(guest.show().stamps).toBe(0n);
    expect(guest.refused({ kind: 'deduct', wallet: 'coffee', amount: 1n })?.code).toBe('insufficient_points');
    // Each full card is an entry: a slip of the finger shall not write millions.
    expect(guest.refused({ kind: 'refill', wallet: 'coffee', amount: 101n })?.code).toBe('amount_invalid');
  });
});

describe('stamps and time', () => {
  test('every stamp has its own expiry; a card whose last stamp burned begins anew', () => {
    const juice = { at: 3, name: 'A juice', reward: { couponKindId: 'juice' } };
    const expiry = { kind: 'period', unit: 'days', length: 10 };
    const guest = withStamps(2, { milestones: [juice, GIFT], expiry });
    guest.on('2026-03-05');
    expect(guest.sell('third', cups(1)).rewards).toHaveLength(1);
    guest.on('2026-03-12');
    expect(guest.show().stamps).toBe(1n);
    expect(guest.sell('to three', cups(2)).rewards).toEqual([]);
    guest.on('2026-04-01');
    expect(guest.show().stamps).toBe(0n);
    expect(guest.sell('anew', cups(3)).rewards).toHaveLength(1);
  });

  test('burned stamps of a returned check are not taken twice', () => {
    const guest = withStamps(0, { expiry: { kind: 'period', unit: 'days', length: 10 } });
    guest.sell('old', cups(2));
    guest.on('2026-03-10');
    guest.sell('new', cups(3));
    guest.on('2026-03-15');
    expect(guest.show().stamps).toBe(3n);
    guest.takeBack('old', {});
    expect(guest.show()).toEqual({ stamps: 3n, debt: 0n });
  });

  test('burned stamps of a returned check cost no gift of the card before', () => {
    const guest = withStamps(0, { expiry: { kind: 'period', unit: 'days', length: 10 } });
    const [gift] = guest.sell('full', cups(6)).rewards;
    guest.sell('burns', cups(2));
    guest.on('2026-03-15');
    expect(guest.takeBack('burns', {}, [gift!.rewardId]).withdrawn).toEqual([]);
    expect(guest.show()).toEqual({ stamps: 0n, debt: 0n });
  });

  test('stamps of a withdrawn gift that have burned meanwhile come back for the days of grace', () => {
    const guest = withStamps(5, { expiry: { kind: 'period', unit: 'days', length: 10 } });
    guest.on('2026-03-09');
    const [gift] = guest.sell('check', cups(1)).rewards;
    guest.on('2026-03-15');
    guest.takeBack('check', {}, [gift!.rewardId]);
    expect(guest.show().stamps).toBe(5n);
    guest.on('2026-04-15');
    expect(guest.show().stamps).toBe(0n);
  });
});

test('a programme without wallets knows nothing of them', () => {
  const story = startStory();
  const { sale, cards, rewards } = story.sell('check', { total: units(100) });
  expect([sale.wallets, cards, rewards]).toEqual([null, [], []] satisfies [SaleRecord['wallets'], unknown, unknown]);
});

const ZERO = [{ id: 'base', name: 'Base', fromTurnover: 0, rateBasisPoints: 0 }];
