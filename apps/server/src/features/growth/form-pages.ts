import type { Refusal } from '@tessera/contract';
import type { Language } from '@tessera/contract/messages';
import {
  type CodePageData,
  type ConsentBox,
  codePage,
  consentTextPage,
  type RegistrationField,
  type RegistrationPageData,
  registrationPage,
  thanksPage,
} from '@tessera/guest';
import type { Tenant } from '../../platform/database/index.ts';
import type { Request } from '../../platform/http/index.ts';
import { type ConsentPurpose, tillSettingsOf } from '../guests/index.ts';
import { referralSettingsOfGroup } from '../loyalty/index.ts';
import type { Companies, Company } from '../tenancy/index.ts';
import { askedOf, type ConsentAsked, inputOfQuestion, type ProfileField, wordsOf } from './forms/form-body.ts';
import type { StoredForm } from './forms/forms.store.ts';
import type { GrowthPlatform } from './growth-platform.ts';
import { welcomeText } from './invite-texts.ts';
import { AGE_MAX, type FieldName, type FieldProblem, type Form, type RegistrationBody } from './model.ts';
import { sourceOf } from './note-visit.ts';
import type { Registration } from './store.ts';
import { type GuestAssets, guestTexts, pathOf } from './visit.ts';

export type FormOptions = {
  platform: GrowthPlatform & { readonly companies: Companies };
  assets: GuestAssets;
  /** The card one gets, as a picture. */
  samplePicture: (tenant: Tenant, designId: number) => Promise<RegistrationPageData['card'] | null>;
};

/** A form that was found by its address. */
export type OpenedForm = { tenant: Tenant; form: FormOnPage; company: Company };
/** What the pages need of a form: a stored one has it, and one that is only being drawn. */
export type FormOnPage = Form & Partial<Pick<StoredForm, 'archivedAt' | 'opensAccounts'>>;

function siteOf({ company, form }: OpenedForm, { assets }: FormOptions, path: string) {
  const { languages } = form.body;
  return { company: { name: company.name }, path, assetVersion: assets.version, demo: company.demo, languages };
}

const EXAMPLES: Record<string, { example: string; dialCode: string }> = {
  RU: { example: '+7 912 345-67-89', dialCode: '+7' },
  KZ: { example: '+7 701 234-56-78', dialCode: '+7' },
};

/** Who reads a page: in which language, and by which link he came. */
export type Reader = Pick<Request, 't' | 'language'> & { readonly from?: string | undefined };
export const readerOf = (request: Request): Reader => ({
  t: request.t,
  language: request.language,
  from: sourceOf(request),
});

/** What a guest has typed so far, and what is wrong with it. */
export type FormState = {
  readonly body: RegistrationBody;
  readonly problems?: readonly FieldProblem[];
  readonly problem?: NonNullable<RegistrationPageData['problem']>;
  /** To be looked at only. */
  readonly still?: boolean;
};

/** The form with what was typed and what is wrong with it. */
export async function drawForm(
  options: FormOptions,
  reader: Reader,
  opened: OpenedForm,
  { body, problems = [], problem, still }: FormState,
): Promise<string> {
  const { form, tenant } = opened;
  const { language, from } = reader;
  const path = `/n/${form.formId}${from ? `?${new URLSearchParams({ s: from })}` : ''}`;
  const consent = problems.find((one) => one.field === 'consent');
  const card = await options.samplePicture(tenant, form.designId);
  const invite = body.invite ? await drawInvite(reader, opened, body) : null;
  const words = {
    heading: wordsOf(form.body, form.body.heading, language),
    lead: wordsOf(form.body, form.body.lead, language),
    button: wordsOf(form.body, form.body.button, language),
    colour: colourOf(opened, card),
  };
  const data: RegistrationPageData = {
    site: siteOf(opened, options, path),
    // The tag of the link goes along with what is typed.
    action: `/n/${form.formId}?${new URLSearchParams({ lang: language, ...(from ? { s: from } : {}) })}`,
    attempt: body.attempt ?? '',
    ...(still ? { still } : {}),
    ...defined(words),
    ...(card ? { card } : {}),
    fields: fieldsOf(options, reader, opened, { body, problems }),
    ...(invite ? { invite } : {}),
    consent: {
      ...boxOf(reader, opened, 'personal-data', form.body.personalData, body.consent),
      ...(consent ? { error: consent } : {}),
    },
    ...(form.body.marketing
      ? { marketing: boxOf(reader, opened, 'marketing', form.body.marketing, body.marketing) }
      : {}),
    ...(problem ? { problem } : {}),
  };
  return registrationPage(data, guestTexts(reader), language);
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };
const defined = <T extends object>(values: T): Defined<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;

const colourOf = ({ form }: OpenedForm, card: RegistrationPageData['card'] | null): string | undefined =>
  form.body.colours === 'card' ? card?.colours.background : undefined;

/** A consent's box, with the words and the document that the form names. */
function boxOf(
  { language }: Reader,
  { form }: OpenedForm,
  purpose: string,
  asked: ConsentAsked,
  ticked: string | undefined,
): ConsentBox & { textUrl: string } {
  const wording = wordsOf(form.body, asked.wording, language);
  const textUrl = asked.documentUrl ?? `/n/${form.formId}/consent/${purpose}?lang=${language}`;
  return { ticked: ticked === 'on', textUrl, ...(wording ? { wording } : {}) };
}

const ORDER = ['lastName', 'firstName', 'middleName', 'phone', 'email', 'birthday', 'sex'] as const;

