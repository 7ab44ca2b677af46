import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestHouse, type TestHouse } from '../../../../test/platform.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { createCompany } from '../../tenancy/index.ts';
import { confirmPhoneCode, DEFAULT_TILL_SETTINGS, type IssuedCode, issuePhoneCode, saveTillSettings } from './index.ts';

const { pin, limits } = DEFAULT_TILL_SETTINGS;

let house: TestHouse;
let tenant: Tenant;
let other: Tenant;
beforeAll(async () => {
  house = await createTestHouse();
  const company = {
    name: 'Траттория',
    language: 'ru',
    currency: 'RUB',
    timeZone: 'Europe/Moscow',
    country: 'RU',
  } as const;
  tenant = await createCompany(house.platform, { ...company, demo: false });
  other = await createCompany(house.platform, { ...company, demo: false });
});
afterAll(() => house.close());
// Every test begins in a new hour: no code of the one before counts.
beforeEach(() => house.clock.advance({ hours: 2 }));

let phones = 79_120_000_000;
const newPhone = () => String(++phones);
const issue = (phone = newPhone(), address: string | null = null, of = tenant) =>
  issuePhoneCode(house.platform, of, { phone, address });
async function issued(phone?: string): Promise<IssuedCode> {
  const result = await issue(phone);
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
}
const confirm = ({ codeId, code }: { codeId: string; code: string }, of = tenant) =>
  confirmPhoneCode(house.platform, of, { codeId, code });
const wrongFor = (code: string) => (code === '000000' ? '000001' : '000000');
const refused = (code: string, params?: object) => ({ ok: false, refusal: params ? { code, params } : { code } });

