import { timingSafeEqual } from 'node:crypto';
import { type Result, refuse, succeed } from '@tessera/contract';
import type { Platform } from '../../platform/context.ts';
import { newUuid, type Vault } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { countCodes, deleteOldCodes, insertCode, selectCodeState, takeTry, useCode } from './codes.store.ts';
import { codeLimits } from './model.ts';

export type IssuedCode = { codeId: string; code: string; expiresAt: Temporal.Instant };

const hashCode = (vault: Vault, codeId: string, code: string): Buffer => vault.keyed('phone-code', `${codeId}:${code}`);

/** Long enough to answer a guest's question. */
const CODES_KEPT_HOURS = 24;

/** Digits without bias: bytes that would favour some numbers are thrown away. */
function randomDigits(random: Platform['random'], digits: number): string {
  const bound = 10 ** digits;
  const limit = Math.floor(2 ** 32 / bound) * bound;
  for (;;) {
    const value = random(4).readUInt32BE();
    if (value < limit) return String(value % bound).padStart(digits, '0');
  }
}

/**
 * Makes a code that proves a phone, to be sent by the caller; only its keyed hash is kept.
 * @param address the asker's network address, for the limit on it
 * @returns the code, or code_too_often with the seconds to wait
 */
export async function issuePhoneCode(
  platform: Platform,
  tenant: Tenant,
  { phone, purpose, address }: { phone: string; purpose: string; address: string | null },
): Promise<Result<IssuedCode>> {
  const now = platform.clock.now();
  const codeId = newUuid(platform.random);
  const code = randomDigits(platform.random, codeLimits.digits);
  const expiresAt = now.add({ minutes: codeLimits.lifetimeMinutes });
  return tenant.transaction(async (transaction) => {
    const counts = await countCodes(transaction, { phone, address, since: now.subtract({ hours: 1 }) });
    const pause = counts.newest ? counts.newest.add({ seconds: codeLimits.pauseSeconds }) : now;
    if (Temporal.Instant.compare(pause, now) > 0) {
      return refuse('code_too_often', { seconds: Math.ceil(now.until(pause).total('seconds')) });
    }
    const { perPhoneAnHour, perAddressAnHour, perCompanyAnHour } = codeLimits;
    if (counts.phone >= perPhoneAnHour || counts.address >= perAddressAnHour || counts.company >= perCompanyAnHour) {
      return refuse('code_too_often', { seconds: 3_600 });
    }
    await deleteOldCodes(transaction, now.subtract({ hours: CODES_KEPT_HOURS }));
    const codeHash = hashCode(platform.vault, codeId, code);
    const { tries } = codeLimits;
    await insertCode(transaction, { codeId, phone, purpose, codeHash, tries, address, createdAt: now, expiresAt });
    return succeed({ codeId, code, expiresAt });
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
): Promise<Result<{ phone: string }>> {
  const now = platform.clock.now();
  const taken = await takeTry(tenant, codeId, now);
  if (!taken) {
    const state = await selectCodeState(tenant, codeId);
    if (state?.used) return refuse('code_expired', { used: true });
    return refuse(state?.triesLeft === 0 ? 'code_spent' : 'code_expired');
  }
  const given = hashCode(platform.vault, codeId, code.replace(/\D/g, ''));
  if (!timingSafeEqual(given, taken.codeHash)) {
    return taken.triesLeft === 0 ? refuse('code_spent') : refuse('code_wrong', { triesLeft: taken.triesLeft });
  }
  return (await useCode(tenant, codeId, now))
    ? succeed({ phone: taken.phone })
    : refuse('code_expired', { used: true });
}
