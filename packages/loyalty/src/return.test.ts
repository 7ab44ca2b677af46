import { describe, expect, test } from 'vitest';
import { needsHistory } from './index.ts';
import { startStory, units } from './test-story.ts';

const line = (id: string, amount: number, quantityThousandths = 1000) => ({
  id,
  amount: units(amount),
  quantityThousandths,
});
const pieces = (id: string, count: number) => ({ id, quantityThousandths: count * 1000 });

describe('the worked chain EX-X1', () => {
  function soldOnFirstOfMarch() {
    const story = startStory({ spendLimits: { maxPercentBasisPoints: 3000 } });
    story.refill(60, 30);
    story.refill(100, 121);
    story.sell('c', { lines: [line('A', 500), line('B', 300), line('C', 200)] }, units(100));
    return story;
  }

  test('the sale takes 60 and 40, divides them over the lines and earns on the money', () => {
    const story = soldOnFirstOfMarch();
    const sale = story.sales.get('c')!;
    expect(sale.uses.map((use) => use.amount)).toEqual([units(60), units(40)]);
    expect(sale.lines.map((one) => one.paidByPoints)).toEqual([units(50), units(30), units(20)]);
    expect(sale.lines.map((one) => one.money)).toEqual([units(450), units(270), units(180)]);
    expect(sale.lines.map((one) => one.earned)).toEqual([units(22.5), units(13.5), units(9)]);
    expect(story.available()).toBe(units(105));
  });

  test('three returns, two of them after the first lot expired, give every column of the table', () => {
    const story = soldOnFirstOfMarch();
    const row = () => [1, 2, 3].map(story.left);
    story.on('2026-03-10');
    const first = story.takeBack('c', { lines: [pieces('C', 1)] });
    expect([first.money, first.givenBack, first.clawback.ownLot]).toEqual([units(180), units(20), units(9)]);
    expect(row()).toEqual([0n, units(80), units(36)]);
    expect(story.available()).toBe(units(116));

    story.on('2026-04-05');
    const second = story.takeBack('c', { lines: [pieces('B', 1)] });
    expect([second.money, second.givenBack, second.clawback.ownLot]).toEqual([units(270), units(30), units(13.5)]);
    expect(row()).toEqual([0n, units(100), units(22.5)]);
    const grace = story.stored().lots.find((lot) => lot.originLotId === 1)!;
    expect(grace.remaining).toBe(units(10));
    expect(Temporal.Instant.fromEpochMilliseconds(grace.expiresAtMs!).toString()).toBe('2026-05-05T21:00:00Z');
    expect(story.available()).toBe(units(132.5));

    story.on('2026-04-06');
    const third = story.takeBack('c', { lines: [pieces('A', 1)] });
    expect([third.money, third.givenBack, third.clawback.ownLot]).toEqual([units(450), units(50), units(22.5)]);
    expect(row()).toEqual([0n, units(100), 0n]);
    expect(third.whole).toBe(true);
    expect(story.available()).toBe(units(160));
    expect(story.stored().totals.redeemed).toBe(0n);
  });
});