/** The questions of the form, in the order of the page: who, how to reach him, what else. */
function fieldsOf(
  { platform }: FormOptions,
  { language }: Reader,
  { form, company }: OpenedForm,
  { body, problems = [] }: FormState,
): RegistrationField[] {
  const common = (name: FieldName, required: boolean) => {
    const error = problems.find((one) => one.field === name);
    return { name, value: body[name] ?? '', required, ...(error ? { error } : {}) };
  };
  const today = platform.clock.now().toZonedDateTimeISO(company.timeZone).toPlainDate();
  const years = { min: today.subtract({ years: AGE_MAX }).toString(), max: today.toString() };
  const phone = { ...(EXAMPLES[company.country] ?? { example: '+1 202 555 0123', dialCode: '+' }) };
  const profile = (field: ProfileField | 'phone'): RegistrationField[] => {
    const asked = field === 'phone' ? form.body.phone : askedOf(form.body, field);
    const required = asked !== 'optional';
    if (asked === 'hidden') return [];
    if (field === 'phone') return [{ kind: field, ...common(field, required), ...phone, confirmed: asked === 'code' }];
    if (field === 'birthday') return [{ kind: field, ...common(field, required), ...years }];
    const kind = field === 'firstName' && form.body.name === 'line' ? 'name' : field;
    return [{ kind, ...common(kind, required) }];
  };
  const own = form.body.questions.map(({ key, kind, label, choices, required }): RegistrationField => {
    const said = { label: wordsOf(form.body, label, language) ?? key, ...common(inputOfQuestion(key), required) };
    if (kind === 'text') return { kind, ...said };
    return { kind, ...said, choices: choices.map((one) => wordsOf(form.body, one, language) ?? '') };
  });
  return [...ORDER.flatMap(profile), ...own];
}

/** What the company says once the card is made. */
export async function drawThanks(
  options: FormOptions,
  request: Request,
  opened: OpenedForm,
  { text, guid }: { text: string; guid: string },
): Promise<string> {
  const { form, tenant } = opened;
  const card = await options.samplePicture(tenant, form.designId);
  const colour = colourOf(opened, card);
  const data = {
    site: siteOf(opened, options, pathOf(request)),
    text,
    cardUrl: `/c/${guid}`,
    ...(card ? { card } : {}),
    ...(colour ? { colour } : {}),
  };
  return thanksPage(data, guestTexts(request), request.language);
}

/** What the page sends back of a link, and what the guest gets for having come by it. */
async function drawInvite(
  reader: Reader,
  { tenant, form, company }: OpenedForm,
  body: RegistrationBody,
): Promise<NonNullable<RegistrationPageData['invite']>> {
  const settings = await referralSettingsOfGroup(tenant, form.groupId);
  const text = settings && welcomeText(reader.t, settings, company.currency);
  const { invite: code = '', touch = '' } = body;
  return { code, touch, ...(text ? { text } : {}) };
}

/** How many minutes a refused guest has to wait. */
export const minutesOf = ({ params }: Refusal): number => Math.max(1, Math.ceil(Number(params?.seconds ?? 60) / 60));

/** Why a code was refused, as the page says it. */
export function codeProblem({ code, params }: Refusal): NonNullable<CodePageData['problem']> {
  switch (code) {
    case 'code_wrong':
      return { code: 'wrong', triesLeft: Number(params?.triesLeft ?? 1) };
    case 'code_spent':
      return { code: 'used_up' };
    case 'code_too_often':
      return { code: 'too_many', minutes: minutesOf({ code, ...(params ? { params } : {}) }) };
    default:
      return { code: 'expired' };
  }
}

/** The page that asks for the code. */
export async function drawCode(
  options: FormOptions,
  request: Request,
  opened: OpenedForm & { registration: Registration },
  problem: CodePageData['problem'],
): Promise<string> {
  const { form, registration, company } = opened;
  const { language } = request;
  const base = `/n/${form.formId}/${registration.attempt}`;
  const { pin } = await tillSettingsOf(opened.tenant);
  const waited = registration.updatedAt.until(options.platform.clock.now()).total('seconds');
  const data: CodePageData = {
    site: siteOf(opened, options, base),
    action: `${base}?lang=${language}`,
    attempt: registration.attempt,
    phone: registration.phone,
    digits: pin.digits,
    resend: {
      action: `${base}/resend?lang=${language}`,
      waitSeconds: Math.max(0, Math.ceil(pin.pauseSeconds - waited)),
    },
    changeNumberUrl: `/n/${form.formId}?lang=${language}&attempt=${registration.attempt}`,
    ...(problem ? { problem } : {}),
    ...(company.demo ? { messagesUrl: `/demo/messages?lang=${language}` } : {}),
  };
  return codePage(data, guestTexts(request), language);
}

/** A consent's text. */
export function drawConsent(
  options: FormOptions,
  request: Request,
  opened: OpenedForm,
  text: { purpose: ConsentPurpose; version: string; body: string; createdAt: Temporal.Instant; language: Language },
): string {
  const { company, form } = opened;
  const now = options.platform.clock.now();
  return consentTextPage(
    {
      site: siteOf(opened, options, pathOf(request)),
      title: request.t(`server:consent.${text.purpose}`),
      version: text.version,
      since: text.createdAt,
      locale: { timeZone: company.timeZone, now },
      operatorName: company.name,
      text: text.body,
      backUrl: `/n/${form.formId}?lang=${request.language}`,
    },
    guestTexts(request),
    request.language,
  );
}
