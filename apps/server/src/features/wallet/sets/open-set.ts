import { type Result, refuse, succeed } from '@tessera/contract';
import { newUuid } from '../../../platform/crypto/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { followDesign } from '../apple/latest-pass.ts';
import { issuePass } from '../issue-pass.ts';
import { type PassRecord, sameCardAs } from '../model.ts';
import { selectPass, selectPassOfAccount } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import { type PassSet, SET_CARDS_MAX, type SetLink } from './model.ts';
import { insertLink, selectLink, selectLinkOf, selectLivingPasses, selectSet } from './sets.store.ts';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The programme of an account; null: there is none. Told by compose.ts, which knows accounts. */
export type ProgrammeOfAccount = (tenant: Tenant, accountId: number) => Promise<number | null>;

/**
 * Gives a guest the link to a set, or to all his cards (`setId` null); asked again, the same one. Cards are made when it
 * is opened. Refuses `pass_bundle_not_found` (also for an archived set without a link) and `account_not_found` (also
 * when the account is of another programme than the set).
 */
export async function giveSetLink(
  wallet: Wallet,
  tenant: Tenant,
  { setId, accountId }: { setId: number | null; accountId: number },
  programmeOfAccount: ProgrammeOfAccount,
): Promise<Result<SetLink>> {
  const known = await selectLinkOf(tenant, setId, accountId);
  if (known) return succeed(known);
  const set = setId === null ? null : await selectSet(tenant, tenant.companyId, setId);
  if (setId !== null && (!set || set.archivedAt !== null)) return refuse('pass_bundle_not_found');
  const programmeId = await programmeOfAccount(tenant, accountId);
  if (programmeId === null || (set && set.programmeId !== programmeId)) return refuse('account_not_found');
  const guid = newUuid(wallet.random);
  await wallet.directory.enter('pass_set', guid, tenant.companyId);
  const isNew = await insertLink(tenant, { guid, setId, accountId }, wallet.clock.now());
  if (!isNew) await wallet.directory.remove('pass_set', guid);
  return succeed((await selectLinkOf(tenant, setId, accountId))!);
}

export type OpenedSet = {
  readonly tenant: Tenant;
  readonly link: SetLink;
  /** null: all cards of the guest. */
  readonly set: PassSet | null;
  /** In the order of the set, none twice, none voided, each of its design's newest revision; at most ten. */
  readonly passes: readonly PassRecord[];
};

/**
 * What is behind a guest's link; whoever knows it may have the cards. Missing ones are made now, unless the set is
 * archived; a card whose certificate is over is left out. null: no such link, or no card behind it.
 */
export async function openSet(wallet: Wallet, guid: string): Promise<OpenedSet | null> {
  const key = guid.toLowerCase();
  const companyId = GUID.test(key) ? await wallet.directory.find('pass_set', key) : null;
  if (companyId === null) return null;
  const tenant = wallet.database.tenant(companyId);
  const link = await selectLink(tenant, key);
  if (!link) return null;
  const set = link.setId === null ? null : await selectSet(tenant, companyId, link.setId);
  const found = set ? await passesOfSet(wallet, tenant, set, link.accountId) : await allPasses(tenant, link.accountId);
  const passes: PassRecord[] = [];
  for (const pass of found) {
    // Designs that levels name are one card.
    if (pass.voided || passes.some(({ passId }) => passId === pass.passId)) continue;
    passes.push(await followDesign(wallet, { tenant, pass }));
  }
  return passes.length === 0 ? null : { tenant, link, set, passes };
}

async function passesOfSet(wallet: Wallet, tenant: Tenant, set: PassSet, accountId: number): Promise<PassRecord[]> {
  const passes: PassRecord[] = [];
  for (const designId of set.designIds) {
    const pass = await passOfDesign(wallet, tenant, { designId, accountId, isNewWanted: set.archivedAt === null });
    if (pass) passes.push(pass);
  }
  return passes;
}

async function passOfDesign(
  wallet: Wallet,
  tenant: Tenant,
  { designId, accountId, isNewWanted }: { designId: number; accountId: number; isNewWanted: boolean },
): Promise<PassRecord | null> {
  const { companyId } = tenant;
  if (!isNewWanted) {
    const subject = await wallet.loadSubject(tenant, accountId);
    return selectPassOfAccount(tenant, companyId, accountId, sameCardAs(designId, subject));
  }
  const issued = await issuePass(wallet, tenant, { accountId, designId });
  if (issued.ok) return issued.value;
  wallet.log.warn({ companyId, designId, code: issued.refusal.code }, 'a card of a set could not be made');
  return null;
}

async function allPasses(tenant: Tenant, accountId: number): Promise<PassRecord[]> {
  const passes: PassRecord[] = [];
  for (const passId of await selectLivingPasses(tenant, accountId, SET_CARDS_MAX)) {
    const pass = await selectPass(tenant, tenant.companyId, passId);
    if (pass) passes.push(pass);
  }
  return passes;
}
