import { randomUUID } from 'node:crypto';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProbonusHouse, type ProbonusHouse, type V0Answer } from '../../../test/probonus-house.ts';
import {
  type ApiDocument,
  askedBy,
  exampleOf,
  type JsonSchema,
  type Operation,
  shortExampleOf,
} from '../../platform/http/index.ts';
import { addUser } from '../staff/index.ts';

// Everything here is made of GET /api/v0/openapi.json, as an integrator has it: what it calls and what it expects.

const SEED = [
  'account_groups/list',
  'accounts/find_by_phone',
  'accounts/get_balance_extended',
  'accounts/insert_by_template',
  'accounts/refill',
  'accounts/transactions',
  'accounts/update',
  'auth/login',
  'auth/refresh_token',
  'checks/get_by_id',
  'external/register_check',
  'external/return_check',
];
const LOGIN = { login: 'owner@contract.example', password: 'owner-of-the-contract' };
const PHONE = '+7 916 123-45-67';
const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));

let there: ProbonusHouse;
let described: ApiDocument;
/** What the house really has, by the names of fields: put in the place of the examples. */
let real: Record<string, unknown>;

beforeAll(async () => {
  there = await createProbonusHouse({
    timeZone: 'Europe/Moscow',
    levels: [
      { id: 'base', name: 'Базовый', fromTurnover: 0, rateBasisPoints: 500 },
      { id: 'silver', name: 'Серебряный', fromTurnover: 1_000_000, rateBasisPoints: 700 },
    ],
  });
  await addUser(there.platform, there.tenant, {
    email: LOGIN.login,
    name: 'Владелец',
    role: 'owner',
    password: LOGIN.password,
  });
  described = (await there.http.inject('/api/v0/openapi.json?lang=en')).json();
  const { accountId } = (await there.post('accounts/insert_by_template', { accountGroupId: 3, phone: PHONE })).body;
  const checkGuid = randomUUID();
  const items = [{ code: '17', name: 'Паста', quantity: 1, sum: 150_000 }];
  const sale = { checkGuid, accountId, moneySpentSum: 150_000, checkData: JSON.stringify({ items }) };
  const { checkId } = (await there.post('external/register_check', sale)).body;
  const { body: pair } = await send('auth/login', 'post', LOGIN, {});
  real = { accountId, checkId, checkGuid, phone: PHONE, ...LOGIN, refreshToken: pair.refreshToken };
});
afterAll(() => there.close());

const nameOf = (path: string) => path.replace('/api/v0/', '');
type Case = { path: string; name: string; verb: 'get' | 'post'; operation: Operation; schema: JsonSchema | null };
const cases = (): Case[] =>
  Object.entries(described.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([verb, operation]) => ({
      path,
      name: nameOf(path),
      verb: verb as Case['verb'],
      operation,
      schema: askedBy(operation),
    })),
  );

async function send(
  name: string,
  verb: Case['verb'],
  body: object,
  headers: Record<string, string>,
): Promise<V0Answer> {
  const url = `/api/v0/${name}`;
  const query = Object.fromEntries(Object.entries(body).map(([key, value]) => [key, String(value)]));
  const asked = verb === 'get' ? { url, query, headers } : { method: 'POST' as const, url, payload: body, headers };
  const answer = await there.http.inject(asked);
  return { status: answer.statusCode, text: answer.body, body: JSON.parse(answer.body) };
}

const TOKEN = { 'x-api-token': 'permanent-token-of-the-till' };
/** A body of the schema’s examples, on what the house has. Where a thing is made, with a key that is new. */
function bodyOf({ name, schema }: Case, kind: 'short' | 'whole' = 'short'): Record<string, unknown> {
  if (!schema) return {};
  const example = (kind === 'short' ? shortExampleOf(schema) : exampleOf(schema)) as Record<string, unknown>;
  const fresh: Record<string, unknown> = {
    ...(name === 'external/register_check' ? { checkGuid: randomUUID() } : {}),
    ...(name === 'accounts/insert_by_template' ? { phone: nextPhone(), identifiers: [randomUUID()] } : {}),
    ...(name === 'accounts/update' ? { removeIdentifiers: ['nobody’s'], levelLastDay: '2099-12-31' } : {}),
    ...(name === 'accounts/refill' ? { externalId: randomUUID() } : {}),
    ...(name === 'external/return_check' ? { returnGuid: randomUUID() } : {}),
    ...(name === 'external/register_check' ? { bonusSpentSum: 0 } : {}),
  };
  const known = { ...real, ...fresh };
  return Object.fromEntries(Object.entries(example).map(([key, value]) => [key, key in known ? known[key] : value]));
}
let phones = 79_170_000_000;
const nextPhone = () => {
  phones += 1;
  return `+${phones}`;
};

