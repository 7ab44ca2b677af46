import { type Result, refuse, succeed } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { rulesIdAt } from '../model.ts';
import type { Programme, PublicationRow, PublicationState, Version } from './model.ts';
import { selectProgramme, selectPublications } from './programmes.store.ts';

/** The history of a programme's rules, newest first. */
export async function listVersions(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  query: { programmeId: number; before: number | null; limit: number },
): Promise<Result<Version[]>> {
  const programme = await selectProgramme(tenant, query.programmeId);
  if (!programme) return refuse('programme_not_found');
  const now = platform.clock.now();
  const rows = await selectPublications(tenant, query);
  const versions = rows.map(
    async (row): Promise<Version> => ({
      ...row,
      state: stateOf(row, programme, now),
      rules: await platform.rules.version(tenant, row.rulesId),
      previous: row.previousRulesId === null ? null : await platform.rules.version(tenant, row.previousRulesId),
    }),
  );
  return succeed(await Promise.all(versions));
}

function stateOf(row: PublicationRow, { rules }: Programme, now: Temporal.Instant): PublicationState {
  if (row.withdrawn) return 'withdrawn';
  if (row.rulesId === rulesIdAt(rules, now)) return 'live';
  return Temporal.Instant.compare(now, row.effectiveAt) < 0 ? 'scheduled' : 'past';
}
