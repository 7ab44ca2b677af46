import { type PassPatch, type Refusal, type Result, refuse, succeed } from '@tessera/contract';
import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import { forgetAtGoogle } from '../google/index.ts';
import { designFor, type PassRecord, sameCardAs } from '../model.ts';
import { type PassChange, type PassEdit, refreshPass } from '../refresh-pass.ts';
import { selectDesign } from '../store/designs.ts';
import { selectPass, selectPassOfAccount } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import type { Edited } from '../write-versions.ts';
import { sameThings, withWish } from './own-things.ts';

/** A card that is in use; a deleted one is none. */
export async function findPass(tenant: Tenant, passId: number): Promise<PassRecord | null> {
  const pass = await selectPass(tenant, tenant.companyId, passId);
  return pass && !pass.deletedAt ? pass : null;
}

/**
 * Changes what a card has of its own. `push`: phones are told at once; else they see it when they ask, or with the next
 * change. Said again it changes nothing, whatever revision it names.
 * @returns the card as it is then; pass_not_found, pass_changed, pass_field_unknown, value_invalid
 */
export async function changePass(
  wallet: Wallet,
  tenant: Tenant,
  passId: number,
  { revision, push, ...wish }: PassPatch,
): Promise<Result<PassRecord>> {
  const design = await designOf(tenant, passId);
  if (!design) return refuse('pass_not_found');
  let refusal: Refusal | null = null;
  const change = (pass: PassRecord): PassChange | null => {
    const wished = withWish(pass, design.body, wish);
    refusal = wished.ok ? null : wished.refusal;
    if (!wished.ok || sameThings(pass, wished.value)) return null;
    if (pass.revision === revision) return wished.value;
    refusal = { code: 'pass_changed' };
    return null;
  };
  const mode = push ? 'immediate' : 'silent';
  return settle(await refreshPass(wallet, tenant, { passId, mode, edit: { change: unlessDeleted(change) } }), refusal);
}

async function designOf(tenant: Tenant, passId: number) {
  const pass = await findPass(tenant, passId);
  return pass && selectDesign(tenant, tenant.companyId, pass.designId);
}

const unlessDeleted =
  (change: PassEdit['change']): PassEdit['change'] =>
  (pass, subject) =>
    pass.deletedAt ? null : change(pass, subject);

const settle = (pass: PassRecord | null, refusal: Refusal | null): Result<PassRecord> => {
  if (!pass || pass.deletedAt) return refuse('pass_not_found');
  return refusal ? { ok: false, refusal } : succeed(pass);
};

/** A guest has one card: what was replaced by a new number does not come back beside it. */
const mayNot = (pass: PassRecord, voided: boolean): boolean => !voided && pass.replacedBy !== null;

/** Ends a card, or lets it live again: a till takes no ended one, and phones show it grey and without its code. */
export const voidEdit = (voided: boolean): PassEdit => ({
  change: unlessDeleted((pass) => (pass.voided === voided || mayNot(pass, voided) ? null : { voided })),
});

/** Voids a card or restores it; twice is once. @returns pass_not_found, pass_replaced */
export async function voidPass(
  wallet: Wallet,
  tenant: Tenant,
  passId: number,
  voided: boolean,
): Promise<Result<PassRecord>> {
  const pass = await refreshPass(wallet, tenant, { passId, mode: 'immediate', edit: voidEdit(voided) });
  return settle(pass, pass && mayNot(pass, voided) ? { code: 'pass_replaced' } : null);
}

/** Makes a card a tombstone and takes its data from Google. */
export const deletionEdit = (now: Temporal.Instant): PassEdit => ({
  change: (pass) => (pass.deletedAt ? null : { voided: true, deletedAt: now, ownValues: {}, own: {} }),
  also: async (transaction: TenantTransaction, changes: readonly Edited[]) => {
    for (const { after } of changes) await forgetAtGoogle(transaction, after.passId, now);
  },
});

/**
 * Deletes a card as far as one can: no phone can be made to forget it. What stays is a tombstone that says nothing of
 * anybody: phones that hold the card are told that it ended, its link leads nowhere, its number is nobody else's.
 * Twice is once. @returns pass_not_found
 */
export async function deletePass(wallet: Wallet, tenant: Tenant, passId: number): Promise<Result<PassRecord>> {
  const edit = deletionEdit(wallet.clock.now());
  const pass = await refreshPass(wallet, tenant, { passId, mode: 'immediate', edit });
  if (!pass) return refuse('pass_not_found');
  await wallet.directory.remove('pass', pass.guid);
  return succeed(pass);
}

/**
 * What moves cards to another design: of the same programme and pass type, since a phone keeps a card by its type and
 * number. `refused` hears why a card stays where it is.
 */
export async function moveEdit(
  tenant: Tenant,
  designId: number,
  refused: (pass: PassRecord, refusal: Refusal) => void,
): Promise<Result<PassEdit>> {
  const { companyId } = tenant;
  const design = await selectDesign(tenant, companyId, designId);
  if (!design) return refuse('not_found');
  if (design.archivedAt) return refuse('design_archived');
  const change: PassEdit['change'] = async (pass, subject) => {
    if (pass.designId === designId) return null;
    const worn = await selectDesign(tenant, companyId, pass.designId);
    const told = await subject();
    const stay = (refusal: Refusal): null => {
      refused(pass, refusal);
      return null;
    };
    if (worn?.programmeId !== design.programmeId || pass.credentialId !== design.credentialId) {
      return stay({ code: 'design_other_kind' });
    }
    if (designFor(designId, told) !== designId) return stay({ code: 'design_by_level' });
    const other = await selectPassOfAccount(tenant, companyId, pass.accountId, sameCardAs(designId, told));
    if (other && other.passId !== pass.passId) return stay({ code: 'pass_exists', params: { serial: other.serial } });
    return { designId };
  };
  return succeed({ change: unlessDeleted(change) });
}

/**
 * What takes cards from a design that is being deleted to another one of their kind. None may stay behind: a guest who has
 * a card of the other design already has two then, and a level gives a card the design that it names.
 */
export const leaveDesign = (from: number, to: number): PassEdit => ({
  change: unlessDeleted((pass) => (pass.designId === from ? { designId: to } : null)),
});

/**
 * Gives a card another design. Twice is once.
 * @returns pass_not_found, not_found (no such design), design_archived, design_other_kind, design_by_level, pass_exists
 */
export async function movePass(
  wallet: Wallet,
  tenant: Tenant,
  passId: number,
  designId: number,
): Promise<Result<PassRecord>> {
  let refusal: Refusal | null = null;
  const edit = await moveEdit(tenant, designId, (_pass, why) => {
    refusal = why;
  });
  if (!edit.ok) return edit;
  return settle(await refreshPass(wallet, tenant, { passId, mode: 'immediate', edit: edit.value }), refusal);
}
