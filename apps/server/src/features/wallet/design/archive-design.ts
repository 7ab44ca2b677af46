import { type Result, refuse, succeed } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { updateArchived } from './designs.store.ts';

/** Who gives a design out: names of forms and levels. Told by compose.ts, which knows them. */
export type UsersOfDesign = (tenant: Tenant, designId: number) => Promise<readonly string[]>;

/**
 * Takes a design out of use: no new cards, and in no list unless asked for. Cards that were issued live on.
 * Refuses `not_found` and `design_in_use`: a form that gives it out would lead its guests nowhere.
 */
export async function archiveDesign(
  platform: Platform,
  tenant: Tenant,
  { designId, usersOf }: { designId: number; usersOf: UsersOfDesign },
): Promise<Result<{ designId: number }>> {
  const users = await usersOf(tenant, designId);
  if (users.length > 0) return refuse('design_in_use', { users: users.join(', ') });
  const there = await updateArchived(tenant, designId, platform.clock.now());
  return there ? succeed({ designId }) : refuse('not_found');
}

/** Refuses `not_found`. */
export async function restoreDesign(tenant: Tenant, designId: number): Promise<Result<{ designId: number }>> {
  return (await updateArchived(tenant, designId, null)) ? succeed({ designId }) : refuse('not_found');
}
