import type { Refusal, Result } from '@tessera/contract';
import type { Http, Reply, Request } from '../../../platform/http/index.ts';
import { findStation, stationTokenOf } from '../../staff/index.ts';
import type { AuthorisePlatform } from '../authorise/platform.ts';
import { type Fields, readBody, readForm } from './read-request.ts';
import { activate, authorize, confirm, find, issue, type Step, type StepResult } from './steps.ts';
import { formatOf, sendRefused, sendTold, type Told } from './write-answer.ts';

const BODY_BYTES_MAX = 16 * 1024;

const steps: Readonly<Record<string, readonly [act: (step: Step) => StepResult, summary: string]>> = {
  authorize: [authorize, 'Find a guest by phone, or send a PIN where one is needed: phone, spend'],
  confirm: [confirm, 'Exchange the PIN for the card: pin, request'],
  find: [find, 'Find a guest by card, QR code, code or phone: text'],
  activate: [activate, 'Hand out a prepared card: number, name, birthday, phone'],
  issue: [issue, 'Give the next free card of a range: phone, name, birthday, range'],
};

const presentRefusal = (request: Request, reply: Reply, refusal: Refusal) =>
  sendRefused(request, reply, formatOf(request, queryOf(request)), refusal);

/**
 * For scripts on tills, /api/v1/stations/self/…: a step a call, fields by query, form or JSON, answers in JSON or in plain
 * text. The key of the station says who calls.
 */
export function stationApiRoutes(http: Http, platform: AuthorisePlatform): void {
  http.register(async (plain) => {
    const scope = plain as unknown as Http;
    scope.removeAllContentTypeParsers();
    // A script says what it likes about its body; it is read as what it is.
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX }, (_request, body, done) =>
      done(null, body),
    );
    for (const [name, [act, summary]] of Object.entries(steps)) {
      const config = { presentRefusal, rateLimit: { max: 300, timeWindow: '1 minute' } };
      const schema = { tags: ['stations'], summary };
      const handle = (request: Request, reply: Reply) => serve(platform, request, reply, act);
      scope.get(`/api/v1/stations/self/${name}`, { schema, config }, handle as never);
      scope.post(`/api/v1/stations/self/${name}`, { schema, config, bodyLimit: BODY_BYTES_MAX }, handle as never);
    }
  });
}

async function serve(
  platform: AuthorisePlatform,
  request: Request,
  reply: Reply,
  act: (step: Step) => StepResult,
): Promise<Reply> {
  const fields = fieldsOf(request);
  const format = formatOf(request, fields ?? queryOf(request));
  const refused = (refusal: Refusal) => sendRefused(request, reply, format, refusal);
  if (fields === null) return refused({ code: 'invalid_request' });
  const token = stationTokenOf(request);
  const found = token ? await findStation(platform, token) : null;
  if (!found) return refused({ code: 'unauthorized' });
  const { tenant, station } = found;
  const user = fields.get('cashier');
  const userId = user !== undefined && /^\d{1,9}$/.test(user) ? Number(user) : null;
  const asker = { stationId: station.stationId, userId };
  const told: Result<Told> = await act({ platform, tenant, asker, fields, t: request.t });
  return told.ok ? sendTold(reply, format, told.value) : refused(told.refusal);
}

const charsetOf = (request: Request): string | null =>
  /charset=["']?([\w-]+)/i.exec(request.headers['content-type'] ?? '')?.[1] ?? null;

function queryOf(request: Request): Map<string, string> {
  const url = request.raw.url ?? '';
  const at = url.indexOf('?');
  return readForm(at < 0 ? '' : url.slice(at + 1), null);
}

/** Query and body together; the body counts where both say something. */
function fieldsOf(request: Request): Fields | null {
  const query = queryOf(request);
  if (!Buffer.isBuffer(request.body) || request.body.length === 0) return query;
  const body = readBody(request.body, charsetOf(request));
  return body && new Map([...query, ...body]);
}
