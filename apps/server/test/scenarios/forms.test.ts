import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FormHouse, plainForm, startFormHouse } from '../form-house.ts';
import { newPhoneNumber } from '../server.ts';
import { call } from './calls.ts';

// An owner makes registration forms; what he sets is what guests meet.

let house: FormHouse;
beforeAll(async () => {
  house = await startFormHouse();
});
afterAll(async () => {
  await house?.server.stop();
});

const inputsOf = (html: string): string[] =>
  [...html.matchAll(/<(?:input|select)[^>]* name="([^"]+)"/g)].map(([, name]) => name!);

describe('an address', () => {
  test('is told to be taken, kept for the program, or no address', async () => {
    const { formId } = await house.newForm();
    const other = { ...plainForm, colours: 'card' };
    expect(await house.api('POST', '/forms', { formId, designId: house.designId, body: other })).toMatchObject({
      status: 409,
      body: { error: { code: 'form_id_taken' } },
    });
    expect(await house.api('POST', '/forms', { formId, designId: house.designId, body: plainForm })).toMatchObject({
      status: 200,
    });
    expect(
      (await house.api('POST', '/forms', { formId: 'new', designId: house.designId, body: plainForm })).body,
    ).toMatchObject({
      error: { code: 'form_id_reserved' },
    });
    for (const odd of ['Кафе', 'a', '-ab', 'a b', 'a/b', '../api', '<b>', 'a'.repeat(65), 'a\u0000b', 'AB']) {
      expect(
        (await house.api('POST', '/forms', { formId: odd, designId: house.designId, body: plainForm })).status,
        odd,
      ).toBe(400);
    }
  });

  test('is found however it is typed', async () => {
    const { formId } = await house.newForm();
    expect((await house.page(formId.toUpperCase())).status).toBe(200);
  });

  test('of a form that was put away says so, and works again once it is taken back', async () => {
    const { formId } = await house.newForm();
    expect((await house.api('POST', `/forms/${formId}/archive`)).status).toBe(200);
    expect((await house.page(formId)).status).toBe(410);
    expect((await house.send(formId, { name: 'Анна', phone: `+${newPhoneNumber()}` })).status).toBe(410);
    expect((await house.api('POST', `/forms/${formId}/restore`)).status).toBe(200);
    expect((await house.page(formId)).status).toBe(200);
  });
});

