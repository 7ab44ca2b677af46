import { type GuestErasure, type NewErasure, type Result, refuse, succeed } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { readDay } from '../cards/index.ts';
import { deleteErasure, insertErasure, selectErasure, selectForgotten } from '../guests/index.ts';
import { countWhatGoes, describeErasure } from './describe-erasure.ts';
import type { PrivacyPlatform } from './privacy-platform.ts';
import { seeErasureThrough } from './see-erasure-through.ts';

/**
 * Erases a guest: nothing that tells who he was stays, his cards become tombstones, his accounts are closed and stay as
 * accounting. Done twice it answers the same.
 * @returns guest_not_found; deposit_not_empty (money of his own is paid out first); value_invalid (a day to come, or none)
 */
export async function eraseGuest(
  platform: PrivacyPlatform,
  tenant: Tenant,
  { guestId, basis, requestedOn, userId }: NewErasure & { guestId: number; userId: number | null },
): Promise<Result<GuestErasure>> {
  if (!(await selectErasure(tenant, guestId))) {
    const guest = await selectForgotten(tenant, tenant.companyId, guestId);
    if (!guest) return refuse('guest_not_found');
    const { timeZone } = await platform.companies.of(tenant);
    const now = platform.clock.now();
    const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
    const asked = requestedOn === undefined ? today.toString() : readDay(requestedOn, today);
    if (asked === null) return refuse('value_invalid', { field: 'requestedOn', value: String(requestedOn) });
    const { counts, deposit } = await countWhatGoes(platform, tenant, guest);
    if (deposit > 0n) return refuse('deposit_not_empty', { available: String(deposit) });
    await insertErasure(tenant, { ...counts, guestId, basis, requestedOn: asked, userId, startedAt: now });
    platform.wake();
  }
  const through = await seeErasureThrough(platform, tenant, guestId);
  if (!through.ok) {
    // Money has come in meanwhile: nothing of the guest is gone yet.
    await deleteErasure(tenant, guestId);
    return through;
  }
  return succeed((await describeErasure(platform, tenant, guestId))!);
}
