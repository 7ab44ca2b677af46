import { reissueLeaf } from '@tessera/testkit/pki';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWalletHouse, TEST_PASS_TYPE, TEST_TEAM, type WalletHouse } from '../../../../test/wallet-house.ts';
import { certificateEnds, noteExpiries } from './note-expiries.ts';
import type { OwnerNotice } from './owner-notice.ts';

let house: WalletHouse;
const told: OwnerNotice[] = [];
let trouble = false;
beforeAll(async () => {
  const opened = await createWalletHouse();
  const tellOwner = async (_tenant: unknown, notice: OwnerNotice) => {
    if (trouble) throw new Error('nobody answers');
    told.push(notice);
  };
  house = { ...opened, wallet: { ...opened.wallet, tellOwner } };
  await house.tenant.query('update credentials set demo = false where company_id = $1', [house.tenant.companyId]);
});
afterAll(() => house.close());

const look = async (until: Temporal.Instant) => {
  house.clock.advance({ milliseconds: until.epochMilliseconds - house.clock.now().epochMilliseconds });
  const alarms = await noteExpiries(house.wallet, house.tenant);
  return alarms.filter(({ subject }) => subject === 'certificate').map(({ threshold }) => threshold);
};
const renew = async (leafDays: number) => {
  const now = house.clock.now();
  const renewed = await reissueLeaf(house.chain, {
    passTypeIdentifier: TEST_PASS_TYPE,
    teamIdentifier: TEST_TEAM,
    now,
    leafDays,
  });
  const base64 = (pem: string) => Buffer.from(pem).toString('base64');
  const list = (await house.http.inject({ url: '/api/v1/credentials' })).json();
  const response = await house.http.inject({
    method: 'POST',
    url: `/api/v1/credentials/${list.items[0].credentialId}/certificate`,
    payload: {
      certificate: base64(renewed.leaf.certificatePem),
      privateKey: base64(renewed.leaf.privateKeyPem),
      intermediate: base64(renewed.intermediate.certificatePem),
    },
  });
  expect(response.statusCode).toBe(200);
  return Temporal.Instant.from(response.json().notAfter);
};

describe('the end of a certificate', () => {
  test('is told of 60, 30, 14 and 7 days before and when it is over, each once', async () => {
    const end = await renew(90);
    const heard: number[][] = [];
    for (const days of [61, 59, 58, 29, 15, 13, 6, 1, -1, -2])
      heard.push(await look(end.subtract({ hours: 24 * days })));
    expect(heard).toEqual([[], [60], [], [30], [], [14], [7], [], [0], []]);
    expect(told.filter(({ subject }) => subject === 'certificate')).toHaveLength(5);
    expect(house.logged.some((line) => line.includes('a pass certificate ends soon'))).toBe(true);
  });

  test('of a renewed one is told of anew, and of several thresholds that passed only the last', async () => {
    const end = await renew(90);
    expect(await look(house.clock.now())).toEqual([]);
    expect(await look(end.subtract({ hours: 24 * 10 }))).toEqual([14]);
  });

  test('that could not be told is not noted, and told the next time', async () => {
    const end = await renew(50);
    trouble = true;
    await expect(look(end.subtract({ hours: 24 * 20 }))).rejects.toThrow('nobody answers');
    trouble = false;
    expect(await look(end.subtract({ hours: 24 * 20 }))).toEqual([30]);
  });

  test('stands first among all ends, for the doctor and the figures', async () => {
    const end = await renew(5);
    const [first] = await certificateEnds(house.wallet, house.clock.now());
    expect(first).toMatchObject({ name: 'Карты', subject: 'certificate', days: 4 });
    expect(first?.end.equals(end)).toBe(true);
  });
});