describe('what a form asks', () => {
  test('stands on its page, and nothing else', async () => {
    const { formId } = await house.newForm({
      name: 'parts',
      fields: {
        lastName: 'required',
        middleName: 'optional',
        sex: 'optional',
        email: 'required',
        birthday: 'optional',
      },
      questions: [
        { key: 'from', kind: 'text', label: { ru: 'Откуда вы' }, choices: [], required: true },
        {
          key: 'seat',
          kind: 'choice',
          label: { ru: 'Где сидите' },
          choices: [{ ru: 'У окна' }, { ru: 'В зале' }],
          required: false,
        },
      ],
      marketing: {},
    });
    const names = inputsOf((await house.page(formId)).text);
    const expected = ['attempt', 'lang', 'lastName', 'firstName', 'middleName', 'phone', 'email', 'birthday', 'sex'];
    expect(names).toEqual([...expected, 'q-from', 'q-seat', 'consent', 'marketing']);
    const fewest = await house.newForm({ fields: { firstName: 'hidden' }, phone: 'hidden' });
    expect(inputsOf((await house.page(fewest.formId)).text)).toEqual(['attempt', 'lang', 'consent']);
  });

  test('a mandatory field that is missing is refused with its name, and nothing is sent', async () => {
    const { formId } = await house.newForm({
      fields: { email: 'required' },
      questions: [{ key: 'from', kind: 'text', label: { ru: 'Откуда вы' }, choices: [], required: true }],
    });
    const before = house.server.world.smsRu.sent().length;
    const answer = await house.send(formId, { name: 'Анна', phone: `+${newPhoneNumber()}` });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('Заполните поле «Электронная почта».');
    expect(answer.text).toContain('Заполните поле «Откуда вы».');
    await house.server.quiet();
    expect(house.server.world.smsRu.sent()).toHaveLength(before);
  });

  test('is kept with the guest: profile and answers; a hidden field that is sent is not', async () => {
    const { formId } = await house.newForm({
      name: 'parts',
      fields: { lastName: 'required', sex: 'required', email: 'required' },
      questions: [
        {
          key: 'seat',
          kind: 'choice',
          label: { ru: 'Где сидите' },
          choices: [{ ru: 'У окна' }, { ru: 'В зале' }],
          required: true,
        },
      ],
    });
    const fields = { firstName: 'Анна', lastName: 'Белова', sex: 'female', email: 'Anna@Example.com', 'q-seat': '0' };
    const { guest } = await house.register(formId, { ...fields, middleName: 'Лишнее', birthday: '1990-01-01' });
    expect(guest).toMatchObject({ first_name: 'Анна', last_name: 'Белова', sex: 'female', email: 'anna@example.com' });
    expect(guest).toMatchObject({ middle_name: '', birthday: null, outcome: 'new' });
    const answers = await house.api('GET', `/forms/${formId}/answers`);
    expect(answers.body.items).toEqual([
      expect.objectContaining({ guest: 'Анна Белова', question: 'seat', label: 'Где сидите', text: 'У окна' }),
    ]);
  });

  test.each([
    '"><script>alert(1)</script>',
    "'; drop table forms; --",
    '{{constructor}}',
    '[a](javascript:1)',
    '\u202Eabc',
  ])('words like %j are words on the page', async (words) => {
    const said = { ru: words };
    const { formId } = await house.newForm({
      languages: ['ru'],
      heading: said,
      lead: said,
      button: { ru: words.slice(0, 40) },
      personalData: { wording: said },
      questions: [
        { key: 'odd', kind: 'text', label: said, choices: [], required: true },
        { key: 'odd-choice', kind: 'choice', label: said, choices: [said, said], required: true },
      ],
    });
    const { status, text } = await house.page(formId);
    expect(status).toBe(200);
    expect(text).not.toContain('<script>alert');
    expect(text).not.toMatch(/href="javascript/i);
    const refused = await house.send(formId, { name: words, 'q-odd': '', phone: words });
    expect(refused.status).toBe(400);
    expect(refused.text).not.toContain('<script>alert');
  });

  test('a question that is not ready is refused', async () => {
    const bad = [
      { key: 'a', kind: 'choice', label: { ru: 'Один' }, choices: [{ ru: 'Да' }], required: true },
      { key: 'a', kind: 'text', label: { en: 'Only English' }, choices: [], required: true },
      { key: 'phone', kind: 'text', label: { ru: 'Телефон' }, choices: [], required: true },
    ];
    for (const question of bad) {
      const answer = await house.api('POST', '/forms', {
        formId: 'bad',
        designId: house.designId,
        body: { ...plainForm, questions: [question] },
      });
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 'form_question_invalid' } } });
    }
  });
});

describe('words, languages and colours', () => {
  test('are those of the form, in the language of the reader or in its first', async () => {
    const { formId } = await house.newForm({
      heading: { ru: 'Карта «Маяка»', en: 'The Lighthouse card' },
      button: { ru: 'Хочу карту' },
      colours: 'card',
    });
    const [russian, english] = [await house.page(formId), await house.page(formId, 'en')];
    expect(russian.text).toContain('Карта «Маяка»');
    expect(russian.text).toMatch(/\.form \.button:not\(\.button-quiet\)[^}]*background:#/);
    expect(english.text).toContain('The Lighthouse card');
    expect(english.text).toContain('Хочу карту');
    const only = await house.newForm({ languages: ['en'] });
    const page2 = await house.page(only.formId, 'ru');
    expect(page2.text).toContain('<html lang="en"');
    expect(page2.text).not.toContain('hreflang');
  });

  test('thanks are said before the card, and lead to it', async () => {
    const { formId } = await house.newForm({ thanks: { ru: 'Спасибо, ждём вас.' } });
    const { attempt, confirmed, guest } = await house.register(formId, {});
    expect(confirmed.headers.get('location')).toBe(`/n/${formId}/${attempt}?lang=ru`);
    const thanks = await call(house.server, { path: `/n/${formId}/${attempt}?lang=ru` });
    expect(thanks.text).toContain('Спасибо, ждём вас.');
    expect(thanks.text).toContain(`href="/c/${guest.guid}"`);
  });

  test('the preview is the page itself', async () => {
    const { formId } = await house.newForm({ heading: { ru: 'Одна и та же' } });
    const body = { ...plainForm, heading: { ru: 'Одна и та же' } };
    const preview = await house.api('POST', '/forms/preview', { designId: house.designId, language: 'ru', body });
    const html = String(preview.body.html);
    const bare = (text: string) =>
      text.replace(/<script[^>]*><\/script>|data-steps="\w+"|value="[^"]*"|\/n\/[\w-]+/g, '');
    expect(bare(html)).toBe(bare((await house.page(formId)).text));
  });
});

