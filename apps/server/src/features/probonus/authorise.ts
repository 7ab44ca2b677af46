import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { Request } from '../../platform/http/index.ts';
import { type ApiClients, tokenOf } from '../staff/index.ts';

/** The company that a token opens, or null for a missing, stale or foreign one. */
export async function tenantOf(platform: Platform, clients: ApiClients, request: Request): Promise<Tenant | null> {
  const token = tokenOf(request);
  const client = token ? await clients.find(token) : null;
  return client ? platform.database.tenant(client.companyId) : null;
}
