import { askedOf, type FormBody, inputOfQuestion, type ProfileField } from './forms/form-body.ts';

/** A registration form: which card it gives, into which group, and what it asks. */
export type Form = {
  formId: string;
  designId: number;
  groupId: number;
  body: FormBody;
};

/** What a guest typed, read and in order. */
export type RegistrationInput = {
  attempt: string;
  firstName: string;
  lastName: string;
  middleName: string;
  /** E.164 digits; '' where the form does not ask or the guest gave none. */
  phone: string;
  birthday: string | null;
  sex: 'male' | 'female' | null;
  email: string | null;
  answers: Answer[];
  marketing: boolean;
  /** By whose link the guest came, as the page tells it. */
  invite?: Invite | undefined;
  /** The tag of the link that the guest came by. */
  source?: string | undefined;
};

/** An answer to a question of the company's own, in words that stay readable when the question is gone. */
export type Answer = { key: string; text: string };

/** A link's code and touch, and the name that the guest's browser keeps of itself. */
export type Invite = { code: string; touchId?: string | undefined; device?: string | undefined };

/** What a guest sent, as text, before anything is known of it. */
export type RegistrationBody = Readonly<Record<string, string | undefined>>;

export type FieldName = 'name' | ProfileField | 'phone' | `q-${string}`;
export type FieldProblem =
  | { field: 'name' | 'firstName'; code: 'name_missing' | 'name_too_long' }
  | { field: FieldName; code: 'field_missing' | 'field_too_long' | 'choice_unknown' }
  | { field: 'email'; code: 'email_invalid' }
  | { field: 'phone'; code: 'phone_missing' | 'phone_invalid' }
  | { field: 'birthday'; code: 'birthday_missing' | 'birthday_invalid' }
  | { field: 'birthday'; code: 'too_young'; age: number }
  | { field: 'consent'; code: 'consent_missing' };

const NAME_CHARACTERS_MAX = 80;
const EMAIL_CHARACTERS_MAX = 254;
const ANSWER_CHARACTERS_MAX = 200;
/** Years; a birthday before that is a slip. */
export const AGE_MAX = 120;

type Read = { input: Omit<RegistrationInput, 'attempt'>; problems: FieldProblem[] };

/**
 * Reads a submitted form. All problems come at once, one for each field. What the form does not ask is not read, whoever
 * sends it.
 * @param readPhone turns what was typed into E.164 digits, or null
 */
export function readRegistration(
  body: RegistrationBody,
  form: FormBody,
  today: Temporal.PlainDate,
  readPhone: (text: string) => string | null,
): { ok: true; input: Omit<RegistrationInput, 'attempt'> } | { ok: false; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const told = <Value>(value: Value | FieldProblem, none: Value): Value => {
    if (typeof value !== 'object' || value === null || !('code' in value)) return value as Value;
    problems.push(value as FieldProblem);
    return none;
  };
  const names = readNames(body, form, problems);
  const phone = told(readPhoneField(body.phone, form, readPhone), '');
  const birthday = told(readBirthday(body.birthday ?? '', form, today), null);
  const sex = told(readSex(body.sex, form), null);
  const email = told(readEmail(body.email, form), null);
  const answers = readAnswers(body, form, problems);
  if (body.consent !== 'on') problems.push({ field: 'consent', code: 'consent_missing' });
  if (problems.length > 0) return { ok: false, problems };
  const marketing = form.marketing !== null && body.marketing === 'on';
  const input: Read['input'] = { ...names, phone, birthday, sex, email, answers, marketing, ...readInvite(body) };
  return { ok: true, input };
}

