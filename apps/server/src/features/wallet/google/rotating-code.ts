import type { Tenant } from '../../../platform/database/index.ts';
import type { PassRecord } from '../model.ts';
import { selectDesign } from '../store/designs.ts';
import { selectPassesBySerial } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import { burnStep, selectObject } from './objects.store.ts';
import { stepAt, totp } from './totp.ts';

export const TOTP_DIGITS = 8;
export const ROTATION_KEY_BYTES = 20;

/** What a rotating key is sealed for. */
export const rotationContext = (companyId: number, passId: number): string => `google-rotation:${companyId}:${passId}`;

const CODE = /^L1:([^:]{1,64}):(\d{1,12}):(\d{8})$/;

/** What Google writes into the code: our mark, the card, when it was drawn, the value of the period. */
export const rotatingPattern = (serial: string): string => `L1:${serial}:{totp_timestamp_seconds}:{totp_value_0}`;

/**
 * The card behind a code of Google Wallet that changes by the clock. It counts in its period and the ones beside it, and
 * no longer once a later one was taken. `undefined`: no code of this kind; null: a wrong one.
 */
export async function cardOfGoogleCode(
  wallet: Wallet,
  tenant: Tenant,
  code: string,
): Promise<{ card: PassRecord; worth: 'full' | 'old'; expiresAt: string | undefined } | null | undefined> {
  const match = CODE.exec(code);
  if (!match) return undefined;
  const [, serial = '', drawnAt = '', value = ''] = match;
  let old: PassRecord | null = null;
  for (const pass of await selectPassesBySerial(tenant, tenant.companyId, serial)) {
    if (pass.voided) continue;
    const counts = await judgeValue(wallet, tenant, pass, { value, drawnAt: Number(drawnAt) });
    if (counts === 'counts') return { card: pass, worth: 'full', expiresAt: pass.snapshot.expiresAt };
    if (counts === 'old') old = pass;
  }
  return old && { card: old, worth: 'old', expiresAt: old.snapshot.expiresAt };
}

async function judgeValue(
  wallet: Wallet,
  tenant: Tenant,
  pass: PassRecord,
  { value, drawnAt }: { value: string; drawnAt: number },
): Promise<'counts' | 'old' | 'wrong'> {
  const { companyId } = tenant;
  const object = await selectObject(tenant, pass.passId);
  const design = object && (await selectDesign(tenant, companyId, pass.designId));
  const period = design?.body.google?.rotatingSeconds;
  if (!object?.rotationKeySealed || period === undefined) return 'wrong';
  const key = wallet.vault.open(object.rotationKeySealed, rotationContext(companyId, pass.passId));
  const current = stepAt(wallet.clock.now(), period);
  const step = [current, current - 1n, current + 1n].find((one) => totp(key, one, TOTP_DIGITS) === value);
  if (step !== undefined) return (await burnStep(tenant, pass.passId, step)) ? 'counts' : 'old';
  // It says itself when it was drawn: genuine then, it is a picture now.
  const then = BigInt(Math.floor(drawnAt / period));
  return then < current && totp(key, then, TOTP_DIGITS) === value ? 'old' : 'wrong';
}
