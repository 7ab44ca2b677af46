import { type Result, refuse, succeed } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import { refreshPasses } from '../refresh-pass.ts';
import { writeOutbox } from '../store/outbox.ts';
import { selectPassIdsOfDesign } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import type { UsersOfDesign } from './archive-design.ts';
import { countCards, selectSavedDesign, updateDeleted, updateFate } from './designs.store.ts';

/** What becomes of the cards of a deleted design: cards of another one, or void. */
export type CardsFate = { readonly kind: 'move'; readonly to: number } | { readonly kind: 'void' };

export type DesignRemoval = {
  readonly designId: number;
  /** Null: nobody said so, which is right only where there are no cards. */
  readonly fate: CardsFate | null;
  readonly usersOf: UsersOfDesign;
};

/**
 * Deletes a design; its cards meet their fate in the background. Nothing of them is lost: they keep their numbers,
 * owners and points. Refuses `not_found`, `design_in_use`, `design_has_cards` (with their number) and
 * `design_other_kind`: a card is of one programme and, on iPhones, of one certificate for life.
 */
export async function removeDesign(
  wallet: Wallet,
  tenant: Tenant,
  { designId, fate, usersOf }: DesignRemoval,
): Promise<Result<{ cards: number; fate: CardsFate['kind'] | null }>> {
  const { companyId } = tenant;
  const design = await selectSavedDesign(tenant, companyId, designId);
  if (!design) return refuse('not_found');
  const users = await usersOf(tenant, designId);
  if (users.length > 0) return refuse('design_in_use', { users: users.join(', ') });
  const cards = await countCards(tenant, companyId, designId);
  if (cards > 0 && !fate) return refuse('design_has_cards', { cards });
  if (fate?.kind === 'move') {
    const other = fate.to === designId ? null : await selectSavedDesign(tenant, companyId, fate.to);
    if (!other) return refuse('not_found');
    if (other.programmeId !== design.programmeId || other.credentialId !== design.credentialId || other.archivedAt) {
      return refuse('design_other_kind');
    }
  }
  const now = wallet.clock.now();
  await tenant.transaction(async (transaction) => {
    await updateDeleted(transaction, designId, now);
    const to = fate?.kind === 'move' ? fate.to : null;
    // Also without cards: one may have been issued since they were counted, and must not be left alone.
    await writeOutbox(transaction, 'design_removed', { designId, to, after: 0 }, now);
  });
  wallet.wake();
  return succeed({ cards, fate: cards > 0 ? (fate?.kind ?? null) : null });
}

const BATCH = 500;

/**
 * Brings one batch of a deleted design's cards to their fate and leaves word for the next one; after the last one the
 * cards are looked over once more, so that none is left half way by a crash or a failure.
 */
export async function retireDesignPasses(
  wallet: Wallet,
  tenant: Tenant,
  { designId, to, after }: { designId: number; to: number | null; after: number },
): Promise<void> {
  const { companyId } = tenant;
  const passIds = await selectPassIdsOfDesign(tenant, companyId, designId, { after, limit: BATCH });
  const last = passIds.at(-1);
  const now = wallet.clock.now();
  await tenant.transaction(async (transaction) => {
    if (last === undefined)
      return writeOutbox(transaction, 'design_changed', { designId: to ?? designId, after: 0 }, now);
    await updateFate(transaction, passIds, to);
    await writeOutbox(transaction, 'design_removed', { designId, to, after: last }, now);
  });
  const { failed } = await refreshPasses(wallet, tenant, { passIds, mode: 'bulk' });
  for (const { passId, error } of failed) {
    wallet.log.warn({ error, passId, companyId }, 'a card could not leave its deleted design yet');
  }
  wallet.wake();
}
