import { describe, expect, test } from 'vitest';
import { levelOf, nextLevelOf, parseRules, replay, stateFromJson, stateToJson } from '../index.ts';
import { moscow, startStory, units } from '../test-story.ts';
import { graceOf } from './climb.ts';
import { ladderOf, startLadder, THREE } from './test-ladder.ts';

const FOUR = ladderOf(0, 10_000, 30_000, 60_000);
const ROLLING = { window: { kind: 'rolling', months: 12 } };

describe('EX-D1: the level that a check reaches', () => {
  test.each([
    ['next_check', 75],
    ['whole_check', 125],
    ['split_check', 105],
  ])('EX-D1: %s earns %d on 2,500.00 after 9,000.00', (levelUpgrade, earned) => {
    const story = startLadder({ levelUpgrade });
    story.buy('first', 9_000);
    expect(story.buy('second', 2_500).sale.earned).toBe(units(earned));
    expect([story.level(), story.state().turnover]).toEqual(['tier-2', units(11_500)]);
  });

  test('a level of the next period or of the next day waits for it, and no job has to run', () => {
    for (const [levelUpgrade, eve, day] of [
      ['next_period', '2026-01-31T23:59', '2026-02-01T00:00'],
      ['nightly', '2026-01-10T23:59', '2026-01-11T00:00'],
    ] as const) {
      const story = startLadder({ levelUpgrade });
      story.buy('first', 12_000);
      story.on(eve);
      expect(story.level()).toBe('tier-1');
      expect(story.buy('second', 1_000).sale.earned).toBe(units(30));
      story.on(day);
      expect(story.level()).toBe('tier-2');
    }
  });
});

describe('EX-D2: a return', () => {
  const atReturn = (onReturn: string) => {
    const story = startLadder({ ladder: { downgrade: 'period_end', onReturn } });
    story.buy('first', 9_000);
    story.buy('second', 2_500);
    story.takeBack('second', { amount: units(2_000) });
    return story;
  };

  test('EX-D2: keeps the level until the end of the period where the rules keep it', () => {
    const story = atReturn('keep');
    expect([story.state().turnover, story.level()]).toEqual([units(9_500), 'tier-2']);
    expect(story.buy('third', 100).sale.earned).toBe(units(5));
    story.on('2026-01-31T23:59');
    expect(story.level()).toBe('tier-2');
    story.on('2026-02-01T00:00');
    expect(story.level()).toBe('tier-1');
  });

  test('EX-D2: drops the level at once where the rules judge at once', () => {
    const story = atReturn('at_once');
    expect([story.level(), story.why()]).toEqual(['tier-1', 'returned']);
    expect(story.buy('third', 100).sale.earned).toBe(units(3));
  });

  test('D13: never drops the level below the one that held before the sale', () => {
    const story = startLadder({ ladder: { downgrade: 'period_end' } });
    story.buy('first', 11_000);
    story.buy('second', 5_000);
    story.takeBack('first', { amount: units(3_000) });
    expect(story.level()).toBe('tier-2');
    story.takeBack('second');
    expect([story.state().turnover, story.level()]).toEqual([units(8_000), 'tier-2']);
  });
});

describe('EX-D3: a rolling window', () => {
  const grace = { days: 14 };
  const start = (settings: Record<string, unknown> = {}) => {
    const story = startLadder({ ladder: { ...ROLLING, downgrade: 'period_end', grace, ...settings } }, '2025-03-10');
    story.buy('spring', 6_000);
    story.on('2025-09-01');
    story.buy('autumn', 5_000);
    return story;
  };

  test('EX-D3: counts a day up to the same day of a later year and keeps the level for the grace', () => {
    const story = start();
    story.on('2026-03-01');
    expect([story.level(), story.missing()]).toEqual(['tier-2', units(19_000)]);
    story.on('2026-03-10T23:59');
    expect(story.missing()).toBe(units(19_000));
    story.on('2026-03-11T00:00');
    expect([story.level(), story.missing()]).toEqual(['tier-2', units(25_000)]);
    story.on('2026-04-01T00:00');
    expect(graceOf(story.state(), story.rules, story.now())).toEqual(moscow('2026-04-15T00:00'));
    story.on('2026-04-14T23:59');
    expect(story.level()).toBe('tier-2');
    story.on('2026-04-15T00:00');
    expect([story.level(), graceOf(story.state(), story.rules, story.now())]).toEqual(['tier-1', null]);
  });

  test('the grace may last to the end of its month', () => {
    const story = start({ grace: { days: 14, toMonthEnd: true } });
    story.on('2026-04-30T23:59');
    expect(story.level()).toBe('tier-2');
    story.on('2026-05-01T00:00');
    expect(story.level()).toBe('tier-1');
  });

  test('a purchase during the grace saves the level', () => {
    const story = start();
    story.on('2026-04-10');
    story.buy('saving', 5_000);
    expect(graceOf(story.state(), story.rules, story.now())).toBeNull();
    story.on('2026-05-20');
    expect(story.level()).toBe('tier-2');
    story.buy('later', 1);
    expect(story.entries.map(({ kind }) => kind)).toContain('level_kept');
    story.on('2026-10-15');
    expect(story.level()).toBe('tier-1');
  });

  test('falls on the very day where the rules take the level at once', () => {
    const story = start({ downgrade: 'at_once', grace: {} });
    story.on('2026-03-10T23:59');
    expect(story.level()).toBe('tier-2');
    story.on('2026-03-11T00:00');
    expect(story.level()).toBe('tier-1');
  });
});

