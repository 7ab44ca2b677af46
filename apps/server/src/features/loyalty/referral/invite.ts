import type { ReferralSettings } from '@tessera/loyalty';
import { newUuid } from '../../../platform/crypto/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { newCode, readCode } from './model.ts';
import { referralSettingsOf, storedReferralSettings } from './settings.ts';
import { insertCode, selectInvitation, selectReferrer, upsertTouch } from './touches.store.ts';

/** What a guest passes on: a code to say, and a link to send. */
export type Invitation = { code: string; url: string; settings: ReferralSettings };

export const deviceHash = (platform: LoyaltyPlatform, tenant: Tenant, device: string): Buffer =>
  platform.vault.keyed('referral-device', `${tenant.companyId}:${device}`);

export const phoneHash = (
  platform: Pick<LoyaltyPlatform, 'vault'>,
  tenant: Pick<Tenant, 'companyId'>,
  phone: string,
): Buffer => platform.vault.keyed('referral-phone', `${tenant.companyId}:${phone}`);

/** The code and link of an account, made when they are first asked for; null while the programme takes no referrals. */
export async function invitationOf(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { accountId, programmeId }: { accountId: number; programmeId: number },
): Promise<Invitation | null> {
  const found = await selectInvitation(platform.database, tenant, { accountId, programmeId });
  const settings = found.settings === null ? null : storedReferralSettings(found.settings);
  if (!settings?.enabled) return null;
  const code = found.code ?? (await makeCode(platform, tenant, accountId));
  return { code, url: `${platform.publicUrl}/r/${code}`, settings };
}

async function makeCode(platform: LoyaltyPlatform, tenant: Tenant, accountId: number): Promise<string> {
  for (;;) {
    const code = newCode(platform.random);
    // The link names no company, so a code is one of a kind in the whole installation.
    const free = (await platform.directory.find('referral', code)) === null;
    if (!free || !(await platform.directory.enter('referral', code, tenant.companyId))) continue;
    const kept = await insertCode(tenant, accountId, code, platform.clock.now());
    if (kept !== code) await platform.directory.remove('referral', code);
    return kept;
  }
}

/** The company behind a code. */
export async function tenantOfCode(platform: LoyaltyPlatform, text: string): Promise<Tenant | null> {
  const code = readCode(text);
  const companyId = code === null ? null : await platform.directory.find('referral', code);
  return companyId === null ? null : platform.database.tenant(companyId);
}

/** A followed link: which programme it invites to, and the touch that the form hands back. */
export type FollowedLink = { code: string; programmeId: number; touchId: string | null };

/**
 * Follows a link and notes it. While the programme takes no referrals the link still leads to the form.
 * @param counted false for programmes that only look at the link
 */
export async function followLink(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  { code: text, counted }: { code: string; counted: boolean },
): Promise<FollowedLink | null> {
  const code = readCode(text);
  const referrer = code === null ? null : await selectReferrer(tenant, code);
  if (code === null || !referrer) return null;
  const { programmeId, accountId } = referrer;
  const settings = await referralSettingsOf(tenant, programmeId);
  if (!counted || !settings?.enabled) return { code, programmeId, touchId: null };
  const touchId = newUuid(platform.random);
  await upsertTouch(tenant, { touchId, accountId, phoneHash: null, deviceHash: null }, platform.clock.now());
  return { code, programmeId, touchId };
}

/** Who typed a code or came by a link. */
export type Visit = {
  code: string;
  /** From the link; a code that was typed has none. */
  touchId?: string | undefined;
  phone: string;
  device?: string | undefined;
};

/** Notes whose phone a touch was, as soon as it is known. An unknown code is nobody's, and nothing is said about it. */
export async function noteVisit(platform: LoyaltyPlatform, tenant: Tenant, visit: Visit): Promise<void> {
  const code = readCode(visit.code);
  const referrer = code === null ? null : await selectReferrer(tenant, code);
  if (!referrer) return;
  const touch = {
    accountId: referrer.accountId,
    phoneHash: phoneHash(platform, tenant, visit.phone),
    deviceHash: visit.device === undefined ? null : deviceHash(platform, tenant, visit.device),
  };
  const now = platform.clock.now();
  const touchId = visit.touchId ?? newUuid(platform.random);
  const kept = await upsertTouch(tenant, { ...touch, touchId }, now);
  // The id belongs to a touch of another referrer: somebody has put two links together.
  if (!kept) await upsertTouch(tenant, { ...touch, touchId: newUuid(platform.random) }, now);
}
