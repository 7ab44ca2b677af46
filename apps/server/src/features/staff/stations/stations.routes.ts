import {
  NewStation,
  Station,
  StationChange,
  StationList,
  StationPairing,
  StationParams,
  StationToken,
  Venue,
  VenueList,
  VenueName,
  VenueParams,
} from '@tessera/contract';
import { drawCode } from '../../../platform/barcode.ts';
import type { Platform } from '../../../platform/context.ts';
import { type Authorize, type Http, sendRefusal } from '../../../platform/http/index.ts';
import { addVenue, listVenues } from '../../tenancy/index.ts';
import { addStation, changeStation, disconnectStation, listStations } from './keep-stations.ts';
import { beginPairing, issueStationToken } from './pair-station.ts';

const tags = ['stations'];
const url = '/api/v1/stations';

/** The console's /api/v1/stations and /api/v1/venues. */
export function stationsRoutes(
  http: Http,
  { platform, authorize }: { platform: Platform; authorize: Authorize },
): void {
  venueRoutes(http, authorize);

  http.get(url, { schema: { tags, response: { 200: StationList } } }, async (request, reply) => {
    const actor = await authorize(request, 'tills.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return { items: await listStations(platform, actor.value.tenant) };
  });

  http.post(url, { schema: { tags, body: NewStation, response: { 200: Station } } }, async (request, reply) => {
    const actor = await authorize(request, 'tills.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const added = await addStation(platform, actor.value.tenant, request.body);
    return added.ok ? added.value : (sendRefusal(request, reply, added.refusal) as never);
  });

  http.patch(
    `${url}/:stationId`,
    { schema: { tags, params: StationParams, body: StationChange, response: { 200: Station } } },
    async (request, reply) => {
      const actor = await authorize(request, 'tills.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { stationId } = request.params;
      const changed = await changeStation(platform, actor.value.tenant, stationId, request.body);
      return changed.ok ? changed.value : (sendRefusal(request, reply, changed.refusal) as never);
    },
  );

  http.delete(`${url}/:stationId`, { schema: { tags, params: StationParams } }, async (request, reply) => {
    const actor = await authorize(request, 'tills.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
    const gone = await disconnectStation(platform, actor.value.tenant, request.params.stationId);
    return gone.ok ? reply.code(204).send() : sendRefusal(request, reply, gone.refusal);
  });

  http.post(
    `${url}/:stationId/pairing`,
    { schema: { tags, params: StationParams, response: { 200: StationPairing } } },
    async (request, reply) => {
      const actor = await authorize(request, 'tills.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const begun = await beginPairing(platform, actor.value.tenant, request.params.stationId);
      if (!begun.ok) return sendRefusal(request, reply, begun.refusal) as never;
      const { url, expiresAt } = begun.value;
      return { url, qr: drawCode('qr', url), expiresAt: expiresAt.toString() };
    },
  );

  http.post(
    `${url}/:stationId/token`,
    { schema: { tags, params: StationParams, response: { 200: StationToken } } },
    async (request, reply) => {
      const actor = await authorize(request, 'tills.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const issued = await issueStationToken(platform, actor.value.tenant, request.params.stationId);
      return issued.ok ? { token: issued.value } : (sendRefusal(request, reply, issued.refusal) as never);
    },
  );
}

function venueRoutes(http: Http, authorize: Authorize): void {
  http.get('/api/v1/venues', { schema: { tags, response: { 200: VenueList } } }, async (request, reply) => {
    const actor = await authorize(request, 'tills.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return { items: await listVenues(actor.value.tenant) };
  });

  http.put(
    '/api/v1/venues/:code',
    { schema: { tags, params: VenueParams, body: VenueName, response: { 200: Venue } } },
    async (request, reply) => {
      const actor = await authorize(request, 'tills.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const venue = { code: request.params.code, name: request.body.name.trim() };
      await addVenue(actor.value.tenant, venue);
      return venue;
    },
  );
}
