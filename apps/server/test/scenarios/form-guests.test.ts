import { randomUUID } from 'node:crypto';
import type { FormBody } from '@tessera/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FormHouse, type Sent, startFormHouse } from '../form-house.ts';
import { newPhoneNumber } from '../server.ts';
import { call } from './calls.ts';

// What guests agree to by a form, and what a form tells of who is registered.

let house: FormHouse;
beforeAll(async () => {
  house = await startFormHouse();
});
afterAll(async () => {
  await house?.server.stop();
});

describe('consents', () => {
  const consentsOf = (guestId: string | undefined) =>
    house.server.query('select purpose, text_version from consents where guest_id = $1 order by purpose', [guestId]);

  test('advertising is asked apart, only where the form does, and never ticked', async () => {
    const without = await house.newForm();
    const { guest } = await house.register(without.formId, { marketing: 'on' });
    expect((await consentsOf(guest.guest_id)).map((one) => one.purpose)).toEqual(['personal_data']);
    const asking = await house.newForm({ marketing: {} });
    expect((await house.page(asking.formId)).text).not.toMatch(/<input type="checkbox"[^>]* checked/);
    const { guest: second } = await house.register(asking.formId, { marketing: 'on' });
    expect((await consentsOf(second.guest_id)).map((one) => one.purpose)).toEqual(['marketing', 'personal_data']);
  });

  test('the words of the form and its own document are on the page and kept with the consent', async () => {
    const personalData = { wording: { ru: 'Согласна на [всё это]' }, documentUrl: 'https://example.com/pd.pdf' };
    const { formId } = await house.newForm({ personalData });
    const { text } = await house.page(formId);
    expect(text).toMatch(/Согласна на <a href="https:\/\/example\.com\/pd\.pdf"[^>]*>всё это<\/a>/);
    const { guest } = await house.register(formId, {});
    const [{ text_version: version } = { text_version: '' }] = await consentsOf(guest.guest_id);
    const [kept] = await house.server.query('select wording, document_url from consent_wordings where hash = $1', [
      String(version).split('+')[1],
    ]);
    expect(kept).toEqual({ wording: 'Согласна на [всё это]', document_url: 'https://example.com/pd.pdf' });
  });

  test('a new text is a new version, the same text is none', async () => {
    const text = 'Я согласен на обработку телефона.';
    const publish = () => house.api('POST', '/consent-texts', { purpose: 'personal_data', language: 'ru', text });
    const versionOf = (answer: { body: Record<string, unknown> }) =>
      (answer.body.items as { purpose: string; language: string; version: string }[]).find(
        (one) => one.purpose === 'personal_data' && one.language === 'ru',
      )!.version;
    const first = versionOf(await publish());
    house.server.clock.advance({ minutes: 1 });
    expect(versionOf(await publish())).toBe(first);
    const { formId } = await house.newForm();
    const shown = await call(house.server, { path: `/n/${formId}/consent/personal-data?lang=ru` });
    expect(shown.text).toContain(text);
    const { guest } = await house.register(formId, {});
    expect(await consentsOf(guest.guest_id)).toEqual([{ purpose: 'personal_data', text_version: first }]);
  });
});

describe('who is registered', () => {
  test('a form without a code gives a card at once, and a typed phone opens nobody’s card', async () => {
    const known = await house.register((await house.newForm()).formId, {});
    const { formId } = await house.newForm({ phone: 'required' });
    const fields = { name: 'Пётр', phone: `+${known.phone}`, attempt: randomUUID() };
    const [first, again] = [await house.send(formId, fields), await house.send(formId, fields)];
    const stranger = await house.send(formId, { name: 'Пётр', phone: `+${newPhoneNumber()}` });
    for (const answer of [first, again, stranger]) {
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toMatch(/^\/c\/[0-9a-f-]{36}$/);
      expect(answer.headers.get('location')).not.toContain(known.guest.guid);
    }
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    const answers = await house.api('GET', `/forms/${formId}/answers`);
    expect((answers.body.items as { question: string }[]).map((one) => one.question)).toEqual(['phone', 'phone']);
    const [{ guests } = { guests: 0 }] = await house.server.query<{ guests: number }>(
      `select count(*)::integer as guests from guest_identifiers where kind = 'phone' and value = $1`,
      [known.phone],
    );
    expect(guests).toBe(1);
  });

  test('a known phone gets its card back, and the profile is kept, filled in or replaced as the form says', async () => {
    const { formId } = await house.newForm({ fields: { birthday: 'optional' } });
    const first = await house.register(formId, {});
    const again = async (known: FormBody['known'], fields: Sent) => {
      const form = await house.newForm({ known, fields: { birthday: 'optional' } });
      const { guest, phone } = await house.register(form.formId, { ...fields, phone: first.phone });
      expect(phone).toBe(first.phone);
      expect(guest).toMatchObject({ guid: first.guest.guid, outcome: 'restored' });
      return [guest.first_name, guest.birthday];
    };
    house.server.clock.advance({ hours: 1 });
    expect(await again('keep', { name: 'Ольга', birthday: '1991-02-03' })).toEqual(['Анна', null]);
    house.server.clock.advance({ hours: 1 });
    expect(await again('fill', { name: 'Ольга', birthday: '1991-02-03' })).toEqual(['Анна', '1991-02-03']);
    house.server.clock.advance({ hours: 1 });
    expect(await again('replace', { name: 'Ольга Белова' })).toEqual(['Ольга', '1991-02-03']);
  });

  test('an e-mail that is another’s is answered like a new one, and its owner is told how to get his card back', async () => {
    const { formId } = await house.newForm({ fields: { email: 'required' }, uniqueEmail: true });
    const owner = await house.register(formId, { email: 'one@example.com' });
    const [stranger, newcomer] = [
      await house.register(formId, { email: 'ONE@example.com' }),
      await house.register(formId, { email: 'two@example.com' }),
    ];
    for (const { confirmed } of [stranger, newcomer]) {
      expect(confirmed.status).toBe(303);
      expect(confirmed.headers.get('location')).toMatch(/^\/c\/[0-9a-f-]{36}$/);
    }
    expect(stranger.guest.guid).not.toBe(owner.guest.guid);
    expect([owner.guest.email, stranger.guest.email, newcomer.guest.email]).toEqual([
      'one@example.com',
      null,
      'two@example.com',
    ]);
    await house.server.quiet();
    const told = house.server.world.smsRu
      .sent()
      .filter(({ text }) => text.includes(`/n/${formId}`) && !/Код \d/.test(text));
    expect(told.map(({ phone }) => phone)).toEqual([owner.phone]);
    const other = await house.newForm({ fields: { email: 'required' } });
    expect((await house.register(other.formId, { email: 'one@example.com' })).guest.email).toBe('one@example.com');
  });
});
