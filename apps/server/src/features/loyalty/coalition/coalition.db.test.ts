import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addProgramme, newCompany, openGuest, processOn } from '../../../../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../../../../test/platform.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { addVenue } from '../../tenancy/index.ts';
import { type LoyaltyPlatform, quoteSale, registerCheck, returnCheck } from '../index.ts';
import { addPartner, changePartner, giveVenue, listPartners, takeVenue } from './keep-partners.ts';
import { netOf } from './model.ts';
import { clearingLines, clearingStatement, everyClearingLine, periodOf } from './statement.ts';

let house: TestHouse;
let platform: LoyaltyPlatform;
let tenant: Tenant;
let checks = 0;
const VENUES = { cafe: 1, bar: 2, spa: 3 };
const partners: Record<keyof typeof VENUES, number> = { cafe: 0, bar: 0, spa: 0 };
const MARCH = { from: '2026-03-01', to: '2026-03-31' };

const rules = {
  timeZone: 'Europe/Moscow',
  levels: [{ id: 'base', name: 'База', fromTurnover: 0, rateBasisPoints: 1000 }],
  clearing: { defaultBasisPoints: 9000 },
  discount: { kind: 'matrix', cells: [{ level: 'base', venue: '3', basisPoints: 1000 }], defaultBasisPoints: 200 },
};

beforeAll(async () => {
  house = await createTestHouse();
  platform = processOn(house);
  tenant = await openCompany('Коалиция');
  for (const [name, code] of Object.entries(VENUES)) {
    const added = await addPartner(tenant, name, platform.clock.now());
    if (!added.ok) throw new Error(added.refusal.code);
    partners[name as keyof typeof VENUES] = added.value.partnerId;
    await giveVenue(tenant, added.value.partnerId, { code, name });
  }
});
afterAll(() => house.close());

async function openCompany(name: string): Promise<Tenant> {
  const fresh = await newCompany(platform, name);
  await addProgramme(platform, fresh, rules);
  return fresh;
}

async function newAccount(owner = tenant): Promise<number> {
  return (await openGuest(platform, owner)).accountId;
}

/** A check that another system has settled, at a venue. */
async function sell(accountId: number, venueCode: number | undefined, money: bigint, spend = 0n, owner = tenant) {
  checks += 1;
  const externalId = `c${checks}`;
  const facts = { accountId, source: 'probonus', externalId, venueCode, spend } as const;
  const sold = await registerCheck(platform, owner, { ...facts, mode: 'reported', money });
  if (!sold.ok) throw new Error(sold.refusal.code);
  return sold.value.checkId;
}

const claimsOfCheck = async (checkId: number) =>
  (await tenant.query<{ debtor: string; creditor: string; points: bigint; amount: bigint; operation: string }>(
    `select debtor, creditor, points, amount, operation from clearing_claims
     where company_id = $1 and check_id = $2 order by claim_id`,
    [tenant.companyId, checkId],
  )) as unknown[];
const id = (name: keyof typeof VENUES): string => String(partners[name]);

