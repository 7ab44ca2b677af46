import { describe, expect, test } from 'vitest';
import type { CheckLine, Offer } from '../index.ts';
import {
  applyOffers,
  certificateAfter,
  couponExpiry,
  foldCertificate,
  moveCertificate,
  plainTerms,
  reissuedExpiry,
  saleFromJson,
  saleToJson,
} from '../index.ts';
import { moscow, startStory, units } from '../test-story.ts';
import { AT, line, offerOf } from './test-offers.ts';

/** Sells lines with offers and a certificate, as the application does. */
function sellWith(
  story: ReturnType<typeof startStory>,
  lines: readonly CheckLine[],
  offers: readonly Offer[],
  { spend = 0n, certificate = 0n }: { spend?: bigint; certificate?: bigint } = {},
) {
  const applied = applyOffers(lines, offers, { ...AT, spend }, story.rules);
  return story.carryOut({
    kind: 'register_check',
    mode: 'priced',
    checkId: 'check',
    occurredAt: story.now(),
    lines: applied.lines,
    discount: applied.discount,
    spend,
    offers: { applied, certificate: certificate === 0n ? null : { id: 'card', amount: certificate } },
  });
}
const ten = (more = {}) => offerOf('ten', { kind: 'percent', basisPoints: 1000 }, more);
const returns = (some: object) => ({ returns: { reissueDays: 7, recheck: false, ...some } });

describe('a check with everything on it', () => {
  const settings = { spendLimits: { maxPercentBasisPoints: 3000 } };
  function sold() {
    const story = startStory(settings);
    story.refill(150);
    const outcome = sellWith(story, [line('a', 800), line('b', 200)], [ten()], {
      spend: units(150),
      certificate: units(500),
    });
    return { story, outcome };
  }

  test('EX-C1: coupon, points, certificate and card each pay their part', () => {
    const { outcome } = sold();
    const { sale } = outcome;
    expect(sale.offers?.uses[0]?.byLine).toEqual([units(80), units(20)]);
    expect(sale.lines.map((one) => one.paidByPoints)).toEqual([units(120), units(30)]);
    expect(sale.money).toBe(units(750));
    expect(sale.money - sale.offers!.certificate!.amount).toBe(units(250));
    expect([sale.earned, ...sale.lines.map((one) => one.earned)]).toEqual([units(37.5), units(30), units(7.5)]);
    const over = startStory(settings);
    over.refill(500);
    const applied = applyOffers([line('a', 800), line('b', 200)], [ten()], AT, over.rules);
    const refused = over.refused({
      kind: 'register_check',
      mode: 'priced',
      checkId: 'over',
      occurredAt: over.now(),
      lines: applied.lines,
      spend: units(270.01),
    });
    expect(refused).toMatchObject({ code: 'over_spend_limit', params: { limit: units(270) } });
  });

  test('EX-C2: the line of 200 comes back: 150.00 of the card, 30.00 points, certificate untouched', () => {
    const { story } = sold();
    const back = story.takeBack('check', { lines: [{ id: 'b', quantityThousandths: 1000 }] });
    expect(back).toMatchObject({ refund: units(150), givenBack: units(30), clawedBack: units(7.5) });
    expect(back.offers).toMatchObject({ money: units(150), certificate: null, reissued: [] });
  });

  test('the rest then goes to the card first and to the certificate last', () => {
    const { story } = sold();
    story.takeBack('check', { lines: [{ id: 'b', quantityThousandths: 1000 }] });
    const rest = story.takeBack('check');
    expect(rest.offers).toMatchObject({
      money: units(100),
      certificate: { id: 'card', amount: units(500) },
      reissued: ['ten'],
    });
  });

  test('a sale is stored and read back exactly, and one without offers is as short as before', () => {
    const { story } = sold();
    const sale = story.sales.get('check')!;
    expect(saleFromJson(JSON.parse(JSON.stringify(saleToJson(sale))))).toEqual(sale);
    story.sell('plain', { total: units(10) });
    expect(saleToJson(story.sales.get('plain')!)).not.toHaveProperty('offers');
  });
});

