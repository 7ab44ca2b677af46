import type { StationSettings } from '@tessera/contract';

/** A till of ours: a device that is paired with the company. `venueCode` is what tills call the venue it stands in. */
export type Station = {
  stationId: number;
  name: string;
  venueCode: number | null;
  settings: StationSettings;
};

/** What is not set is this. */
const USUAL: StationSettings = { lockMinutes: 10, shiftHours: 12 };
export const settingsOf = (stored: Partial<StationSettings>): StationSettings => ({ ...USUAL, ...stored });

export const PAIRING_MINUTES = 15;
export const STATIONS_MAX = 500;
export const STAFF_MAX = 1_000;
/** A station's key has no end of its own; browsers keep a cookie for 400 days, and each visit renews it. */
export const STATION_COOKIE_DAYS = 400;

/** So many wrong PINs of one person lock him for `PIN_LOCK_MINUTES`, so many again for twice as long, and so on. */
export const PIN_TRIES = 5;
export const PIN_LOCK_MINUTES = 15;
/** So many wrong PINs at one station within an hour make it wait until the hour is over. */
export const STATION_PIN_TRIES = 20;
export const STATION_PIN_MINUTES = 60;

/** How long the so many-th wrong PIN in a row locks, in minutes; 0 where it does not. */
export const lockMinutesAfter = (tries: number): number =>
  tries % PIN_TRIES === 0 ? PIN_LOCK_MINUTES * 2 ** Math.min(tries / PIN_TRIES - 1, 16) : 0;

/** Guesses that one person's PIN allows within a time when every one is wrong and nobody waits longer than he must. */
export function guessesWithin(minutes: number): number {
  let tries = 0;
  for (let waited = 0; waited <= minutes; waited += lockMinutesAfter(tries)) tries += PIN_TRIES;
  return tries;
}

/** Columns of the keys of a telephone, which hands find by themselves. */
const WAYS = ['2580', '0852', '1470', '3690', '1379', '1397'];

/** Whether a PIN is among those that are tried first: one digit, a row of digits, a repeated piece, a pair of pairs. */
export function isTrivialPin(pin: string): boolean {
  const digits = [...pin].map(Number);
  const stepsBy = (step: number) =>
    digits.every((digit, at) => at === 0 || digit === (digits[at - 1]! + step + 10) % 10);
  const repeats = (length: number) => pin === pin.slice(0, length).repeat(pin.length / length);
  const pieces = [1, 2, 3, 4].filter((length) => length < pin.length && pin.length % length === 0);
  const doubled = digits.length % 2 === 0 && digits.every((digit, at) => at % 2 === 0 || digit === digits[at - 1]);
  return stepsBy(1) || stepsBy(-1) || pieces.some(repeats) || doubled || WAYS.includes(pin);
}
