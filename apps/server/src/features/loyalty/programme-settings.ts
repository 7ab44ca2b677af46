import { type Result, refuse, succeed } from '@tessera/contract';
import type { RulesProblem } from '@tessera/loyalty';
import type { Tenant } from '../../platform/database/index.ts';
import type { LoyaltyPlatform } from './loyalty-platform.ts';
import { type SettingsTable, selectProgrammeSettings, upsertProgrammeSettings } from './programme-settings.store.ts';

type Parsed<Settings> =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly RulesProblem[] };

export type ProgrammeSettings<Settings> = {
  /** Reads settings that this program has written itself; anything wrong is a defect. */
  stored(body: unknown): Settings;
  /** The settings of a programme: switched off where nobody has set any; null for a programme that does not exist. */
  of(tenant: Tenant, programmeId: number): Promise<Settings | null>;
  /**
   * Changes the settings of a programme.
   * @returns programme_not_found; settings_invalid with the path of the first contradiction
   */
  save(platform: LoyaltyPlatform, tenant: Tenant, programmeId: number, json: unknown): Promise<Result<Settings>>;
};

/** Settings that a programme has beside its rules, in a table of their own. */
export function programmeSettings<Settings>(
  table: SettingsTable,
  kind: { unset: Settings; parse(json: unknown): Parsed<Settings>; toJson(settings: Settings): unknown },
): ProgrammeSettings<Settings> {
  const stored = (body: unknown): Settings => {
    const parsed = kind.parse(body);
    if (parsed.ok) return parsed.settings;
    throw new Error(`A row of ${table} cannot be read: ${parsed.problems.map(({ path }) => path).join(', ')}`);
  };
  return {
    stored,
    async of(tenant, programmeId) {
      const found = await selectProgrammeSettings(tenant, table, programmeId);
      if (!found) return null;
      return found.body === null ? kind.unset : stored(found.body);
    },
    async save(platform, tenant, programmeId, json) {
      const parsed = kind.parse(json);
      if (!parsed.ok) {
        const { path, expected } = parsed.problems[0]!;
        return refuse('settings_invalid', { path, expected });
      }
      if (!(await selectProgrammeSettings(tenant, table, programmeId))) return refuse('programme_not_found');
      const { settings } = parsed;
      const body = kind.toJson(settings);
      await upsertProgrammeSettings(tenant, table, { programmeId, body, now: platform.clock.now() });
      return succeed(settings);
    },
  };
}
