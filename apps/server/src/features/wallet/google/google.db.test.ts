import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGoogleHouse, type GoogleHouse, ISSUER } from '../../../../test/google-house.ts';
import { testDraft } from '../../../../test/wallet-design.ts';
import type { PassRecord } from '../model.ts';
import { updateDesign } from '../save-design.ts';
import { checkConnection } from './check-connection.ts';
import { offersGoogle, saveLink } from './index.ts';
import { selectObject } from './objects.store.ts';
import { pushDue } from './push-due.ts';
import { saveGoogleCredential, switchGoogle } from './save-credential.ts';
import { sendGoogleMessage } from './send-message.ts';

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

const balanceOf = (objectId: string) => google.resource('loyaltyObject', objectId)?.loyaltyPoints;
const points = (value: string) => ({ label: 'Баллы', balance: { string: value } });
const objectOf = async ({ passId }: PassRecord) => (await selectObject(house.tenant, passId))!;
const accountOf = ({ accountId }: PassRecord) => accountId;

describe('a card on its way to Google', () => {
  test('reaches it when somebody presses the button, and the link only names it', async () => {
    const pass = await house.newPass();
    expect(google.resources('loyaltyObject').length).toBe(0);
    const url = await house.link(pass);
    const object = await objectOf(pass);
    expect(google.resource('loyaltyObject', object.objectId)).toMatchObject({
      accountId: pass.serial,
      state: 'ACTIVE',
      loyaltyPoints: { label: 'Баллы', balance: { string: expect.stringMatching(/^1\s250$/) } },
      barcode: { type: 'QR_CODE', value: pass.serial },
    });
    const claims = JSON.parse(Buffer.from(url.split('/').at(-1)!.split('.')[1]!, 'base64url').toString());
    expect(claims.payload).toEqual({ loyaltyObjects: [{ id: object.objectId, classId: object.classId }] });
    expect(claims.origins).toEqual(['https://cards.example']);
    expect(object.objectId).not.toContain(pass.guid);
    // Pressed again it costs no request.
    google.control.forgetCalls();
    await house.link(pass);
    expect(google.calls()).toEqual([]);
  });

  test('travels whole inside the link while Google’s interface is away, and is kept up to date from then on', async () => {
    await house.savedCard();
    const pass = await house.newPass();
    google.control.setOutage('unavailable');
    const made = await saveLink(house.wallet, house.tenant, [pass]);
    google.control.setOutage('none');
    if (!made.ok) throw new Error(made.refusal.code);
    const opened = await google.openOnPhone(made.value.url, 'boris');
    expect(opened).toMatchObject({ ok: true });
    await house.change(accountOf(pass), { available: 99_00n });
    const { objectId } = await objectOf(pass);
    expect(balanceOf(objectId)).toEqual(points('99'));
  });

  test('goes with others of the company in one link', async () => {
    const passes = [await house.newPass(), await house.newPass(), await house.newPass()];
    const opened = await google.openOnPhone(await house.link(...passes), 'anna');
    expect(opened).toMatchObject({ ok: true });
    expect(opened.ok && opened.objectIds.length).toBe(3);
  });

  test('is not offered where the button is off, or Google refuses us', async () => {
    const { wallet, tenant } = house;
    const pass = await house.newPass();
    await switchGoogle(tenant, false);
    expect(await offersGoogle(tenant)).toBe(false);
    expect(await saveLink(wallet, tenant, [pass])).toMatchObject({ ok: false, refusal: { code: 'google_wallet_off' } });
    await switchGoogle(tenant, true);
    google.control.uninvite(account.email, ISSUER);
    expect(await checkConnection(wallet, tenant)).toEqual({ ok: true, value: 'not_invited' });
    expect(await offersGoogle(tenant)).toBe(false);
    google.control.invite(account.email, ISSUER);
    expect(await checkConnection(wallet, tenant)).toEqual({ ok: true, value: 'works' });
    expect(await offersGoogle(tenant)).toBe(true);
    await house.settle();
  });

  test('starts switched off in Russia, and on elsewhere', async () => {
    const { wallet, tenant } = house;
    await tenant.query('delete from google_credentials where company_id = $1', [tenant.companyId]);
    const input = { issuerId: ISSUER, serviceAccount: account.file };
    await saveGoogleCredential(wallet, tenant, { ...input, country: 'RU' });
    expect(await offersGoogle(tenant)).toBe(false);
    // The next key changes nothing of it.
    await switchGoogle(tenant, true);
    await saveGoogleCredential(wallet, tenant, { ...input, country: 'RU' });
    expect(await offersGoogle(tenant)).toBe(true);
    await house.settle();
  });
});