describe('returns of coupons', () => {
  test('EX-X12: a whole return re-issues the coupon with at least 7 days of life, a part leaves it used', () => {
    const story = startStory();
    sellWith(story, [line('a', 100), line('b', 100)], [ten()]);
    const part = story.takeBack('check', { lines: [{ id: 'a', quantityThousandths: 1000 }] });
    expect(part.offers?.reissued).toEqual([]);
    expect(story.takeBack('check').offers?.reissued).toEqual(['ten']);
    const calendar = { timeZone: 'Europe/Moscow', dayStartsAt: '00:00' };
    const now = moscow('2026-03-10').epochMilliseconds;
    const least = moscow('2026-03-18T00:00').epochMilliseconds;
    expect(reissuedExpiry(moscow('2026-03-01').epochMilliseconds, 7, now, calendar)).toBe(least);
    expect(reissuedExpiry(least + 1, 7, now, calendar)).toBe(least + 1);
    expect(reissuedExpiry(null, 7, now, calendar)).toBeNull();
  });

  test('EX-X12: with the option, a part that breaks the conditions re-issues it and withholds its discount', () => {
    const story = startStory();
    const condition = { ...plainTerms({ kind: 'percent', basisPoints: 1000 }).condition, minCheck: units(150) };
    sellWith(story, [line('a', 100), line('b', 100)], [ten({ condition, ...returns({ recheck: true }) })]);
    const part = story.takeBack('check', { lines: [{ id: 'a', quantityThousandths: 1000 }] });
    // 90.00 were paid for the line; 10.00 of the discount stay with the other line and are withheld.
    expect(part).toMatchObject({ refund: units(80), offers: { reissued: ['ten'], withheld: units(10) } });
    const rest = story.takeBack('check');
    expect(rest).toMatchObject({ refund: units(100), offers: { reissued: [], withheld: -units(10) } });
  });

  test('a coupon that returns do not give back stays used', () => {
    const story = startStory();
    sellWith(story, [line('a', 100)], [ten(returns({ reissueDays: null }))]);
    expect(story.takeBack('check').offers?.reissued).toEqual([]);
  });

  test('points of a coupon come in a lot of their own and go when the check comes back whole', () => {
    const story = startStory();
    const gift = offerOf('gift', { kind: 'points', points: units(50), lifetimeDays: 3 });
    const { sale } = sellWith(story, [line('a', 100), line('b', 100)], [gift]);
    expect(story.left(sale.offers!.uses[0]!.lotId!)).toBe(units(50));
    story.takeBack('check', { lines: [{ id: 'a', quantityThousandths: 1000 }] });
    expect(story.available()).toBe(units(55));
    story.on('2026-03-20');
    // They have burned meanwhile, which covers them: no debt.
    story.takeBack('check');
    expect(story.balance()).toMatchObject({ available: 0n, debt: 0n });
    expect(story.state().totals).toMatchObject({ issued: 0n, expired: 0n });
  });

  test('points of a coupon that are spent become a debt', () => {
    const story = startStory();
    sellWith(story, [line('a', 100)], [offerOf('gift', { kind: 'points', points: units(50), lifetimeDays: null })]);
    story.sell('other', { total: units(55) }, units(55));
    story.takeBack('check');
    expect(story.balance()).toMatchObject({ available: 0n, debt: units(55) });
  });
});

describe('certificates', () => {
  test('EX-C3: 3,000.00 pays 2,450.00, 550.00 left; a return of 450.00 brings it to 1,000.00', () => {
    const none = { balance: 0n, blocked: false, sequence: 0 };
    const moves = [
      { kind: 'issue', amount: units(3000), paid: true },
      { kind: 'pay', amount: units(2450) },
      { kind: 'give_back', amount: units(450) },
    ] as const;
    let state = none;
    const entries = moves.map((move) => {
      const entry = moveCertificate(state, move);
      if ('code' in entry) throw new Error(entry.code);
      state = certificateAfter(state, entry);
      return entry;
    });
    expect(entries.map(({ balance }) => balance)).toEqual([units(3000), units(550), units(1000)]);
    expect(foldCertificate(entries)).toBe(units(1000));
    expect(moveCertificate(state, { kind: 'pay', amount: units(1000.01) })).toMatchObject({
      code: 'certificate_short',
      params: { missing: 1n },
    });
    expect(moveCertificate({ ...state, blocked: true }, { kind: 'pay', amount: 1n })).toMatchObject({
      code: 'certificate_blocked',
    });
  });

  test('a certificate pays no more than the check costs in money, and points never pay for one another', () => {
    const story = startStory();
    const lines = [line('a', 100)];
    const offers = { applied: null, certificate: { id: 'card', amount: units(100.01) } };
    const command = {
      kind: 'register_check',
      mode: 'priced',
      checkId: 'x',
      occurredAt: story.now(),
      spend: 0n,
    } as const;
    expect(story.refused({ ...command, lines, offers })).toMatchObject({ code: 'certificate_over_check' });
  });
});

test('a coupon of N days ends after its last day, and never later than its terms', () => {
  const calendar = { timeZone: 'Europe/Moscow', dayStartsAt: '00:00' };
  const issued = moscow('2026-03-02').epochMilliseconds;
  const plain = plainTerms({ kind: 'percent', basisPoints: 1000 });
  expect(couponExpiry(plain, issued, calendar)).toBeNull();
  const week = { ...plain, lifetimeDays: 7 };
  expect(couponExpiry(week, issued, calendar)).toBe(moscow('2026-03-10T00:00').epochMilliseconds);
  const untilMs = moscow('2026-03-05').epochMilliseconds;
  expect(couponExpiry({ ...week, condition: { ...plain.condition, untilMs } }, issued, calendar)).toBe(untilMs);
});
