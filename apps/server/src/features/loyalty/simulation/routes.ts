import { AskSimulation, ErrorBody, SimulationList, SimulationParams, SimulationView } from '@tessera/contract';
import { type Http, sendRefusal } from '../../../platform/http/index.ts';
import { AT, answer, ProgrammeParams, type ProgrammeRoutesOptions, tags } from '../programmes/route-parts.ts';
import { askSimulation } from './ask-simulation.ts';
import { type SimulationRow, selectSimulation, selectSimulations } from './simulations.store.ts';

const LISTED = 50;

const toView = ({ input, result, createdAt, ...row }: SimulationRow): SimulationView => ({
  simulationId: row.simulationId,
  programmeId: row.programmeId,
  status: row.status,
  from: input.from,
  to: input.to,
  accountsDone: row.accountsDone,
  accountsTotal: row.accountsTotal,
  createdAt: createdAt.toString(),
  report: result,
});

/** …/simulations of a programme: ask that rules be tried on past checks, look how far it is, read what came out. */
export function simulationRoutes(http: Http, options: ProgrammeRoutesOptions): void {
  const { platform, authorize } = options;
  http.post(
    `${AT}/simulations`,
    {
      schema: {
        tags,
        params: ProgrammeParams,
        body: AskSimulation,
        response: { 202: SimulationView, '4xx': ErrorBody },
      },
    },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const { programmeId } = request.params;
      const asked = await askSimulation(platform, tenant, programmeId, request.body);
      const simulationId = await answer(options, tenant, { request, reply }, asked);
      if (!asked.ok) return simulationId as never;
      const row = await selectSimulation(tenant, { simulationId, programmeId });
      if (!row) return sendRefusal(request, reply, { code: 'not_found' }) as never;
      return reply.code(202).send(toView(row));
    },
  );

  http.get(
    `${AT}/simulations`,
    { schema: { tags, params: ProgrammeParams, response: { 200: SimulationList } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const rows = await selectSimulations(actor.value.tenant, request.params.programmeId, LISTED);
      return { items: rows.map(toView) };
    },
  );

  http.get(
    `${AT}/simulations/:simulationId`,
    { schema: { tags, params: SimulationParams, response: { 200: SimulationView } } },
    async (request, reply) => {
      const actor = await authorize(request, 'programmes.read');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const row = await selectSimulation(actor.value.tenant, request.params);
      return row ? toView(row) : (sendRefusal(request, reply, { code: 'not_found' }) as never);
    },
  );
}
