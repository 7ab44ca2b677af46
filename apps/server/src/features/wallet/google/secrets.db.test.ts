import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGoogleHouse, type GoogleHouse, ISSUER } from '../../../../test/google-house.ts';
import { testDraft } from '../../../../test/wallet-design.ts';
import { findByCode } from '../changing-codes/index.ts';
import { updateDesign } from '../save-design.ts';
import { selectPassByGuid } from '../store/passes.ts';
import { forgetAtGoogle } from './index.ts';
import { selectObject } from './objects.store.ts';
import { saveGoogleCredential } from './save-credential.ts';
import { stepAt, totp } from './totp.ts';

let house: GoogleHouse;
let google: GoogleHouse['google'];
let account: { email: string; file: string };

beforeAll(async () => {
  house = await createGoogleHouse();
  google = house.google;
});
afterAll(() => house?.close());
beforeEach(async () => {
  account = await house.connect();
});
afterEach(() => google.control.setOutage('none'));

describe('a changing code', () => {
  const rotating = () => testDraft({ google: { rotatingSeconds: 30 } });

  test('opens the account in its period and beside it, and never after a later one was taken', async () => {
    const { wallet, tenant } = house;
    await updateDesign(wallet, tenant, { designId: house.designId, draft: rotating() });
    const { pass, objectId } = await house.savedCard();
    const stored = google.resource('loyaltyObject', objectId)!;
    const { valuePattern, totpDetails } = stored.rotatingBarcode as {
      valuePattern: string;
      totpDetails: { parameters: { key: string }[]; periodMillis: string };
    };
    expect(totpDetails.periodMillis).toBe('30000');
    expect(stored).toMatchObject({
      barcode: { value: pass.serial },
      passConstraints: { screenshotEligibility: 'INELIGIBLE' },
    });
    const key = Buffer.from(totpDetails.parameters[0]!.key, 'hex');
    const codeAt = (ago: number) => {
      const at = house.clock.now().subtract({ seconds: ago });
      return valuePattern
        .replace('{totp_timestamp_seconds}', String(Math.floor(at.epochMilliseconds / 1_000)))
        .replace('{totp_value_0}', totp(key, stepAt(at, 30), 8));
    };
    const old = codeAt(0);
    // A picture of it: drawn then and genuine, but not now.
    expect(await findByCode(wallet, tenant, codeAt(90))).toEqual({ accountId: pass.accountId, worth: 'old' });
    expect(await findByCode(wallet, tenant, old)).toEqual({ accountId: pass.accountId, worth: 'full' });
    expect(await findByCode(wallet, tenant, old)).toEqual({ accountId: pass.accountId, worth: 'full' });
    house.clock.advance({ seconds: 30 });
    expect(await findByCode(wallet, tenant, codeAt(0))).toEqual({ accountId: pass.accountId, worth: 'full' });
    expect(await findByCode(wallet, tenant, old)).toEqual({ accountId: pass.accountId, worth: 'old' });
    expect(await findByCode(wallet, tenant, pass.serial)).toEqual({ accountId: pass.accountId, worth: 'full' });
    expect(await findByCode(wallet, tenant, codeAt(0).replace(/\d{8}$/, '00000000'))).toBeNull();
    await updateDesign(wallet, tenant, { designId: house.designId, draft: testDraft() });
    await house.settle();
  });
});

describe('what is kept', () => {
  test('of a card that is erased is emptied at Google', async () => {
    const { pass, objectId } = await house.savedCard();
    await house.tenant.transaction((transaction) => forgetAtGoogle(transaction, pass.passId, house.clock.now()));
    await house.settle();
    const { classId: _, ...left } = google.resource('loyaltyObject', objectId)!;
    expect(left).toEqual({ id: objectId, state: 'INACTIVE', textModulesData: [] });
  });

  test('of the key is sealed, and nothing of it or of a card stands in a log', async () => {
    const { pass, objectId } = await house.savedCard();
    const rows = await house.tenant.query<{ account_sealed: Buffer }>(
      'select account_sealed from google_credentials where company_id = $1',
      [house.tenant.companyId],
    );
    expect(rows[0]!.account_sealed.toString('latin1')).not.toContain('PRIVATE KEY');
    const logged = house.logged.join('\n');
    const key = (JSON.parse(account.file) as { private_key: string }).private_key.split('\n')[1]!;
    for (const secret of [key, objectId, pass.guid, pass.serial, 'ya29.', account.email])
      expect(logged).not.toContain(secret);
  });

  test('belongs to the issuer: another one begins anew', async () => {
    const { pass, objectId } = await house.savedCard();
    const other = '3388000000099999999';
    google.control.invite(account.email, other);
    const { wallet, tenant } = house;
    await saveGoogleCredential(wallet, tenant, { issuerId: other, serviceAccount: account.file, country: 'KZ' });
    expect(await selectObject(tenant, pass.passId)).toBeNull();
    expect(await wallet.directory.find('google_object', objectId)).toBeNull();
    const again = (await selectPassByGuid(tenant, tenant.companyId, pass.guid))!;
    expect(await google.openOnPhone(await house.link(again), 'anna')).toMatchObject({ ok: true });
    await saveGoogleCredential(wallet, tenant, { issuerId: ISSUER, serviceAccount: account.file, country: 'KZ' });
    await house.settle();
  });
});
