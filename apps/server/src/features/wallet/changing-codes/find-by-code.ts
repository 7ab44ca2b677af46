import { timingSafeEqual } from 'node:crypto';
import type { Tenant } from '../../../platform/database/index.ts';
import { type EventCard, noteEvent } from '../../journal/index.ts';
import { cardOfGoogleCode } from '../google/rotating-code.ts';
import { selectAccountOfErased, selectCardOfText } from '../store/account-of-card.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Wallet } from '../wallet.ts';
import { raiseEpoch, selectCardOfCode } from './codes.store.ts';
import { type CodeWorth, judgeCode, readCode, sealOf } from './model.ts';
import { codeKey } from './shown-codes.ts';

/**
 * Whose card a code is, and what showing it is worth; null: no code of ours. `ended`: the last day of the card is over, so
 * it is no card any more, while its guest and his points are as they were. `erased`: the guest is nobody any more.
 */
export type FoundByCode = { readonly accountId: number; readonly worth: CodeWorth | 'ended' | 'erased' } | null;

/**
 * The one place where a code of a card becomes an account: the number of a card, the text that its code shows, a code that
 * changes (Apple Wallet, web card), a code of Google Wallet that changes by the clock. A scanned code that changes after use
 * gives way to the next.
 * @param code as scanned or typed: capitals, spaces and dashes make no difference
 * @param at when it was shown: a till without a network tells us later
 */
export async function findByCode(
  wallet: Wallet,
  tenant: Tenant,
  code: string,
  at: Temporal.Instant = wallet.clock.now(),
): Promise<FoundByCode> {
  const found = await cardOfCode(wallet, tenant, { code, at });
  if (!found) {
    const accountId = await selectAccountOfErased(tenant, code);
    return accountId === null ? null : { accountId, worth: 'erased' };
  }
  const { card, worth } = found;
  if (hasEnded(found, at)) return { accountId: card.accountId, worth: 'ended' };
  if (worth === 'old') {
    const { companyId } = tenant;
    wallet.log.warn({ companyId, passId: card.passId }, 'an earlier code of a card was scanned');
  } else {
    noteEvent(wallet, tenant, { kind: 'card_scanned', card });
  }
  return { accountId: card.accountId, worth };
}

/** `expiresAt`: as in the card's snapshot. */
type CardOfCode = { readonly card: EventCard; readonly worth: CodeWorth; readonly expiresAt: string | undefined };

/** As phones see it: the card of a day is good until its last second. */
const hasEnded = ({ expiresAt }: Pick<CardOfCode, 'expiresAt'>, at: Temporal.Instant): boolean =>
  expiresAt !== undefined && Temporal.Instant.compare(at, expiresAt) > 0;

type Shown = { readonly code: string; readonly at: Temporal.Instant };

async function cardOfCode(wallet: Wallet, tenant: Tenant, { code, at }: Shown): Promise<CardOfCode | null> {
  const changing = readCode(codeKey(code));
  if (changing) return cardOfChangingCode(wallet, tenant, changing, at);
  const byGoogle = await cardOfGoogleCode(wallet, tenant, code);
  if (byGoogle !== undefined) return byGoogle;
  const card = await selectCardOfText(wallet.vault, tenant, code);
  if (!card) return null;
  // The number of a card whose code changes stands in old pictures of it, too; so does what a card showed before.
  const worth = card.changing || card.way === 'shown_before' ? 'weak' : 'full';
  return { card, worth, expiresAt: card.expiresAt };
}

async function cardOfChangingCode(
  wallet: Wallet,
  tenant: Tenant,
  code: { passId: number; epoch: number; seal: string },
  at: Temporal.Instant,
): Promise<CardOfCode | null> {
  if (!timingSafeEqual(Buffer.from(code.seal), Buffer.from(sealOf(wallet.vault, tenant.companyId, code)))) return null;
  const card = await selectCardOfCode(tenant, code.passId);
  if (!card || card.voided) return null;
  const { changing, expiresAt } = card;
  // The design has stopped changing codes: phones that were offline show one still.
  if (!changing) return { card, worth: 'weak', expiresAt };
  const worth = judgeCode(code.epoch, card, changing, wallet.clock.now());
  const counts = changing.afterUse && code.epoch >= card.epoch && !hasEnded(card, at);
  if (counts) await changeAfterUse(wallet, tenant, code);
  return { card, worth, expiresAt };
}

async function changeAfterUse(wallet: Wallet, tenant: Tenant, code: { passId: number; epoch: number }): Promise<void> {
  const now = wallet.clock.now();
  const changed = await tenant.transaction(async (transaction) => {
    if (!(await raiseEpoch(transaction, code, now))) return false;
    await writeOutbox(transaction, 'card_codes_changed', { passIds: [code.passId], mode: 'immediate' }, now);
    return true;
  });
  if (changed) wallet.wake();
}
