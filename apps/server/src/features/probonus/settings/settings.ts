import type { ProbonusCredentials, ProbonusShadow, SaveProbonus } from '@tessera/contract';
import type { Platform } from '../../../platform/context.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { DEFAULT_MAPPING, isDefault, type Mapping } from '../mapping/model.ts';
import { type MappingProblem, parseMapping } from '../mapping/parse-mapping.ts';
import { isForbiddenHost } from '../shadow/addresses.ts';
import { type StoredSettings, selectSettings, upsertSettings } from './store.ts';

export type Settings = {
  readonly mapping: Mapping;
  readonly shadow: ProbonusShadow | null;
  readonly credentials: ProbonusCredentials | null;
};

/** What a call has to mind: null for what is usual, so that nothing is asked and nothing is touched. */
export type Manner = { readonly mapping: Mapping | null; readonly mirror: Settings | null };
const USUAL: Manner = { mapping: null, mirror: null };

const contextOf = ({ companyId }: Tenant): string => `probonus_settings:${companyId}`;

export async function settingsOf({ vault }: Pick<Platform, 'vault'>, tenant: Tenant): Promise<Settings> {
  const stored = await selectSettings(tenant);
  if (!stored) return { mapping: DEFAULT_MAPPING, shadow: null, credentials: null };
  const { shadow, credentialsSealed } = stored;
  return {
    mapping: mappingOf(stored),
    shadow,
    credentials: credentialsSealed && JSON.parse(vault.open(credentialsSealed, contextOf(tenant)).toString()),
  };
}

function mappingOf({ mapping }: StoredSettings): Mapping {
  const parsed = parseMapping(mapping);
  if (parsed.ok) return parsed.mapping;
  throw new Error(`A stored field mapping cannot be read: ${parsed.problems.map(({ path }) => path).join(', ')}`);
}

export type Saved = { ok: true } | { ok: false; problems: readonly MappingProblem[] } | { ok: false; address: true };

/** Changes what is told and leaves the rest. Refuses a mapping with everything that is wrong with it, and an address. */
export async function saveSettings(platform: Platform, tenant: Tenant, change: SaveProbonus): Promise<Saved> {
  const known = (await selectSettings(tenant)) ?? { mapping: DEFAULT_MAPPING, shadow: null, credentialsSealed: null };
  const parsed = parseMapping(change.mapping ?? known.mapping);
  if (!parsed.ok) return parsed;
  const { shadow = known.shadow, credentials } = change;
  if (shadow && !isUsable(shadow.url, platform.publicUrl)) return { ok: false, address: true };
  const sealed = credentials && platform.vault.seal(JSON.stringify(credentials), contextOf(tenant));
  const credentialsSealed = credentials === undefined ? known.credentialsSealed : (sealed ?? null);
  await upsertSettings(tenant, { mapping: parsed.mapping, shadow, credentialsSealed }, platform.clock.now());
  return { ok: true };
}

/** An address of another server: http or https, without a name and a password in it, and not our own. */
function isUsable(text: string, publicUrl: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const plain = !url.username && !url.password && !url.search && !url.hash;
  const web = url.protocol === 'http:' || url.protocol === 'https:';
  return plain && web && url.origin !== new URL(publicUrl).origin && !isForbiddenHost(url.hostname);
}

/** How long a change of these settings may stay unseen by a running process. */
const REMEMBERED_MILLISECONDS = 10_000;
type Remembered = { manner: Manner; until: number };

/** Knows the manners of companies: they are asked for at every call. */
export function createManners(platform: Pick<Platform, 'vault'>) {
  const remembered = new Map<number, Remembered>();
  const read = async (tenant: Tenant): Promise<Manner> => {
    const settings = await settingsOf(platform, tenant);
    const mapping = isDefault(settings.mapping) ? null : settings.mapping;
    const mirror = settings.shadow?.on ? settings : null;
    const manner = mapping || mirror ? { mapping, mirror } : USUAL;
    remembered.set(tenant.companyId, { manner, until: performance.now() + REMEMBERED_MILLISECONDS });
    return manner;
  };
  return {
    /** What is remembered, without waiting; null when it has to be read. */
    known(tenant: Tenant): Manner | null {
      const known = remembered.get(tenant.companyId);
      return known && known.until > performance.now() ? known.manner : null;
    },
    read,
    forget: (tenant: Tenant) => remembered.delete(tenant.companyId),
  };
}
export type Manners = ReturnType<typeof createManners>;
