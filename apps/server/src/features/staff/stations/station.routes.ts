import { PairStation, PinSignIn, Session, StationHere } from '@tessera/contract';
import type { FastifyReply } from 'fastify';
import { type Http, type Reply, sendRefusal } from '../../../platform/http/index.ts';
import { listVenues } from '../../tenancy/index.ts';
import { comesFromElsewhere, cookieAttributes, sessionCookie, stationCookie } from '../cookies.ts';
import { describeSession, type StaffRoutesOptions } from '../describe-session.ts';
import { openSession } from '../sign-in.ts';
import { STATION_COOKIE_DAYS } from './model.ts';
import { type FoundStation, findStation, leaveStation, pairStation } from './pair-station.ts';
import { selectStaffWithPin } from './pins.store.ts';
import { checkPin } from './sign-in-by-pin.ts';

const tags = ['station'];
const rateLimit = { max: 20, timeWindow: '1 minute' };

/** At the till itself: /api/v1/station, the device by its own cookie. */
export function stationRoutes(http: Http, options: StaffRoutesOptions): void {
  const { platform, secure } = options;
  const cookie = stationCookie(secure);
  const attributes = cookieAttributes(secure);
  const keep = (reply: Reply, token: string) =>
    reply.setCookie(cookie, token, { ...attributes, maxAge: STATION_COOKIE_DAYS * 86_400 });

  http.get('/api/v1/station', { schema: { tags, response: { 200: StationHere } } }, async (request, reply) => {
    const token = request.cookies[cookie];
    const found = token ? await findStation(platform, token) : null;
    if (!token || !found) return { station: null };
    keep(reply, token);
    return describeStation(options, found);
  });

  http.post(
    '/api/v1/station/pair',
    { schema: { tags, body: PairStation, response: { 200: StationHere } }, bodyLimit: 8 * 1024, config: { rateLimit } },
    async (request, reply) => {
      if (comesFromElsewhere(request, platform))
        return sendRefusal(request, reply, { code: 'forbidden_origin' }) as never;
      const { code, deviceName = '' } = request.body;
      const paired = await pairStation(platform, { code, deviceName });
      if (!paired.ok) return sendRefusal(request, reply, paired.refusal) as never;
      keep(reply, paired.value.token);
      return describeStation(options, paired.value);
    },
  );

  http.post(
    '/api/v1/station/session',
    {
      schema: { tags, body: PinSignIn, response: { 200: Session } },
      bodyLimit: 8 * 1024,
      config: { rateLimit: { max: 60, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      if (comesFromElsewhere(request, platform))
        return sendRefusal(request, reply, { code: 'forbidden_origin' }) as never;
      const token = request.cookies[cookie];
      const found = token ? await findStation(platform, token) : null;
      if (!found) return sendRefusal(request, reply, { code: 'station_not_paired' }) as never;
      const checked = await checkPin(platform, found, request.body);
      if (!checked.ok) return sendRefusal(request, reply, checked.refusal) as never;
      const { stationId, settings } = found.station;
      const session = await openSession(platform, checked.value, { stationId, hours: settings.shiftHours });
      reply.setCookie(sessionCookie(secure), session, { ...attributes, maxAge: settings.shiftHours * 3_600 });
      return describeSession(options, checked.value);
    },
  );

  http.delete('/api/v1/station', { schema: { tags } }, async (request, reply): Promise<FastifyReply> => {
    if (comesFromElsewhere(request, platform)) return sendRefusal(request, reply, { code: 'forbidden_origin' });
    const token = request.cookies[cookie];
    if (token) await leaveStation(platform, token);
    return reply.clearCookie(cookie, attributes).code(204).send();
  });
}

async function describeStation(
  { companies }: StaffRoutesOptions,
  { tenant, station }: FoundStation,
): Promise<StationHere> {
  const { stationId, name, venueCode, settings } = station;
  const company = await companies.of(tenant);
  const staff = await selectStaffWithPin(tenant);
  const known = venueCode === null ? [] : await listVenues(tenant);
  const venue = known.find(({ code }) => code === venueCode);
  return {
    station: {
      stationId,
      name,
      venue: venueCode === null ? null : { code: venueCode, name: venue?.name ?? '' },
      company: { id: company.companyId, name: company.name, language: company.language },
      settings,
      staff,
    },
  };
}
