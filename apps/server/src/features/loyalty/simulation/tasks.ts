import type { FeatureJobs } from '../../../platform/jobs/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { failSimulation, runSimulation } from './run-simulation.ts';

const ATTEMPTS_MAX = 3;

/** A simulation that was asked for runs as one job; a third failure ends it. */
export function simulationJobs(platform: LoyaltyPlatform): FeatureJobs {
  return {
    outbox: {
      simulation_asked: (companyId, { simulationId }) => [
        {
          task: 'run_simulation',
          companyId,
          payload: { simulationId },
          key: `simulation:${companyId}:${simulationId}`,
          attemptsMax: ATTEMPTS_MAX,
        },
      ],
    },
    tasks: {
      async run_simulation({ simulationId }, companyId, attempt) {
        const tenant = platform.database.tenant(companyId);
        try {
          await runSimulation(platform, tenant, Number(simulationId));
        } catch (error) {
          if (attempt >= ATTEMPTS_MAX) await failSimulation(platform, tenant, Number(simulationId));
          throw error;
        }
      },
    },
  };
}
