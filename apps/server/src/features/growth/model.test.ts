import { describe, expect, test } from 'vitest';
import { completeForm, type FormDraft } from './forms/form-body.ts';
import { type RegistrationBody, readRegistration } from './model.ts';

const form: FormDraft = { fields: { birthday: 'optional' }, marketing: {} };
const body: RegistrationBody = { name: 'Мария Петрова', phone: '79123456789', consent: 'on' };
const today = Temporal.PlainDate.from('2026-02-28');
const readPhone = (text: string) => (/^\d{11}$/.test(text) ? text : null);
const read = (change: RegistrationBody = {}, asked: FormDraft = {}) =>
  readRegistration({ ...body, ...change }, completeForm({ ...form, ...asked }), today, readPhone);
const problemsOf = (...args: Parameters<typeof read>) => {
  const result = read(...args);
  return result.ok ? [] : result.problems;
};
const inputOf = (...args: Parameters<typeof read>) => {
  const result = read(...args);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.input;
};

describe('a filled form', () => {
  test('is read', () => {
    expect(inputOf({ birthday: '1990-05-17', marketing: 'on' })).toEqual({
      firstName: 'Мария',
      lastName: 'Петрова',
      middleName: '',
      phone: '79123456789',
      birthday: '1990-05-17',
      sex: null,
      email: null,
      answers: [],
      marketing: true,
    });
  });

  test('has no birthday and no advertising unless they are given', () => {
    expect(inputOf()).toMatchObject({ birthday: null, marketing: false });
  });

  test('gets no advertising from a form that does not ask', () => {
    expect(inputOf({ marketing: 'on' }, { marketing: null }).marketing).toBe(false);
  });

  test('tells all problems at once, one for each field', () => {
    expect(problemsOf({ name: ' ', phone: '', birthday: 'x', consent: '' })).toEqual([
      { field: 'name', code: 'name_missing' },
      { field: 'phone', code: 'phone_missing' },
      { field: 'birthday', code: 'birthday_invalid' },
      { field: 'consent', code: 'consent_missing' },
    ]);
    expect(problemsOf({ phone: '123' })).toEqual([{ field: 'phone', code: 'phone_invalid' }]);
  });

  test('an empty body is a form with everything missing', () => {
    const result = readRegistration({}, completeForm(form), today, readPhone);
    expect(result).toMatchObject({ ok: false });
  });

  test.each(['off', 'true', 'yes', 'ON'])('consent is the ticked box and nothing else: %s', (consent) => {
    expect(problemsOf({ consent })).toEqual([{ field: 'consent', code: 'consent_missing' }]);
  });
});

describe('a name', () => {
  test.each([
    ['Мария', 'Мария', ''],
    ['  Мария   Петрова  ', 'Мария', 'Петрова'],
    ['Мария Анна Петрова', 'Мария', 'Анна Петрова'],
    ['Мария\u0000\u0007Петрова', 'Мария', 'Петрова'],
    ['Мария\nПетрова', 'Мария', 'Петрова'],
  ])('%j is read', (name, firstName, lastName) => {
    expect(inputOf({ name })).toMatchObject({ firstName, lastName });
  });

  test('is refused when it is only control characters or too long', () => {
    expect(problemsOf({ name: '\u0000\u0001' })).toEqual([{ field: 'name', code: 'name_missing' }]);
    expect(problemsOf({ name: 'а'.repeat(80) })).toEqual([]);
    expect(problemsOf({ name: 'а'.repeat(81) })).toEqual([{ field: 'name', code: 'name_too_long' }]);
  });
});

describe('a birthday', () => {
  test.each([
    ['1990-05-17', '1990-05-17'],
    ['17.05.1990', '1990-05-17'],
    ['7.5.1990', '1990-05-07'],
    [' 2000-02-29 ', '2000-02-29'],
    ['29.02.2004', '2004-02-29'],
    ['2026-02-28', '2026-02-28'],
    ['1906-01-01', '1906-01-01'],
  ])('%j is %s', (birthday, expected) => {
    expect(inputOf({ birthday }).birthday).toBe(expected);
  });

  test.each([
    '2001-02-29',
    '31.04.1990',
    '1990-13-01',
    '1990-00-10',
    '2026-03-01',
    '1905-12-31',
    '17/05/1990',
    '1990',
    'вчера',
  ])('%j is none', (birthday) => {
    expect(problemsOf({ birthday })).toEqual([{ field: 'birthday', code: 'birthday_invalid' }]);
  });

  test('is missing where it is required, and not read where it is not asked', () => {
    expect(problemsOf({}, { fields: { birthday: 'required' } })).toEqual([
      { field: 'birthday', code: 'birthday_missing' },
    ]);
    expect(inputOf({ birthday: '1990-05-17' }, { fields: { birthday: 'hidden' } }).birthday).toBeNull();
  });

  test('makes one old enough on the day itself', () => {
    const adults = { ageMin: 18 } as const;
    expect(problemsOf({ birthday: '2008-02-28' }, adults)).toEqual([]);
    expect(problemsOf({ birthday: '2008-03-01' }, adults)).toEqual([{ field: 'birthday', code: 'too_young', age: 18 }]);
  });

  test('on 29 February makes one old enough on 28 February or 1 March of a common year, not before', () => {
    const adults = { ageMin: 18 } as const;
    const on = (day: string) =>
      readRegistration(
        { ...body, birthday: '2008-02-29' },
        completeForm({ ...form, ...adults }),
        Temporal.PlainDate.from(day),
        readPhone,
      ).ok;
    expect([on('2026-02-27'), on('2026-03-01')]).toEqual([false, true]);
  });

  test.each(['optional', 'hidden'] as const)('cannot be left out where a youngest age is set (%s)', (birthday) => {
    expect(problemsOf({}, { ageMin: 18, fields: { birthday } })).toEqual([
      { field: 'birthday', code: 'birthday_missing' },
    ]);
    expect(problemsOf({ birthday: '2010-01-01' }, { ageMin: 18, fields: { birthday } })).toEqual([
      { field: 'birthday', code: 'too_young', age: 18 },
    ]);
  });
});