describe('shares of a part', () => {
  const equalLines = { lines: [line('1', 333.33), line('2', 333.33), line('3', 333.33)] };

  test('EX-X2: three equal lines divide 100.00 and 44.99 exactly, in whatever order they return', () => {
    for (const order of ['123', '132', '213', '231', '312', '321']) {
      const story = startStory();
      story.refill(100, null);
      const { sale } = story.sell('c', equalLines, units(100));
      expect(sale.lines.map((one) => one.paidByPoints)).toEqual([units(33.34), units(33.33), units(33.33)]);
      expect(sale.lines.map((one) => one.money)).toEqual([units(299.99), units(300), units(300)]);
      expect(sale.lines.map((one) => one.earned)).toEqual([units(14.99), units(15), units(15)]);
      for (const id of order) story.takeBack('c', { lines: [pieces(id, 1)] });
      expect(story.sales.get('c')!.returned).toMatchObject({ points: units(100), clawback: { ownLot: units(44.99) } });
    }
  });

  test('EX-X3: a line of three pieces gives back 33.33, 33.33, 33.34 and takes 14.99, 15.00, 15.00', () => {
    const story = startStory();
    story.refill(100, null);
    story.sell('c', { lines: [line('1', 999.99, 3000)] }, units(100));
    const steps = [1, 2, 3].map(() => story.takeBack('c', { lines: [pieces('1', 1)] }));
    expect(steps.map((step) => step.givenBack)).toEqual([units(33.33), units(33.33), units(33.34)]);
    expect(steps.map((step) => step.clawedBack)).toEqual([units(14.99), units(15), units(15)]);
  });

  test('pieces one by one reach at every step what they reach together', () => {
    const backAfterTwo = (steps: readonly number[]) => {
      const story = startStory();
      story.refill(0.03, null);
      story.sell('c', { lines: [line('1', 100, 5000)] }, units(0.03));
      for (const count of steps) story.takeBack('c', { lines: [pieces('1', count)] });
      return story.sales.get('c')!.returned!.points;
    };
    expect([backAfterTwo([1, 1]), backAfterTwo([2])]).toEqual([1n, 1n]);
  });

  test('a return by amount is spread over the lines by the money that remains on them', () => {
    const story = startStory();
    story.refill(100, null);
    story.sell('c', { lines: [line('A', 600), line('B', 400)] }, units(100));
    story.takeBack('c', { lines: [pieces('B', 1)] });
    const part = story.takeBack('c', { amount: units(270) });
    expect([part.money, part.givenBack, part.clawedBack]).toEqual([units(270), units(30), units(13.5)]);
    const rest = story.takeBack('c', { amount: units(270) });
    expect([rest.whole, rest.givenBack, rest.clawedBack]).toEqual([true, units(30), units(13.5)]);
  });

  test('all the money back is the whole check back, with the lines that points alone had paid', () => {
    const story = startStory();
    story.refill(50, null);
    const lines = [{ ...line('A', 100), eligibleForSpend: false }, line('B', 50)];
    story.sell('c', { lines }, units(50));
    expect(story.takeBack('c', { amount: units(100) })).toMatchObject({ whole: true, givenBack: units(50) });
  });

  test('pieces after money and money after pieces still end at exactly everything', () => {
    const story = startStory();
    story.refill(77.77, null);
    story.sell('c', { lines: [line('A', 999.99, 7000)] }, units(77.77));
    story.takeBack('c', { lines: [pieces('A', 2)] });
    story.takeBack('c', { lines: [{ id: 'A', amount: units(100.01) }] });
    story.takeBack('c', { lines: [pieces('A', 3)] });
    story.takeBack('c', { amount: units(33.33) });
    expect(story.takeBack('c').whole).toBe(true);
    expect(story.available()).toBe(units(77.77));
    expect(story.stored().turnover).toBe(0n);
  });

  test('points without decimal places are given back whole, the last return takes the rest', () => {
    const story = startStory({ scale: 0 });
    story.carryOut({ kind: 'refill', amount: 10n });
    const { sale } = story.sell('c', { lines: [line('A', 33.33), line('B', 33.33), line('C', 33.34)] }, 10n);
    expect(sale.lines.reduce((sum, one) => sum + one.paidByPoints, 0n)).toBe(1000n);
    expect(sale.money).toBe(units(90));
    expect(sale.earned).toBe(4n);
    const back = ['A', 'B', 'C'].map((id) => story.takeBack('c', { lines: [pieces(id, 1)] }).givenBack);
    expect(back).toEqual([3n, 3n, 4n]);
    expect(story.available()).toBe(10n);
  });
});

