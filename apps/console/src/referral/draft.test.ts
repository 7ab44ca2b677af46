import type { ReferralSettingsBody } from '@tessera/contract';
import { expect, test } from 'vitest';
import { draftOf, settingsOf } from './draft.ts';

const settings: ReferralSettingsBody = {
  enabled: true,
  referrer: { points: 50_050, moment: 'after_return_window', lifetimeDays: 90 },
  referee: { points: 25_000, moment: 'at_once', lifetimeDays: null },
  upperLevels: [{ points: 5_000 }, { points: 1_000 }],
  minimumCheck: 100_000,
  attributionDays: 30,
  touch: 'last',
  knownDevices: 'reject',
  monthlyCap: 10,
  returnWindowDays: 14,
  pendingDays: 180,
};

test('settings come back from their own form unchanged, also what the form does not show', () => {
  for (const russian of [true, false]) {
    expect(settingsOf(draftOf(settings, russian), settings)).toEqual({ settings, wrong: [] });
  }
});

test('an empty field means none; what cannot be read is named and nothing is guessed', () => {
  const draft = draftOf(settings, true);
  const empty = settingsOf({ ...draft, own: '', upper: '', minimum: ' ', cap: '' }, settings);
  expect(empty.settings).toMatchObject({ referrer: null, upperLevels: [], minimumCheck: 0, monthlyCap: null });
  const wrong = settingsOf({ ...draft, friend: 'много', cap: '0', returnDays: '-1', pendingDays: '181' }, settings);
  expect(wrong.wrong).toEqual(['friend', 'cap', 'returnDays', 'pendingDays']);
});