describe('a sale in a coalition', () => {
  test('EX-M4, EX-M5: whoever took points is owed by those who issued them, written with the sale', async () => {
    const accountId = await newAccount();
    await sell(accountId, VENUES.cafe, 60_000n);
    house.clock.advance({ hours: 24 });
    await sell(accountId, VENUES.spa, 100_000n);
    const checkId = await sell(accountId, VENUES.bar, 50_000n, 10_000n);
    expect(await claimsOfCheck(checkId)).toEqual([
      { debtor: id('cafe'), creditor: id('bar'), points: 6_000n, amount: 5_400n, operation: 'sale' },
      { debtor: id('spa'), creditor: id('bar'), points: 4_000n, amount: 3_600n, operation: 'sale' },
    ]);
  });

  test('a return takes the claims back to nothing, and a repeated return adds none', async () => {
    const accountId = await newAccount();
    await sell(accountId, VENUES.cafe, 300_000n);
    const checkId = await sell(accountId, VENUES.bar, 30_000n, 30_000n);
    await Promise.all([1, 2, 3].map(() => returnCheck(platform, tenant, { checkId })));
    const between = { debtor: id('cafe'), creditor: id('bar') };
    expect(await claimsOfCheck(checkId)).toEqual([
      { ...between, points: 30_000n, amount: 27_000n, operation: 'sale' },
      { ...between, points: -30_000n, amount: -27_000n, operation: 'return' },
    ]);
  });

  test('one check sent twenty times at once makes one claim', async () => {
    const accountId = await newAccount();
    await sell(accountId, VENUES.cafe, 100_000n);
    const facts = { accountId, source: 'probonus', externalId: 'storm', venueCode: VENUES.bar } as const;
    const one = () => registerCheck(platform, tenant, { ...facts, spend: 5_000n, mode: 'reported', money: 5_000n });
    const answers = await Promise.all(Array.from({ length: 20 }, one));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const [first] = answers;
    expect(await claimsOfCheck(first?.ok ? first.value.checkId : 0)).toHaveLength(1);
  });

  test('EX-M3: a check from a venue that nobody has entered is sold and noted for the operator', async () => {
    const accountId = await newAccount();
    await sell(accountId, 404, 10_000n);
    await sell(accountId, 404, 10_000n);
    expect((await listPartners(tenant)).unknownVenues).toMatchObject([{ code: 404, checks: 2 }]);
    await giveVenue(tenant, partners.spa, { code: 404, name: 'Новая' });
    expect((await listPartners(tenant)).unknownVenues).toEqual([]);
  });

  test('a quote gives the discount of the venue, and the sale keeps it', async () => {
    const accountId = await newAccount();
    const quoted = await quoteSale(platform, tenant, { accountId, total: 100_000n, venueCode: VENUES.spa });
    expect(quoted).toMatchObject({ ok: true, value: { discount: 10_000n, money: 90_000n, earn: 9_000n } });
    const facts = { accountId, source: 'till', externalId: 'spa', venueCode: VENUES.spa, spend: 0n } as const;
    const sold = await registerCheck(platform, tenant, { ...facts, mode: 'priced', total: 100_000n });
    expect(sold).toMatchObject({ ok: true, value: { discount: 10_000, money: 90_000, accrued: 9_000 } });
    const [row] = await tenant.query('select discount, money from checks where company_id = $1 and external_id = $2', [
      tenant.companyId,
      'spa',
    ]);
    expect(row).toEqual({ discount: 10_000n, money: 90_000n });
  });

  test('nothing of it is read or written where the venue is nobody’s', async () => {
    const accountId = await newAccount();
    await addVenue(tenant, { code: 9, name: 'Своя' });
    await sell(accountId, VENUES.cafe, 100_000n);
    expect(await claimsOfCheck(await sell(accountId, 9, 10_000n, 5_000n))).toEqual([]);
    expect(await claimsOfCheck(await sell(accountId, undefined, 10_000n, 5_000n))).toEqual([]);
  });
});

