import { probonusRoutes } from '../src/features/probonus/index.ts';
import { addPermanentToken, createApiClients } from '../src/features/staff/index.ts';
import { createCompanies } from '../src/features/tenancy/index.ts';
import { type Authorize, createHttp, docsRoutes, type Http } from '../src/platform/http/index.ts';
import { createLog } from '../src/platform/log.ts';
import { createLoyaltyHouse, type LoyaltyHouse } from './loyalty-house.ts';

export type V0Answer = { status: number; text: string; body: Record<string, unknown> & unknown[] };

/** A company with one programme, and the ProBonus-compatible API before it. */
export type ProbonusHouse = LoyaltyHouse & {
  http: Http;
  /** Every line that was logged. */
  logged: string[];
  /** Waits for what shadow mode computes. */
  settled(): Promise<void>;
  /** A call of our own API, as the owner. */
  own(verb: 'GET' | 'PUT', path: string, body?: object): Promise<V0Answer>;
  post(name: string, body?: object): Promise<V0Answer>;
  get(name: string, query?: Record<string, string>): Promise<V0Answer>;
  close(): Promise<void>;
};

const TOKEN = 'permanent-token-of-the-till';

export async function createProbonusHouse(
  rules: Record<string, unknown>,
  routes: (http: Http, house: LoyaltyHouse) => void = () => {},
): Promise<ProbonusHouse> {
  const house = await createLoyaltyHouse(rules);
  const { platform } = house;
  await addPermanentToken(platform, house.tenant, 'касса', TOKEN);
  const logged: string[] = [];
  const log = createLog('debug', (line) => logged.push(line));
  const http = await createHttp({
    log,
    metrics: platform.metrics,
    texts: platform.texts,
    trustProxy: false,
    secure: false,
  });
  docsRoutes(http);
  const whole = { ...platform, companies: createCompanies(), apiClients: createApiClients(platform) };
  // Who asks for settings in these tests is the owner.
  const authorize: Authorize = async () => ({
    ok: true,
    value: { tenant: house.tenant, userId: null, role: 'owner', station: null },
  });
  const { settled } = probonusRoutes(http, { platform: whole, authorize });
  routes(http, house);
  await http.ready();
  const headers = { authorization: `Bearer ${TOKEN}` };
  const read = ({ statusCode, body }: { statusCode: number; body: string }): V0Answer => ({
    status: statusCode,
    text: body,
    body: JSON.parse(body),
  });
  return {
    ...house,
    http,
    logged,
    settled,
    own: async (verb, path, body) =>
      read(await http.inject({ method: verb, url: `/api/v1/probonus${path}`, ...(body ? { payload: body } : {}) })),
    post: async (name, body = {}) =>
      read(await http.inject({ method: 'POST', url: `/api/v0/${name}`, headers, payload: body })),
    get: async (name, query = {}) => read(await http.inject({ url: `/api/v0/${name}`, headers, query })),
    async close() {
      await http.close();
      await house.house.close();
    },
  };
}
