import { timingSafeEqual } from 'node:crypto';
import { type Result, refuse, succeed, type TillSettings } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import { newUuid } from '../../../platform/crypto/index.ts';
import type { Tenant, TenantTransaction } from '../../../platform/database/index.ts';
import {
  countPhoneCodes,
  deleteOldCodes,
  insertCode,
  lockCodes,
  selectCodeState,
  takeTry,
  useCode,
} from './codes.store.ts';
import { CODES_KEPT_HOURS, hashCode, randomDigits } from './hash-code.ts';
import { tillSettingsOf } from './settings.ts';

export type IssuedCode = { codeId: string; code: string; expiresAt: Temporal.Instant };

/**
 * Makes a code that proves a phone, to be sent by the caller; only its keyed hash is kept.
 * @param address the asker's network address, for the limit on it
 * @returns the code, or code_too_often with the seconds to wait
 */
export async function issuePhoneCode(
  platform: Platform,
  tenant: Tenant,
  { phone, address }: { phone: string; address: string | null },
): Promise<Result<IssuedCode>> {
  const settings = await tillSettingsOf(tenant);
  const code = randomDigits(platform.random, settings.pin.digits);
  const made = await keepPhoneCode(platform, tenant, settings, {
    purpose: 'register',
    phone,
    address,
    accountId: null,
    asker: null,
    hashOf: (codeId) => hashCode(platform.vault, codeId, code),
  });
  return made.ok ? succeed({ codeId: made.value.codeId, code, expiresAt: made.value.expiresAt }) : made;
}

export type KeptCode = { codeId: string; number: bigint; expiresAt: Temporal.Instant };

/** Writes a code of a phone down, if it is not asked for too often; `further` is written in the same transaction. */
export async function keepPhoneCode(
  platform: Platform,
  tenant: Tenant,
  settings: TillSettings,
  wish: {
    purpose: 'register' | 'till_pin';
    phone: string;
    address: string | null;
    accountId: number | null;
    asker: string | null;
    hashOf: (codeId: string) => Buffer;
    further?: (transaction: TenantTransaction, codeId: string) => Promise<void>;
  },
): Promise<Result<KeptCode>> {
  const now = platform.clock.now();
  const { purpose, phone, address, accountId, asker } = wish;
  const { pin, limits } = settings;
  const codeId = newUuid(platform.random);
  const expiresAt = now.add({ minutes: pin.lifetimeMinutes });
  return tenant.transaction(async (transaction) => {
    await lockCodes(transaction, phone);
    const since = now.subtract({ hours: 1 });
    const counts = await countPhoneCodes(transaction, { phone, address, asker, since });
    const pause = counts.newest ? counts.newest.add({ seconds: pin.pauseSeconds }) : now;
    if (Temporal.Instant.compare(pause, now) > 0) {
      return refuse('code_too_often', { seconds: Math.ceil(now.until(pause).total('seconds')) });
    }
    const full =
      counts.phone >= limits.perPhone ||
      counts.address >= limits.perAddress ||
      counts.asker >= limits.perStation ||
      counts.company >= limits.perCompany;
    if (full) return refuse('code_too_often', { seconds: 3_600 });
    await deleteOldCodes(transaction, now.subtract({ hours: CODES_KEPT_HOURS }));
    const codeHash = wish.hashOf(codeId);
    const kept = { codeId, purpose, phone, accountId, asker, codeHash, lookup: null, digits: null, address };
    const number = await insertCode(transaction, { ...kept, tries: pin.tries, createdAt: now, expiresAt });
    await wish.further?.(transaction, codeId);
    return succeed({ codeId, number, expiresAt });
  });
}

/**
 * Checks a code once. A right code is used up; of two right answers at once one wins.
 * @returns the proven phone, or code_wrong (with tries left), code_spent, code_expired (with `used` when it had served)
 */
export async function confirmPhoneCode(
  platform: Platform,
  tenant: Tenant,
  { codeId, code }: { codeId: string; code: string },
): Promise<Result<{ phone: string; accountId: number | null }>> {
  const now = platform.clock.now();
  const { companyId } = tenant;
  const taken = await takeTry(tenant, companyId, codeId, now);
  if (!taken) {
    const state = await selectCodeState(tenant, companyId, codeId);
    if (state?.used) return refuse('code_expired', { used: true });
    return refuse(state?.triesLeft === 0 ? 'code_spent' : 'code_expired');
  }
  const given = hashCode(platform.vault, codeId, code.replace(/\D/g, ''));
  if (!timingSafeEqual(given, taken.codeHash)) {
    return taken.triesLeft === 0 ? refuse('code_spent') : refuse('code_wrong', { triesLeft: taken.triesLeft });
  }
  return (await useCode(tenant, companyId, codeId, now))
    ? succeed({ phone: taken.phone, accountId: taken.accountId })
    : refuse('code_expired', { used: true });
}
