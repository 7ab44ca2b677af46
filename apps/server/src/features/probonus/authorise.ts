import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { Request } from '../../platform/http/index.ts';
import type { ApiClients } from '../staff/index.ts';

/** Both ways of the vendor: `Authorization: Bearer …` in any letter case, or `X-Api-Token`. */
export function tokenOf(request: Request): string | null {
  const bearer = /^bearer +(\S{1,1024})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) return bearer;
  const header = request.headers['x-api-token'];
  return typeof header === 'string' && header.length <= 1_024 && header !== '' ? header : null;
}

/** The company that a token opens, or null for a missing, stale or foreign one. */
export async function tenantOf(platform: Platform, clients: ApiClients, request: Request): Promise<Tenant | null> {
  const token = tokenOf(request);
  const client = token ? await clients.find(token) : null;
  return client ? platform.database.tenant(client.companyId) : null;
}