/** Control characters come from a broken paste or a robot: no name has them, and no database takes a NUL. */
const clean = (text: string | undefined): string => (text ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();

type Names = Pick<RegistrationInput, 'firstName' | 'lastName' | 'middleName'>;

function readNames(body: RegistrationBody, form: FormBody, problems: FieldProblem[]): Names {
  if (form.name === 'line') return readNameLine(body, form, problems);
  const read = (field: keyof Names): string => {
    const asked = askedOf(form, field);
    const text = asked === 'hidden' ? '' : clean(body[field]);
    if (text === '' && asked === 'required') problems.push({ field, code: 'field_missing' });
    if (text.length > NAME_CHARACTERS_MAX) problems.push({ field, code: 'field_too_long' });
    return text;
  };
  // In the order of the page.
  const [lastName, firstName, middleName] = [read('lastName'), read('firstName'), read('middleName')];
  return { firstName, lastName, middleName };
}

function readNameLine(body: RegistrationBody, form: FormBody, problems: FieldProblem[]): Names {
  const asked = askedOf(form, 'firstName');
  const name = asked === 'hidden' ? '' : clean(body.name);
  if (name === '' && asked === 'required') problems.push({ field: 'name', code: 'name_missing' });
  else if (name.length > NAME_CHARACTERS_MAX) problems.push({ field: 'name', code: 'name_too_long' });
  const [firstName = '', ...rest] = name.split(' ');
  return { firstName, lastName: rest.join(' '), middleName: '' };
}

function readPhoneField(
  typed: string | undefined,
  form: FormBody,
  readPhone: (text: string) => string | null,
): string | FieldProblem {
  if (form.phone === 'hidden') return '';
  const text = (typed ?? '').trim();
  if (text === '') return form.phone === 'optional' ? '' : { field: 'phone', code: 'phone_missing' };
  return readPhone(text) ?? { field: 'phone', code: 'phone_invalid' };
}

function readSex(typed: string | undefined, form: FormBody): RegistrationInput['sex'] | FieldProblem {
  const asked = askedOf(form, 'sex');
  if (asked === 'hidden') return null;
  if (typed === 'male' || typed === 'female') return typed;
  if ((typed ?? '') !== '') return { field: 'sex', code: 'choice_unknown' };
  return asked === 'required' ? { field: 'sex', code: 'field_missing' } : null;
}

/** One at sign, a dot behind it, nothing that breaks a header. Whether it exists only a message can tell. */
const EMAIL = /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+\.[^\s@<>"(),:;\\[\].]{2,}$/;

function readEmail(typed: string | undefined, form: FormBody): string | null | FieldProblem {
  const asked = askedOf(form, 'email');
  if (asked === 'hidden') return null;
  const text = clean(typed).toLowerCase();
  if (text === '') return asked === 'required' ? { field: 'email', code: 'field_missing' } : null;
  return text.length <= EMAIL_CHARACTERS_MAX && EMAIL.test(text) ? text : { field: 'email', code: 'email_invalid' };
}

/** Answers to own questions; a choice is sent by its place and kept in the words of the form's first language. */
function readAnswers(body: RegistrationBody, form: FormBody, problems: FieldProblem[]): Answer[] {
  return form.questions.flatMap(({ key, kind, choices, required }) => {
    const field = inputOfQuestion(key);
    const typed = clean(body[field]);
    if (typed === '') {
      if (required) problems.push({ field, code: 'field_missing' });
      return [];
    }
    if (kind === 'text') {
      if (typed.length > ANSWER_CHARACTERS_MAX) problems.push({ field, code: 'field_too_long' });
      return [{ key, text: typed }];
    }
    const choice = /^\d{1,2}$/.test(typed) ? choices[Number(typed)] : undefined;
    const text = choice && (choice[form.languages[0]!] ?? Object.values(choice)[0]);
    if (text === undefined) problems.push({ field, code: 'choice_unknown' });
    return text === undefined ? [] : [{ key, text }];
  });
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const CODE_CHARACTERS_MAX = 20;

/** What a page or a link says of an invitation. Anything odd is nothing: nobody is refused for it. */
export function readInvite({ invite = '', touch = '', device = '' }: RegistrationBody): { invite?: Invite } {
  if (invite.trim() === '' || invite.length > CODE_CHARACTERS_MAX) return {};
  return {
    invite: {
      code: invite.trim(),
      ...(UUID.test(touch) ? { touchId: touch } : {}),
      ...(/^[0-9a-f]{32}$/.test(device) ? { device } : {}),
    },
  };
}

function readBirthday(text: string, form: FormBody, today: Temporal.PlainDate): string | null | FieldProblem {
  const asked = askedOf(form, 'birthday');
  if (asked === 'hidden') return null;
  if (text.trim() === '') {
    return asked === 'required' ? { field: 'birthday', code: 'birthday_missing' } : null;
  }
  const born = parseDate(text.trim());
  if (!born || Temporal.PlainDate.compare(born, today) > 0 || today.year - born.year > AGE_MAX) {
    return { field: 'birthday', code: 'birthday_invalid' };
  }
  const age = born.until(today, { largestUnit: 'years' }).years;
  if (form.ageMin !== undefined && age < form.ageMin) {
    return { field: 'birthday', code: 'too_young', age: form.ageMin };
  }
  return born.toString();
}

/** `YYYY-MM-DD` from a date field; `DD.MM.YYYY` from a browser that has none. */
function parseDate(text: string): Temporal.PlainDate | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const local = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : local ? [local[3], local[2], local[1]] : [];
  try {
    const fields = { year: Number(year), month: Number(month), day: Number(day) };
    return year ? Temporal.PlainDate.from(fields, { overflow: 'reject' }) : null;
  } catch {
    return null;
  }
}
