import type { Vault } from '../../../platform/crypto/index.ts';
import type { DesignBody } from '../model.ts';

/** How the code of a design's cards changes. */
export type ChangingCode = NonNullable<DesignBody['changingCode']>;

/** A phone that has fetched the new code may still show the old one for a moment. */
export const AFTER_FETCH_SECONDS = 60;
/** Below this pushes are slower than the codes, and Apple slows down who pushes more often. */
export const MINUTES_MIN = 10;

/** Capitals and digits without those that look alike: a QR code packs them densest. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 16 letters of 5 bits. */
const MAC_CHARACTERS = 16;
const CODE = /^L2:([0-9A-HJKMNP-TV-Z]{1,13}):([0-9A-HJKMNP-TV-Z]{1,7}):([0-9A-HJKMNP-TV-Z]{16})$/;

/** Which card a code belongs to and the how manieth of its codes it is. */
export type CodeName = { readonly passId: number; readonly epoch: number };

/** `L2:card:number:seal`: the seal is 80 bits that only this installation can make. Nothing of guest or balance is in it. */
export const writeCode = (vault: Pick<Vault, 'keyed'>, companyId: number, name: CodeName): string =>
  `L2:${base32(name.passId)}:${base32(name.epoch)}:${sealOf(vault, companyId, name)}`;

/** What a code says of itself, unchecked. null: it is no code of this kind. */
export function readCode(text: string): (CodeName & { readonly seal: string }) | null {
  const match = CODE.exec(text);
  if (!match) return null;
  const [, card = '', epoch = '', seal = ''] = match;
  const name = { passId: fromBase32(card), epoch: fromBase32(epoch), seal };
  return Number.isSafeInteger(name.passId) && name.epoch <= 0x7fff_fffe ? name : null;
}

/** The first 80 bits of HMAC-SHA-256 over company, card and number. */
export function sealOf(vault: Pick<Vault, 'keyed'>, companyId: number, { passId, epoch }: CodeName): string {
  const mac = vault.keyed('card-code:2', `${companyId}\n${passId}\n${epoch}`);
  let bits = 0n;
  for (const byte of mac.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let at = MAC_CHARACTERS - 1; at >= 0; at--) text += ALPHABET[Number((bits >> BigInt(at * 5)) & 31n)];
  return text;
}

function base32(number: number): string {
  let rest = number;
  let text = '';
  do {
    text = ALPHABET[rest % 32] + text;
    rest = Math.floor(rest / 32);
  } while (rest > 0);
  return text;
}

const fromBase32 = (text: string): number =>
  [...text].reduce((number, character) => number * 32 + ALPHABET.indexOf(character), 0);

/** What the server knows of a card's codes. */
export type CodeState = {
  /** The number of the code that the card shows now. */
  readonly epoch: number;
  /** When it took the place of the one before; null: it is the card's first. */
  readonly changedAt: Temporal.Instant | null;
  /** The highest number that a phone has fetched, and when. */
  readonly seenEpoch: number;
  readonly seenAt: Temporal.Instant | null;
  /** Phones that hold the card. */
  readonly devices: number;
};

/**
 * What a genuine code is worth.
 * - `full`: it is what the guest's card shows, or showed a moment ago: as good as the card.
 * - `weak`: an older one while the phone may not have had the newer yet: it names the guest as his phone number does.
 * - `old`: an older one although the guest's only phone shows a newer: a picture of the card.
 */
export type CodeWorth = 'full' | 'weak' | 'old';

/** Decides on a code whose seal is right. See decision "The code of a card changes". */
export function judgeCode(
  epoch: number,
  state: CodeState,
  { graceMinutes }: Pick<ChangingCode, 'graceMinutes'>,
  now: Temporal.Instant,
): CodeWorth {
  // A number from the future was sealed before a backup was restored.
  if (epoch >= state.epoch) return 'full';
  const until = (from: Temporal.Instant | null, seconds: number): boolean =>
    from !== null && Temporal.Instant.compare(now, from.add({ seconds })) <= 0;
  const isFetched = state.seenEpoch > epoch;
  const mayStillShow = !isFetched || until(state.seenAt, AFTER_FETCH_SECONDS);
  if (epoch === state.epoch - 1 && mayStillShow && until(state.changedAt, graceMinutes * 60)) return 'full';
  // Of several phones one may have been offline: which of them has fetched is not known.
  return isFetched && !mayStillShow && state.devices <= 1 ? 'old' : 'weak';
}
