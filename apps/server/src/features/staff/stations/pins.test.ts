import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createVault } from '../../../platform/crypto/index.ts';
import {
  guessesWithin,
  isTrivialPin,
  lockMinutesAfter,
  PIN_LOCK_MINUTES,
  STATION_PIN_MINUTES,
  STATION_PIN_TRIES,
} from './model.ts';
import { hashPin, pinFits } from './pins.ts';

const every = (digits: number) =>
  Array.from({ length: 10 ** digits }, (_, number) => String(number).padStart(digits, '0'));

describe('a PIN that is tried first', () => {
  test.each([
    '0000',
    '1111',
    '1234',
    '4321',
    '0123',
    '7890',
    '9876',
    '1212',
    '1122',
    '2580',
    '123456',
    '121212',
    '123123',
  ])('%s is refused', (pin) => expect(isTrivialPin(pin)).toBe(true));

  test.each(['4071', '1905', '2846', '94071', '190583', '27182818'])('%s is taken', (pin) =>
    expect(isTrivialPin(pin)).toBe(false),
  );

  test('is one of few: nearly all PINs stay', () => {
    expect(every(4).filter(isTrivialPin).length).toBeLessThan(220);
  });
});

describe('guessing a PIN', () => {
  test('five wrong ones lock for a quarter of an hour, each five more for twice as long', () => {
    expect([1, 4, 5, 6, 10, 15, 20].map(lockMinutesAfter)).toEqual([0, 0, PIN_LOCK_MINUTES, 0, 30, 60, 120]);
  });

  test('is hopeless: who guesses day and night for a month finds the PIN of one person with less than one in a hundred', () => {
    const possible = every(4).filter((pin) => !isTrivialPin(pin)).length;
    expect(guessesWithin(24 * 60)).toBe(35);
    expect(guessesWithin(30 * 24 * 60)).toBe(60);
    expect(guessesWithin(30 * 24 * 60) / possible).toBeLessThan(0.01);
  });

  test('among many people at one station gets no further than the station lets it', () => {
    const people = 50;
    const anHour = Math.min(people * guessesWithin(60), STATION_PIN_TRIES * (60 / STATION_PIN_MINUTES));
    expect(anHour).toBe(20);
  });
});

describe('what is kept of a PIN', () => {
  const vault = createVault(randomBytes(32));
  const whose = { companyId: 1, userId: 7 };

  test('fits this PIN of this person and no other', () => {
    const kept = hashPin(vault, randomBytes, whose, '4071');
    expect(pinFits(vault, whose, kept, '4071')).toBe(true);
    expect(every(4).filter((pin) => pinFits(vault, whose, kept, pin))).toEqual(['4071']);
    expect(pinFits(vault, { ...whose, userId: 8 }, kept, '4071')).toBe(false);
    expect(pinFits(vault, { ...whose, companyId: 2 }, kept, '4071')).toBe(false);
    expect(pinFits(vault, whose, null, '4071')).toBe(false);
  });

  test('cannot be read from a stolen database: without the master key no PIN fits, with another salt it looks different', () => {
    const kept = hashPin(vault, randomBytes, whose, '4071');
    const thief = createVault(randomBytes(32));
    expect(every(4).filter((pin) => pinFits(thief, whose, kept, pin))).toEqual([]);
    expect(hashPin(vault, randomBytes, whose, '4071').equals(kept)).toBe(false);
  });
});
