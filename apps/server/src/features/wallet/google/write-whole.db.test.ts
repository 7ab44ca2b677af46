import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGoogleHouse, type GoogleHouse } from '../../../../test/google-house.ts';
import { testDraft, testFiles } from '../../../../test/wallet-design.ts';
import type { GoogleVertical } from '../model.ts';
import { createDesign, updateDesign } from '../save-design.ts';
import { sendGoogleMessage } from './send-message.ts';
import { leftOver } from './write-whole.ts';

let house: GoogleHouse;
beforeAll(async () => {
  house = await createGoogleHouse();
});
afterAll(() => house?.close());
beforeEach(() => house.connect());

async function newDesign(vertical: GoogleVertical): Promise<number> {
  const rows = await house.tenant.query<{ credential_id: number; programme_id: number }>(
    'select credential_id, programme_id from designs where company_id = $1 and design_id = $2',
    [house.tenant.companyId, house.designId],
  );
  const { credential_id: credentialId, programme_id: programmeId } = rows[0]!;
  const draft = testDraft({ google: { vertical } });
  const made = await createDesign(house.wallet, house.tenant, {
    name: `${vertical} ${Math.random()}`,
    programmeId,
    credentialId,
    draft,
    files: testFiles,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.refusal));
  return made.value.designId;
}

describe.each(['loyalty', 'generic', 'offer', 'eventTicket', 'giftCard'] as const)(
  'a card that is Google’s %s',
  (vertical) => {
    test('is made from a design, saved by a link, keeps up, loses its code when it ends, and keeps its messages', async () => {
      const { google, wallet, tenant } = house;
      const pass = await house.newPass(tenant, await newDesign(vertical));
      const opened = await google.openOnPhone(await house.link(pass), 'anna');
      if (!opened.ok) throw new Error(opened.why);
      const objectId = opened.objectIds[0]!;
      const kind = `${vertical}Object` as const;
      expect(google.resource(kind, objectId)).toMatchObject({ state: 'ACTIVE', barcode: { value: pass.serial } });
      await house.change(pass.accountId, { firstName: 'Анна', available: 33_300n });
      expect(JSON.stringify(google.resource(kind, objectId))).toContain('Анна');
      const said = await sendGoogleMessage(wallet, tenant, {
        guid: pass.guid,
        key: 'hello',
        header: 'Привет',
        body: 'Ждём вас',
      });
      if (!said.ok) throw new Error(said.refusal.code);
      await house.settle();
      await tenant.query('update passes set voided = true where company_id = $1 and pass_id = $2', [
        tenant.companyId,
        pass.passId,
      ]);
      await house.change(pass.accountId, {});
      const ended = google.resource(kind, objectId)!;
      expect(ended).toMatchObject({ state: 'EXPIRED', messages: [{ id: 'hello' }] });
      expect(ended).not.toHaveProperty('barcode');
    });
  },
);

describe('what a design has no more', () => {
  test('is cleared at Google with one more request, and nothing is replaced where nothing was taken away', async () => {
    const { google, wallet, tenant } = house;
    const { pass, objectId } = await house.savedCard();
    google.control.forgetCalls();
    await house.change(pass.accountId, { available: 44_400n });
    expect(google.calls().map(({ method }) => method)).toEqual(['PATCH']);
    const draft = testDraft({ barcode: null });
    const { designId } = house;
    await updateDesign(wallet, tenant, { designId, draft });
    await house.settle();
    expect(google.resource('loyaltyObject', objectId)).not.toHaveProperty('barcode');
    expect(google.calls().filter(({ method }) => method === 'PUT')).toHaveLength(1);
    await updateDesign(wallet, tenant, { designId, draft: testDraft() });
    await house.settle();
    expect(google.resource('loyaltyObject', objectId)).toHaveProperty('barcode');
  });

  test('is told apart from what Google adds by itself and from what is empty', () => {
    const stored = {
      id: '1.a',
      kind: 'walletobjects#loyaltyObject',
      hasUsers: true,
      version: '3',
      classReference: { id: '1.b', heroImage: {} },
      barcode: { kind: 'walletobjects#barcode', type: 'QR_CODE', value: 'A', alternateText: 'A' },
      messages: [{ id: 'm' }],
      linksModuleData: {},
      merchantLocations: [],
    };
    expect(leftOver(stored, { id: '1.a', barcode: { type: 'QR_CODE', value: 'A', alternateText: 'A' } })).toEqual([]);
    expect(leftOver(stored, { id: '1.a', barcode: { type: 'QR_CODE', value: 'A' } })).toEqual([
      'barcode.alternateText',
    ]);
    expect(leftOver(stored, { id: '1.a' })).toEqual(['barcode', 'barcode.alternateText']);
  });
});
