import type { PassSummary } from '@tessera/contract';
import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { PassInTenant } from './apple/authenticate-pass.ts';
import { pictureOfPass } from './render-pass.ts';
import { selectPassByGuid, selectSummaries } from './store/passes.ts';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The card behind a public address; whoever knows the guid may see the card. null: nobody's, or deleted. */
export async function findPassByGuid(
  platform: Pick<Platform, 'directory' | 'database'>,
  guid: string,
): Promise<PassInTenant | null> {
  const key = guid.toLowerCase();
  if (!GUID.test(key)) return null;
  const companyId = await platform.directory.find('pass', key);
  if (companyId === null) return null;
  const tenant = platform.database.tenant(companyId);
  const pass = await selectPassByGuid(tenant, companyId, key);
  return pass && !pass.deletedAt ? { tenant, pass } : null;
}

/** The cards of an account, oldest first, for its page in the console. */
export async function passesOfAccount(tenant: Tenant, accountId: number): Promise<PassSummary[]> {
  const rows = await selectSummaries(tenant, tenant.companyId, accountId);
  const summaries = rows.map(
    async (row): Promise<PassSummary> => ({
      serial: row.serial,
      guid: row.guid,
      designId: row.design_id,
      designName: row.design_name,
      devices: row.devices,
      version: row.content_version,
      updatedAt: row.last_modified.toString(),
      voided: row.voided,
      picture: await pictureOfPass(tenant, (await selectPassByGuid(tenant, tenant.companyId, row.guid))!),
    }),
  );
  return Promise.all(summaries);
}