describe('a code', () => {
  test('proves its phone, once', async () => {
    const phone = newPhone();
    const made = await issued(phone);
    expect(made.code).toMatch(/^\d{6}$/);
    expect(await confirm(made)).toEqual({ ok: true, value: { phone, accountId: null } });
    expect(await confirm(made)).toEqual(refused('code_expired', { used: true }));
  });

  test('may be typed with a space in it', async () => {
    const made = await issued();
    expect(await confirm({ ...made, code: ` ${made.code.slice(0, 3)} ${made.code.slice(3)}` })).toMatchObject({
      ok: true,
    });
  });

  test('allows few tries, and the right answer after them comes too late', async () => {
    const made = await issued();
    const wrong = { ...made, code: wrongFor(made.code) };
    for (let left = pin.tries - 1; left > 0; left -= 1) {
      expect(await confirm(wrong)).toEqual(refused('code_wrong', { triesLeft: left }));
    }
    expect(await confirm(wrong)).toEqual(refused('code_spent'));
    expect(await confirm(made)).toEqual(refused('code_spent'));
  });

  test('allows no more tries when they come at once', async () => {
    const made = await issued();
    const wrong = { ...made, code: wrongFor(made.code) };
    const results = await Promise.all(Array.from({ length: 20 }, () => confirm(wrong)));
    const codes = results.map((result) => (result.ok ? 'ok' : result.refusal.code));
    expect(codes.filter((code) => code === 'code_wrong')).toHaveLength(pin.tries - 1);
    expect(codes.filter((code) => code === 'code_spent')).toHaveLength(20 - pin.tries + 1);
  });

  test('of two right answers at once one wins', async () => {
    const made = await issued();
    const results = await Promise.all([confirm(made), confirm(made), confirm(made)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('lives its minutes and not longer', async () => {
    const [first, second] = [await issued(), await issued()];
    house.clock.advance({ seconds: pin.lifetimeMinutes * 60 - 1 });
    expect(await confirm(first)).toMatchObject({ ok: true });
    house.clock.advance({ seconds: 1 });
    expect(await confirm(second)).toEqual(refused('code_expired'));
  });

  test('is unknown to another company', async () => {
    const made = await issued();
    expect(await confirm(made, other)).toEqual(refused('code_expired'));
    expect(await confirm(made)).toMatchObject({ ok: true });
  });

  test('that was never made is answered like one that is over', async () => {
    const codeId = '00000000-0000-4000-8000-000000000000';
    expect(await confirm({ codeId, code: '123456' })).toEqual(refused('code_expired'));
  });

  test('lies in the database as a keyed hash, different for each code', async () => {
    const made = await issued();
    const rows = await tenant.query<{ code_hash: Buffer }>(
      'select code_hash from short_codes where company_id = $1 and code_id = $2',
      [tenant.companyId, made.codeId],
    );
    expect(rows[0]?.code_hash).toHaveLength(32);
    expect(rows[0]?.code_hash.includes(made.code)).toBe(false);
    expect(rows[0]?.code_hash).not.toEqual(house.platform.vault.keyed('phone-code', made.code));
  });

  test('keeps its leading zeros and favours no digit', async () => {
    // The highest values of 32 bits would favour small codes: they are drawn again.
    const draws = [0xffff_ffff, 7];
    const random = (bytes: number) => {
      if (bytes !== 4) return house.platform.random(bytes);
      const drawn = Buffer.alloc(4);
      drawn.writeUInt32BE(draws.shift() ?? 0);
      return drawn;
    };
    const made = await issuePhoneCode({ ...house.platform, random }, tenant, {
      phone: newPhone(),
      address: null,
    });
    expect(made).toMatchObject({ ok: true, value: { code: '000007' } });
  });
});

test('a company may choose the length, the life and the tries of its codes', async () => {
  const { pin: standard, ...rest } = DEFAULT_TILL_SETTINGS;
  const own = { ...rest, pin: { ...standard, digits: 4, lifetimeMinutes: 1, tries: 2 } };
  await saveTillSettings(house.platform, other, own);
  const made = await issue(newPhone(), null, other);
  if (!made.ok) throw new Error(made.refusal.code);
  expect(made.value.code).toMatch(/^\d{4}$/);
  expect(made.value.expiresAt).toEqual(house.clock.now().add({ minutes: 1 }));
  const wrong = { ...made.value, code: made.value.code === '0000' ? '0001' : '0000' };
  expect(await confirm(wrong, other)).toEqual(refused('code_wrong', { triesLeft: 1 }));
  expect(await confirm(wrong, other)).toEqual(refused('code_spent'));
  await saveTillSettings(house.platform, other, DEFAULT_TILL_SETTINGS);
});

describe('asking for codes', () => {
  test('has a pause, and says how long it is', async () => {
    const phone = newPhone();
    await issued(phone);
    house.clock.advance({ seconds: 15 });
    expect(await issue(phone)).toEqual(refused('code_too_often', { seconds: pin.pauseSeconds - 15 }));
    expect(await issue()).toMatchObject({ ok: true });
    house.clock.advance({ seconds: pin.pauseSeconds - 15 });
    expect(await issue(phone)).toMatchObject({ ok: true });
  });

  test('twice at once for one phone makes one code', async () => {
    const phone = newPhone();
    const results = await Promise.all([issue(phone), issue(phone), issue(phone)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('for one phone ends for an hour after its number', async () => {
    const phone = newPhone();
    for (let made = 0; made < limits.perPhone; made += 1) {
      expect(await issue(phone)).toMatchObject({ ok: true });
      house.clock.advance({ seconds: pin.pauseSeconds });
    }
    expect(await issue(phone)).toEqual(refused('code_too_often', { seconds: 3_600 }));
    expect(await issue(phone, null, other)).toMatchObject({ ok: true });
    house.clock.advance({ hours: 1 });
    expect(await issue(phone)).toMatchObject({ ok: true });
  });

  test('are forgotten after a day: they hold phones and addresses', async () => {
    await issue(newPhone(), '203.0.113.1');
    house.clock.advance({ hours: 25 });
    await issue();
    const left = await tenant.query('select from short_codes where company_id = $1', [tenant.companyId]);
    expect(left).toHaveLength(1);
  });

  test('from one address ends after its number, whatever the phones', async () => {
    for (let made = 0; made < limits.perAddress; made += 1) {
      expect(await issue(newPhone(), '203.0.113.7')).toMatchObject({ ok: true });
    }
    expect(await issue(newPhone(), '203.0.113.7')).toEqual(refused('code_too_often', { seconds: 3_600 }));
    expect(await issue(newPhone(), '203.0.113.8')).toMatchObject({ ok: true });
    expect(await issue(newPhone(), null)).toMatchObject({ ok: true });
  });

  test('from everywhere ends at the company’s number', async () => {
    await tenant.query(
      `insert into short_codes (company_id, code_id, phone, purpose, code_hash, tries_left, created_at, expires_at)
       select $1, gen_random_uuid(), 'x' || n, 'register', '', 5, $2::timestamptz, $2::timestamptz
       from generate_series(1, ${limits.perCompany}) n`,
      [tenant.companyId, house.clock.now().toString()],
    );
    expect(await issue()).toEqual(refused('code_too_often', { seconds: 3_600 }));
    expect(await issue(newPhone(), null, other)).toMatchObject({ ok: true });
  });
});
