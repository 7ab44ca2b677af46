import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OWNER, startTestServer, type TestServer } from '../server.ts';
import { type Answer, call, callTill, registerGuest, signIn } from './calls.ts';

// An owner makes coupons and sells a certificate; a cashier takes them; a return gives them back. Told over HTTP.

let server: TestServer;
let owner: Record<string, string>;
let cashier: Record<string, string>;
let guest: { accountId: number; phone: string };
let programmeId: number;

beforeAll(async () => {
  server = await startTestServer();
  owner = await signIn(server, OWNER);
  cashier = await signIn(server, server.cashier);
  guest = await registerGuest(server);
  const programmes = await ask('GET', '/coupon-kinds/programmes');
  programmeId = (programmes.body.items as { programmeId: number }[])[0]!.programmeId;
});
afterAll(() => server?.stop());

const ask = (method: string, path: string, body?: unknown, headers = owner): Promise<Answer> =>
  call(server, { method, path: `/api/v1${path}`, body, headers });
const atTill = (path: string, body?: unknown) =>
  ask(body === undefined ? 'GET' : 'POST', `/till${path}`, body, cashier);
const TEN = { effect: { kind: 'percent', basisPoints: 1000 } };

async function newKind(kind: object): Promise<number> {
  const made = await ask('POST', '/coupon-kinds', { programmeId, name: 'Десять процентов', terms: TEN, ...kind });
  expect(made.status).toBe(200);
  return made.body.kindId as number;
}

describe('the owner', () => {
  test('sees what terms would do to a check before saving them, and what is wrong with them', async () => {
    const lines = [{ amount: 100_000 }];
    const tried = await ask('POST', '/coupon-kinds/example', { programmeId, terms: TEN, lines });
    expect(tried.body).toMatchObject({ discount: 10_000, lines: [90_000], reason: null });
    const wrong = { ...TEN, condition: { from: '2026-02-01T00:00:00Z', until: '2026-01-01T00:00:00Z' } };
    const refused = await ask('POST', '/coupon-kinds', { programmeId, name: 'x', mode: 'personal', terms: wrong });
    expect(refused).toMatchObject({ status: 400, body: { error: { fields: [{ path: 'terms.condition.until' }] } } });
  });

  test('has codes made in the background, watches them come and takes them as a file', async () => {
    const kindId = await newKind({ mode: 'unique' });
    const order = { externalId: randomUUID(), count: 2_500 };
    const first = await ask('POST', `/coupon-kinds/${kindId}/batches`, order);
    expect(first.body).toMatchObject({ wanted: 2_500 });
    expect((await ask('POST', `/coupon-kinds/${kindId}/batches`, order)).body.batchId).toBe(first.body.batchId);
    await server.quiet();
    const { items } = (await ask('GET', `/coupon-kinds/${kindId}/batches`)).body as { items: { made: number }[] };
    expect(items).toMatchObject([{ made: 2_500 }]);
    const file = await ask('GET', `/coupon-kinds/${kindId}/batches/${first.body.batchId}/codes.csv`);
    const codes = file.text.trim().split('\r\n').slice(1);
    expect(new Set(codes).size).toBe(2_500);
    expect(codes[0]).toMatch(/^[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}[;,]/);
    expect((await ask('GET', `/coupon-kinds/${kindId}`)).body).toMatchObject({ numbers: { issued: 2_500, used: 0 } });
  });

  test('a cashier may neither read nor make coupons', async () => {
    expect((await ask('GET', '/coupon-kinds', undefined, cashier)).status).toBe(403);
    expect((await ask('POST', '/certificates', { externalId: 'x', amount: 1, paid: true }, cashier)).status).toBe(403);
  });
});

describe('the cashier', () => {
  test('sees the guest’s coupons, takes one with a certificate, and a return gives both back', async () => {
    const { accountId } = guest;
    const kindId = await newKind({ mode: 'personal' });
    await ask('POST', '/coupons', { externalId: randomUUID(), kindId, accountId });
    const { code: certificate } = (
      await ask('POST', '/certificates', { externalId: randomUUID(), amount: 50_000, paid: true })
    ).body as { code: string };
    const own = (await atTill(`/guests/${accountId}/coupons`)).body.items as { code: string }[];
    expect(own).toMatchObject([{ name: 'Десять процентов', alone: false }]);
    const { code } = own[0]!;
    const found = await callTill(server, 'accounts/find_by_phone', { phone: guest.phone });
    expect(found.body.coupons).toMatchObject([{ code, kind: 'percent' }]);
    expect((await atTill('/code', { code: certificate })).body).toMatchObject({ certificate: { balance: 50_000 } });
    const wish = { accountId, amount: 100_000, spend: 0, coupons: [code], certificate };
    const quoted = await atTill('/quote', wish);
    expect(quoted.body).toMatchObject({ discount: 10_000, certificate: { pays: 50_000 }, toPay: 40_000 });
    const sale = { operationKey: randomUUID(), ...wish };
    const sold = await atTill('/sales', sale);
    expect(sold.body).toMatchObject({ discount: 10_000, certificate: { paid: 50_000, left: 0 }, toPay: 40_000 });
    expect((await atTill('/sales', sale)).text).toBe(sold.text);
    const again = await atTill('/sales', { ...wish, certificate: undefined, operationKey: randomUUID() });
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'already_used' } } });
    const back = await atTill(`/sales/${sold.body.checkId}/return`, {});
    expect(back.body).toMatchObject({ moneyBack: 40_000, certificateBack: 50_000, couponsBack: 1 });
    expect((await atTill('/code', { code: certificate })).body).toMatchObject({ certificate: { balance: 50_000 } });
    expect((await atTill('/code', { code, accountId })).body).toMatchObject({ refusal: null });
  });

  test('annuls a ticket without a check, once for one key', async () => {
    const kindId = await newKind({ mode: 'personal', name: 'Билет', terms: { effect: { kind: 'ticket' } } });
    const { code } = (await ask('POST', '/coupons', { externalId: randomUUID(), kindId, accountId: guest.accountId }))
      .body as { code: string };
    expect((await atTill('/code', { code })).body).toMatchObject({ coupon: { alone: true, effect: 'ticket' } });
    const wish = { operationKey: randomUUID(), code: code.toLowerCase() };
    expect((await atTill('/redeem', wish)).body).toEqual({ name: 'Билет', effect: 'ticket', usesLeft: 0, points: 0 });
    expect((await atTill('/redeem', wish)).status).toBe(200);
    const second = await atTill('/redeem', { ...wish, operationKey: randomUUID() });
    expect(second.body).toMatchObject({ error: { code: 'already_used' } });
  });

  test('cannot try codes until one fits', async () => {
    const answers: number[] = [];
    for (let guess = 0; guess < 25; guess++) answers.push((await atTill('/code', { code: `GUESS${guess}` })).status);
    expect(answers.slice(0, 20).every((status) => status === 404)).toBe(true);
    expect(answers.slice(20).every((status) => status === 429)).toBe(true);
  });
});
