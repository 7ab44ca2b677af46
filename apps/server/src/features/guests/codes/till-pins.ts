import { timingSafeEqual } from 'node:crypto';
import { type Result, refuse, succeed, type TillSettings } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import { selectCodeState, selectRequest, setCodeHash, takeTry, useCode } from './codes.store.ts';
import { companyLimit, phoneLimit, stationLimit, type Tried, tryCode } from './guard-tries.ts';
import { hashCode } from './hash-code.ts';
import { type KeptCode, keepPhoneCode } from './phone-codes.ts';
import { tillSettingsOf } from './settings.ts';

/**
 * Begins to authorise a guest by his phone. For a phone that nobody has the same is written, with a PIN that nobody knows:
 * neither the answer nor its time tells them apart.
 * @param further writes, in the same transaction, that the PIN is to be sent
 * @returns code_too_often
 */
export function beginTillPin(
  platform: Platform,
  tenant: Tenant,
  settings: TillSettings,
  wish: {
    phone: string;
    accountId: number | null;
    asker: string;
    further: (transaction: TenantTransaction, codeId: string) => Promise<void>;
  },
): Promise<Result<KeptCode>> {
  // What the PIN is, is known once a channel has taken it; until then nothing typed is right.
  const hashOf = () => platform.random(32);
  return keepPhoneCode(platform, tenant, settings, { ...wish, purpose: 'till_pin', address: null, hashOf });
}

/** Says what the PIN of a request is, whoever has chosen it. */
export const setTillPin = (platform: Platform, tenant: Tenant, codeId: string, code: string): Promise<void> =>
  setCodeHash(tenant, codeId, hashCode(platform.vault, codeId, code));

/**
 * Exchanges a PIN for the account, once.
 * @param number of the request; null is the newest one of this till
 * @returns code_wrong (with tries left), code_spent, code_expired, codes_wait
 */
export async function confirmTillPin(
  platform: Platform,
  tenant: Tenant,
  { number, pin, asker }: { number: bigint | null; pin: string; asker: string },
): Promise<Result<{ accountId: number; phone: string }>> {
  const settings = await tillSettingsOf(tenant);
  let request: Awaited<ReturnType<typeof selectRequest>> = null;
  return tryCode(
    platform,
    tenant,
    async (transaction) => {
      request = await selectRequest(transaction, { asker, number });
      const phone = request ? [phoneLimit(platform, tenant.companyId, request.phone, settings)] : [];
      return [stationLimit(asker, settings), companyLimit(settings), ...phone];
    },
    (transaction) => tryPin(platform, transaction, request, pin),
  );
}

async function tryPin(
  platform: Platform,
  transaction: TenantTransaction,
  request: { codeId: string } | null,
  pin: string,
): Promise<Tried<{ accountId: number; phone: string }>> {
  if (!request) return { result: refuse('code_expired'), wrong: false };
  const { companyId } = transaction;
  const now = platform.clock.now();
  const taken = await takeTry(transaction, companyId, request.codeId, now);
  if (!taken) {
    const state = await selectCodeState(transaction, companyId, request.codeId);
    if (state?.used) return { result: refuse('code_expired', { used: true }), wrong: false };
    return { result: refuse(state?.triesLeft === 0 ? 'code_spent' : 'code_expired'), wrong: false };
  }
  const given = hashCode(platform.vault, request.codeId, pin.replace(/\D/g, ''));
  const fits = timingSafeEqual(given, taken.codeHash);
  if (!fits || taken.accountId === null) {
    const { triesLeft } = taken;
    return { result: triesLeft === 0 ? refuse('code_spent') : refuse('code_wrong', { triesLeft }), wrong: true };
  }
  await useCode(transaction, companyId, request.codeId, now);
  return { result: succeed({ accountId: taken.accountId, phone: taken.phone }), wrong: false };
}
