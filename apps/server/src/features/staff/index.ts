import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { Role } from './model.ts';
import { hashPassword } from './passwords.ts';
import { insertUser, updatePassword } from './store.ts';

export {
  type ApiClients,
  addPermanentToken,
  CONFIGURED_TOKEN,
  createApiClients,
  issueTokenPair,
  keepConfiguredToken,
  logInToApi,
  refreshTokenPair,
  type TokenPair,
} from './api-tokens.ts';
export type { ApiClient, Role, User } from './model.ts';
export { stationTokenOf, tokenOf } from './request-token.ts';
export { createDoor, staffRoutes } from './routes.ts';
export { isTrivialPin, type Station } from './stations/model.ts';
export { type FoundStation, findStation } from './stations/pair-station.ts';
export { staffMemberRoutes } from './stations/staff.routes.ts';
export { stationsRoutes } from './stations/stations.routes.ts';
export { prolongStay } from './store.ts';

/** Adds a user; false when the e-mail address belongs to a user of another company. */
export async function addUser(
  platform: Platform,
  tenant: Tenant,
  user: { email: string; name: string; role: Role; password: string },
): Promise<boolean> {
  const email = user.email.trim().toLowerCase();
  if (!(await platform.directory.enter('email', email, tenant.companyId))) return false;
  const passwordHash = await hashPassword(user.password);
  await insertUser(tenant, { email, name: user.name, role: user.role, passwordHash, now: platform.clock.now() });
  return true;
}

/** Gives a user a new password and ends all of his sessions; false when there is no such user. */
export async function changePassword(
  platform: Pick<Platform, 'database' | 'directory'>,
  email: string,
  password: string,
): Promise<boolean> {
  const address = email.trim().toLowerCase();
  const companyId = await platform.directory.find('email', address);
  if (companyId === null) return false;
  return updatePassword(platform.database.tenant(companyId), address, await hashPassword(password));
}
