import { describe, expect, test } from 'vitest';
import { replay, saleFromJson, saleToJson, stateFromJson, stateToJson } from '../index.ts';
import { moscow, startStory, units } from '../test-story.ts';

const VISITS_LADDER = {
  levels: [
    { id: 'new', name: 'New', fromTurnover: 0, rateBasisPoints: 500 },
    { id: 'regular', name: 'Regular', fromTurnover: 2, rateBasisPoints: 1000 },
  ],
  ladder: { measure: 'visits' },
};
const visit = { kind: 'visit' } as const;

describe('a visit without a sale', () => {
  test('is counted once a business day, moves no points, and replays', () => {
    const story = startStory();
    expect(story.carryOut(visit)).toMatchObject({ visits: 1 });
    story.on('2026-03-01T23:30');
    expect(story.refused(visit)).toEqual({ code: 'already_visited', params: { day: '2026-03-01' } });
    story.on('2026-03-02T00:10');
    expect(story.carryOut(visit)).toMatchObject({ visits: 2 });
    expect(story.entries.every(({ postings, turnover }) => postings.length === 0 && turnover === 0n)).toBe(true);
    expect(replay(story.entries)).toEqual(story.stored());
    expect(stateFromJson(structuredClone(stateToJson(story.stored())))).toEqual(story.stored());
  });

  test('is no second one on a day that a check has counted', () => {
    const story = startStory();
    story.sell('lunch', { total: units(500) });
    const lastSaleAt = story.now();
    story.on('2026-03-01T21:00');
    expect(story.refused({ ...visit, lastSaleAt })?.code).toBe('already_visited');
    story.on('2026-03-02');
    expect(story.carryOut({ ...visit, lastSaleAt })).toMatchObject({ visits: 2 });
  });

  test('takes the check of its day in, and stays when that check goes back', () => {
    const story = startStory();
    story.carryOut(visit);
    story.sell('lunch', { total: units(500) });
    expect(story.state().visits).toBe(1);
    const sale = story.sales.get('lunch')!;
    expect(saleFromJson(structuredClone(saleToJson(sale)))).toEqual(sale);
    story.takeBack('lunch');
    expect(story.state().visits).toBe(1);
    story.on('2026-03-02');
    story.sell('dinner', { total: units(500) });
    expect(story.state().visits).toBe(2);
    story.takeBack('dinner');
    expect(story.state().visits).toBe(1);
    expect(replay(story.entries)).toEqual(story.stored());
  });

  test('lifts on a ladder of visits, once for a day', () => {
    const story = startStory(VISITS_LADDER);
    story.carryOut(visit);
    story.sell('same-day', { total: units(100) });
    expect(story.carryOut({ kind: 'block' })).toMatchObject({ blocked: true });
    story.carryOut({ kind: 'unblock' });
    expect(story.state().level).toBeNull();
    story.on('2026-03-02');
    expect(story.carryOut(visit)).toMatchObject({ levelBefore: 'new', levelAfter: 'regular' });
    expect(replay(story.entries)).toEqual(story.stored());
  });

  test('does not use up a rule for the first visit: the check of its day is still the first', () => {
    const first = {
      id: 'hello',
      name: 'Hello',
      condition: { firstVisits: 1 },
      effect: { kind: 'bonus', points: 10_000 },
    };
    const story = startStory({ earning: { rules: [first] } });
    story.carryOut(visit);
    const sold = story.sell('first', { total: units(100) });
    expect(sold.trace.find(({ ruleId }) => ruleId === 'hello')?.reason).toBeNull();
    story.on('2026-03-02');
    const next = story.sell('second', { total: units(100) });
    expect(next.trace.find(({ ruleId }) => ruleId === 'hello')?.reason).toBe('first_visits');
  });

  test('keeps sliding points alive where a visit is an activity', () => {
    const sliding = { kind: 'sliding', length: 90 };
    for (const [activity, end] of [
      [['visit'], '2026-05-30T21:00:00Z'],
      [['spend'], '2026-04-10T21:00:00Z'],
    ] as const) {
      const story = startStory({ expiry: { ...sliding, activity } }, '2026-01-10');
      story.sell('january', { total: units(1_000) });
      story.on('2026-03-01');
      story.carryOut({ ...visit, lastSaleAt: moscow('2026-01-10') });
      expect(story.balance().lotsByExpiry[0]?.expiresAt?.toString()).toBe(end);
      expect(replay(story.entries)).toEqual(story.stored());
    }
  });

  test('is refused on a blocked account', () => {
    const story = startStory();
    story.carryOut({ kind: 'block' });
    expect(story.refused(visit)?.code).toBe('account_blocked');
  });
});
