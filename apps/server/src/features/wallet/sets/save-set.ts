import { type Result, refuse, succeed } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import { isUniqueViolation, type Tenant } from '../../../platform/database/index.ts';
import { selectDesign } from '../store/designs.ts';
import { type PassSet, SET_CARDS_MAX } from './model.ts';
import { insertSet, selectSet, selectSetByName, updateSet } from './sets.store.ts';

type Clocked = Pick<Platform, 'clock'>;

/**
 * Makes a set. Its name is its key: the same name with the same designs answers with the set that there is.
 * Refuses `pass_bundle_exists` (this name, other designs) and `pass_bundle_designs` with why.
 */
export async function createSet(
  { clock }: Clocked,
  tenant: Tenant,
  { name, designIds }: { name: string; designIds: readonly number[] },
): Promise<Result<PassSet>> {
  const programme = await programmeOf(tenant, designIds);
  if (!programme.ok) return programme;
  const wanted = { name: name.trim(), programmeId: programme.value, designIds };
  const setId = await insertSet(tenant, wanted, clock.now());
  const made =
    setId === null
      ? await selectSetByName(tenant, tenant.companyId, name)
      : await selectSet(tenant, tenant.companyId, setId);
  if (!made || String(made.designIds) !== String(designIds)) return refuse('pass_bundle_exists');
  return succeed(made);
}

export type SetChange = { setId: number; name?: string; designIds?: readonly number[]; archived?: boolean };

/**
 * Changes a set. Links that guests have show its cards as they are from now on; an archived one gives no new links, and
 * those that there are open the cards that their guests have. Refuses `pass_bundle_not_found`, `pass_bundle_exists`,
 * `pass_bundle_designs`.
 */
export async function changeSet({ clock }: Clocked, tenant: Tenant, change: SetChange): Promise<Result<PassSet>> {
  const { companyId } = tenant;
  const before = await selectSet(tenant, companyId, change.setId);
  if (!before) return refuse('pass_bundle_not_found');
  const designIds = change.designIds ?? before.designIds;
  const name = change.name?.trim() ?? before.name;
  if (change.designIds) {
    const programme = await programmeOf(tenant, designIds);
    if (!programme.ok) return programme;
    // Its links belong to accounts of this programme.
    if (programme.value !== before.programmeId) return refuse('pass_bundle_designs', { why: 'other_programme' });
  }
  const archived = change.archived ?? before.archivedAt !== null;
  try {
    await updateSet(tenant, { setId: before.setId, name, designIds, archived }, clock.now());
  } catch (error) {
    if (!isUniqueViolation(error, 'pass_bundles_company_id_name_key_key')) throw error;
    return refuse('pass_bundle_exists');
  }
  return succeed((await selectSet(tenant, companyId, before.setId))!);
}

/** The programme that all these designs belong to: a guest's account has its cards in one. */
async function programmeOf(tenant: Tenant, designIds: readonly number[]): Promise<Result<number>> {
  const bad = (why: string): Result<number> => refuse('pass_bundle_designs', { why });
  if (designIds.length === 0 || designIds.length > SET_CARDS_MAX) return bad('count');
  if (new Set(designIds).size < designIds.length) return bad('twice');
  const programmes = new Set<number>();
  for (const designId of designIds) {
    const design = await selectDesign(tenant, tenant.companyId, designId);
    if (!design) return bad('unknown');
    programmes.add(design.programmeId);
  }
  return programmes.size === 1 ? succeed([...programmes][0]!) : bad('other_programme');
}
