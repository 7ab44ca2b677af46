import { type Result, refuse, succeed } from '@tessera/contract';
import {
  DEFAULT_REFERRAL_SETTINGS,
  parseReferralSettings,
  type ReferralSettings,
  referralSettingsToJson,
} from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { selectProgrammeOfGroup, selectReferralSettings, upsertReferralSettings } from './settings.store.ts';

/** Reads settings that this program has written itself; anything wrong is a defect. */
export function storedReferralSettings(body: unknown): ReferralSettings {
  const parsed = parseReferralSettings(body);
  if (parsed.ok) return parsed.settings;
  throw new Error(`Stored referral settings cannot be read: ${parsed.problems.map(({ path }) => path).join(', ')}`);
}

/** The settings of a programme: switched off where nobody has set any; null for a programme that does not exist. */
export async function referralSettingsOf(tenant: Tenant, programmeId: number): Promise<ReferralSettings | null> {
  const found = await selectReferralSettings(tenant, programmeId);
  if (!found) return null;
  return found.body === null ? DEFAULT_REFERRAL_SETTINGS : storedReferralSettings(found.body);
}

/** The same of the programme that a group's accounts belong to. */
export async function referralSettingsOfGroup(tenant: Tenant, groupId: number): Promise<ReferralSettings | null> {
  const programmeId = await selectProgrammeOfGroup(tenant, groupId);
  return programmeId === null ? null : referralSettingsOf(tenant, programmeId);
}

/**
 * Changes the settings of a programme. Referrals that have begun keep theirs.
 * @returns programme_not_found; settings_invalid with the path of the first contradiction
 */
export async function saveReferralSettings(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  programmeId: number,
  json: unknown,
): Promise<Result<ReferralSettings>> {
  const parsed = parseReferralSettings(json);
  if (!parsed.ok) {
    const { path, expected } = parsed.problems[0]!;
    return refuse('settings_invalid', { path, expected });
  }
  if (!(await selectReferralSettings(tenant, programmeId))) return refuse('programme_not_found');
  const { settings } = parsed;
  await upsertReferralSettings(tenant, programmeId, referralSettingsToJson(settings), platform.clock.now());
  return succeed(settings);
}
