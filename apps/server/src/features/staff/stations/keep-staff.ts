import {
  type NewStaffMember,
  type Result,
  refuse,
  type StaffChange,
  type StaffMember,
  succeed,
} from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import { isUniqueViolation, type Tenant } from '../../../platform/database/index.ts';
import type { Role } from '../model.ts';
import { hashPassword } from '../passwords.ts';
import { isTrivialPin, STAFF_MAX } from './model.ts';
import { hashPin } from './pins.ts';
import {
  insertStaff,
  isNameTaken,
  lockStanding,
  type StaffView,
  selectStaff,
  updateAccess,
  updatePin,
} from './staff.store.ts';

/** Everybody of a company; who is blocked stands last. */
export async function listStaff(platform: Platform, tenant: Tenant): Promise<StaffMember[]> {
  return (await selectStaff(tenant, { now: platform.clock.now(), most: STAFF_MAX })).map(present);
}

/**
 * Adds somebody with an e-mail address and a password, a PIN, or both.
 * @returns staff_needs_email, staff_needs_way_in, pin_trivial, name_taken, email_taken, limit_reached
 */
export async function addStaff(
  platform: Platform,
  tenant: Tenant,
  { name, role, email, password, pin }: NewStaffMember,
): Promise<Result<StaffMember>> {
  if ((email === undefined) !== (password === undefined)) return refuse('staff_needs_way_in');
  if (role === 'owner' && email === undefined) return refuse('staff_needs_email');
  if (email === undefined && pin === undefined) return refuse('staff_needs_way_in');
  if (pin !== undefined && isTrivialPin(pin)) return refuse('pin_trivial');
  const address = email?.trim().toLowerCase() ?? null;
  if (await isNameTaken(tenant, name.trim(), null)) return refuse('name_taken');
  if (address !== null && (await platform.directory.find('email', address)) !== null) return refuse('email_taken');
  const passwordHash = password === undefined ? null : await hashPassword(password);
  if (address !== null && !(await platform.directory.enter('email', address, tenant.companyId))) {
    return refuse('email_taken');
  }
  const user = { name: name.trim(), role, email: address, passwordHash, now: platform.clock.now() };
  const userId = await insertStaff(tenant, user, STAFF_MAX);
  if (userId === 'taken') return refuse('name_taken');
  if (userId === 'email_taken') return refuse('email_taken');
  if (userId === null) {
    if (address !== null) await platform.directory.remove('email', address);
    return refuse('limit_reached');
  }
  if (pin !== undefined) await setPin(platform, tenant, userId, pin);
  return viewStaff(platform, tenant, userId);
}

/** Who changes somebody. */
export type Changer = { userId: number | null; role: string };

/**
 * Changes name, role, PIN or block of somebody.
 * @returns staff_not_found, forbidden (a manager, for others than cashiers), own_access, last_owner, staff_needs_email,
 *   pin_trivial, name_taken
 */
export async function changeStaff(
  platform: Platform,
  tenant: Tenant,
  changer: Changer,
  { userId, ...change }: StaffChange & { userId: number },
): Promise<Result<StaffMember>> {
  const { pin } = change;
  if (pin && isTrivialPin(pin)) return refuse('pin_trivial');
  const before = await viewStaff(platform, tenant, userId);
  if (!before.ok) return before;
  if (!mayChange(changer, { userId, role: before.value.role })) return refuse('forbidden');
  const name = change.name?.trim() ?? null;
  const unblocks = before.value.blocked && change.blocked === false;
  if ((name !== null || unblocks) && (await isNameTaken(tenant, name ?? before.value.name, userId))) {
    return refuse('name_taken');
  }
  const access = { name, role: change.role ?? null, blocked: change.blocked ?? null };
  const changed = await changeAccess(platform, tenant, changer, userId, access);
  if (!changed.ok) return changed;
  if (pin !== undefined) await setPin(platform, tenant, userId, pin);
  return viewStaff(platform, tenant, userId);
}

/** Owners change everybody; managers give PINs to cashiers and to themselves (the route lets them send nothing else). */
const mayChange = (changer: Changer, whom: { userId: number; role: Role }): boolean =>
  changer.role === 'owner' || whom.role === 'cashier' || whom.userId === changer.userId;

async function changeAccess(
  platform: Platform,
  tenant: Tenant,
  changer: Changer,
  userId: number,
  access: { name: string | null; role: Role | null; blocked: boolean | null },
): Promise<Result<null>> {
  if (access.name === null && access.role === null && access.blocked === null) return succeed(null);
  try {
    return await tenant.transaction(async (transaction) => {
      const whom = await lockStanding(transaction, userId);
      if (!whom) return refuse('staff_not_found');
      const role = access.role ?? whom.role;
      const loses = access.blocked === true || role !== whom.role;
      if (loses && userId === changer.userId) return refuse('own_access');
      const stopsToOwn = whom.role === 'owner' && !whom.blocked && (access.blocked === true || role !== 'owner');
      if (stopsToOwn && whom.otherOwners === 0) return refuse('last_owner');
      if (role === 'owner' && whom.email === null) return refuse('staff_needs_email');
      await updateAccess(transaction, userId, access, platform.clock.now());
      return succeed(null);
    });
  } catch (error) {
    if (isUniqueViolation(error, 'users_name_without_email')) return refuse('name_taken');
    throw error;
  }
}

async function setPin(platform: Platform, tenant: Tenant, userId: number, pin: string | null): Promise<void> {
  const whose = { companyId: tenant.companyId, userId };
  const kept = pin === null ? null : hashPin(platform.vault, platform.random, whose, pin);
  await updatePin(tenant, userId, kept);
}

async function viewStaff(platform: Platform, tenant: Tenant, userId: number): Promise<Result<StaffMember>> {
  const [found] = await selectStaff(tenant, { now: platform.clock.now(), most: 1, userId });
  return found ? succeed(present(found)) : refuse('staff_not_found');
}

const present = ({ pinLockedUntil, createdAt, ...view }: StaffView): StaffMember => ({
  ...view,
  pinLockedUntil: pinLockedUntil?.toString() ?? null,
  createdAt: createdAt.toString(),
});
