import type { Language } from '@tessera/contract/messages';

/** A text by language; where one is missing, the form's first language stands in, then the product's own words. */
export type ByLanguage = Partial<Record<Language, string>>;

export type Asked = 'hidden' | 'optional' | 'required';

/** What a questionnaire may ask besides the phone. */
export const PROFILE_FIELDS = ['firstName', 'lastName', 'middleName', 'birthday', 'sex', 'email'] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];

/** A question of the company's own. A choice offers answers; a text takes a line. */
export type Question = {
  /** Stays when the words change, so that answers keep belonging together. */
  key: string;
  label: ByLanguage;
  kind: 'text' | 'choice';
  choices: ByLanguage[];
  required: boolean;
};

/** How a consent is asked for. */
export type ConsentAsked = {
  /** The words beside the box; the part in [brackets] leads to the document. Ours when absent. */
  wording?: ByLanguage;
  /** The company's document elsewhere; absent: the text that was published here. */
  documentUrl?: string;
};

export type FormBody = {
  /** The first one is shown to whoever reads none of them. */
  languages: Language[];
  heading?: ByLanguage;
  lead?: ByLanguage;
  button?: ByLanguage;
  /** Said once the card is made; without it the guest goes straight to the card. */
  thanks?: ByLanguage;
  /** One line for the whole name, or a field for each part. */
  name: 'line' | 'parts';
  fields: Record<ProfileField, Asked>;
  /** Youngest guest in years; the birthday is then required. */
  ageMin?: number;
  /**
   * `code`: asked and confirmed by an SMS code; the number then is the guest's key and leads to one account. Else it is
   * a contact that nobody has proved: it finds no card and gives none back.
   */
  phone: 'code' | Asked;
  /** No two guests have the same e-mail. */
  uniqueEmail: boolean;
  questions: Question[];
  personalData: ConsentAsked;
  /** null: advertising is not asked for. */
  marketing: ConsentAsked | null;
  /** Colours of the button: the product's own, or those of the card. */
  colours: 'house' | 'card';
  /** What becomes of the profile of a guest who proves that he has a card already. */
  known: 'keep' | 'fill' | 'replace';
};

/** What makes a form; all else has a value that asks for little. */
export type FormDraft = Partial<Omit<FormBody, 'fields'>> & { fields?: Partial<Record<ProfileField, Asked>> };

const FIELDS: Record<ProfileField, Asked> = {
  firstName: 'required',
  lastName: 'optional',
  middleName: 'hidden',
  birthday: 'hidden',
  sex: 'hidden',
  email: 'hidden',
};

/** A whole form from what was said of it. */
export const completeForm = (draft: FormDraft): FormBody => ({
  languages: ['ru', 'en'],
  name: 'line',
  phone: 'code',
  uniqueEmail: false,
  questions: [],
  personalData: {},
  marketing: null,
  colours: 'house',
  known: 'keep',
  ...draft,
  fields: { ...FIELDS, ...draft.fields },
});

/** How a field is asked: a youngest age cannot be checked without a birthday, and one line holds the whole name. */
export function askedOf(form: FormBody, field: ProfileField): Asked {
  if (field === 'birthday' && form.ageMin !== undefined) return 'required';
  if (form.name === 'line' && (field === 'lastName' || field === 'middleName')) return 'hidden';
  return form.fields[field];
}

/** The language in which a form speaks to somebody who reads `wanted`. */
export const languageOf = (form: Pick<FormBody, 'languages'>, wanted: Language): Language =>
  form.languages.includes(wanted) ? wanted : (form.languages[0] ?? wanted);

/** A text of the form, in the language on the page or in the form's first; undefined when nobody wrote one. */
export function wordsOf(form: Pick<FormBody, 'languages'>, text: ByLanguage | undefined, language: Language) {
  return text?.[language] || (form.languages[0] && text?.[form.languages[0]]) || undefined;
}

/** Name of a question's input: never that of a field of ours. */
export const inputOfQuestion = (key: string): `q-${string}` => `q-${key}`;

export const FORM_ID = /^[a-z0-9][a-z0-9-]{1,63}$/;

/** Words that stand for something else in our addresses, now or one day. */
const RESERVED = new Set([
  'admin',
  'api',
  'assets',
  'card',
  'console',
  'consent',
  'demo',
  'form',
  'forms',
  'help',
  'index',
  'login',
  'new',
  'preview',
  'register',
  'settings',
  'sources',
  'support',
  'tessera',
  'till',
]);

export const isReserved = (formId: string): boolean => RESERVED.has(formId);
