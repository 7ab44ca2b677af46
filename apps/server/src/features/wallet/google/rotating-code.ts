import type { Tenant } from '../../../platform/database/index.ts';
import { type EventCard, noteEvent } from '../../journal/index.ts';
import type { PassRecord } from '../model.ts';
import { selectCardOfCode } from '../store/account-of-card.ts';
import { selectDesign } from '../store/designs.ts';
import { selectPassesBySerial } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import { burnStep, selectObject } from './objects.store.ts';
import { stepAt, totp } from './totp.ts';

export const TOTP_DIGITS = 8;
export const ROTATION_KEY_BYTES = 20;

/** What a rotating key is sealed for. */
export const rotationContext = (companyId: number, passId: number): string => `google-rotation:${companyId}:${passId}`;

const CODE = /^L1:([0-9A-Z]{1,64}):(\d{1,12}):(\d{8})$/;

/** What Google writes into the code: our mark, the card, when it was drawn, the value of the period. */
export const rotatingPattern = (serial: string): string => `L1:${serial}:{totp_timestamp_seconds}:{totp_value_0}`;

/**
 * The account behind a code that a till has read: a card's number, or a changing code of Google Wallet. A changing code
 * counts in its period and the ones beside it, and no longer once a later one was taken.
 */
export async function accountOfCode(wallet: Wallet, tenant: Tenant, code: string): Promise<number | null> {
  const card = await cardOfCode(wallet, tenant, code);
  if (card) noteEvent(wallet, tenant, { kind: 'card_scanned', card });
  return card && card.accountId;
}

async function cardOfCode(wallet: Wallet, tenant: Tenant, code: string): Promise<EventCard | null> {
  const match = CODE.exec(code);
  if (!match) return selectCardOfCode(tenant, code);
  const [, serial = '', , value = ''] = match;
  for (const pass of await selectPassesBySerial(tenant, tenant.companyId, serial)) {
    if (!pass.voided && (await isValueOf(wallet, tenant, pass, value))) return pass;
  }
  return null;
}

async function isValueOf(wallet: Wallet, tenant: Tenant, pass: PassRecord, value: string): Promise<boolean> {
  const { companyId } = tenant;
  const object = await selectObject(tenant, pass.passId);
  const design = object && (await selectDesign(tenant, companyId, pass.designId));
  const period = design?.body.google?.rotatingSeconds;
  if (!object?.rotationKeySealed || period === undefined) return false;
  const key = wallet.vault.open(object.rotationKeySealed, rotationContext(companyId, pass.passId));
  const current = stepAt(wallet.clock.now(), period);
  const step = [current, current - 1n, current + 1n].find((one) => totp(key, one, TOTP_DIGITS) === value);
  return step !== undefined && (await burnStep(tenant, pass.passId, step));
}