describe('a change', () => {
  test('reaches Google, once for a burst and never for the same content', async () => {
    const { pass, objectId } = await house.savedCard();
    google.control.forgetCalls();
    const { tenant, subjects, wallet } = house;
    subjects.set(pass.accountId, { ...subjects.get(pass.accountId)!, available: 5_00n });
    await house.change(pass.accountId, { available: 6_00n });
    await house.change(pass.accountId, { available: 6_00n, email: 'other@example.com' });
    expect(balanceOf(objectId)).toEqual(points('6'));
    expect(google.calls().map(({ method }) => method)).toEqual(['PATCH']);
    await pushDue(wallet, tenant, { resume: true });
    expect(google.calls()).toHaveLength(1);
    expect(await objectOf(pass)).toMatchObject({ problem: null });
  });

  test('of a card that Google never had sends nothing', async () => {
    const pass = await house.newPass();
    await house.change(pass.accountId, { available: 1_00n });
    expect(google.calls()).toEqual([]);
  });

  test('outlives an outage, a refusal of our rate and a lost answer, and arrives as the newest', async () => {
    const { pass, objectId } = await house.savedCard();
    const { wallet, tenant } = house;
    for (const trouble of ['unavailable', 'silent'] as const) {
      google.control.setOutage(trouble);
      await house.change(pass.accountId, { available: trouble === 'silent' ? 1_00n : 2_00n }).catch(() => {});
      await pushDue(wallet, tenant, { resume: true });
      expect((await objectOf(pass)).settled).toBeLessThan((await objectOf(pass)).wanted);
    }
    google.control.setOutage('none');
    google.control.failNext({ status: 429, headers: { 'retry-after': '3' } });
    await pushDue(wallet, tenant, { resume: true });
    house.subjects.set(pass.accountId, { ...house.subjects.get(pass.accountId)!, available: 77_00n });
    await house.change(pass.accountId, {});
    await pushDue(wallet, tenant, { resume: true });
    expect(balanceOf(objectId)).toEqual(points('77'));
    const { settled, wanted } = await objectOf(pass);
    expect(settled).toBe(wanted);
  }, 30_000);

  test('while its card is being sent stays wanted', async () => {
    const { pass, objectId } = await house.savedCard();
    const { tenant, wallet } = house;
    house.subjects.set(pass.accountId, { ...house.subjects.get(pass.accountId)!, available: 10_00n });
    const [one] = await Promise.all([
      house.change(pass.accountId, { available: 10_00n }),
      house.change(pass.accountId, { available: 11_00n }),
    ]);
    expect(one).toBeUndefined();
    await pushDue(wallet, tenant, { resume: true });
    expect(balanceOf(objectId)).toEqual(points('11'));
  });

  test('that ends the card puts it away at Google', async () => {
    const { pass, objectId } = await house.savedCard();
    await house.tenant.query('update passes set voided = true where company_id = $1 and pass_id = $2', [
      house.tenant.companyId,
      pass.passId,
    ]);
    await house.change(pass.accountId, {});
    expect(google.resource('loyaltyObject', objectId)).toMatchObject({ state: 'EXPIRED' });
  });

  test('of the design reaches its class, which asks for review again', async () => {
    const { pass } = await house.savedCard();
    const { classId } = await objectOf(pass);
    const draft = testDraft({ colours: { background: '#102030', foreground: '#ffffff', label: '#cccccc' } });
    await updateDesign(house.wallet, house.tenant, { designId: house.designId, draft });
    await house.settle();
    expect(google.resource('loyaltyClass', classId!)).toMatchObject({
      hexBackgroundColor: '#102030',
      reviewStatus: 'APPROVED',
    });
    await updateDesign(house.wallet, house.tenant, { designId: house.designId, draft: testDraft() });
    await house.settle();
  });

  test('of a card whose class Google has lost brings the class again', async () => {
    const { pass, objectId } = await house.savedCard();
    const before = await objectOf(pass);
    await house.tenant.query('update google_objects set pushed_hash = null where company_id = $1', [
      house.tenant.companyId,
    ]);
    await house.tenant.query('update google_classes set pushed_hash = null where company_id = $1', [
      house.tenant.companyId,
    ]);
    await house.change(pass.accountId, { available: 3_00n });
    expect(balanceOf(objectId)).toEqual(points('3'));
    expect((await objectOf(pass)).classId).toBe(before.classId);
  });

  test('of a design takes many cards along, each request in its turn', async () => {
    const cards = [];
    for (let count = 0; count < 30; count++) cards.push(await house.newPass());
    for (let at = 0; at < cards.length; at += 10) await house.link(...cards.slice(at, at + 10));
    google.control.forgetCalls();
    house.permits.length = 0;
    const draft = testDraft({
      logoText: 'Новое имя',
      fields: { back: [{ key: 'news', label: 'Новости', value: 'Веранда' }] },
    });
    await updateDesign(house.wallet, house.tenant, { designId: house.designId, draft });
    await house.settle();
    const calls = google.calls();
    expect(calls.filter(({ path }) => path.startsWith('loyaltyObject/')).length).toBeGreaterThanOrEqual(30);
    // None leaves without a permit of the pace; how many of those there are in a second is its own test.
    expect(house.permits).toEqual(calls.map(() => 'chaika'));
  }, 60_000);
});

