import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../../test/platform.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { createHttp, type Http } from '../../platform/http/index.ts';
import { addPermanentToken, createApiClients, issueTokenPair } from '../staff/index.ts';
import { createCompany } from '../tenancy/index.ts';
import { tenantOf } from './authorise.ts';

let house: TestHouse;
let http: Http;
let tenant: Tenant;
const PERMANENT = 'permanent-token-of-the-till';
let pair: { accessToken: string; refreshToken: string };

beforeAll(async () => {
  house = await createTestHouse();
  const { platform } = house;
  const { log, metrics, texts } = platform;
  const company = {
    name: 'Траттория',
    language: 'ru',
    currency: 'RUB',
    timeZone: 'Europe/Moscow',
    country: 'RU',
  } as const;
  tenant = await createCompany(platform, { ...company, demo: false });
  await addPermanentToken(platform, tenant, 'касса', PERMANENT);
  pair = await issueTokenPair(platform, tenant, null);
  http = await createHttp({ log, metrics, texts, trustProxy: false, secure: false });
  const clients = createApiClients(platform);
  http.get('/whose', async (request) => ({
    companyId: (await tenantOf(platform, clients, request))?.companyId ?? null,
  }));
  await http.ready();
});
afterAll(async () => {
  await http.close();
  await house.close();
});

const whose = async (headers: Record<string, string>): Promise<number | null> =>
  (await http.inject({ url: '/whose', headers })).json().companyId;

describe('the ProBonus-compatible API', () => {
  test('opens with an access token or a permanent one, in either header, however «Bearer» is spelt', async () => {
    const { accessToken } = pair;
    const ways = [
      { authorization: `Bearer ${accessToken}` },
      { authorization: `bearer  ${accessToken}` },
      { authorization: `BEARER ${PERMANENT}` },
      { 'x-api-token': PERMANENT },
      { 'X-API-Token': accessToken },
      { authorization: 'Basic dXNlcg==', 'x-api-token': PERMANENT },
    ];
    for (const headers of ways) expect(await whose(headers)).toBe(tenant.companyId);
  });

  test('stays shut for anything else', async () => {
    const { accessToken, refreshToken } = pair;
    const ways = [
      {},
      { authorization: accessToken },
      { authorization: 'Bearer' },
      { authorization: 'Bearer ' },
      { authorization: `Bearer ${refreshToken}` },
      { authorization: `Bearer ${accessToken}x` },
      { authorization: `Bearer ${accessToken} ${accessToken}` },
      { authorization: `Token ${PERMANENT}` },
      { 'x-api-token': '' },
      { 'x-api-token': PERMANENT.toUpperCase() },
      { 'x-api-token': 'x'.repeat(2_000) },
    ];
    for (const headers of ways) expect({ headers, found: await whose(headers) }).toEqual({ headers, found: null });
  });

  test('a token in the address opens nothing: addresses end up in logs', async () => {
    const response = await http.inject(`/whose?token=${PERMANENT}&access_token=${PERMANENT}`);
    expect(response.json()).toEqual({ companyId: null });
  });
});