describe('shortage: 45.00 earned on A, 35.00 of them spent on B, then A is returned', () => {
  function spentElsewhere(shortage: Record<string, unknown>) {
    const story = startStory({ returnPolicy: { shortage } });
    story.sell('A', { total: units(900) });
    story.carryOut({
      kind: 'register_check',
      mode: 'reported',
      checkId: 'B',
      occurredAt: story.now(),
      money: units(100),
      spend: units(35),
      accrual: 0n,
    });
    return story;
  }

  test('EX-X4: under `debt` 10.00 come from the lot and 35.00 become a debt, which the next points settle', () => {
    const story = spentElsewhere({ kind: 'debt' });
    expect(story.takeBack('A').clawback).toMatchObject({ ownLot: units(10), debt: units(35), otherLots: 0n });
    expect(story.balance()).toMatchObject({ available: 0n, debt: units(35) });
    story.sell('C', { total: units(1000) });
    expect(story.balance()).toMatchObject({ available: units(15), debt: 0n });
    expect(story.stored().totals).toMatchObject({ issued: units(50), redeemed: units(35) });
  });

  test('a debt ceiling forgives what lies above it and says so', () => {
    const story = spentElsewhere({ kind: 'debt', ceiling: 3000 });
    expect(story.takeBack('A').clawback).toMatchObject({ ownLot: units(10), debt: units(30), forgiven: units(5) });
    expect(story.stored().totals.forgiven).toBe(units(5));
  });

  test('the ceiling counts the debt that was there before', () => {
    const story = spentElsewhere({ kind: 'debt', ceiling: 3000 });
    story.carryOut({ kind: 'deduct', amount: units(20), allowDebt: true });
    expect(story.takeBack('A').clawback).toMatchObject({ ownLot: 0n, debt: units(20), forgiven: units(25) });
    expect(story.balance().debt).toBe(units(30));
  });

  test('EX-X5: under `deduct_from_refund` the shortage is kept from the money and redeemed stays 35.00', () => {
    const story = spentElsewhere({ kind: 'deduct_from_refund' });
    const result = story.takeBack('A');
    expect([result.money, result.refund]).toEqual([units(900), units(865)]);
    expect(result.clawback).toMatchObject({ ownLot: units(10), metInMoney: units(35), debt: 0n });
    expect(story.stored()).toMatchObject({ debt: 0n, totals: { redeemed: units(35), metInMoney: units(35) } });
  });

  test('EX-X6: under `within_balance` 10.00 are taken and 35.00 forgiven', () => {
    const story = spentElsewhere({ kind: 'within_balance' });
    expect(story.takeBack('A').clawback).toMatchObject({ ownLot: units(10), forgiven: units(35), debt: 0n });
    expect(story.stored().totals.forgiven).toBe(units(35));
  });

  test('what was forgiven within 90 days is paid first from points that come back, later it is not', () => {
    const soon = spentElsewhere({ kind: 'within_balance' });
    soon.takeBack('A');
    soon.takeBack('B');
    expect(soon.stored()).toMatchObject({ available: 0n, shortages: [], totals: { forgiven: 0n, redeemed: 0n } });
    const late = spentElsewhere({ kind: 'within_balance' });
    late.takeBack('A');
    late.on('2026-06-15');
    late.takeBack('B');
    expect(late.stored().shortages).toHaveLength(1);
    late.sell('C', { total: units(200) });
    late.carryOut({ kind: 'deduct', amount: units(45) });
    late.takeBack('C');
    expect(late.stored().shortages.map(({ amount }) => amount)).toEqual([units(10)]);
    expect(late.stored().totals.forgiven).toBe(units(45));
  });

  test('a give-back that covers a part of what was forgiven leaves the rest remembered', () => {
    const story = spentElsewhere({ kind: 'within_balance' });
    story.takeBack('A');
    expect(story.takeBack('B', { amount: units(40) }).givenBack).toBe(units(14));
    expect(story.stored().shortages.map(({ amount }) => amount)).toEqual([units(21)]);
    story.takeBack('B');
    expect(story.stored()).toMatchObject({ available: 0n, shortages: [], totals: { forgiven: 0n } });
  });

  test('under `only_pending` active points stay with the guest', () => {
    const story = spentElsewhere({ kind: 'only_pending' });
    expect(story.takeBack('A').clawback).toMatchObject({ pending: 0n, ownLot: 0n, kept: units(45) });
    expect(story.balance()).toMatchObject({ available: units(10), debt: 0n });
  });

  test('points given back by the same return cover the clawback before a debt is made', () => {
    const story = startStory();
    story.refill(40, null);
    story.sell('A', { total: units(1000) }, units(40));
    story.carryOut({ kind: 'deduct', amount: units(48) });
    const { clawback } = story.takeBack('A');
    expect(clawback).toMatchObject({ ownLot: 0n, otherLots: units(40), debt: units(8) });
  });
});

describe('refused as a whole', () => {
  function sold() {
    const story = startStory();
    story.sell('c', { lines: [line('A', 500, 2000), line('B', 300)] });
    return story;
  }

  test('EX-X8: more than was sold, an unknown line and a line returned before leave everything as it was', () => {
    const story = sold();
    story.takeBack('c', { lines: [pieces('B', 1)] });
    const before = story.stored();
    const codes = [
      { lines: [pieces('A', 1), pieces('A', 1)] },
      { lines: [pieces('A', 1), pieces('X', 1)] },
      { lines: [pieces('A', 3)] },
      { lines: [pieces('A', 1), pieces('B', 1)] },
      { lines: [{ id: 'A', amount: units(500.01) }] },
      { lines: [{ id: 'A', quantityThousandths: 0.5 }] },
      { amount: units(500.01) },
      { amount: 0n },
      { lines: [] },
    ].map((what) => story.refused(story.returnOf('c', what))?.code);
    expect(codes).toEqual([
      'line_repeated',
      'unknown_line',
      'return_exceeds_sold',
      'return_exceeds_sold',
      'return_exceeds_sold',
      'value_invalid',
      'return_exceeds_sold',
      'amount_invalid',
      'nothing_to_return',
    ]);
    expect(story.stored()).toBe(before);
  });

  test('EX-X9: the same return sent twice has one effect', () => {
    const story = sold();
    story.takeBack('c');
    const before = story.stored();
    expect(story.refused(story.returnOf('c', {}))?.code).toBe('nothing_to_return');
    expect(story.stored()).toBe(before);
  });

  test('EX-X13: a return without lines takes everything that remains', () => {
    const story = sold();
    story.takeBack('c', { lines: [pieces('A', 1)] });
    const rest = story.takeBack('c');
    expect([rest.money, rest.whole]).toEqual([units(550), true]);
    expect(story.stored()).toMatchObject({ available: 0n, turnover: 0n, totals: { issued: 0n } });
  });
});

