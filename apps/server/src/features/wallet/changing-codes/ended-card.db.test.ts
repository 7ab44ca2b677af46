import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDraft } from '../../../../test/wallet-design.ts';
import { createWalletHouse, type WalletHouse } from '../../../../test/wallet-house.ts';
import { listEvents } from '../../journal/index.ts';
import { issuePass, type PassRecord } from '../index.ts';
import type { DesignDraft, OwnThings } from '../model.ts';
import { updateDesign } from '../save-design.ts';
import { selectPass } from '../store/passes.ts';
import { findByCode } from './index.ts';

let house: WalletHouse;
beforeAll(async () => {
  house = await createWalletHouse();
});
afterAll(() => house.close());

const scan = (code: string, at?: string) =>
  findByCode(house.wallet, house.tenant, code, at === undefined ? undefined : Temporal.Instant.from(at));

async function cardWith(own: OwnThings): Promise<PassRecord> {
  const accountId = await house.newAccount();
  const issued = await issuePass(house.wallet, house.tenant, { accountId, designId: house.designId, own });
  if (!issued.ok) throw new Error(issued.refusal.code);
  return issued.value;
}

async function wear(change: Partial<DesignDraft>): Promise<void> {
  const saved = await updateDesign(house.wallet, house.tenant, {
    designId: house.designId,
    draft: testDraft(change),
  });
  if (!saved.ok) throw new Error(JSON.stringify(saved.refusal));
  await house.settle();
}

const epochOf = async ({ passId }: PassRecord) =>
  (await selectPass(house.tenant, house.tenant.companyId, passId))!.codeEpoch;

describe('a card is good until the last second of its last day in the time zone of the guest’s company', () => {
  test('its own last day', async () => {
    // The sample guest lives in UTC.
    const { serial, accountId } = await cardWith({ expiresOn: '2031-05-01' });
    expect(await scan(serial, '2031-05-01T23:59:59Z')).toEqual({ accountId, worth: 'full' });
    expect(await scan(serial, '2031-05-02T00:00:00Z')).toEqual({ accountId, worth: 'ended' });
  });

  test('the day of the design, and one that the company puts off', async () => {
    await wear({ expiry: { kind: 'date', on: '2031-05-01' } });
    const { serial, accountId } = await cardWith({});
    const later = '2031-05-20T12:00:00Z';
    expect(await scan(serial, later)).toEqual({ accountId, worth: 'ended' });
    await wear({ expiry: { kind: 'date', on: '2031-06-01' } });
    expect(await scan(serial, later)).toEqual({ accountId, worth: 'full' });
    await wear({});
    expect(await scan(serial, '2099-01-01T00:00:00Z')).toEqual({ accountId, worth: 'full' });
  });

  test('a code of its own, too', async () => {
    const { accountId } = await cardWith({ barcodeMessage: 'OWN42', expiresOn: '2031-05-01' });
    expect(await scan('OWN42', '2031-05-02T00:00:00Z')).toEqual({ accountId, worth: 'ended' });
  });
});

test('the code of an ended card does not change when it is scanned: its phone is told of nothing', async () => {
  await wear({ changingCode: { afterUse: true, minutes: null, graceMinutes: 10 } });
  const pass = await cardWith({ expiresOn: '2031-05-01' });
  const code = pass.snapshot.code!;
  expect(await scan(code, '2031-05-02T00:00:00Z')).toMatchObject({ worth: 'ended' });
  expect(await epochOf(pass)).toBe(0);
  expect(await scan(code, '2031-05-01T12:00:00Z')).toMatchObject({ worth: 'full' });
  expect(await epochOf(pass)).toBe(1);
});

test('only cards that count are noted as shown at a till', async () => {
  await wear({});
  const shown = async ({ passId }: PassRecord) => {
    await house.wallet.journal.settle();
    const page = { before: null, limit: 10 };
    return (await listEvents(house.tenant, { kinds: ['card_scanned'], passId }, page)).length;
  };
  const pass = await cardWith({ expiresOn: '2031-05-01' });
  await scan(pass.serial, '2031-05-02T00:00:00Z');
  expect(await shown(pass)).toBe(0);
  await scan(pass.serial, '2031-05-01T00:00:00Z');
  expect(await shown(pass)).toBe(1);
});
