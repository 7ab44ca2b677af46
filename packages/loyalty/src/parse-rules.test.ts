import { expect, test } from 'vitest';
import { parseRules, rulesFromJson } from './index.ts';

const MINIMAL = {
  id: 'v1',
  timeZone: 'Asia/Almaty',
  levels: [{ id: 'base', name: 'Base', fromTurnover: 0, rateBasisPoints: 500 }],
};

test('the least rules become a plain cash-back programme', () => {
  expect(rulesFromJson(MINIMAL)).toEqual({
    id: 'v1',
    timeZone: 'Asia/Almaty',
    dayStartsAt: '00:00',
    scale: 2,
    moneyScale: 2,
    levels: [{ id: 'base', name: 'Base', fromTurnover: 0n, rateBasisPoints: 500 }],
    ladder: {
      measure: 'turnover',
      window: { kind: 'lifetime' },
      downgrade: 'never',
      graceDays: 0,
      graceToMonthEnd: false,
      onReturn: 'at_once',
    },
    levelUpgrade: 'next_check',
    discount: null,
    clearing: null,
    rounding: 'floor',
    earning: {
      base: 'money',
      lineKinds: ['goods'],
      carryRemainder: false,
      minCheck: 0n,
      checkSize: null,
      rules: [],
      multipliers: 'best',
      caps: {
        perLine: null,
        perCheck: null,
        perDay: null,
        perWeek: null,
        perMonth: null,
        accrualsPerDay: null,
        maxBalance: null,
        behaviour: 'truncate',
      },
    },
    expiry: { kind: 'period', length: 12, unit: 'months', roundUpTo: 'day', countFrom: 'activation' },
    activationDelay: { kind: 'none' },
    lotOrder: 'soonest_expiry',
    spendLimits: {
      maxPercentBasisPoints: 10_000,
      minMoney: 0n,
      maxPerCheck: null,
      maxPerDay: null,
      spendsPerDay: null,
      step: 1n,
      minRedeem: 0n,
    },
    returnPolicy: {
      shortage: { kind: 'debt', ceiling: null },
      expiredLot: { kind: 'grace', days: 30 },
      burned: 'covers',
    },
    offers: { conflicts: 'best_value' },
    welcome: null,
    birthday: null,
    wallets: [],
  });
});

test('everything that is wrong is named, with its place', () => {
  const parsed = parseRules({
    id: '',
    timeZone: 'Mars/Olympus',
    dayStartsAt: '25:00',
    scale: 3,
    rounding: 'down',
    levels: [
      { id: 'a', name: 'A', fromTurnover: 5, rateBasisPoints: 500 },
      { id: 'a', name: 'A', fromTurnover: 5, rateBasisPoints: 10_001, colour: 'red' },
    ],
    expiry: { kind: 'period', length: 0 },
    activationDelay: { kind: 'days' },
    spendLimits: { minMoney: -1, step: 0, maxPerCheck: 1.5 },
    returnPolicy: { shortage: { kind: 'debt', ceiling: '12a' }, expiredLot: 'grace' },
    welcome: { amount: 0, lifetimeDays: 0 },
    bonus: 1,
  });
  expect(parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path} ${code}`).sort()).toEqual(
    [
      'activationDelay.days missing',
      'bonus unknown_field',
      'dayStartsAt wrong_type',
      'expiry.length out_of_range',
      'id out_of_range',
      'levels[0].fromTurnover out_of_range',
      'levels[1].colour unknown_field',
      'levels[1].fromTurnover not_ascending',
      'levels[1].id repeated',
      'levels[1].rateBasisPoints out_of_range',
      'returnPolicy.expiredLot wrong_type',
      'returnPolicy.shortage.ceiling wrong_type',
      'rounding unknown_value',
      'scale out_of_range',
      'spendLimits.maxPerCheck wrong_type',
      'spendLimits.minMoney out_of_range',
      'spendLimits.step out_of_range',
      'timeZone unknown_time_zone',
      'welcome.amount out_of_range',
      'welcome.lifetimeDays out_of_range',
    ].sort(),
  );
});

test.each([[null], [undefined], ['rules'], [[]], [42], [{}], [{ ...MINIMAL, levels: [null] }]])(
  'rubbish is refused, not thrown at: %j',
  (json) => {
    expect(parseRules(json).ok).toBe(false);
  },
);
