import type { TillSettings } from '@tessera/contract';

/** What holds until a company has set anything else. */
export const DEFAULT_TILL_SETTINGS: TillSettings = {
  pin: {
    mode: 'never',
    stations: [],
    staff: [],
    channels: ['bot', 'call', 'sms'],
    digits: 6,
    lifetimeMinutes: 5,
    tries: 5,
    pauseSeconds: 45,
    proofMinutes: 30,
  },
  card: { digits: 8, lifetimeMinutes: 5, overlapSeconds: 30 },
  // A restaurant's guests share one network address: `perAddress` only has to stop a machine.
  limits: { perPhone: 5, perAccount: 60, perAddress: 120, perStation: 120, perCompany: 2_000 },
  wrong: { perStationAnHour: 20, perCompanyAnHour: 100, perPhoneADay: 10 },
};

/** What a code is for. */
export type CodePurpose = 'register' | 'till_pin' | 'virtual_card' | 'wallet_card';
/** Codes that are found by their digits alone. */
export type CardPurpose = 'virtual_card' | 'wallet_card';

/** Whoever guesses at codes found by themselves has, in an hour, at most this chance to meet anybody's at all. */
export const CHANCE_AN_HOUR = 0.001;
/** At least this share of the numbers of a length may be codes: those that read as a phone are none. */
export const LIKE_NO_PHONE = 0.75;
/** No more digits than a person can read out. */
export const CARD_DIGITS_MAX = 15;

/** How many numbers of so many digits there are that do not begin with 0. */
export const spaceOf = (digits: number): number => 9 * 10 ** (digits - 1);

/**
 * How many codes of a length may live at once, so that all wrong tries that a company lets through in an hour meet one
 * of them with `CHANCE_AN_HOUR` at most. Twice the limit: an hour may lie across two windows of counting.
 */
export const livingMost = (digits: number, wrongAnHour: number): number =>
  Math.floor((CHANCE_AN_HOUR * LIKE_NO_PHONE * spaceOf(digits)) / (2 * wrongAnHour));

/** The length of the next code: the shortest one, from the settings on, that has room for another. */
export function digitsFor(
  living: ReadonlyMap<number, number>,
  { card, wrong }: Pick<TillSettings, 'card' | 'wrong'>,
): number {
  let { digits } = card;
  while (digits < CARD_DIGITS_MAX && (living.get(digits) ?? 0) >= livingMost(digits, wrong.perCompanyAnHour))
    digits += 1;
  return digits;
}

/** «4821 0937», «4821 09375», «4821 0937 52»: groups of four, none of one digit. */
export function inGroups(digits: string): string {
  const groups = digits.match(/\d{1,4}/g) ?? [];
  const last = groups.at(-1);
  if (groups.length > 1 && last?.length === 1) groups.splice(-2, 2, `${groups.at(-2)}${last}`);
  return groups.join(' ');
}

/** Digits of what a person typed or a scanner read, when it can be a code found by itself; else null. */
export function readCardCode(text: string): string | null {
  const digits = text.replace(/[\s\-–]/g, '');
  return /^[1-9]\d{7,14}$/.test(digits) ? digits : null;
}

/** Wrong tries of one subject since the first one in its window. */
export type Tries = { wrong: number; since: Temporal.Instant; notBefore: Temporal.Instant };
export type TryLimit = { subject: string; most: number; windowHours: number; waits: boolean };

const FREE_TRIES = 3;
const FIRST_WAIT_SECONDS = 5;
const WAIT_SECONDS_MAX = 300;

/** Seconds to wait after so many wrong tries: nothing after three, then 5, 10, 20, … up to five minutes. */
export const waitAfter = (wrong: number): number =>
  wrong <= FREE_TRIES ? 0 : Math.min(WAIT_SECONDS_MAX, FIRST_WAIT_SECONDS * 2 ** (wrong - FREE_TRIES - 1));

const windowEnd = ({ since }: Tries, { windowHours }: TryLimit) => since.add({ hours: windowHours });
const isOver = (tries: Tries, limit: TryLimit, now: Temporal.Instant) =>
  Temporal.Instant.compare(windowEnd(tries, limit), now) <= 0;

/** Seconds until a subject may try again; 0 for now. */
export function secondsToWait(tries: Tries | undefined, limit: TryLimit, now: Temporal.Instant): number {
  if (!tries || isOver(tries, limit, now)) return 0;
  const until = tries.wrong >= limit.most ? windowEnd(tries, limit) : tries.notBefore;
  return Math.max(0, Math.ceil(now.until(until).total('seconds')));
}

/** The count after another wrong try. */
export function afterWrong(tries: Tries | undefined, limit: TryLimit, now: Temporal.Instant): Tries {
  const fresh = !tries || isOver(tries, limit, now);
  const wrong = fresh ? 1 : tries.wrong + 1;
  const notBefore = limit.waits ? now.add({ seconds: waitAfter(wrong) }) : now;
  return { wrong, since: fresh ? now : tries.since, notBefore };
}
