import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addProgramme, newCompany, openGuest, processOn } from '../../../../test/loyalty-house.ts';
import { createTestHouse, type TestHouse } from '../../../../test/platform.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { replaceTags } from '../../guests/index.ts';
import { insertRules } from '../accounts.store.ts';
import {
  giveBirthdays,
  type LoyaltyPlatform,
  quoteSale,
  registerCheck,
  returnCheck,
  type Sale,
  viewAccount,
} from '../index.ts';
import { selectBudgets, upsertBudget } from './budgets.store.ts';
import { editBirthday } from './edit-birthday.ts';

let house: TestHouse;
let platform: LoyaltyPlatform;
let checks = 0;

const base = {
  timeZone: 'Europe/Moscow',
  levels: [{ id: 'base', name: 'База', fromTurnover: 0, rateBasisPoints: 0 }],
};
const bonus = (id: string, points: number, more: object = {}) => ({
  id,
  name: id,
  effect: { kind: 'bonus', points },
  ...more,
});

beforeAll(async () => {
  house = await createTestHouse();
  platform = processOn(house);
});
afterAll(() => house.close());

async function newProgramme(rules: object): Promise<{ tenant: Tenant; programmeId: number }> {
  const tenant = await newCompany(platform);
  const programmeId = await addProgramme(platform, tenant, { ...base, ...rules });
  return { tenant, programmeId };
}

const newGuest = (tenant: Tenant, birthday: string | null = null) => openGuest(platform, tenant, { birthday });

async function sell(tenant: Tenant, accountId: number, more: Partial<Sale> = {}) {
  checks += 1;
  const facts = { accountId, source: 'till', externalId: `c${checks}`, spend: 0n } as const;
  const sold = await registerCheck(platform, tenant, { ...facts, mode: 'priced', total: 100_000n, ...more } as Sale);
  if (!sold.ok) throw new Error(sold.refusal.code);
  return sold.value;
}

const available = async (tenant: Tenant, accountId: number) =>
  (await viewAccount(platform, tenant, accountId))?.balance.available;

describe('campaign budgets', () => {
  const rules = { earning: { rules: [bonus('spring', 1500, { budgetId: 'spring' })] } };
  const now = () => platform.clock.now();

  test('EX-E8: two checks race for 15.00 each with 20.00 left: exactly one gets 15.00, the other 5.00', async () => {
    const { tenant, programmeId } = await newProgramme(rules);
    const guests = await Promise.all(Array.from({ length: 2 }, () => newGuest(tenant)));
    // 100.00 in all, 80.00 of them used.
    await upsertBudget(tenant, programmeId, { budgetId: 'spring', name: 'Весна', amount: 10_000n }, now());
    await tenant.query('update campaign_budgets set used = 8000 where company_id = $1', [tenant.companyId]);
    const sold = await Promise.all(guests.map(({ accountId }) => sell(tenant, accountId)));
    expect(sold.map(({ accrued }) => accrued).sort((a, b) => a - b)).toEqual([500, 1500]);
    expect((await selectBudgets(tenant, programmeId))[0]?.used).toBe(10_000n);
    expect((await sell(tenant, guests[0]!.accountId)).accrued).toBe(0);
  });

  test('many at once never draw more than there is, and returns give it all back', async () => {
    const { tenant, programmeId } = await newProgramme(rules);
    const guests = await Promise.all(Array.from({ length: 12 }, () => newGuest(tenant)));
    await upsertBudget(tenant, programmeId, { budgetId: 'spring', name: 'Весна', amount: 10_000n }, now());
    const sold = await Promise.all(guests.map(({ accountId }) => sell(tenant, accountId)));
    expect(sold.reduce((sum, { accrued }) => sum + accrued, 0)).toBe(10_000);
    await Promise.all(sold.map(({ checkId }) => returnCheck(platform, tenant, { checkId })));
    expect((await selectBudgets(tenant, programmeId))[0]?.used).toBe(0n);
    for (const { accountId } of guests) expect(await available(tenant, accountId)).toBe(0n);
  });

  test('a quote tells what the budget has left, and a budget that nobody set up gives nothing', async () => {
    const { tenant, programmeId } = await newProgramme(rules);
    const { accountId } = await newGuest(tenant);
    const quoted = async () => {
      const answer = await quoteSale(platform, tenant, { accountId, total: 100_000n });
      if (!answer.ok) throw new Error(answer.refusal.code);
      return { earn: answer.value.earn, cuts: answer.value.cuts };
    };
    expect(await quoted()).toEqual({ earn: 0n, cuts: ['budget'] });
    await upsertBudget(tenant, programmeId, { budgetId: 'spring', name: 'Весна', amount: 700n }, now());
    expect(await quoted()).toEqual({ earn: 700n, cuts: ['budget'] });
    // Set below what it has given it is stopped, not overdrawn.
    await sell(tenant, accountId);
    await upsertBudget(tenant, programmeId, { budgetId: 'spring', name: 'Весна', amount: 300n }, now());
    expect((await sell(tenant, accountId)).accrued).toBe(0);
  });
});

