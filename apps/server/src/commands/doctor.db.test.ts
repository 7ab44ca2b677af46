import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWalletHouse, type WalletHouse } from '../../test/wallet-house.ts';
import { watchCertificates } from '../features/wallet/index.ts';
import { readConfig } from '../platform/config.ts';
import { doctor } from './doctor.ts';

let house: WalletHouse;
beforeAll(async () => {
  house = await createWalletHouse();
});
afterAll(() => house.close());

/** The certificate ends so many days from now, by the clock of the machine, which the doctor reads. */
const endIn = (days: number) =>
  house.tenant.query(
    `update credentials set demo = false, not_after = now() + make_interval(hours => $2) where company_id = $1`,
    [house.tenant.companyId, days * 24 + 1],
  );

async function examine(): Promise<{ code: number; line: string }> {
  const lines: string[] = [];
  const read = readConfig({ DATABASE_URL: house.connectionString, PUBLIC_URL: 'https://cards.example' });
  if (!read.ok) throw new Error(read.problems.map(({ sentence }) => sentence).join(' '));
  const code = await doctor(read.config, (line) => lines.push(line));
  return { code, line: lines.find((one) => one.includes('pass certificates:')) ?? lines.join('\n') };
}

describe('the doctor on the certificates of all companies', () => {
  test('says when the first one ends, and what to do from a month before on', async () => {
    await endIn(31);
    expect((await examine()).line).toMatch(/^ok {4}pass certificates: \d+ ends looked at, the first in 31 days\.$/);
    await endIn(29);
    const soon = await examine();
    expect(soon.line).toMatch(
      /^LOOK {2}pass certificates: "Карты" of company \d+ ends on \d{4}-\d\d-\d\d, in 29 days\./,
    );
    expect(soon.line).toMatch(/Renew it in the console, under Certificates\.$/);
    expect(soon.code).toBe(1);
    await endIn(-3);
    expect((await examine()).line).toMatch(/ended on \d{4}-\d\d-\d\d\. Renew it/);
  });

  test('says that there are none, where there are only those of the demo', async () => {
    await house.tenant.query('update credentials set demo = true where company_id = $1', [house.tenant.companyId]);
    expect((await examine()).line).toBe('ok    pass certificates: none yet.');
  });
});

test('the figure is the days until the first end, looked up anew after ten minutes', async () => {
  const figure = async () => {
    const text = await house.wallet.metrics.registry.getSingleMetricAsString('tessera_certificate_days_left');
    return /^tessera_certificate_days_left (\S+)$/m.exec(text)?.[1];
  };
  const endsIn = (days: number) =>
    house.tenant.query('update credentials set demo = false, not_after = $2 where company_id = $1', [
      house.tenant.companyId,
      house.clock
        .now()
        .add({ hours: days * 24 + 1 })
        .toString(),
    ]);
  watchCertificates(house.wallet);
  await endsIn(40);
  expect(await figure()).toBe('40');
  await endsIn(12);
  expect(await figure()).toBe('40');
  house.clock.advance({ minutes: 10 });
  expect(await figure()).toBe('12');
});
