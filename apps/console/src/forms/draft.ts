import type { FormBody } from '@tessera/contract';

export type FormLanguage = FormBody['languages'][number];
export type Words = { ru?: string; en?: string };
export type Question = FormBody['questions'][number];
export type ProfileField = keyof FormBody['fields'];
/** What every part of the editor changes: the form as it is written. */
export type EditorProps = { readonly body: FormBody; readonly onChange: (part: Partial<FormBody>) => void };

/** What a new form asks: a name and a phone that is confirmed, as little as a card needs. */
export const newBody = (language: FormLanguage): FormBody => ({
  languages: language === 'ru' ? ['ru', 'en'] : ['en', 'ru'],
  name: 'line',
  fields: {
    firstName: 'required',
    lastName: 'hidden',
    middleName: 'hidden',
    birthday: 'optional',
    sex: 'hidden',
    email: 'hidden',
  },
  phone: 'code',
  uniqueEmail: false,
  questions: [],
  personalData: {},
  marketing: {},
  colours: 'card',
  known: 'fill',
});

/** Texts that were emptied are none. */
function written(words: Words | undefined): Words | undefined {
  const entries = Object.entries(words ?? {}).filter(([, text]) => text.trim() !== '');
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

const part = <Name extends string>(name: Name, words: Words | undefined): Partial<Record<Name, Words>> => {
  const text = written(words);
  return text ? ({ [name]: text } as Partial<Record<Name, Words>>) : {};
};

function consentOf(asked: FormBody['personalData']): FormBody['personalData'] {
  const url = asked.documentUrl?.trim();
  return { ...part('wording', asked.wording), ...(url ? { documentUrl: url } : {}) };
}

/** The body as it is sent: without empty texts, and without choices of questions that offer none. */
export function bodyOf(draft: FormBody): FormBody {
  const { heading, lead, button, thanks, questions, personalData, marketing, ...rest } = draft;
  return {
    ...rest,
    ...part('heading', heading),
    ...part('lead', lead),
    ...part('button', button),
    ...part('thanks', thanks),
    questions: questions.map((one) => ({
      ...one,
      label: written(one.label) ?? {},
      choices: one.kind === 'choice' ? one.choices.flatMap((words) => written(words) ?? []) : [],
    })),
    personalData: consentOf(personalData),
    marketing: marketing && consentOf(marketing),
  };
}

/** How Russian letters are written in Latin ones, in their alphabetical order from U+0430. */
const LATIN = 'a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sch  y  e yu ya'.split(' ');
const FIRST = 0x430;
const YO = 0x451;

function inLatin(letter: string): string {
  const place = letter.charCodeAt(0);
  return place === YO ? 'e' : (LATIN[place - FIRST] ?? letter);
}

/** An address from a name in Russian or in Latin letters: small letters, digits, hyphens. */
export const addressFrom = (name: string): string =>
  [...name.toLowerCase()]
    .map(inLatin)
    .join('')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64);

export const isAddress = (text: string): boolean => /^[a-z0-9][a-z0-9-]{1,63}$/.test(text);
export const isTag = (text: string): boolean => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(text);

/** A key that no question of the form has. */
export function freeKey(questions: readonly Question[]): string {
  let number = questions.length + 1;
  while (questions.some(({ key }) => key === `question-${number}`)) number += 1;
  return `question-${number}`;
}
