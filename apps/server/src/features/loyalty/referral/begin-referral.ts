import { attributedTouch, beginReferral, DEFAULT_REFERRAL_SETTINGS, type RegistrationFacts } from '@tessera/loyalty';
import type { Queryable, Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { deviceHash, noteVisit, phoneHash } from './invite.ts';
import { insertReferral, type NewReferral } from './referrals.store.ts';
import { referralSettingsOf } from './settings.ts';
import { insertDevice, selectAccountsOfDevice, selectTouches } from './touches.store.ts';

/** What a registration says of how its guest came. */
export type CameBy = {
  /** A code that is told right now; one from a link has been noted before, see `noteVisit`. */
  code?: string | undefined;
  /** A random name that the guest's browser keeps. */
  device?: string | undefined;
};

/** Whose account an identifier of the guest leads to already. */
export type KnownAs = { accountId: number; by: 'phone' | 'other' };

/** What is to be written with the account, once its number is known. */
export type PreparedReferral = {
  begun: Omit<NewReferral, 'accountId'> | null;
  deviceHash: Buffer | null;
};

/** Finds who has brought a guest, and decides whether it counts. Writes nothing but a code that is told right now. */
export async function prepareReferral(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  guest: { programmeId: number; phone: string | null; cameBy: CameBy; known: KnownAs | null },
): Promise<PreparedReferral> {
  const { phone, cameBy, programmeId, known } = guest;
  const device = cameBy.device === undefined ? null : deviceHash(platform, tenant, cameBy.device);
  if (phone === null) return { begun: null, deviceHash: device };
  if (cameBy.code !== undefined) await noteVisit(platform, tenant, { ...cameBy, code: cameBy.code, phone });
  const touches = await selectTouches(tenant, phoneHash(platform, tenant, phone));
  if (touches.length === 0) return { begun: null, deviceHash: device };
  const settings = (await referralSettingsOf(tenant, programmeId)) ?? DEFAULT_REFERRAL_SETTINGS;
  const now = platform.clock.now();
  const timed = touches.map((touch) => ({ ...touch, at: touch.at.epochMilliseconds, touchedAt: touch.at }));
  const counted = attributedTouch(timed, settings, now.epochMilliseconds);
  const touch = counted ?? timed[0]!;
  const facts: RegistrationFacts = {
    sameProgramme: touch.programmeId === programmeId,
    touchCounts: counted !== null,
    known: known && { referrer: known.accountId === touch.accountId, by: known.by },
    device: device === null ? 'unknown' : await deviceOf(tenant, device, touch.accountId),
  };
  const referral = beginReferral(settings, facts, now.epochMilliseconds);
  const { touchedAt } = touch;
  return { begun: { programmeId, referrerAccountId: touch.accountId, touchedAt, referral }, deviceHash: device };
}

async function deviceOf(tenant: Tenant, hash: Buffer, referrerAccountId: number): Promise<RegistrationFacts['device']> {
  const accounts = await selectAccountsOfDevice(tenant, hash);
  if (accounts.includes(referrerAccountId)) return 'referrer';
  return accounts.length > 0 ? 'somebody' : 'new';
}

/** Writes it, in the transaction that opens the account or by itself for a known one. */
export async function writePrepared(
  queryable: Queryable,
  companyId: number,
  { begun, deviceHash: hash }: PreparedReferral,
  { accountId, now }: { accountId: number; now: Temporal.Instant },
): Promise<void> {
  if (begun) await insertReferral(queryable, companyId, { ...begun, accountId }, now);
  if (hash) await insertDevice(queryable, companyId, { deviceHash: hash, accountId }, now);
}
