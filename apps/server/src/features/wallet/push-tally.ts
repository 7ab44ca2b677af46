/**
 * What Apple lately said of the pushes of one certificate, as counts. Dead tokens come one by one: cards are deleted,
 * phones replaced. Many at once mean that something of ours is wrong, and a device that was forgotten by mistake hears of
 * nothing until its guest adds the card anew.
 */
export type PushTally = { readonly accepted: number; readonly badTokens: number; readonly deadTokens: number };

export const emptyTally: PushTally = { accepted: 0, badTokens: 0, deadTokens: 0 };

export type HaltReason = 'bad_tokens' | 'dead_tokens';

/** Above so many answers all counts are halved, so that the past fades. */
const REMEMBERED = 1_000;
/** Wrong tokens hardly occur by themselves: one in twenty is our configuration (Apple, "BadDeviceToken"). */
const BAD_TOKENS_MIN = 10;
const BAD_TOKENS_SHARE = 1 / 20;
/** After a year's rest a third of the tokens may be dead, more than half in a row are not. */
const DEAD_TOKENS_MIN = 50;
const DEAD_TOKENS_SHARE = 1 / 2;

/** Counts one answer that says something of a token; others leave the tally as it is. */
export function countPush(tally: PushTally, status: string): PushTally {
  const next = {
    accepted: tally.accepted + (status === 'accepted' ? 1 : 0),
    badTokens: tally.badTokens + (status === 'bad_token' ? 1 : 0),
    deadTokens: tally.deadTokens + (status === 'unregistered' ? 1 : 0),
  };
  if (next.accepted + next.badTokens + next.deadTokens <= REMEMBERED) return next;
  return { accepted: next.accepted / 2, badTokens: next.badTokens / 2, deadTokens: next.deadTokens / 2 };
}

/** Why pushes have to stand still until a person has looked; null: they may go on. */
export function haltOf({ accepted, badTokens, deadTokens }: PushTally): HaltReason | null {
  const all = accepted + badTokens + deadTokens;
  if (badTokens >= BAD_TOKENS_MIN && badTokens > all * BAD_TOKENS_SHARE) return 'bad_tokens';
  if (deadTokens >= DEAD_TOKENS_MIN && deadTokens > all * DEAD_TOKENS_SHARE) return 'dead_tokens';
  return null;
}

/** Whether a wrong token is the token's fault: while no push gets through at all, it may well be ours. */
export const mayForgetBadToken = ({ accepted }: PushTally): boolean => accepted > 0;
