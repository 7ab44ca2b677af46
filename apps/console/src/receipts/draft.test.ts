import type { ReceiptSettingsBody } from '@tessera/contract';
import { expect, test } from 'vitest';
import { draftOf, settingsOf } from './draft.ts';

const settings: ReceiptSettingsBody = {
  enabled: true,
  maxAgeDays: 14,
  minimumSum: 10_000,
  uploadsPerDay: 5,
  storages: [
    { storage: '9999078900004312', venueCode: 1 },
    { storage: '9999078900004313', venueCode: null },
  ],
  otherStorages: 'reject',
  automatic: { afterHours: 24, maxSum: 500_050, perDay: 1, perMonth: 10 },
};

test('settings come back from their own form unchanged', () => {
  for (const one of [settings, { ...settings, automatic: null }, { ...settings, minimumSum: 0, storages: [] }]) {
    expect(settingsOf(draftOf(one, true))).toEqual({ settings: one, wrong: [] });
  }
});

test('what cannot be read is named, also a storage that is not sixteen digits', () => {
  const draft = { ...draftOf(settings, true), storages: '123', maxSum: 'x', maxAgeDays: '0' };
  expect(settingsOf(draft).wrong).toEqual(['maxAgeDays', 'storages', 'maxSum']);
});