describe('links by source', () => {
  test('visits and cards are told for each, and what was never named is told, too', async () => {
    const { formId } = await house.newForm();
    expect((await house.api('PUT', `/forms/${formId}/sources/instagram`, { name: 'Профиль' })).status).toBe(204);
    for (const query of ['', '&s=instagram', '&s=instagram', '&s=door']) {
      await call(house.server, { path: `/n/${formId}?lang=ru${query}` });
    }
    await house.register(formId, {}, '&s=instagram');
    await house.server.running.app.platform.journal.settle();
    const { body } = await house.api('GET', `/forms/${formId}/sources`);
    expect(body.items).toEqual([
      {
        source: '',
        name: null,
        url: `${house.server.url}/n/${formId}`,
        numbers: { visits: 1, registrations: 0, restored: 0 },
      },
      {
        source: 'instagram',
        name: 'Профиль',
        url: `${house.server.url}/n/${formId}?s=instagram`,
        numbers: { visits: 2, registrations: 1, restored: 0 },
      },
      {
        source: 'door',
        name: null,
        url: `${house.server.url}/n/${formId}?s=door`,
        numbers: { visits: 1, registrations: 0, restored: 0 },
      },
    ]);
    const list = await house.api('GET', '/forms');
    const row = (list.body.items as { formId: string; numbers: unknown }[]).find((one) => one.formId === formId);
    expect(row?.numbers).toEqual({ visits: 4, registrations: 1, restored: 0 });
    expect((await house.api('DELETE', `/forms/${formId}/sources/instagram`)).status).toBe(204);
  });

  test('each has a code to print, as SVG and as PNG', async () => {
    const { formId } = await house.newForm();
    const svg = await house.api('GET', `/forms/${formId}/qr?source=door`);
    expect(svg.headers.get('content-type')).toContain('image/svg+xml');
    expect(svg.text).toContain('<svg');
    const png = await fetch(`${house.server.url}/api/v1/forms/${formId}/qr?format=png`, { headers: house.office });
    expect([...new Uint8Array(await png.arrayBuffer()).slice(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
  });
});

describe('changes', () => {
  test('of two people do not overwrite each other', async () => {
    const form = await house.newForm();
    const body = { ...plainForm, heading: { ru: 'Первая' } };
    const change = { revision: form.revision, designId: house.designId, groupId: form.groupId, body };
    expect((await house.api('PUT', `/forms/${form.formId}`, change)).body).toMatchObject({ revision: 2 });
    expect(await house.api('PUT', `/forms/${form.formId}`, change)).toMatchObject({
      status: 409,
      body: { error: { code: 'form_changed' } },
    });
  });

  test('a form without the text of its consent is closed until there is one', async () => {
    const { formId } = await house.newForm();
    const texts = await house.server.query('select * from consent_texts');
    await house.server.query('delete from consent_texts');
    try {
      expect((await house.page(formId)).status).toBe(410);
      expect((await house.api('GET', `/forms/${formId}`)).body).toMatchObject({ missing: ['personal_data'] });
    } finally {
      for (const one of texts) {
        await house.server.query(
          `insert into consent_texts (company_id, purpose, version, language, body, created_at) values ($1, $2, $3, $4, $5, $6)`,
          [one.company_id, one.purpose, one.version, one.language, one.body, one.created_at],
        );
      }
    }
    expect((await house.page(formId)).status).toBe(200);
  });
});
