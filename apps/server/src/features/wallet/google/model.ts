import type { DesignBody, GoogleVertical } from '../model.ts';

/** Countries whose people Google Wallet is not offered to (Google, "Guidance on Russia"): the button starts switched off. */
export const NOT_OFFERED: readonly string[] = ['RU', 'BY'];

/** Google's kind of card for a style of Apple's; a design may ask for another one. */
const verticalByStyle: Readonly<Record<string, GoogleVertical>> = {
  storeCard: 'loyalty',
  coupon: 'offer',
  eventTicket: 'eventTicket',
  generic: 'generic',
};

export const verticalOf = ({ style, google }: Pick<DesignBody, 'style' | 'google'>): GoogleVertical =>
  google?.vertical ?? verticalByStyle[style] ?? 'generic';

/** A company's access to Google Wallet, without its secret. */
export type GoogleCredential = {
  readonly issuerId: string;
  readonly accountEmail: string;
  readonly project: string;
  readonly keyId: string;
  readonly accountSealed: Buffer;
  readonly prefix: string;
  readonly enabled: boolean;
  readonly halted: string | null;
  readonly failures: number;
  /** Google is left alone until then. */
  readonly pausedUntil: Temporal.Instant | null;
  readonly checkedAt: Temporal.Instant | null;
  readonly updatedAt: Temporal.Instant;
};

/** A card at Google. It is up to date when `settled` has reached `wanted`. */
export type GoogleObject = {
  readonly passId: number;
  readonly objectId: string;
  readonly classId: string | null;
  readonly vertical: GoogleVertical;
  readonly wanted: bigint;
  readonly settled: bigint;
  readonly pushedHash: Buffer | null;
  readonly pushedVersion: number;
  readonly pushedAt: Temporal.Instant | null;
  readonly spokenHash: Buffer | null;
  readonly problem: string | null;
  readonly saves: number;
  readonly removals: number;
  readonly installed: boolean;
  readonly holdersUnsure: boolean;
  readonly rotationKeySealed: Buffer | null;
  readonly rotationStep: bigint | null;
};

export type GoogleClass = {
  readonly designId: number;
  readonly classId: string;
  readonly pushedHash: Buffer | null;
  readonly pushedAt: Temporal.Instant | null;
  readonly reviewStatus: string | null;
  readonly problem: string | null;
};

/** Google tells the holder of a card at most so many things in 24 hours. */
export const NOTIFICATIONS_A_DAY = 3;
/** Changes of the balance leave one of them for what the company wants to say. */
export const CHANGES_A_DAY = 2;

/** `<issuer>.t<prefix>_<design>_<kind>`: a design that becomes another kind of card becomes another class. */
export const classIdOf = (
  { issuerId, prefix }: Pick<GoogleCredential, 'issuerId' | 'prefix'>,
  designId: number,
  vertical: GoogleVertical,
): string => `${issuerId}.t${prefix}_${designId}_${vertical}`;

const FIRST_PAUSE_MILLISECONDS = 2_000;
const LONGEST_PAUSE_MILLISECONDS = 60_000;

/** How long to leave Google alone after so many failures in a row: a request a minute is no burden to anybody. */
export function pauseAfter(failures: number, random: number): number {
  const pause = Math.min(LONGEST_PAUSE_MILLISECONDS, FIRST_PAUSE_MILLISECONDS * 2 ** Math.min(10, failures - 1));
  return Math.round(pause * (0.75 + random / 2));
}

/** A key or a permission is mended by people: looking again now and then is enough. */
export const HALTED_PAUSE_MILLISECONDS = 15 * 60_000;
