import type { TillSettings } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import type { Queryable, Tenant } from '../../../platform/database/index.ts';
import { DEFAULT_TILL_SETTINGS } from './model.ts';
import { selectTillSettings, upsertTillSettings } from './settings.store.ts';

/** How codes are made and asked for at a company; what nobody has set is as by default. */
export const tillSettingsOf = (tenant: Tenant): Promise<TillSettings> => tillSettingsIn(tenant, tenant.companyId);

/** The same inside a transaction. */
export async function tillSettingsIn(queryable: Queryable, companyId: number): Promise<TillSettings> {
  const set = await selectTillSettings(queryable, companyId);
  const standard = DEFAULT_TILL_SETTINGS;
  if (!set) return standard;
  return {
    pin: { ...standard.pin, ...set.pin },
    card: { ...standard.card, ...set.card },
    limits: { ...standard.limits, ...set.limits },
    wrong: { ...standard.wrong, ...set.wrong },
  };
}

/** Changes them for codes made from now on; those that live keep their end and their tries. */
export async function saveTillSettings(
  platform: Pick<Platform, 'clock'>,
  tenant: Tenant,
  settings: TillSettings,
): Promise<TillSettings> {
  await upsertTillSettings(tenant, settings, platform.clock.now());
  return settings;
}
