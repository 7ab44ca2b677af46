import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../../../test/platform.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { createInTurn } from '../../../platform/in-turn.ts';
import {
  BONUS_PROGRAMME,
  createGroup,
  createProgramme,
  createRulesLibrary,
  openAccount,
  registerCheck,
} from '../../loyalty/index.ts';
import { createCompanies, createCompany } from '../../tenancy/index.ts';
import type { TillPlatform } from '../find-guest.ts';
import { selectOpenSales, selectParkedReturns } from './queue.store.ts';
import { settleParkedReturns, takeQueuedReturn } from './take-queued-return.ts';
import { book, type LateSale, takeQueuedSale } from './take-queued-sale.ts';

const PHONE = '79123456789';
let house: TestHouse;
let tenant: Tenant;
let platform: TillPlatform;
let accountId: number;
const station = { stationId: 3, venueCode: 7 };
const actor = () => ({ tenant, userId: 1, station });

async function newGuest(phone: string): Promise<number> {
  const profile = { firstName: 'Мария', lastName: '', middleName: '', birthday: null, sex: null, email: null } as const;
  const identifiers = [{ kind: 'phone', value: phone, main: true, verifiedAt: null }] as const;
  const opened = await openAccount(platform, tenant, {
    groupId: 1,
    profile: { ...profile, language: 'ru' },
    identifiers,
  });
  if (!opened.ok) throw new Error(opened.refusal.code);
  return opened.value.accountId;
}

beforeAll(async () => {
  house = await createTestHouse();
  const companies = createCompanies();
  const findByCardCode = async () => null;
  platform = { ...house.platform, rules: createRulesLibrary(), inTurn: createInTurn(), companies, findByCardCode };
  const company = { name: 'Траттория', language: 'ru', currency: 'RUB', timeZone: 'Europe/Moscow' } as const;
  tenant = await createCompany(platform, { ...company, country: 'RU', demo: false });
  const levels = [{ id: 'base', name: 'Гость', fromTurnover: 0, rateBasisPoints: 500 }];
  const rules = { timeZone: 'Europe/Moscow', levels };
  const programmeId = await createProgramme(platform, tenant, { name: 'Баллы', kind: BONUS_PROGRAMME, rules });
  await createGroup(tenant, { groupId: 1, programmeId, name: 'Все', template: { welcome: false } });
  accountId = await newGuest(PHONE);
});
afterAll(() => house.close());

const lateSale = (some: Partial<LateSale> = {}): LateSale => ({
  operationKey: randomUUID(),
  query: '+7 912 345-67-89',
  accountId: null,
  amount: 100_000n,
  occurredAt: house.clock.now(),
  sentAt: house.clock.now(),
  venueCode: null,
  ...some,
});
async function take(sale: LateSale) {
  const taken = await takeQueuedSale(platform, actor(), sale);
  return taken.ok ? taken.value : taken.refusal.code;
}
async function giveBack(saleKey: string) {
  const taken = await takeQueuedReturn(platform, actor(), { saleKey, returnKey: randomUUID() });
  return taken.ok ? taken.value : taken.refusal.code;
}
async function balance(): Promise<bigint> {
  const rows = await tenant.query<{ available: bigint }>(
    'select available from accounts where company_id = $1 and account_id = $2',
    [tenant.companyId, accountId],
  );
  return rows[0]!.available;
}
const checkOf = async (key: string) =>
  (
    await tenant.query<{ occurred_at: Temporal.Instant; venue_code: number; station_code: number; status: string }>(
      `select occurred_at, venue_code, station_code, status from checks
       where company_id = $1 and source = 'till' and external_id = $2`,
      [tenant.companyId, key],
    )
  )[0];
const open = async () => (await selectOpenSales(tenant, { before: null, limit: 50 })).map((one) => one.operationKey);
const parked = async (key: string) =>
  (await selectParkedReturns(tenant, { before: null, limit: 50 })).find((one) => one.saleKey === key)?.state;

