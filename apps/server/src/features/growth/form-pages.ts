import type { Refusal } from '@tessera/contract';
import type { Language } from '@tessera/contract/messages';
import {
  type CodePageData,
  codePage,
  consentTextPage,
  type RegistrationPageData,
  registrationPage,
} from '@tessera/guest';
import type { Tenant } from '../../platform/database/index.ts';
import type { Request } from '../../platform/http/index.ts';
import { type ConsentPurpose, tillSettingsOf } from '../guests/index.ts';
import { referralSettingsOfGroup } from '../loyalty/index.ts';
import type { Companies, Company } from '../tenancy/index.ts';
import { welcomeText } from './invite-texts.ts';
import { AGE_MAX, birthdayOf, type FieldProblem, type Form, type RegistrationBody } from './model.ts';
import { sourceOf } from './note-visit.ts';
import type { GrowthPlatform } from './register-guest.ts';
import type { Registration } from './store.ts';
import { type GuestAssets, guestTexts, pathOf } from './visit.ts';

export type FormOptions = {
  platform: GrowthPlatform & { readonly companies: Companies };
  assets: GuestAssets;
  /** The card one gets, as a picture. */
  samplePicture: (tenant: Tenant, designId: number) => Promise<RegistrationPageData['card'] | null>;
};

/** A form that was found by its address. */
export type OpenedForm = { tenant: Tenant; form: Form; company: Company };
function siteOf({ company }: OpenedForm, { assets }: FormOptions, path: string) {
  return { company: { name: company.name }, path, assetVersion: assets.version, demo: company.demo };
}

const EXAMPLES: Record<string, { example: string; dialCode: string }> = {
  RU: { example: '+7 912 345-67-89', dialCode: '+7' },
  KZ: { example: '+7 701 234-56-78', dialCode: '+7' },
};

/** The form with what was typed and what is wrong with it. */
export async function drawForm(
  options: FormOptions,
  request: Request,
  opened: OpenedForm,
  body: RegistrationBody,
  problems: readonly FieldProblem[],
  problem: NonNullable<RegistrationPageData['problem']> | null,
): Promise<string> {
  const { form, company, tenant } = opened;
  const { language } = request;
  const field = (name: FieldProblem['field']) => {
    const error = problems.find((one) => one.field === name);
    return { value: body[name] ?? '', ...(error ? { error } : {}) };
  };
  const today = options.platform.clock.now().toZonedDateTimeISO(company.timeZone).toPlainDate();
  const consentUrl = (purpose: string) => `/n/${form.formId}/consent/${purpose}?lang=${language}`;
  const consent = problems.find((one) => one.field === 'consent');
  const card = await options.samplePicture(tenant, form.designId);
  const invite = body.invite ? await drawInvite(request, opened, body) : null;
  const heading = form.body.heading?.[language];
  const lead = form.body.lead?.[language];
  const data: RegistrationPageData = {
    site: siteOf(opened, options, `/n/${form.formId}`),
    action: `/n/${form.formId}?${actionQuery(request)}`,
    attempt: body.attempt ?? '',
    ...(heading ? { heading } : {}),
    ...(lead ? { lead } : {}),
    ...(card ? { card } : {}),
    name: field('name'),
    phone: { ...field('phone'), ...(EXAMPLES[company.country] ?? { example: '+1 202 555 0123', dialCode: '+' }) },
    ...(birthdayOf(form.body) === 'hidden'
      ? {}
      : {
          birthday: {
            ...field('birthday'),
            required: birthdayOf(form.body) === 'required',
            min: today.subtract({ years: AGE_MAX }).toString(),
            max: today.toString(),
          },
        }),
    ...(invite ? { invite } : {}),
    consent: {
      ticked: body.consent === 'on',
      textUrl: consentUrl('personal-data'),
      ...(consent ? { error: consent } : {}),
    },
    ...(form.body.marketing
      ? { marketing: { ticked: body.marketing === 'on', textUrl: consentUrl('marketing') } }
      : {}),
    ...(problem ? { problem } : {}),
  };
  return registrationPage(data, guestTexts(request), language);
}

/** The tag of the link goes along with what is typed. */
function actionQuery(request: Request): URLSearchParams {
  const from = sourceOf(request);
  return new URLSearchParams({ lang: request.language, ...(from ? { from } : {}) });
}

/** What the page sends back of a link, and what the guest gets for having come by it. */
async function drawInvite(
  request: Request,
  { tenant, form, company }: OpenedForm,
  body: RegistrationBody,
): Promise<NonNullable<RegistrationPageData['invite']>> {
  const settings = await referralSettingsOfGroup(tenant, form.groupId);
  const text = settings && welcomeText(request.t, settings, company.currency);
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
