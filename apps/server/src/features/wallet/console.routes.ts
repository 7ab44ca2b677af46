import { DesignList, DesignQuery, DevicePage, DeviceQuery } from '@tessera/contract';
import type { Clock } from '../../platform/clock.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { type Authorize, type Http, sendRefusal } from '../../platform/http/index.ts';
import { listDesigns } from './list-designs.ts';
import { listDevices, type NamesOfAccounts } from './list-devices.ts';

export type ConsoleRoutesOptions = {
  readonly authorize: Authorize;
  readonly clock: Clock;
  readonly namesOfAccounts: NamesOfAccounts;
  /** The names of a company's programmes by their numbers. */
  readonly namesOfProgrammes: (tenant: Tenant) => Promise<ReadonlyMap<number, string>>;
};

/** GET /api/v1/designs, GET /api/v1/devices. */
export function consoleRoutes(http: Http, options: ConsoleRoutesOptions): void {
  const { authorize, namesOfAccounts, namesOfProgrammes, clock } = options;

  const designs = { tags: ['wallet'], querystring: DesignQuery, response: { 200: DesignList } };
  http.get('/api/v1/designs', { schema: designs }, async (request, reply) => {
    const actor = await authorize(request, 'designs.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { archived = false, statistics = false } = request.query;
    const programmeNames = await namesOfProgrammes(tenant);
    return listDesigns(tenant, { programmeNames, archived, statistics, now: clock.now() });
  });

  const devices = { tags: ['wallet'], querystring: DeviceQuery, response: { 200: DevicePage } };
  http.get('/api/v1/devices', { schema: devices }, async (request, reply) => {
    const actor = await authorize(request, 'devices.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return listDevices(actor.value.tenant, request.query, namesOfAccounts);
  });
}