describe('EX-D4: how far a level falls', () => {
  const fallen = (downgrade: string) => {
    const story = startLadder({ levels: FOUR, ladder: { ...ROLLING, downgrade } }, '2025-01-10');
    story.buy('big', 60_000);
    story.on('2025-09-10');
    story.buy('small', 5_000);
    story.on('2026-01-31');
    expect(story.level()).toBe('tier-4');
    return story;
  };

  test('EX-D4: a full judgement goes to the level that is still deserved', () => {
    const story = fallen('period_end');
    story.on('2026-02-01');
    expect(story.level()).toBe('tier-1');
  });

  test('EX-D4: a single step goes down level by level, however late it is looked at', () => {
    const story = fallen('one_step');
    for (const [day, level] of [
      ['2026-02-01', 'tier-3'],
      ['2026-03-01', 'tier-2'],
      ['2026-04-01', 'tier-1'],
      ['2026-09-01', 'tier-1'],
    ] as const) {
      story.on(day);
      expect(story.level()).toBe(level);
    }
  });
});

describe('EX-D5: a pin', () => {
  const pinned = () => {
    const story = startLadder({ levels: FOUR, ladder: { ...ROLLING, downgrade: 'period_end' } }, '2025-06-10');
    story.buy('some', 12_000);
    story.carryOut({ kind: 'pin_level', level: 'tier-3', lastDay: '2026-12-31' });
    return story;
  };

  test('EX-D5: beats every computed downgrade until its last day is over', () => {
    const story = pinned();
    expect(story.level()).toBe('tier-3');
    story.on('2026-08-01');
    expect(story.level()).toBe('tier-3');
    expect(story.buy('vip', 100).sale.earned).toBe(units(7));
    story.on('2026-12-31T23:59');
    expect(story.level()).toBe('tier-3');
    story.on('2027-01-01T00:00');
    expect(story.level()).toBe('tier-1');
  });

  test('EX-D5: does not hold back an upgrade', () => {
    const story = pinned();
    story.buy('huge', 50_000);
    expect(story.level()).toBe('tier-4');
    expect(story.missing()).toBeNull();
  });

  test('can be taken off, and what it hid shows again; a level that is not there is refused', () => {
    const story = pinned();
    expect(story.carryOut({ kind: 'unpin_level' })).toMatchObject({ levelBefore: 'tier-3', levelAfter: 'tier-2' });
    expect(story.carryOut({ kind: 'unpin_level' }).levelAfter).toBe('tier-2');
    expect(story.refused({ kind: 'pin_level', level: 'tier-9', lastDay: null })?.code).toBe('unknown_level');
    expect(story.refused({ kind: 'pin_level', level: 'tier-3', lastDay: '2025-06-09' })?.code).toBe('value_invalid');
    expect(story.refused({ kind: 'pin_level', level: 'tier-3', lastDay: '2026-02-30' })?.code).toBe('value_invalid');
  });
});

test('EX-D6: members of a deleted level go to the highest deserved one that remains, and history keeps the old name', () => {
  const story = startLadder({ levels: FOUR });
  story.buy('some', 35_000);
  const { rules } = startStory({ levels: [FOUR[0], FOUR[1], FOUR[3]] });
  expect(levelOf(story.state(), rules).id).toBe('tier-2');
  const change = story.entries.find(({ kind }) => kind === 'level_change');
  expect(change?.explain.texts).toMatchObject({ to: 'tier-3', toName: 'Tier 3' });
});

