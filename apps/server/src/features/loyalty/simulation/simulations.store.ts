import type { SimulationReport } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import type { RulesBody } from '../programmes/model.ts';

/** What was asked, as it is stored. */
export type SimulationInput = {
  from: string;
  to: string;
  venues: readonly number[] | null;
  upliftBasisPoints: number;
  /** The version that was in force when it was asked. */
  liveRulesId: number;
};

export type SimulationStatus = 'waiting' | 'running' | 'done' | 'failed';

export type SimulationRow = {
  simulationId: number;
  programmeId: number;
  status: SimulationStatus;
  input: SimulationInput;
  accountsDone: number;
  accountsTotal: number | null;
  createdAt: Temporal.Instant;
  result: SimulationReport | null;
};

type Row = {
  simulation_id: bigint;
  programme_id: number;
  status: SimulationStatus;
  input: SimulationInput;
  accounts_done: number;
  accounts_total: number | null;
  created_at: Temporal.Instant;
  result: SimulationReport | null;
};
const COLUMNS = 'simulation_id, programme_id, status, input, accounts_done, accounts_total, created_at, result';
const toRow = (row: Row): SimulationRow => ({
  simulationId: Number(row.simulation_id),
  programmeId: row.programme_id,
  status: row.status,
  input: row.input,
  accountsDone: row.accounts_done,
  accountsTotal: row.accounts_total,
  createdAt: row.created_at,
  result: row.result,
});

/** Puts a simulation down and asks for its job, unless too many are under way already: null then. */
export async function insertSimulation(
  tenant: Tenant,
  simulation: { programmeId: number; input: SimulationInput; rules: RulesBody },
  { now, most }: { now: Temporal.Instant; most: number },
): Promise<number | null> {
  const rows = await tenant.query<{ simulation_id: bigint }>(
    `with added as (
       insert into simulations (company_id, programme_id, input, rules, status, created_at, updated_at)
       select $1, $2, $3, $4, 'waiting', $5, $5
       where (select count(*) from simulations where company_id = $1 and status in ('waiting', 'running')) < $6
       returning simulation_id),
     told as (
       insert into outbox (company_id, kind, payload, created_at)
       select $1, 'simulation_asked', jsonb_build_object('simulationId', simulation_id), $5 from added)
     select simulation_id from added`,
    [
      tenant.companyId,
      simulation.programmeId,
      JSON.stringify(simulation.input),
      JSON.stringify(simulation.rules),
      now.toString(),
      most,
    ],
  );
  return rows[0] ? Number(rows[0].simulation_id) : null;
}

export async function selectSimulation(
  tenant: Tenant,
  key: { simulationId: number; programmeId?: number },
): Promise<(SimulationRow & { rules: RulesBody }) | null> {
  const rows = await tenant.query<Row & { rules: RulesBody }>(
    `select ${COLUMNS}, rules from simulations
     where company_id = $1 and simulation_id = $2 and ($3::integer is null or programme_id = $3)`,
    [tenant.companyId, key.simulationId, key.programmeId ?? null],
  );
  return rows[0] ? { ...toRow(rows[0]), rules: rows[0].rules } : null;
}

/** The last simulations of a programme, newest first. */
export async function selectSimulations(tenant: Tenant, programmeId: number, limit: number): Promise<SimulationRow[]> {
  const rows = await tenant.query<Row>(
    `select ${COLUMNS} from simulations where company_id = $1 and programme_id = $2 order by simulation_id desc limit $3`,
    [tenant.companyId, programmeId, limit],
  );
  return rows.map(toRow);
}

/** Forgets all but the newest simulations of a programme that have ended. */
export async function deleteOldSimulations(tenant: Tenant, programmeId: number, kept: number): Promise<void> {
  await tenant.query(
    `delete from simulations where company_id = $1 and programme_id = $2 and status in ('done', 'failed')
       and simulation_id not in (select simulation_id from simulations where company_id = $1 and programme_id = $2
                                 order by simulation_id desc limit $3)`,
    [tenant.companyId, programmeId, kept],
  );
}

export async function updateProgress(
  tenant: Tenant,
  simulationId: number,
  progress: { done: number; total: number; now: Temporal.Instant },
): Promise<void> {
  await tenant.query(
    `update simulations set status = 'running', accounts_done = $3, accounts_total = $4, updated_at = $5
     where company_id = $1 and simulation_id = $2 and status in ('waiting', 'running')`,
    [tenant.companyId, simulationId, progress.done, progress.total, progress.now.toString()],
  );
}

export async function endSimulation(
  tenant: Tenant,
  simulationId: number,
  end:
    | { status: 'done'; result: SimulationReport; now: Temporal.Instant }
    | { status: 'failed'; now: Temporal.Instant },
): Promise<void> {
  await tenant.query(
    `update simulations set status = $3, result = $4, accounts_done = coalesce(accounts_total, 0), updated_at = $5
     where company_id = $1 and simulation_id = $2`,
    [
      tenant.companyId,
      simulationId,
      end.status,
      end.status === 'done' ? JSON.stringify(end.result) : null,
      end.now.toString(),
    ],
  );
}
