import { type Static, Type } from 'typebox';
import { Id, InstantText, Nullable, NumberCursor, SmallId, Strict } from './shapes.ts';

/** Registration forms, `/api/v1/forms`, and the texts of consents, `/api/v1/consent-texts`. */

const optional = Type.Optional;
const FormLanguage = Type.Union([Type.Literal('ru'), Type.Literal('en')]);
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' });
/** A text in one language or in both; a missing one is said in the form's first language. */
const Words = (maxLength: number) => Strict({ ru: optional(Text(maxLength)), en: optional(Text(maxLength)) });
const Asked = Type.Union([Type.Literal('hidden'), Type.Literal('optional'), Type.Literal('required')]);

const ConsentAsked = Strict({
  /** The words beside the box; the part in [brackets] leads to the document. Ours when absent. */
  wording: optional(Words(300)),
  /** A document of the company's own elsewhere; absent: the published text. */
  documentUrl: optional(Type.String({ pattern: '^https://[^\\s"<>]+$', maxLength: 500 })),
});

const Question = Strict({
  /** Of your choice; keeps answers together when the words change. */
  key: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,31}$' }),
  label: Words(120),
  kind: Type.Union([Type.Literal('text'), Type.Literal('choice')]),
  /** What may be chosen; empty for a text. */
  choices: Type.Array(Words(80), { maxItems: 20 }),
  required: Type.Boolean(),
});

/** Everything that a form says and asks. */
export const FormBody = Strict({
  languages: Type.Array(FormLanguage, { minItems: 1, maxItems: 2, uniqueItems: true }),
  heading: optional(Words(80)),
  lead: optional(Words(300)),
  button: optional(Words(40)),
  /** Said once the card is made; without it the guest goes straight to the card. */
  thanks: optional(Words(600)),
  /** One line for the whole name, or a field for each part. */
  name: Type.Union([Type.Literal('line'), Type.Literal('parts')]),
  fields: Strict({
    firstName: Asked,
    lastName: Asked,
    middleName: Asked,
    birthday: Asked,
    sex: Asked,
    email: Asked,
  }),
  /** Youngest guest in years; the birthday is then required. */
  ageMin: optional(Type.Integer({ minimum: 1, maximum: 99 })),
  /** `code`: confirmed by SMS, one account for a number. Else a contact that finds no card and gives none back. */
  phone: Type.Union([Type.Literal('code'), ...Asked.anyOf]),
  /** No two guests have the same e-mail. */
  uniqueEmail: Type.Boolean(),
  questions: Type.Array(Question, { maxItems: 10 }),
  personalData: ConsentAsked,
  /** null: advertising is not asked for. */
  marketing: Nullable(ConsentAsked),
  /** Colours of the button: the product's own, or those of the card. */
  colours: Type.Union([Type.Literal('house'), Type.Literal('card')]),
  /** What becomes of the profile of a guest who proves by the code that he has a card already. */
  known: Type.Union([Type.Literal('keep'), Type.Literal('fill'), Type.Literal('replace')]),
});
export type FormBody = Static<typeof FormBody>;

/** Of the installation, not of the company: it is a part of a public address. */
const NewFormId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,63}$' });
export const FormParams = Strict({ formId: Type.String({ minLength: 1, maxLength: 64 }) });

/** What a registration needs and does not have yet; a form without it is closed to guests. */
const Missing = Type.Union([Type.Literal('personal_data'), Type.Literal('marketing'), Type.Literal('template')]);

const FormNumbers = Strict({
  /** How often the page was opened. */
  visits: Type.Integer(),
  /** New guests with a card. */
  registrations: Type.Integer(),
  /** Guests who had a card and got it back. */
  restored: Type.Integer(),
});

