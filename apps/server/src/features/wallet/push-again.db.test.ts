import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createWalletHouse, TEST_PASS_TYPE, tokenOf, type WalletHouse } from '../../../test/wallet-house.ts';
import type { PassRecord } from './model.ts';
import { pushAgain } from './push-again.ts';
import { haltPushes, releasePushes } from './store/push-states.ts';

let house: WalletHouse;
let phones = 0;
beforeAll(async () => {
  house = await createWalletHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  // What earlier tests left behind comes to its end.
  for (let step = 0; step < 6; step++) await later({ hours: 24 * 8 });
  house.pushes.length = 0;
});

const base = '/wallet/apple/v1';
async function newCard(): Promise<{ pass: PassRecord; phone: string }> {
  const pass = await house.newPass();
  const phone = `phone-${++phones}`;
  await register(pass, phone);
  return { pass, phone };
}
const tokens = new Map<string, string>();
async function register(pass: PassRecord, phone: string): Promise<void> {
  const pushToken = tokens.get(phone) ?? phones.toString(16).padStart(64, '0');
  tokens.set(phone, pushToken);
  const response = await house.http.inject({
    method: 'POST',
    url: `${base}/devices/${phone}/registrations/${TEST_PASS_TYPE}/${pass.serial}`,
    headers: { authorization: `ApplePass ${tokenOf(house, pass)}` },
    payload: { pushToken },
  });
  expect([200, 201]).toContain(response.statusCode);
  await house.settle();
}
const list = (phone: string) => house.http.inject({ url: `${base}/devices/${phone}/registrations/${TEST_PASS_TYPE}` });
const fetchCard = (pass: PassRecord) =>
  house.http.inject({
    url: `${base}/passes/${TEST_PASS_TYPE}/${pass.serial}`,
    headers: { authorization: `ApplePass ${tokenOf(house, pass)}` },
  });
let points = 1n;
const earn = (pass: PassRecord) => house.change(pass.accountId, { available: ++points * 100n });

/** Time goes by, and what is done every minute is done. Returns how often each phone was pushed. */
async function later(duration: Temporal.DurationLike): Promise<string[]> {
  const before = house.pushes.length;
  house.clock.advance(duration);
  await pushAgain(house.wallet, house.tenant);
  await house.settle();
  return house.pushes.slice(before).map(({ pushToken }) => pushToken);
}

describe('a version that no phone fetches', () => {
  test('is pushed again after 15 minutes, 2 hours, a day and a week, and then no more', async () => {
    const { pass, phone } = await newCard();
    await fetchCard(pass);
    await earn(pass);
    house.pushes.length = 0;
    const token = tokens.get(phone);
    expect(await later({ minutes: 14 })).toEqual([]);
    expect(await later({ minutes: 2 })).toEqual([token]);
    expect(await later({ minutes: 119 })).toEqual([]);
    expect(await later({ minutes: 2 })).toEqual([token]);
    expect(await later({ hours: 24 })).toEqual([token]);
    expect(await later({ hours: 24 * 7 })).toEqual([token]);
    expect(await later({ hours: 24 * 60 })).toEqual([]);
    expect(house.pushes.every(({ mode }) => mode === 'bulk')).toBe(true);
  });

  test('begins anew with the next version', async () => {
    const { pass, phone } = await newCard();
    await earn(pass);
    await later({ hours: 1 });
    await earn(pass);
    house.pushes.length = 0;
    expect(await later({ minutes: 10 })).toEqual([]);
    expect(await later({ minutes: 6 })).toEqual([tokens.get(phone)]);
  });
});

test('a version that was fetched is not pushed again', async () => {
  const { pass, phone } = await newCard();
  await earn(pass);
  await list(phone);
  await fetchCard(pass);
  house.pushes.length = 0;
  expect(await later({ hours: 24 * 30 })).toEqual([]);
});

test('of two phones with a card only the one that did not ask is pushed again', async () => {
  const { pass, phone } = await newCard();
  const second = `phone-${++phones}`;
  await register(pass, second);
  await earn(pass);
  await list(phone);
  await fetchCard(pass);
  expect(await later({ minutes: 16 })).toEqual([tokens.get(second)]);
});

test('after an outage what is due goes in batches, and a phone with several cards is pushed once', async () => {
  const { pass, phone } = await newCard();
  const others = [await house.newPass(), await house.newPass()];
  for (const other of others) await register(other, phone);
  for (const one of [pass, ...others]) await earn(one);
  house.clock.advance({ hours: 3 });
  house.pushes.length = 0;
  expect(await pushAgain(house.wallet, house.tenant, 2)).toBe(2);
  await house.settle();
  expect(house.pushes).toHaveLength(1);
  expect(await pushAgain(house.wallet, house.tenant, 2)).toBe(1);
  expect(await pushAgain(house.wallet, house.tenant, 2)).toBe(0);
});

test('while pushes stand still nothing is pushed again and nothing is used up', async () => {
  const { pass, phone } = await newCard();
  await earn(pass);
  const now = house.clock.now();
  await haltPushes(house.tenant, pass.credentialId, 'bad_tokens', now);
  expect(await later({ hours: 3 })).toEqual([]);
  await releasePushes(house.tenant, house.tenant.companyId, pass.credentialId, { trustedUntil: null, now });
  expect(await later({ minutes: 1 })).toEqual([tokens.get(phone)]);
});
