import type { Language } from '@tessera/contract/messages';

/** A registration form: which card it gives, into which group, and what it asks. */
export type Form = {
  formId: string;
  designId: number;
  groupId: number;
  body: FormBody;
};

export type FormBody = {
  /** Heading and lead by language; ours when absent. */
  heading?: Partial<Record<Language, string>>;
  lead?: Partial<Record<Language, string>>;
  birthday: 'hidden' | 'optional' | 'required';
  /** Youngest guest in years; the birthday is then required. */
  ageMin?: number;
  marketing: boolean;
};

/** Whether a form asks for the birthday: a youngest age cannot be checked without one. */
export const birthdayOf = (form: FormBody): FormBody['birthday'] =>
  form.ageMin === undefined ? form.birthday : 'required';

/** What a guest typed, read and in order. */
export type RegistrationInput = {
  attempt: string;
  firstName: string;
  lastName: string;
  phone: string;
  birthday: string | null;
  marketing: boolean;
  /** By whose link the guest came, as the page tells it. */
  invite?: Invite | undefined;
  /** The tag of the link that the guest came by. */
  source?: string | undefined;
};

/** A link's code and touch, and the name that the guest's browser keeps of itself. */
export type Invite = { code: string; touchId?: string | undefined; device?: string | undefined };

/** What a guest sent, as text, before anything is known of it. */
export type RegistrationBody = Partial<
  Record<'attempt' | 'name' | 'phone' | 'birthday' | 'consent' | 'marketing' | 'invite' | 'touch' | 'device', string>
>;

export type FieldProblem =
  | { field: 'name'; code: 'name_missing' | 'name_too_long' }
  | { field: 'phone'; code: 'phone_missing' | 'phone_invalid' }
  | { field: 'birthday'; code: 'birthday_missing' | 'birthday_invalid' }
  | { field: 'birthday'; code: 'too_young'; age: number }
  | { field: 'consent'; code: 'consent_missing' };

const NAME_CHARACTERS_MAX = 80;
/** Years; a birthday before that is a slip. */
export const AGE_MAX = 120;

/**
 * Reads a submitted form. All problems come at once, one for each field.
 * @param readPhone turns what was typed into E.164 digits, or null
 */
export function readRegistration(
  body: RegistrationBody,
  form: FormBody,
  today: Temporal.PlainDate,
  readPhone: (text: string) => string | null,
): { ok: true; input: Omit<RegistrationInput, 'attempt'> } | { ok: false; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  // Control characters come from a broken paste or a robot: no name has them, and no database takes a NUL.
  const name = (body.name ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (name === '') problems.push({ field: 'name', code: 'name_missing' });
  else if (name.length > NAME_CHARACTERS_MAX) problems.push({ field: 'name', code: 'name_too_long' });
  const phoneText = (body.phone ?? '').trim();
  const phone = phoneText === '' ? null : readPhone(phoneText);
  if (phone === null) problems.push({ field: 'phone', code: phoneText === '' ? 'phone_missing' : 'phone_invalid' });
  const birthday = readBirthday(body.birthday ?? '', form, today);
  if (typeof birthday === 'object' && birthday !== null) problems.push(birthday);
  if (body.consent !== 'on') problems.push({ field: 'consent', code: 'consent_missing' });
  if (problems.length > 0 || phone === null) return { ok: false, problems };
  const [firstName = '', ...rest] = name.split(' ');
  return {
    ok: true,
    input: {
      firstName,
      lastName: rest.join(' '),
      phone,
      birthday: typeof birthday === 'string' ? birthday : null,
      marketing: form.marketing && body.marketing === 'on',
      ...readInvite(body),
    },
  };
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
  const asked = birthdayOf(form);
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
