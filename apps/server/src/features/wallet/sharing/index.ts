/** Cards on many devices, and cards that may be shared: what the rest of this feature, and its face, take from here. */
import type { Tenant } from '../../../platform/database/index.ts';
import type { PassRecord } from '../model.ts';
import { selectDesign } from '../store/designs.ts';
import { countDevices, selectDevicesMax } from './sharing.store.ts';

export { replaceCard } from './replace-card.ts';
export { sharingRoutes } from './sharing.routes.ts';

/** On how many devices a card is, and how many the company thinks right. */
export async function sharingOfPass(
  tenant: Tenant,
  pass: PassRecord,
): Promise<{ devices: number; devicesMax: number }> {
  const [devices, devicesMax] = await Promise.all([
    countDevices(tenant, tenant.companyId, pass),
    selectDevicesMax(tenant),
  ]);
  return { devices, devicesMax };
}

/** Whether its guest may pass a card on: its page offers that, and Apple's share button is there, only then. */
export async function maySharePass(tenant: Tenant, { designId, voided }: PassRecord): Promise<boolean> {
  const design = voided ? null : await selectDesign(tenant, tenant.companyId, designId);
  return design !== null && !design.body.sharingProhibited;
}
