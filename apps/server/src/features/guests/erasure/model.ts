import type { Vault } from '../../../platform/crypto/index.ts';

/** Why a guest is erased. */
export type ErasureBasis = 'request' | 'consent_withdrawn' | 'inactive' | 'operator';

/** What goes with a guest. `points`: of all his accounts, usable and pending, minor units. */
export type ErasureCounts = {
  readonly cards: number;
  readonly devices: number;
  readonly browsers: number;
  readonly answers: number;
  readonly photos: number;
  readonly coupons: number;
  readonly points: bigint;
};

/** The record that is kept instead of the guest: nothing in it tells who he was. */
export type Erasure = ErasureCounts & {
  readonly guestId: number;
  readonly basis: ErasureBasis;
  /** When he asked, YYYY-MM-DD. */
  readonly requestedOn: string;
  readonly userId: number | null;
  /** Who that is; null for a program, and for who is no user any more. */
  readonly userName: string | null;
  readonly startedAt: Temporal.Instant;
  readonly finishedAt: Temporal.Instant | null;
};

/** What the features find the traces of a guest by. Phones are E.164 digits, e-mails are in small letters. */
export type ForgottenGuest = {
  readonly guestId: number;
  readonly accountIds: readonly number[];
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  /** Numbers of cards, and his numbers in other systems. */
  readonly others: readonly string[];
  /** His names, each by itself; none for a guest without a name. */
  readonly names: readonly string[];
  /** The words of his first and last name, as searches compare them; none unless both are known: one alone tells nobody. */
  readonly fullName: readonly string[];
};

/** The record of an erasure outlives the guest so long (three years), and so does the hash of his phone. */
export const ERASURES_KEPT_DAYS = 3 * 366;

/** How the phone of an erased guest is kept: nobody can read it from that, and it can be recognised. */
export const hashErasedPhone = (vault: Vault, companyId: number, phone: string): Buffer =>
  vault.keyed('erased-phone', `${companyId}:${phone}`);

/** What names a guest in the words of somebody to many: two of his names side by side. «Анна» alone may be the hostess. */
export const wholeNames = ({ names }: Pick<ForgottenGuest, 'names'>): string[] =>
  names.flatMap((one, index) => names.flatMap((other, at) => (at === index ? [] : [`${one} ${other}`])));
