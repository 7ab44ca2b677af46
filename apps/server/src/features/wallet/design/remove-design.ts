import { type Result, refuse, succeed } from '@tessera/contract';
import { newUuid } from '../../../platform/crypto/index.ts';
import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import { countAwaited } from '../passes/bulk/bulk.store.ts';
import { queueBulk } from '../passes/bulk/keep-bulk.ts';
import { ANY_PASS } from '../passes/list-passes.ts';
import { lockMarkers } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import type { UsersOfDesign } from './archive-design.ts';
import { countCards, type SavedDesign, selectSavedDesign, updateDeleted } from './designs.store.ts';

/** What becomes of the cards of a deleted design: cards of another one, or void. */
export type CardsFate = { readonly kind: 'move'; readonly to: number } | { readonly kind: 'void' };

export type DesignRemoval = {
  readonly designId: number;
  /** Null: nobody said so, which is right only where there are no cards. */
  readonly fate: CardsFate | null;
  readonly usersOf: UsersOfDesign;
  readonly userId: number | null;
};

export type RemovedDesign = {
  readonly cards: number;
  readonly fate: CardsFate['kind'] | null;
  /** The change of many cards that brings them to their fate; null: there are none. */
  readonly operationId: number | null;
};

/**
 * Deletes a design; its cards meet their fate in the background, as an operation on many cards that waits for those before
 * it. Nothing of them is lost: they keep their numbers, owners and points. Refuses `not_found`, `design_in_use`,
 * `design_has_cards` (with their number) and `design_other_kind`: a card is of one programme and, on iPhones, of one
 * certificate for life.
 */
export async function removeDesign(
  wallet: Wallet,
  tenant: Tenant,
  { designId, fate, usersOf, userId }: DesignRemoval,
): Promise<Result<RemovedDesign>> {
  const { companyId } = tenant;
  const users = await usersOf(tenant, designId);
  const counted = await countCards(tenant, companyId, designId);
  const now = wallet.clock.now();
  const removed = await tenant.transaction(async (transaction): Promise<Result<RemovedDesign>> => {
    // The last look at a design without cards: none is issued between it and the end of the design.
    if (counted === 0) await lockMarkers(transaction);
    const design = await selectSavedDesign(transaction, companyId, designId);
    if (!design) return refuse('not_found');
    if (users.length > 0) return refuse('design_in_use', { users: users.join(', ') });
    const standing = counted || (await countCards(transaction, companyId, designId));
    const cards = standing + (await countAwaited(transaction, designId));
    if (cards > 0 && !fate) return refuse('design_has_cards', { cards });
    const to = fate?.kind === 'move' ? await selectHeir(transaction, design, fate.to) : null;
    if (to && !to.ok) return to;
    await updateDeleted(transaction, designId, now);
    if (cards === 0) return succeed({ cards, fate: null, operationId: null });
    const heir = to && { designId: to.value.designId, name: to.value.name };
    const { bulkId } = await queueBulk(
      transaction,
      {
        requestKey: newUuid(wallet.random),
        change: { kind: 'delete_design', designId, name: design.name, to: heir },
        filter: { asked: { designId }, meant: { ...ANY_PASS, designId } },
        // Cards that operations before this one bring are its business, too.
        lastPassId: Number.MAX_SAFE_INTEGER,
        total: cards,
        userId,
      },
      now,
    );
    return succeed({ cards, fate: fate!.kind, operationId: bulkId });
  });
  wallet.wake();
  return removed;
}

/** The design that takes the cards of another one. */
async function selectHeir(
  transaction: TenantTransaction,
  { designId, programmeId, credentialId }: SavedDesign,
  to: number,
): Promise<Result<SavedDesign>> {
  const heir = to === designId ? null : await selectSavedDesign(transaction, transaction.companyId, to);
  if (!heir) return refuse('not_found');
  const fits = heir.programmeId === programmeId && heir.credentialId === credentialId && !heir.archivedAt;
  return fits ? succeed(heir) : refuse('design_other_kind');
}