describe('a sale that a till kept', () => {
  test('counts once at its own time, at the venue of its station, however often and by how many tabs it is sent', async () => {
    const before = await balance();
    const rungUp = house.clock.now();
    house.clock.advance({ hours: 5 });
    // The clock of this device is two years behind: the time that has passed on it is right.
    const device = rungUp.subtract({ hours: 24 * 730 });
    const sale = lateSale({ occurredAt: device, sentAt: device.add({ hours: 5 }) });
    const answers = await Promise.all([take(sale), take(sale), take(sale)]);
    const again = await take({ ...sale, sentAt: device.add({ hours: 6 }) });
    const booked = answers.filter((one) => typeof one !== 'string');
    expect(booked.length).toBeGreaterThan(0);
    for (const one of [...booked, again]) expect(one).toMatchObject({ state: 'booked', accrued: 5_000 });
    expect(await balance()).toBe(before + 5_000n);
    expect(await checkOf(sale.operationKey)).toMatchObject({ venue_code: 7, station_code: 3, status: 'sold' });
    expect((await checkOf(sale.operationKey))?.occurred_at.epochMilliseconds).toBe(rungUp.epochMilliseconds);
  });

  test('under a used key with another sum is refused, and nothing changes', async () => {
    const sale = lateSale();
    await take(sale);
    const before = await balance();
    expect(await take({ ...sale, amount: 99_000n })).toBe('idempotency_mismatch');
    expect(await balance()).toBe(before);
  });

  test('that the till had sent before it lost the network is that sale, also when it spent points', async () => {
    const key = randomUUID();
    const sold = await registerCheck(platform, tenant, {
      mode: 'priced',
      accountId,
      source: 'till',
      externalId: key,
      total: 100_000n,
      spend: 1_000n,
    });
    if (!sold.ok) throw new Error(sold.refusal.code);
    const before = await balance();
    expect(await take(lateSale({ operationKey: key }))).toMatchObject({ state: 'booked', checkId: sold.value.checkId });
    expect(await balance()).toBe(before);
  });

  test('of a guest who is unknown waits for a manager, and is booked when he is known', async () => {
    const sale = lateSale({ query: '+7 912 000-00-01' });
    expect(await take(sale)).toMatchObject({ state: 'kept', why: { code: 'account_not_found' } });
    expect(await open()).toContain(sale.operationKey);
    expect(await take({ ...sale, amount: 1n })).toBe('idempotency_mismatch');
    house.clock.advance({ hours: 1 });
    await newGuest('79120000001');
    expect(await take(sale)).toMatchObject({ state: 'booked' });
    expect(await open()).not.toContain(sale.operationKey);
    const kept = (await checkOf(sale.operationKey))?.occurred_at;
    expect(kept?.epochMilliseconds).toBe(sale.occurredAt.epochMilliseconds);
  });

  test('that comes after three days waits for a manager, who books it at its own time', async () => {
    const occurredAt = house.clock.now();
    house.clock.advance({ hours: 72, seconds: 1 });
    const sale = lateSale({ occurredAt, accountId, query: null });
    expect(await take(sale)).toMatchObject({ state: 'kept', why: { code: 'sale_too_late' } });
    const before = await balance();
    const booked = await book(platform, actor(), { ...sale, accountId, late: false });
    expect(booked).toMatchObject({ ok: true, value: { state: 'booked' } });
    expect(await balance()).toBe(before + 5_000n);
    expect(await take(sale)).toMatchObject({ state: 'booked' });
    expect(await balance()).toBe(before + 5_000n);
    expect(await open()).not.toContain(sale.operationKey);
  });

  test('names a guest or an account, not both', async () => {
    expect(await take(lateSale({ accountId }))).toBe('value_invalid');
    expect(await take(lateSale({ query: null }))).toBe('value_invalid');
  });
});

describe('a return that a till kept', () => {
  test('takes back the sale once, whichever of the two comes first (EX-X10)', async () => {
    const before = await balance();
    const sale = lateSale();
    expect(await giveBack(sale.operationKey)).toMatchObject({ state: 'parked' });
    expect(await giveBack(sale.operationKey)).toMatchObject({ state: 'parked' });
    expect(await balance()).toBe(before);
    expect(await take(sale)).toMatchObject({ state: 'returned' });
    expect(await balance()).toBe(before);
    expect(await checkOf(sale.operationKey)).toMatchObject({ status: 'returned' });
    expect(await parked(sale.operationKey)).toBe('applied');
    const later = lateSale();
    await take(later);
    expect(await giveBack(later.operationKey)).toMatchObject({ state: 'returned', moneyBack: 100_000 });
    expect(await giveBack(later.operationKey)).toMatchObject({ state: 'returned', moneyBack: 100_000 });
    expect(await balance()).toBe(before);
  });

  test('meets a sale that came by the ordinary way within a minute', async () => {
    const before = await balance();
    const key = randomUUID();
    await giveBack(key);
    const sale = { mode: 'priced', accountId, source: 'till', externalId: key, total: 100_000n, spend: 0n } as const;
    await registerCheck(platform, tenant, sale);
    expect(await balance()).toBe(before + 5_000n);
    await settleParkedReturns(platform, tenant);
    expect(await balance()).toBe(before);
    expect(await parked(key)).toBe('applied');
  });

  test('waits three days for its sale, then is given up and reported; the sale may still come', async () => {
    const key = randomUUID();
    await giveBack(key);
    house.clock.advance({ hours: 71, minutes: 59 });
    await settleParkedReturns(platform, tenant);
    expect(await parked(key)).toBe('waiting');
    house.clock.advance({ minutes: 1 });
    await settleParkedReturns(platform, tenant);
    expect(await parked(key)).toBe('over');
    expect(house.logged.filter((line) => line.includes('its sale never came') && line.includes(key))).toHaveLength(1);
    expect(await take(lateSale({ operationKey: key }))).toMatchObject({ state: 'booked' });
  });

  test('of a sale that waits for a manager withdraws it', async () => {
    const sale = lateSale({ query: '+7 912 000-00-09' });
    await take(sale);
    expect(await giveBack(sale.operationKey)).toEqual({ state: 'returned', moneyBack: null });
    expect(await open()).not.toContain(sale.operationKey);
    expect(await take(sale)).toMatchObject({ state: 'kept' });
    expect(await open()).not.toContain(sale.operationKey);
  });
});