/** What the document says of this answer: its status is told, its body is of that schema. */
function expectDescribed({ operation, name, verb }: Case, { status, body, text }: V0Answer): void {
  const schema = operation.responses?.[String(status)]?.content?.['application/json']?.schema;
  expect(schema, `${verb} ${name} answered ${status} ${text}, which is not described`).toBeDefined();
  ajv.validate(schema!, body);
  expect({ name, wrong: ajv.errors ?? [] }).toEqual({ name, wrong: [] });
}

describe('the published description', () => {
  test('knows the twelve methods, and GET for each that only reads', () => {
    expect([...new Set(cases().map(({ name }) => name))].sort()).toEqual(SEED);
    const reads = cases().filter(({ verb }) => verb === 'get');
    expect(reads.map(({ name }) => name).sort()).toEqual([
      'account_groups/list',
      'accounts/find_by_phone',
      'accounts/get_balance_extended',
      'accounts/transactions',
      'checks/get_by_id',
    ]);
  });

  test('tells what every method and every field is, in both languages', async () => {
    for (const language of ['ru', 'en']) {
      const document: ApiDocument = (await there.http.inject(`/api/v0/openapi.json?lang=${language}`)).json();
      for (const operations of Object.values(document.paths)) {
        for (const operation of Object.values(operations)) {
          expect(operation.summary).not.toMatch(/^method\.|^api:/);
          const schemas = [
            ...Object.values(operation.requestBody?.content ?? {}),
            ...Object.values(operation.responses ?? {}).flatMap(({ content }) => Object.values(content ?? {})),
            ...(operation.parameters ?? []).map(({ name, schema }) => ({ schema: { properties: { [name]: schema } } })),
          ];
          expect(schemas.flatMap(({ schema }) => untold(schema))).toEqual([]);
        }
      }
    }
  });
});

const untold = (schema: JsonSchema): string[] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, one]) => [
    ...(one.description ? [] : [name]),
    ...untold(one),
  ]),
  ...(schema.items ? untold(schema.items) : []),
];

