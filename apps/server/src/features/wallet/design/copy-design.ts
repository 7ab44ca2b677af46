import { type Result, refuse } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { selectSavedDesign } from './designs.store.ts';
import { addDesign, type Saving } from './save-draft.ts';

/** A new design that looks like another one as it was saved last; it has no cards. Refuses `not_found`, `name_taken`. */
export async function copyDesign(
  platform: Platform,
  tenant: Tenant,
  { designId, name }: { designId: number; name: string },
): Promise<Result<Saving>> {
  const design = await selectSavedDesign(tenant, tenant.companyId, designId);
  if (!design) return refuse('not_found');
  const { programmeId, credentialId, newest } = design;
  return addDesign(platform, tenant, { name, programmeId, credentialId, body: newest.body });
}
