import type { NoRewardReason, Referral, ReferralRejection, ReferralState } from '@tessera/loyalty';

/** A referral as it is kept: the friend's way, and whose way it is. */
export type StoredReferral = {
  readonly referralId: number;
  readonly programmeId: number;
  readonly referrerAccountId: number;
  /** The friend's account. */
  readonly accountId: number;
  readonly referral: Referral;
};

/** What somebody got for a referral, or why he got nothing. Level 0 is the friend, 1 the referrer, 2 the one above. */
export type StoredReward = {
  readonly referralId: number;
  readonly level: number;
  readonly accountId: number;
  readonly points: bigint;
  readonly reason: NoRewardReason | null;
  readonly lotId: number | null;
  readonly entrySequence: number | null;
  readonly earnedAt: Temporal.Instant;
  readonly activatesAt: Temporal.Instant;
  readonly revokedAt: Temporal.Instant | null;
};

/** One line of the operator's list. */
export type ReferralLine = {
  readonly referralId: number;
  readonly state: ReferralState;
  readonly reason: ReferralRejection | null;
  readonly referrer: { readonly accountId: number; readonly name: string };
  readonly friend: { readonly accountId: number; readonly name: string };
  readonly registeredAt: Temporal.Instant;
  readonly validUntil: Temporal.Instant;
  readonly checkId: number | null;
  readonly qualifiedAt: Temporal.Instant | null;
  readonly confirmsAt: Temporal.Instant | null;
  readonly rewards: readonly StoredReward[];
};

/** How entries name the side that was rewarded. */
export const sideOf = (level: number): 'referee' | 'referrer' | 'upper' =>
  level === 0 ? 'referee' : level === 1 ? 'referrer' : 'upper';

/** Letters and digits that nobody takes for one another, on paper or by voice; no vowels, so that no word comes out. */
const CODE_ALPHABET = '23456789BCDFGHJKMNPQRSTVWXZ';
const CODE_LENGTH = 7;
const CODE_PATTERN = new RegExp(`^[${CODE_ALPHABET}]{${CODE_LENGTH}}$`);

/** A code out of random bytes: 27^7, ten thousand million of them. */
export function newCode(random: (bytes: number) => Buffer): string {
  let code = '';
  // Bytes above the last whole multiple would make the first letters likelier.
  const fair = 256 - (256 % CODE_ALPHABET.length);
  while (code.length < CODE_LENGTH) {
    for (const byte of random(CODE_LENGTH)) {
      if (byte < fair && code.length < CODE_LENGTH) code += CODE_ALPHABET[byte % CODE_ALPHABET.length];
    }
  }
  return code;
}

/** What somebody typed, or a link carried, as a code; null when it can be none. */
export function readCode(text: string): string | null {
  const code = text.replace(/[\s-]/g, '').toUpperCase();
  return CODE_PATTERN.test(code) ? code : null;
}

/** Programmes that open link previews and look at pages for search engines: no guest has touched the link. */
export const isRobot = (agent: string): boolean =>
  agent === '' || /bot|crawl|spider|preview|externalhit|whatsapp|telegram|viber|slack|curl|wget/i.test(agent);