describe('the statement', () => {
  test('sums each direction, sets them off, and lists every check behind the sum', async () => {
    const own = await openCompany('Итоги');
    const [cafe, bar] = await Promise.all(['cafe', 'bar'].map((name) => addPartner(own, name, platform.clock.now())));
    if (!cafe?.ok || !bar?.ok) throw new Error('no partners');
    await giveVenue(own, cafe.value.partnerId, { code: 1, name: 'Кафе' });
    await giveVenue(own, bar.value.partnerId, { code: 2, name: 'Бар' });
    const first = await newAccount(own);
    const second = await newAccount(own);
    await sell(first, 1, 100_000n, 0n, own);
    await sell(second, 2, 100_000n, 0n, own);
    await sell(first, 2, 1_000n, 10_000n, own);
    await sell(second, 1, 1_000n, 4_000n, own);
    const period = periodOf(MARCH, 'Europe/Moscow');
    if (!period.ok) throw new Error('no period');
    const statement = await clearingStatement(own, MARCH, period.value);
    expect(statement.net).toMatchObject([{ debtor: { name: 'cafe' }, creditor: { name: 'bar' }, amount: 5_400 }]);
    expect(statement.claims.map(({ amount, checks }) => [amount, checks])).toEqual([
      [9_000, 1],
      [3_600, 1],
    ]);
    const between = [String(cafe.value.partnerId), String(bar.value.partnerId)] as const;
    const page = { ...period.value, between, limit: 1 };
    const newest = await clearingLines(own, { ...page, before: null });
    const older = await clearingLines(own, { ...page, before: newest[0]!.claimId });
    expect([...newest, ...older].map(({ venue, amount }) => [venue, amount])).toEqual([
      ['Кафе', 3_600],
      ['Бар', 9_000],
    ]);
    const all: unknown[] = [];
    for await (const lines of everyClearingLine(own, period.value)) all.push(...lines);
    expect(all).toHaveLength(2);
    const april = periodOf({ from: '2026-04-01', to: '2026-04-30' }, 'Europe/Moscow');
    expect(april.ok && (await clearingStatement(own, MARCH, april.value)).claims).toEqual([]);
  });

  test('a period is days of the company, the last one whole; impossible ones are refused', () => {
    const period = periodOf({ from: '2026-03-01', to: '2026-03-01' }, 'Europe/Moscow');
    expect(period.ok && [String(period.value.from), String(period.value.until)]).toEqual([
      '2026-02-28T21:00:00Z',
      '2026-03-01T21:00:00Z',
    ]);
    for (const wrong of [
      { from: '2026-02-30', to: '2026-03-01' },
      { from: '2026-03-02', to: '2026-03-01' },
      { from: '2016-03-02', to: '2027-03-01' },
    ]) {
      expect(periodOf(wrong, 'Europe/Moscow').ok).toBe(false);
    }
  });

  test('net: two directions become one payment, equal ones none, the pool is a party', () => {
    const sum = (debtor: string | null, creditor: string | null, amount: bigint) => ({
      debtor,
      creditor,
      amount,
      points: amount,
      checks: 1,
    });
    expect(
      netOf([sum('2', '10', 5n), sum('10', '2', 9n), sum('2', null, 4n), sum('3', '4', 1n), sum('4', '3', 1n)]),
    ).toEqual([
      { debtor: '10', creditor: '2', amount: 4n },
      { debtor: '2', creditor: null, amount: 4n },
    ]);
  });
});

describe('partners', () => {
  test('a name is a key: added again it is the same partner, given to another it is refused', async () => {
    const added = await addPartner(tenant, 'cafe', platform.clock.now());
    expect(added).toEqual({ ok: true, value: { partnerId: partners.cafe, name: 'cafe' } });
    const renamed = await changePartner(tenant, { partnerId: partners.cafe, name: 'bar' });
    expect(renamed).toMatchObject({ refusal: { code: 'name_taken' } });
    expect(await changePartner(tenant, { partnerId: 999_999, name: 'x' })).toMatchObject({
      refusal: { code: 'partner_not_found' },
    });
  });

  test('another company sees nothing of them and cannot take a venue', async () => {
    const other = await openCompany('Другие');
    expect(await listPartners(other)).toEqual({ partners: [], venues: [], unknownVenues: [] });
    expect(await giveVenue(other, partners.cafe, { code: 1, name: 'Чужая' })).toMatchObject({
      refusal: { code: 'partner_not_found' },
    });
    await takeVenue(other, partners.cafe, VENUES.cafe);
    expect((await listPartners(tenant)).venues.find(({ code }) => code === VENUES.cafe)?.partnerId).toBe(partners.cafe);
  });

  test('claims can be added to, never changed', async () => {
    for (const change of ['update clearing_claims set amount = 0', 'delete from clearing_claims']) {
      await expect(tenant.query(`${change} where company_id = $1`, [tenant.companyId])).rejects.toThrow(
        /permission denied/,
      );
    }
  });
});