describe('segments, venues and channels', () => {
  test('a rule asks for a tag of the guest, the group of the account, the venue or the channel', async () => {
    const { tenant } = await newProgramme({
      earning: {
        rules: [
          bonus('tag', 1, { condition: { segments: ['vip'] } }),
          bonus('group', 10, { condition: { segments: ['group:3'] } }),
          bonus('venue', 100, { condition: { venues: ['7'] } }),
          bonus('channel', 1000, { condition: { channels: ['probonus'] } }),
        ],
      },
    });
    const { accountId, guestId } = await newGuest(tenant);
    expect((await sell(tenant, accountId)).accrued).toBe(10);
    expect((await sell(tenant, accountId, { venueCode: 7, source: 'probonus' })).accrued).toBe(1110);
    expect(await replaceTags(tenant, guestId, ['vip', 'regular'], platform.clock.now())).toBe(true);
    expect((await sell(tenant, accountId)).accrued).toBe(11);
    await replaceTags(tenant, guestId, ['regular'], platform.clock.now());
    expect((await sell(tenant, accountId)).accrued).toBe(10);
    expect(await replaceTags(tenant, 999_999, ['vip'], platform.clock.now())).toBe(false);
  });
});

describe('birthdays', () => {
  const rules = { birthday: { amount: 50_000 } };

  test('EX-E7: the gift comes with the job of its day, once, and burns after its window', async () => {
    const { tenant } = await newProgramme(rules);
    const anna = await newGuest(tenant, '1990-03-20');
    const boris = await newGuest(tenant, null);
    expect(await giveBirthdays(platform, tenant)).toBe(0);
    house.clock.advance({ days: 15 });
    expect(await giveBirthdays(platform, tenant)).toBe(0);
    // 17 March in Moscow begins at nine in the evening of the 16th.
    house.clock.advance({ hours: 12 });
    expect(await giveBirthdays(platform, tenant)).toBe(1);
    expect(await giveBirthdays(platform, tenant)).toBe(0);
    expect([await available(tenant, anna.accountId), await available(tenant, boris.accountId)]).toEqual([50_000n, 0n]);
    house.clock.advance({ days: 7 });
    expect(await available(tenant, anna.accountId)).toBe(0n);
    expect(await giveBirthdays(platform, tenant)).toBe(0);
  });

  test('a birthday that is edited gives no second gift in the year, and one filled late waits for the next', async () => {
    const { tenant } = await newProgramme(rules);
    const dayAhead = (days: number) =>
      platform.clock.now().toZonedDateTimeISO('Europe/Moscow').toPlainDate().add({ days });
    const anna = await newGuest(tenant, `1990-${dayAhead(20).toString().slice(5)}`);
    const late = await newGuest(tenant, `1990-${dayAhead(5).toString().slice(5)}`);
    await giveBirthdays(platform, tenant);
    house.clock.advance({ days: 20 });
    expect(await giveBirthdays(platform, tenant)).toBe(1);
    expect([await available(tenant, anna.accountId), await available(tenant, late.accountId)]).toEqual([50_000n, 0n]);
    const edited = await editBirthday(platform, tenant, anna.guestId, `1990-${dayAhead(30).toString().slice(5)}`);
    expect(edited.ok).toBe(true);
    house.clock.advance({ days: 30 });
    expect(await giveBirthdays(platform, tenant)).toBe(0);
    house.clock.advance({ days: 320 });
    expect(await giveBirthdays(platform, tenant)).toBe(1);
    expect(await available(tenant, late.accountId)).toBe(50_000n);
    expect((await editBirthday(platform, tenant, anna.guestId, '2026-02-30')).ok).toBe(false);
    expect((await editBirthday(platform, tenant, 999_999, null)).ok).toBe(false);
  });

  test('a version of the rules that gives the first gift finds everybody who told a birthday', async () => {
    const { tenant, programmeId } = await newProgramme({});
    const today = platform.clock.now().toZonedDateTimeISO('Europe/Moscow').toPlainDate();
    const guests = await Promise.all(
      Array.from({ length: 3 }, () => newGuest(tenant, `1990-${today.add({ days: 9 }).toString().slice(5)}`)),
    );
    house.clock.advance({ days: 8 });
    expect(await giveBirthdays(platform, tenant)).toBe(0);
    await insertRules(tenant, programmeId, (id) => ({ ...base, ...rules, id: String(id) }), platform.clock.now());
    expect(await giveBirthdays(platform, tenant)).toBe(3);
    for (const { accountId } of guests) expect(await available(tenant, accountId)).toBe(50_000n);
  });
});
