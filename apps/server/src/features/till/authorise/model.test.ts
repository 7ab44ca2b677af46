import { expect, test } from 'vitest';
import { DEFAULT_TILL_SETTINGS } from '../../guests/index.ts';
import { modeFor, nameOfAsker } from './model.ts';

const pin = {
  ...DEFAULT_TILL_SETTINGS.pin,
  mode: 'to_spend' as const,
  stations: [{ stationId: 5, mode: 'always' as const }],
  staff: [{ userId: 7, mode: 'never' as const }],
};

test.each([
  [{ stationId: null, userId: null }, 'to_spend', 'program'],
  [{ stationId: 4, userId: 1 }, 'to_spend', 'station:4'],
  [{ stationId: 5, userId: 1 }, 'always', 'station:5'],
  [{ stationId: 5, userId: 7 }, 'never', 'station:5'],
  [{ stationId: null, userId: 7 }, 'never', 'user:7'],
])('a PIN is demanded of %j: %s', (asker, mode, name) => {
  expect(modeFor({ pin }, asker)).toBe(mode);
  expect(nameOfAsker(asker)).toBe(name);
});
