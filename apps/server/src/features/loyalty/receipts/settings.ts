import { type Result, refuse, succeed } from '@tessera/contract';
import {
  DEFAULT_RECEIPT_SETTINGS,
  parseReceiptSettings,
  type ReceiptSettings,
  receiptSettingsToJson,
} from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { selectReceiptSettings, upsertReceiptSettings } from './settings.store.ts';

/** The settings of a programme: switched off where nobody has set any; null for a programme that does not exist. */
export async function receiptSettingsOf(tenant: Tenant, programmeId: number): Promise<ReceiptSettings | null> {
  const found = await selectReceiptSettings(tenant, programmeId);
  if (!found) return null;
  if (found.body === null) return DEFAULT_RECEIPT_SETTINGS;
  const parsed = parseReceiptSettings(found.body);
  if (parsed.ok) return parsed.settings;
  throw new Error(`Stored receipt settings cannot be read: ${parsed.problems.map(({ path }) => path).join(', ')}`);
}

/**
 * Changes the settings of a programme; receipts that wait are judged by the new ones.
 * @returns programme_not_found; settings_invalid with the path of the first contradiction
 */
export async function saveReceiptSettings(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  programmeId: number,
  json: unknown,
): Promise<Result<ReceiptSettings>> {
  const parsed = parseReceiptSettings(json);
  if (!parsed.ok) {
    const { path, expected } = parsed.problems[0]!;
    return refuse('settings_invalid', { path, expected });
  }
  if (!(await selectReceiptSettings(tenant, programmeId))) return refuse('programme_not_found');
  const { settings } = parsed;
  await upsertReceiptSettings(tenant, programmeId, receiptSettingsToJson(settings), platform.clock.now());
  return succeed(settings);
}
