import type { SimulationReport } from '@tessera/contract';
import type { PastSale, Rules, Simulation, SimulationResult, VersionTotals } from '@tessera/loyalty';
import { rulesFromJson, startOfDay, startSimulation } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { askedBy } from '../earning/asked.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { selectNames } from '../reads.store.ts';
import {
  countPastAccounts,
  type PastAccount,
  type Period,
  selectPastAccounts,
  selectPastEntries,
  selectPastSales,
  selectTagsOfGuests,
} from './past.store.ts';
import { endSimulation, type SimulationInput, selectSimulation, updateProgress } from './simulations.store.ts';

/** So many accounts are in memory at once, each with its whole history. */
const BATCH = 25;

/**
 * Tries a simulation's rules on the past, a few accounts at a time, with its progress written down. Begun again after a
 * crash it starts from the beginning; done, it does nothing more.
 */
export async function runSimulation(platform: LoyaltyPlatform, tenant: Tenant, simulationId: number): Promise<void> {
  const asked = await selectSimulation(tenant, { simulationId });
  if (!asked || asked.status === 'done' || asked.status === 'failed') return;
  const { programmeId, input } = asked;
  const live = await platform.rules.version(tenant, input.liveRulesId);
  const draft = rulesFromJson({ ...asked.rules, id: 'draft' });
  const period = periodOf(input, live);
  const total = await countPastAccounts(tenant, programmeId, period);
  const simulation = startSimulation({ live, draft }, { upliftBasisPoints: input.upliftBasisPoints });
  const segments = askedBy(live).segments || askedBy(draft).segments;
  let done = 0;
  for (let after = 0; ; ) {
    await updateProgress(tenant, simulationId, { done, total, now: platform.clock.now() });
    const accounts = await selectPastAccounts(tenant, programmeId, period, { after, limit: BATCH });
    await addAccounts(tenant, simulation, accounts, { period, segments });
    done = Math.min(done + accounts.length, total);
    if (accounts.length < BATCH) break;
    after = accounts.at(-1)!.accountId;
  }
  const result = await toReport(tenant, simulation.result());
  await endSimulation(tenant, simulationId, { status: 'done', result, now: platform.clock.now() });
}

/** The last attempt went wrong too. */
export async function failSimulation(platform: LoyaltyPlatform, tenant: Tenant, simulationId: number): Promise<void> {
  await endSimulation(tenant, simulationId, { status: 'failed', now: platform.clock.now() });
}

function periodOf({ from, to, venues }: SimulationInput, rules: Rules): Period {
  const startOf = (day: Temporal.PlainDate) => Temporal.Instant.fromEpochMilliseconds(startOfDay(day, rules));
  const last = Temporal.PlainDate.from(to);
  return { from: startOf(Temporal.PlainDate.from(from)), until: startOf(last.add({ days: 1 })), venues };
}

async function addAccounts(
  tenant: Tenant,
  simulation: Simulation,
  accounts: readonly PastAccount[],
  { period, segments }: { period: Period; segments: boolean },
): Promise<void> {
  const sales = await selectPastSales(
    tenant,
    accounts.map(({ accountId }) => accountId),
    period,
  );
  const buyers = accounts.filter(({ accountId }) => sales.has(accountId));
  if (buyers.length === 0) return;
  const [entries, tags] = await Promise.all([
    selectPastEntries(tenant, sales),
    segments
      ? selectTagsOfGuests(
          tenant,
          buyers.map(({ guestId }) => guestId),
        )
      : null,
  ]);
  for (const { accountId, groupId, guestId } of buyers) {
    // Whose tags have changed since is judged by those of now, unless the sale remembers what it was judged by.
    const known = tags && { segments: [`group:${groupId}`, ...(tags.get(guestId) ?? [])] };
    const past = sales.get(accountId)!.map((one): PastSale => ({ ...one, context: { ...one.context, ...known } }));
    simulation.add(accountId, { entries: entries.get(accountId) ?? [], sales: past });
  }
}

async function toReport(tenant: Tenant, result: SimulationResult): Promise<SimulationReport> {
  const names = await selectNames(
    tenant,
    result.gainers.map(({ accountId }) => accountId),
  );
  return {
    ...result,
    levelChanges: [...result.levelChanges],
    idleExclusions: [...result.idleExclusions],
    turnover: Number(result.turnover),
    live: toVersion(result.live),
    draft: toVersion(result.draft),
    delta: Number(result.delta),
    cost: Number(result.cost),
    gainers: result.gainers.map(({ accountId, live, draft }) => ({
      accountId,
      name: names.get(accountId) ?? '',
      live: Number(live),
      draft: Number(draft),
    })),
    uplift: { turnover: Number(result.uplift.turnover), points: Number(result.uplift.points) },
  };
}

const toVersion = ({ issued, rules, cuts }: VersionTotals): SimulationReport['live'] => ({
  issued: Number(issued),
  rules: rules.map(({ points, ...rule }) => ({ ...rule, points: Number(points) })),
  cuts: [...cuts],
});