// --- GET, POST /api/v1/forms; GET, PUT /api/v1/forms/:formId; POST …/archive, …/restore
export const FormsQuery = Strict({
  /** The days that are counted, today included; 30 unless told. */
  days: optional(Type.Integer({ minimum: 1, maximum: 3_660 })),
});
export const FormView = Strict({
  formId: Type.String(),
  /** Where guests find it. */
  url: Type.String(),
  designId: Id,
  designName: Type.String(),
  groupId: Id,
  groupName: Type.String(),
  programmeId: Id,
  body: FormBody,
  /** Grows with every change; a change names the one that it was made from. */
  revision: Id,
  createdAt: InstantText,
  archivedAt: Nullable(InstantText),
  missing: Type.Array(Missing),
});
export type FormView = Static<typeof FormView>;
export const FormRow = Strict({
  formId: Type.String(),
  url: Type.String(),
  designId: Id,
  designName: Type.String(),
  createdAt: InstantText,
  archivedAt: Nullable(InstantText),
  missing: Type.Array(Missing),
  numbers: FormNumbers,
});
export type FormRow = Static<typeof FormRow>;
export const FormList = Strict({ days: Type.Integer(), items: Type.Array(FormRow) });
export type FormList = Static<typeof FormList>;
/** Without a group the first one of the design's programme that opens accounts is taken, or made. */
export const NewForm = Strict({
  formId: NewFormId,
  designId: SmallId,
  groupId: optional(SmallId),
  body: FormBody,
});
export type NewForm = Static<typeof NewForm>;
export const ChangedForm = Strict({ revision: SmallId, designId: SmallId, groupId: SmallId, body: FormBody });
export type ChangedForm = Static<typeof ChangedForm>;

// --- POST /api/v1/forms/preview: the page as guests would see it
export const FormPreview = Strict({ designId: SmallId, language: FormLanguage, body: FormBody });
export type FormPreview = Static<typeof FormPreview>;
export const FormPreviewAnswer = Strict({ html: Type.String() });
export type FormPreviewAnswer = Static<typeof FormPreviewAnswer>;

// --- GET /api/v1/forms/:formId/sources; PUT, DELETE …/sources/:source; GET …/qr
/** Where a guest comes from, as it stands in a link. */
export const FormSourceTag = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' });
export const FormSourceParams = Strict({ formId: Type.String({ minLength: 1, maxLength: 64 }), source: FormSourceTag });
export const NewFormSource = Strict({ name: Text(80) });
export type NewFormSource = Static<typeof NewFormSource>;
export const FormSource = Strict({
  /** The tag in the link, `?s=instagram`; '' is the link without one. */
  source: Type.String(),
  /** null: nobody made this link here, somebody else's tag came along. */
  name: Nullable(Type.String()),
  url: Type.String(),
  numbers: FormNumbers,
});
export type FormSource = Static<typeof FormSource>;
export const FormSources = Strict({ days: Type.Integer(), items: Type.Array(FormSource) });
export type FormSources = Static<typeof FormSources>;
export const FormQrQuery = Strict({
  source: optional(FormSourceTag),
  format: optional(Type.Union([Type.Literal('svg'), Type.Literal('png')])),
});

// --- GET /api/v1/forms/:formId/answers
export const FormAnswersQuery = Strict({
  after: optional(NumberCursor),
  limit: optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export const FormAnswers = Strict({
  items: Type.Array(
    Strict({
      answeredAt: InstantText,
      accountId: Nullable(Id),
      guest: Type.String(),
      /** `phone` is a contact that was not confirmed; else the key of a question. */
      question: Type.String(),
      /** The question as it was asked. */
      label: Type.String(),
      text: Type.String(),
    }),
  ),
  next: Nullable(Type.String()),
});
export type FormAnswers = Static<typeof FormAnswers>;

// --- GET, POST /api/v1/consent-texts
const Purpose = Type.Union([Type.Literal('personal_data'), Type.Literal('marketing')]);
export const ConsentTextView = Strict({
  purpose: Purpose,
  language: FormLanguage,
  version: Type.String(),
  text: Type.String(),
  publishedAt: InstantText,
});
export type ConsentTextView = Static<typeof ConsentTextView>;
/** The newest of each purpose and language. */
export const ConsentTexts = Strict({ items: Type.Array(ConsentTextView) });
export type ConsentTexts = Static<typeof ConsentTexts>;
/** A new version; what guests agreed to before stays as it was. The same text again makes none. */
export const NewConsentText = Strict({ purpose: Purpose, language: FormLanguage, text: Text(20_000) });
export type NewConsentText = Static<typeof NewConsentText>;
