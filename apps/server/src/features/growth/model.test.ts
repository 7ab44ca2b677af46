import { describe, expect, test } from 'vitest';
import { type FormBody, type RegistrationBody, readRegistration } from './model.ts';

const form: FormBody = { birthday: 'optional', marketing: true };
const body: RegistrationBody = { name: 'Мария Петрова', phone: '79123456789', consent: 'on' };
const today = Temporal.PlainDate.from('2026-02-28');
const readPhone = (text: string) => (/^\d{11}$/.test(text) ? text : null);
const read = (change: RegistrationBody = {}, asked: Partial<FormBody> = {}) =>
  readRegistration({ ...body, ...change }, { ...form, ...asked }, today, readPhone);
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
      phone: '79123456789',
      birthday: '1990-05-17',
      marketing: true,
    });
  });

  test('has no birthday and no advertising unless they are given', () => {
    expect(inputOf()).toMatchObject({ birthday: null, marketing: false });
  });

  test('gets no advertising from a form that does not ask', () => {
    expect(inputOf({ marketing: 'on' }, { marketing: false }).marketing).toBe(false);
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
    const result = readRegistration({}, form, today, readPhone);
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
    expect(problemsOf({}, { birthday: 'required' })).toEqual([{ field: 'birthday', code: 'birthday_missing' }]);
    expect(inputOf({ birthday: '1990-05-17' }, { birthday: 'hidden' }).birthday).toBeNull();
  });

  test('makes one old enough on the day itself', () => {
    const adults = { ageMin: 18, birthday: 'required' } as const;
    expect(problemsOf({ birthday: '2008-02-28' }, adults)).toEqual([]);
    expect(problemsOf({ birthday: '2008-03-01' }, adults)).toEqual([{ field: 'birthday', code: 'too_young', age: 18 }]);
  });

  test('on 29 February makes one old enough on 28 February or 1 March of a common year, not before', () => {
    const adults = { ageMin: 18, birthday: 'required' } as const;
    const on = (day: string) =>
      readRegistration(
        { ...body, birthday: '2008-02-29' },
        { ...form, ...adults },
        Temporal.PlainDate.from(day),
        readPhone,
      ).ok;
    expect([on('2026-02-27'), on('2026-03-01')]).toEqual([false, true]);
  });

  test.each(['optional', 'hidden'] as const)('cannot be left out where a youngest age is set (%s)', (birthday) => {
    expect(problemsOf({}, { ageMin: 18, birthday })).toEqual([{ field: 'birthday', code: 'birthday_missing' }]);
    expect(problemsOf({ birthday: '2010-01-01' }, { ageMin: 18, birthday })).toEqual([
      { field: 'birthday', code: 'too_young', age: 18 },
    ]);
  });
});