describe('what a form asks', () => {
  const parts = { name: 'parts', fields: { lastName: 'required', middleName: 'optional' } } as const;

  test('the parts of a name, each as the form wants it', () => {
    const typed = { name: 'не это', firstName: ' Мария ', lastName: 'Петрова', middleName: 'Ивановна' };
    expect(inputOf(typed, parts)).toMatchObject({ firstName: 'Мария', lastName: 'Петрова', middleName: 'Ивановна' });
    expect(problemsOf({ firstName: '', lastName: ' ' }, parts)).toEqual([
      { field: 'lastName', code: 'field_missing' },
      { field: 'firstName', code: 'field_missing' },
    ]);
    expect(problemsOf({ firstName: 'а', lastName: 'б'.repeat(81) }, parts)).toEqual([
      { field: 'lastName', code: 'field_too_long' },
    ]);
  });

  test('what it does not ask is not read, whoever sends it', () => {
    const sent = { email: 'a@b.ru', sex: 'male', middleName: 'Х', birthday: '1990-05-17', 'q-size': 'XL' };
    expect(inputOf(sent, { fields: { birthday: 'hidden' } })).toMatchObject({
      email: null,
      sex: null,
      middleName: '',
      birthday: null,
      answers: [],
    });
  });

  test.each(['email', 'sex'] as const)('%s is missing where it is required, and may stay empty where not', (field) => {
    expect(problemsOf({}, { fields: { [field]: 'required' } })).toEqual([{ field, code: 'field_missing' }]);
    expect(problemsOf({}, { fields: { [field]: 'optional' } })).toEqual([]);
  });

  test.each([
    ['Anna@Example.RU ', 'anna@example.ru'],
    ['a.b+c@mail.example.com', 'a.b+c@mail.example.com'],
    ['анна@почта.рф', 'анна@почта.рф'],
  ])('%j is an e-mail', (email, read) => {
    expect(inputOf({ email }, { fields: { email: 'required' } }).email).toBe(read);
  });

  test.each([
    'anna',
    'anna@',
    '@mail.ru',
    'a@b',
    'a b@mail.ru',
    'a@b..',
    'a@mail.ru, b@mail.ru',
    `${'a'.repeat(250)}@b.ru`,
  ])('%j is none', (email) => {
    expect(problemsOf({ email }, { fields: { email: 'optional' } })).toEqual([
      { field: 'email', code: 'email_invalid' },
    ]);
  });

  test('an own question that is required, and a choice that nobody offered', () => {
    const questions: FormDraft['questions'] = [
      { key: 'from', kind: 'text', label: { ru: 'Откуда' }, choices: [], required: true },
      {
        key: 'size',
        kind: 'choice',
        label: { ru: 'Чашка' },
        choices: [{ ru: 'S' }, { ru: 'L', en: 'large' }],
        required: false,
      },
    ];
    expect(inputOf({ 'q-from': ' Из  газеты ', 'q-size': '1' }, { questions }).answers).toEqual([
      { key: 'from', text: 'Из газеты' },
      { key: 'size', text: 'L' },
    ]);
    expect(problemsOf({}, { questions })).toEqual([{ field: 'q-from', code: 'field_missing' }]);
    for (const size of ['2', '-1', '1.0', 'L', '99']) {
      expect(problemsOf({ 'q-from': 'x', 'q-size': size }, { questions })).toEqual([
        { field: 'q-size', code: 'choice_unknown' },
      ]);
    }
    expect(problemsOf({ 'q-from': 'x'.repeat(201) }, { questions })).toEqual([
      { field: 'q-from', code: 'field_too_long' },
    ]);
  });

  test.each([
    ['code', '', 'phone_missing'],
    ['required', '', 'phone_missing'],
    ['optional', '12', 'phone_invalid'],
    ['optional', '', null],
    ['hidden', '12', null],
  ] as const)('a phone that is %s and reads %j: %s', (phone, typed, code) => {
    const found = problemsOf({ phone: typed }, { phone });
    expect(found).toEqual(code === null ? [] : [{ field: 'phone', code }]);
  });
});