describe('a notification', () => {
  test('tells of a changed balance twice in 24 hours, and leaves the third to the company', async () => {
    const { pass, objectId } = await house.savedCard();
    for (const available of [1_00n, 2_00n, 3_00n, 4_00n]) await house.change(pass.accountId, { available });
    expect(google.notifications(objectId)).toBe(2);
    const say = (key: string, body: string) =>
      sendGoogleMessage(house.wallet, house.tenant, { guid: pass.guid, key, header: 'Траттория', body });
    expect(await say('friday', 'В пятницу живая музыка')).toEqual({ ok: true, value: { state: 'waiting' } });
    await house.settle();
    expect(google.notifications(objectId)).toBe(3);
    expect(await say('friday', 'В пятницу живая музыка')).toEqual({ ok: true, value: { state: 'notified' } });
    expect(await say('friday', 'Другое')).toMatchObject({ ok: false, refusal: { code: 'idempotency_mismatch' } });
    await say('saturday', 'В субботу мастер-класс');
    await house.settle();
    expect(await say('saturday', 'В субботу мастер-класс')).toEqual({ ok: true, value: { state: 'silent' } });
    expect(google.notifications(objectId)).toBe(3);
    expect(google.resource('loyaltyObject', objectId)?.messages).toHaveLength(2);
    house.clock.advance({ hours: 25 });
    await say('monday', 'Снова здесь');
    await house.settle();
    expect(await say('monday', 'Снова здесь')).toEqual({ ok: true, value: { state: 'notified' } });
  });

  test('that Google counts otherwise than we is said without a word', async () => {
    const { pass, objectId } = await house.savedCard();
    for (const key of ['1', '2', '3']) {
      await sendGoogleMessage(house.wallet, house.tenant, { guid: pass.guid, key, header: 'А', body: 'Б' });
    }
    await house.settle();
    await house.tenant.query('delete from google_notifications where company_id = $1', [house.tenant.companyId]);
    await sendGoogleMessage(house.wallet, house.tenant, { guid: pass.guid, key: '4', header: 'А', body: 'Б' });
    await house.settle();
    const rows = await house.tenant.query<{ state: string }>(
      `select state from google_messages where company_id = $1 and pass_id = $2 and message_key = '4'`,
      [house.tenant.companyId, pass.passId],
    );
    expect(rows).toEqual([{ state: 'silent' }]);
    expect(google.notifications(objectId)).toBe(3);
  });
});

describe('a callback', () => {
  test('counts saves and removals once each, and Google is asked who has the card', async () => {
    const { pass, objectId } = await house.savedCard('anna');
    expect(await objectOf(pass)).toMatchObject({ saves: 1, removals: 0, installed: true });
    await google.openOnPhone(await house.link(pass), 'boris');
    await house.callBack(objectId, 'save', 'second');
    expect((await house.callBack(objectId, 'save', 'second')).statusCode).toBe(200);
    expect(await objectOf(pass)).toMatchObject({ saves: 2, removals: 0 });
    google.removeFromPhone(objectId, 'anna');
    await house.callBack(objectId, 'del');
    await house.settle();
    // Boris has it still.
    expect(await objectOf(pass)).toMatchObject({ saves: 2, removals: 1, installed: true, holdersUnsure: false });
    google.removeFromPhone(objectId, 'boris');
    await house.callBack(objectId, 'del');
    await house.settle();
    expect(await objectOf(pass)).toMatchObject({ removals: 2, installed: false });
  });

  test('that is forged, of an unknown card or of another issuer changes nothing', async () => {
    const { pass, objectId } = await house.savedCard();
    const answer = await house.http.inject({
      method: 'POST',
      url: '/google/callback',
      payload: { protocolVersion: 'x' },
    });
    expect(answer.statusCode).toBe(400);
    expect((await house.callBack(`${ISSUER}.card_of_nobody`, 'save')).statusCode).toBe(200);
    expect((await house.callBack(objectId.replace(ISSUER, '3388000000000000000'), 'del')).statusCode).toBe(200);
    expect(await objectOf(pass)).toMatchObject({ saves: 1, removals: 0 });
  });
});