describe('every method', () => {
  test('answers what is described, to what is required and to everything that may be said', async () => {
    for (const kind of ['short', 'whole'] as const) {
      for (const one of cases()) {
        // A second refresh of one pair would end it: the pair is new each time.
        if (one.name === 'auth/refresh_token') {
          real.refreshToken = (await send('auth/login', 'post', LOGIN, {})).body.refreshToken;
        }
        const body = kind === 'whole' && one.name === 'external/return_check' ? partOf(one) : bodyOf(one, kind);
        if (kind === 'short' && one.name === 'external/return_check') body.checkGuid = await newCheck();
        const answer = await send(one.name, one.verb, body, TOKEN);
        expect({
          name: one.name,
          verb: one.verb,
          kind,
          status: answer.status,
          text: answer.status === 200 ? '' : answer.text,
        }).toEqual({
          name: one.name,
          verb: one.verb,
          kind,
          status: 200,
          text: '',
        });
        expectDescribed(one, answer);
      }
    }
  });

  test('says what is missing when a required field is', async () => {
    let missing = 0;
    for (const one of cases()) {
      for (const field of one.schema?.required ?? []) {
        const { [field]: _left, ...body } = bodyOf(one);
        const answer = await send(one.name, one.verb, body, TOKEN);
        expect({ name: one.name, field, status: answer.status }).toEqual({ name: one.name, field, status: 400 });
        expect(answer.body).toMatchObject({ code: 'invalid_request', retryable: false });
        expect(JSON.stringify(answer.body.fields)).toContain(field);
        expectDescribed(one, answer);
        missing += 1;
      }
    }
    expect(missing).toBeGreaterThan(12);
  });

  test('opens by either way to authorise, and to nobody else', async () => {
    const { accessToken } = (await send('auth/login', 'post', LOGIN, {})).body;
    const ways = [
      { authorization: `bearer ${accessToken}` },
      { authorization: 'Bearer permanent-token-of-the-till' },
      TOKEN,
    ];
    for (const one of cases().filter(({ operation }) => operation.security?.length)) {
      expect(one.operation.security).toEqual([{ bearer: [] }, { token: [] }]);
      if (one.verb === 'get' || one.name === 'accounts/find_by_phone') {
        for (const headers of ways)
          expect(await send(one.name, one.verb, bodyOf(one), headers)).toMatchObject({ status: 200 });
      }
      const refused = await send(one.name, one.verb, bodyOf(one), {});
      expect(refused).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
      expectDescribed(one, refused);
    }
  });

  test('refuses in the way that is described', async () => {
    const wrong: [string, object, number, string][] = [
      ['auth/login', { ...LOGIN, password: 'another' }, 401, 'wrong_credentials'],
      ['auth/refresh_token', { refreshToken: 'x' }, 401, 'unauthorized'],
      ['accounts/insert_by_template', { accountGroupId: 3, phone: PHONE }, 400, 'account_exists'],
      ['accounts/insert_by_template', { accountGroupId: 99, phone: nextPhone() }, 404, 'group_not_found'],
      ['accounts/insert_by_template', { accountGroupId: 3, phone: '12' }, 400, 'invalid_phone'],
      ['accounts/find_by_phone', { phone: nextPhone() }, 404, 'account_not_found'],
      ['accounts/get_balance_extended', { accountId: 8_999_999 }, 404, 'account_not_found'],
      ['accounts/refill', { accountId: 8_999_999, sum: 1 }, 404, 'account_not_found'],
      ['accounts/transactions', { accountId: 8_999_999 }, 404, 'account_not_found'],
      ['accounts/update', { accountId: real.accountId, level: 'platinum' }, 404, 'unknown_level'],
      ['checks/get_by_id', { checkId: 8_999_999 }, 404, 'check_not_found'],
      [
        'external/register_check',
        { checkGuid: real.checkGuid, accountId: real.accountId, moneySpentSum: 1 },
        409,
        'check_guid_reused',
      ],
      ['external/return_check', { checkGuid: randomUUID() }, 404, 'check_not_found'],
    ];
    for (const [name, body, status, code] of wrong) {
      for (const one of cases().filter((other) => other.name === name)) {
        const answer = await send(name, one.verb, body, TOKEN);
        expect({ name, status: answer.status, code: answer.body.code }).toEqual({ name, status, code });
        expect(one.operation.responses?.[String(status)]?.description).toContain(code);
        expectDescribed(one, answer);
      }
    }
  });
});

const newCheck = async (): Promise<string> => {
  const checkGuid = randomUUID();
  const items = [{ name: 'Паста', quantity: 1, sum: 15_000 }];
  const checkData = JSON.stringify({ items });
  const { accountId } = real;
  await there.post('external/register_check', { checkGuid, accountId, moneySpentSum: 15_000, checkData });
  return checkGuid;
};

/** The example names pieces, money and a sum at once; a return takes one of them. */
function partOf(one: Case): Record<string, unknown> {
  const { moneySum: _sum, lines: _lines, ...body } = bodyOf(one, 'whole');
  return { ...body, lines: [{ id: '1', quantity: 1 }] };
}

describe('the page', () => {
  test('stands alone: both ways to authorise, every method, no script or style from elsewhere', async () => {
    for (const language of ['ru', 'en']) {
      const page = await there.http.inject({ url: `/api/v0/docs?lang=${language}` });
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.headers['content-security-policy']).toContain("default-src 'self'");
      for (const name of SEED) expect(page.body).toContain(`data-call="/api/v0/${name}"`);
      expect(page.body).toContain('X-Api-Token');
      expect(page.body).toContain('data-way="login"');
      expect(page.body).toContain(`<html lang="${language}">`);
      const loaded = [...page.body.matchAll(/(?:src|href)="([^"#?][^"]*)"/g)].map(([, address]) => address);
      expect(loaded.filter((address) => !/^(\/api\/|data:image)/.test(address!))).toEqual([]);
      expect(page.body).not.toMatch(/ on[a-z]+="|<script>/);
    }
    const script = await there.http.inject('/api/docs.js');
    expect(script).toMatchObject({ statusCode: 200 });
    expect(script.body).not.toMatch(/eval|new Function|localStorage|sessionStorage|document\.cookie/);
  });
});
