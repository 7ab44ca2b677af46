import {
  DEFAULT_REFERRAL_SETTINGS,
  parseReferralSettings,
  type ReferralSettings,
  referralSettingsToJson,
} from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { programmeSettings } from '../programme-settings.ts';
import { selectProgrammeOfGroup } from './settings.store.ts';

/** How a programme rewards guests who bring others; referrals that have begun keep their settings. */
export const {
  stored: storedReferralSettings,
  of: referralSettingsOf,
  save: saveReferralSettings,
} = programmeSettings('referral_settings', {
  unset: DEFAULT_REFERRAL_SETTINGS,
  parse: parseReferralSettings,
  toJson: referralSettingsToJson,
});

/** The same of the programme that a group's accounts belong to. */
export async function referralSettingsOfGroup(tenant: Tenant, groupId: number): Promise<ReferralSettings | null> {
  const programmeId = await selectProgrammeOfGroup(tenant, groupId);
  return programmeId === null ? null : referralSettingsOf(tenant, programmeId);
}
