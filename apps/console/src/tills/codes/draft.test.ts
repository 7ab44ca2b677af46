import type { TillSettings } from '@tessera/contract';
import { describe, expect, test } from 'vitest';
import { draftOf, NUMBERS, raised, settingsOf } from './draft.ts';

const settings: TillSettings = {
  pin: {
    mode: 'to_spend',
    stations: [{ stationId: 7, mode: 'never' }],
    staff: [{ userId: 3, mode: 'always' }],
    channels: ['sms', 'bot'],
    digits: 6,
    lifetimeMinutes: 5,
    tries: 5,
    pauseSeconds: 45,
    proofMinutes: 30,
  },
  card: { digits: 8, lifetimeMinutes: 5, overlapSeconds: 30 },
  limits: { perPhone: 5, perAccount: 60, perAddress: 120, perStation: 120, perCompany: 2_000 },
  wrong: { perStationAnHour: 20, perCompanyAnHour: 100, perPhoneADay: 10 },
};

describe('the settings of codes', () => {
  test('come back from the form as they were, every one of them', () => {
    expect(settingsOf(draftOf(settings))).toEqual({ settings, wrong: [] });
  });

  test.each(Object.entries(NUMBERS))('are not sent with a %s beyond its bounds', (name, [, , least, most]) => {
    for (const text of [String(least - 1), String(most + 1), '', 'x']) {
      expect(settingsOf({ ...draftOf(settings), [name]: text }).wrong).toEqual([name]);
    }
  });

  test('need a way for the PIN to the guest, in an order that can be changed', () => {
    const draft = draftOf(settings);
    expect(draft.channels.map(({ channel }) => channel)).toEqual(['sms', 'bot', 'call']);
    const all = draft.channels.map((one) => ({ ...one, on: true }));
    expect(settingsOf({ ...draft, channels: raised(all, 2) }).settings.pin.channels).toEqual(['sms', 'call', 'bot']);
    expect(settingsOf({ ...draft, channels: all.map((one) => ({ ...one, on: false })) }).wrong).toEqual(['channels']);
  });
});