describe('after the earned lot burned (EX-X11): 45.00 earned, 15.00 spent elsewhere, 30.00 burned', () => {
  function burned(policy: Record<string, unknown>) {
    const story = startStory({ expiry: { unit: 'days', length: 10 }, returnPolicy: policy });
    story.sell('A', { total: units(900) });
    story.carryOut({
      kind: 'register_check',
      mode: 'reported',
      checkId: 'B',
      occurredAt: story.now(),
      money: 0n,
      spend: units(15),
      accrual: 0n,
    });
    story.on('2026-04-01');
    story.refill(100, null);
    return story;
  }

  test('what burned covers the clawback; only the rest bites', () => {
    const story = burned({});
    expect(story.takeBack('A').clawback).toMatchObject({ burned: units(30), otherLots: units(15), debt: 0n });
    expect(story.available()).toBe(units(85));
    expect(story.stored().totals.expired).toBe(0n);
  });

  test('what burned covers once, also when the check returns in pieces', () => {
    const story = burned({});
    const half = { amount: units(450) };
    expect(story.takeBack('A', half).clawback).toMatchObject({ burned: units(22.5), otherLots: 0n });
    expect(story.takeBack('A', half).clawback).toMatchObject({ burned: units(7.5), otherLots: units(15) });
    expect(story.stored().totals.expired).toBe(0n);
  });

  test('points keep their origin from one grace lot to the next', () => {
    const story = burned({ expiredLot: { kind: 'grace', days: 5 } });
    story.takeBack('B');
    const spend = { kind: 'register_check', mode: 'reported', checkId: 'C', money: 0n, accrual: 0n } as const;
    story.carryOut({ ...spend, occurredAt: story.now(), spend: units(15) });
    story.on('2026-05-01');
    story.takeBack('C');
    expect(story.stored().lots.map((lot) => lot.originLotId)).toEqual([1, null]);
    story.on('2026-06-01');
    expect(story.takeBack('A').clawback).toMatchObject({ burned: units(45), otherLots: 0n });
  });

  test('`recover_anyway` takes everything from other lots', () => {
    const story = burned({ burned: 'recover_anyway' });
    expect(story.takeBack('A').clawback).toMatchObject({ burned: 0n, otherLots: units(45) });
    expect(story.stored().totals.expired).toBe(units(30));
  });

  test('what burned inside a grace lot covers as well, each point keeping its origin', () => {
    const story = burned({ expiredLot: { kind: 'grace', days: 5 } });
    story.takeBack('B');
    expect(story.available()).toBe(units(115));
    story.on('2026-05-01');
    expect(story.takeBack('A').clawback).toMatchObject({ burned: units(45), otherLots: 0n, debt: 0n });
    expect(story.available()).toBe(units(100));
  });

  test('given back under `burn`, points of an expired lot are gone at once', () => {
    const story = burned({ expiredLot: { kind: 'burn' } });
    expect(story.takeBack('B').givenBack).toBe(units(15));
    expect(story.available()).toBe(units(100));
    expect(story.stored().totals).toMatchObject({ redeemed: 0n, expired: units(45) });
  });

  test('points that burn as they are given back cannot cover the clawback of the same return', () => {
    const story = startStory({ returnPolicy: { expiredLot: { kind: 'burn' } } });
    story.refill(20, 5);
    story.sell('A', { total: units(1000) }, units(20));
    story.carryOut({ kind: 'deduct', amount: units(49) });
    story.on('2026-03-20');
    expect(story.takeBack('A').clawback).toMatchObject({ otherLots: 0n, debt: units(49) });
  });

  test('given back under `renew`, they live a full term again', () => {
    const story = burned({ expiredLot: { kind: 'renew' } });
    story.takeBack('B');
    story.on('2026-04-11');
    expect(story.available()).toBe(units(115));
    story.on('2026-04-12');
    expect(story.available()).toBe(units(100));
  });
});

describe('history is asked for only when earned points have left their lot', () => {
  test('an untouched lot needs none, one that was spent from or burned does', () => {
    const story = startStory({ expiry: { unit: 'days', length: 10 } });
    story.sell('c', { lines: [line('A', 500, 2000)] });
    expect(needsHistory(story.stored(), story.sales.get('c')!)).toBe(false);
    story.takeBack('c', { lines: [pieces('A', 1)] });
    expect(needsHistory(story.stored(), story.sales.get('c')!)).toBe(false);
    story.carryOut({ kind: 'deduct', amount: 1n });
    expect(needsHistory(story.stored(), story.sales.get('c')!)).toBe(true);
  });
});