describe('EX-D7: a check that arrives late', () => {
  const late = (story: ReturnType<typeof startLadder>, occurredAt: string, amount: number) =>
    story.carryOut({
      kind: 'register_check',
      mode: 'priced',
      checkId: `late-${occurredAt}`,
      occurredAt: moscow(occurredAt),
      spend: 0n,
      total: units(amount),
    });

  test('EX-D7: counts in the window of its own day, upgrades now and rewrites no earlier bonus', () => {
    const story = startLadder({ ladder: { window: { kind: 'calendar', period: 'month' }, downgrade: 'period_end' } });
    story.buy('january', 9_000);
    story.on('2026-02-02');
    const before = story.buy('february', 1_000);
    expect(before.sale.earned).toBe(units(30));
    expect(late(story, '2026-01-30', 1_500).levelAfter).toBe('tier-2');
    expect(story.sales.get('february')?.earned).toBe(units(30));
    // The January window alone reached the level: February's purchases do not keep it.
    expect(story.missing()).toBe(units(29_000));
    story.on('2026-03-01');
    expect(story.level()).toBe('tier-1');
  });

  test('EX-D7: of a window that is over for longer changes nothing', () => {
    const story = startLadder({ ladder: { window: { kind: 'calendar', period: 'month' }, downgrade: 'period_end' } });
    story.buy('january', 9_000);
    story.on('2026-03-02');
    expect(late(story, '2026-01-30', 1_500).levelAfter).toBe('tier-1');
  });

  test('upgrades for good where no level is ever lost', () => {
    const story = startLadder({ ladder: { window: { kind: 'calendar', period: 'month' } } });
    story.buy('january', 9_000);
    story.on('2026-03-02');
    expect(late(story, '2026-01-30', 1_500).levelAfter).toBe('tier-2');
    story.on('2026-09-02');
    expect(story.level()).toBe('tier-2');
  });
});

test('a daily guest of two years keeps a bounded number of days, and history replays to the stored state', () => {
  const story = startLadder({ ladder: { window: { kind: 'rolling', months: 3 }, downgrade: 'period_end' } });
  let day = Temporal.PlainDate.from('2026-01-10');
  for (let index = 0; index < 400; index++) {
    story.on(day.toString());
    story.buy(`check-${index}`, 10);
    day = day.add({ days: 1 });
  }
  const stored = story.stored();
  expect(stored.ladder?.counts.length).toBeLessThanOrEqual(125);
  expect(replay(story.entries)).toEqual(stored);
  const json = JSON.parse(JSON.stringify(stateToJson(stored)));
  expect(stateFromJson(json)).toEqual(stored);
  expect(JSON.stringify(json.ladder).length).toBeLessThan(2_000);
});

test('rules that turn to a window begin with what was bought before', () => {
  const story = startLadder({});
  story.buy('before', 11_000);
  const changed = startLadder({ ladder: { ...ROLLING, downgrade: 'period_end' } });
  expect(levelOf(story.state(), changed.rules).id).toBe('tier-2');
  expect(nextLevelOf(story.state(), changed.rules, story.now())?.missing).toBe(units(19_000));
});

test('settings that contradict each other are named', () => {
  const problems = (settings: Record<string, unknown>) => {
    const parsed = parseRules({ id: 'r', timeZone: 'Europe/Moscow', levels: THREE, ...settings });
    return parsed.ok ? [] : parsed.problems.map(({ path }) => path);
  };
  expect(problems({ ladder: { measure: 'points_balance', window: { kind: 'anniversary' } } })).toEqual([
    'ladder.window',
  ]);
  expect(problems({ ladder: { downgrade: 'at_once', onReturn: 'keep' } })).toEqual(['ladder.onReturn']);
  expect(problems({ ladder: { measure: 'visits' }, levelUpgrade: 'split_check' })).toEqual(['levelUpgrade']);
  expect(problems({ ladder: { measure: 'points_earned' }, levelUpgrade: 'whole_check' })).toEqual(['levelUpgrade']);
  expect(problems({ ladder: { window: { kind: 'rolling', months: 25 } } })).toEqual(['ladder.window.months']);
  expect(problems({ levels: [{ ...THREE[0], designId: 7 }, THREE[1]] })).toEqual(['levels[1].designId']);
});
