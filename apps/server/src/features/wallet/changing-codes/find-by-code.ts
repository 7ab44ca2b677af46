import { timingSafeEqual } from 'node:crypto';
import type { Tenant } from '../../../platform/database/index.ts';
import { type EventCard, noteEvent } from '../../journal/index.ts';
import { cardOfGoogleCode } from '../google/rotating-code.ts';
import { selectCardOfSerial } from '../store/account-of-card.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Wallet } from '../wallet.ts';
import { raiseEpoch, selectCardOfCode } from './codes.store.ts';
import { type CodeWorth, judgeCode, readCode, sealOf } from './model.ts';

/** Whose card a code is, and what showing it is worth; null: no code of ours. */
export type FoundByCode = { readonly accountId: number; readonly worth: CodeWorth } | null;

/**
 * The one place where a code of a card becomes an account: the number of a card, a code that changes (Apple Wallet, web
 * card), a code of Google Wallet that changes by the clock. A scanned code that changes after use gives way to the next.
 */
export async function findByCode(wallet: Wallet, tenant: Tenant, code: string): Promise<FoundByCode> {
  const found = await cardOfCode(wallet, tenant, code);
  if (!found) return null;
  const { card, worth } = found;
  if (worth === 'old') {
    const { companyId } = tenant;
    wallet.log.warn({ companyId, passId: card.passId }, 'an earlier code of a card was scanned');
  } else {
    noteEvent(wallet, tenant, { kind: 'card_scanned', card });
  }
  return { accountId: card.accountId, worth };
}

type CardOfCode = { readonly card: EventCard; readonly worth: CodeWorth };

async function cardOfCode(wallet: Wallet, tenant: Tenant, code: string): Promise<CardOfCode | null> {
  const changing = readCode(code);
  if (changing) return cardOfChangingCode(wallet, tenant, changing);
  const byGoogle = await cardOfGoogleCode(wallet, tenant, code);
  if (byGoogle !== undefined) return byGoogle;
  const card = await selectCardOfSerial(tenant, code);
  // The number of a card whose code changes stands in old pictures of it, too.
  return card && { card, worth: card.changing ? 'weak' : 'full' };
}

async function cardOfChangingCode(
  wallet: Wallet,
  tenant: Tenant,
  code: { passId: number; epoch: number; seal: string },
): Promise<CardOfCode | null> {
  if (!timingSafeEqual(Buffer.from(code.seal), Buffer.from(sealOf(wallet.vault, tenant.companyId, code)))) return null;
  const card = await selectCardOfCode(tenant, code.passId);
  if (!card || card.voided) return null;
  const { changing } = card;
  // The design has stopped changing codes: phones that were offline show one still.
  if (!changing) return { card, worth: 'weak' };
  const worth = judgeCode(code.epoch, card, changing, wallet.clock.now());
  if (changing.afterUse && code.epoch >= card.epoch) await changeAfterUse(wallet, tenant, code);
  return { card, worth };
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
