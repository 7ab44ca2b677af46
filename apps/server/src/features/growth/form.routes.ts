import type { Refusal } from '@tessera/contract';
import type { Language } from '@tessera/contract/messages';
import {
  type CodePageData,
  codePage,
  consentTextPage,
  type RegistrationPageData,
  registrationPage,
} from '@tessera/guest';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { newUuid } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { type Http, withForms } from '../../platform/http/index.ts';
import { type ConsentPurpose, codeLimits, currentConsentText, normalizePhone } from '../guests/index.ts';
import type { Companies, Company } from '../tenancy/index.ts';
import { birthdayOf, type FieldProblem, type Form, type RegistrationBody, readRegistration } from './model.ts';
import { beginRegistration, confirmRegistration, type GrowthPlatform, sendCode } from './register-guest.ts';
import { type Registration, selectForm, selectRegistration } from './store.ts';
import { type GuestAssets, guestTexts, pathOf, presentAsPage, sendErrorPage, sendPage, visitorOf } from './visit.ts';

export type FormRoutesOptions = {
  platform: GrowthPlatform & { readonly companies: Companies };
  assets: GuestAssets;
  /** The card one gets, as a picture. */
  samplePicture: (tenant: Tenant, designId: number) => Promise<RegistrationPageData['card'] | null>;
};

type Opened = { tenant: Tenant; form: Form; company: Company };
type FormParams = { formId: string };
type AttemptParams = FormParams & { attempt: string };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const pageConfig = { presentRefusal: presentAsPage };
const postConfig = { ...pageConfig, rateLimit: { max: 30, timeWindow: '1 minute' } };

/** /n/:formId: the form, the code, the card. Works without JavaScript; a page sent twice registers once. */
export function formRoutes(http: Http, options: FormRoutesOptions): void {
  withForms(http, (scope) => routes(scope, options));
}

function routes(http: Http, options: FormRoutesOptions): void {
  const { platform } = options;

  http.get<{ Params: FormParams }>(
    '/n/:formId',
    { config: pageConfig, schema: { hide: true } },
    async (request, reply) => {
      const opened = await openForm(options, request.params.formId);
      if (!opened) return sendErrorPage(request, reply, { code: 'form_not_found' });
      const kept = await keptAttempt(opened, (request.query as { attempt?: unknown }).attempt);
      const page = await drawForm(options, request, opened, { attempt: kept ?? newUuid(platform.random) }, [], null);
      return sendPage(reply, page);
    },
  );

  http.post<{ Params: FormParams; Body: RegistrationBody | undefined }>(
    '/n/:formId',
    { config: postConfig, schema: { hide: true } },
    async (request, reply) => {
      const opened = await openForm(options, request.params.formId);
      if (!opened) return sendErrorPage(request, reply, { code: 'form_not_found' });
      return submitForm(options, request, reply, opened, readBody(request.body));
    },
  );

  http.get<{ Params: AttemptParams }>(
    '/n/:formId/:attempt',
    { config: pageConfig, schema: { hide: true } },
    async (request, reply) => {
      const found = await openAttempt(options, request.params);
      if (!found) return reply.redirect(`/n/${encodeURIComponent(request.params.formId)}`, 303);
      const { registration } = found;
      if (registration.guid) return reply.redirect(`/c/${registration.guid}`, 303);
      return sendPage(reply, drawCode(options, request, found, undefined));
    },
  );

  http.post<{ Params: AttemptParams; Body: { code?: string } | undefined }>(
    '/n/:formId/:attempt',
    { config: postConfig, schema: { hide: true } },
    async (request, reply) => {
      const found = await openAttempt(options, request.params);
      if (!found) return sendErrorPage(request, reply, { code: 'not_found' });
      const code = readBody(request.body).code ?? '';
      if (code.trim() === '' && !found.registration.guid) {
        return sendPage(reply, drawCode(options, request, found, { code: 'missing' }), 400);
      }
      const { attempt } = request.params;
      const confirmed = await confirmRegistration(platform, found.tenant, found.form, { attempt, code });
      if (confirmed.ok) return reply.redirect(`/c/${confirmed.value.guid}`, 303);
      return sendPage(reply, drawCode(options, request, found, codeProblem(confirmed.refusal)), 400);
    },
  );

  http.post<{ Params: AttemptParams }>(
    '/n/:formId/:attempt/resend',
    { config: postConfig, schema: { hide: true } },
    async (request, reply) => {
      const found = await openAttempt(options, request.params);
      if (!found) return sendErrorPage(request, reply, { code: 'not_found' });
      const { registration, tenant } = found;
      const { attempt, phone } = registration;
      if (registration.guid) return reply.redirect(`/c/${registration.guid}`, 303);
      const sent = await sendCode(platform, tenant, { attempt, phone, visitor: visitorOf(request) });
      if (sent.ok) return reply.redirect(`/n/${found.form.formId}/${attempt}?lang=${request.language}`, 303);
      return sendPage(reply, drawCode(options, request, found, codeProblem(sent.refusal)), 429);
    },
  );

  http.get<{ Params: FormParams & { purpose: string } }>(
    '/n/:formId/consent/:purpose',
    { config: pageConfig, schema: { hide: true } },
    async (request, reply) => {
      const opened = await openForm(options, request.params.formId);
      const purpose = purposes[request.params.purpose];
      const text = opened && purpose ? await currentConsentText(opened.tenant, purpose, request.language) : null;
      if (!opened || !text) return sendErrorPage(request, reply, { code: 'not_found' });
      return sendPage(reply, drawConsent(options, request, opened, text));
    },
  );
}

const purposes: Record<string, ConsentPurpose | undefined> = {
  'personal-data': 'personal_data',
  marketing: 'marketing',
};

/** A form's fields as text; anything else in the body is not ours. */
function readBody(body: unknown): Record<string, string | undefined> {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

async function openForm({ platform }: FormRoutesOptions, formId: string): Promise<Opened | null> {
  const companyId = await platform.directory.find('form', formId);
  if (companyId === null) return null;
  const tenant = platform.database.tenant(companyId);
  const form = await selectForm(tenant, formId);
  return form && { tenant, form, company: await platform.companies.of(tenant) };
}

async function openAttempt(
  options: FormRoutesOptions,
  { formId, attempt }: AttemptParams,
): Promise<(Opened & { registration: Registration }) | null> {
  const opened = UUID.test(attempt) ? await openForm(options, formId) : null;
  const registration = opened && (await selectRegistration(opened.tenant, formId, attempt));
  return opened && registration ? { ...opened, registration } : null;
}

/** «Change the number» leads back to the form with the same attempt. */
async function keptAttempt({ tenant, form }: Opened, attempt: unknown): Promise<string | null> {
  if (typeof attempt !== 'string' || !UUID.test(attempt)) return null;
  const registration = await selectRegistration(tenant, form.formId, attempt);
  return registration && registration.guid === null ? attempt : null;
}

async function submitForm(
  options: FormRoutesOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  opened: Opened,
  body: RegistrationBody,
): Promise<FastifyReply> {
  const { platform } = options;
  const { tenant, form, company } = opened;
  const attempt = UUID.test(body.attempt ?? '') ? body.attempt! : newUuid(platform.random);
  const today = platform.clock.now().toZonedDateTimeISO(company.timeZone).toPlainDate();
  const read = readRegistration(body, form.body, today, (text) => normalizePhone(text, company.country));
  if (!read.ok) {
    return sendPage(reply, await drawForm(options, request, opened, { ...body, attempt }, read.problems, null), 400);
  }
  const begun = await beginRegistration(platform, tenant, form, { ...read.input, attempt }, visitorOf(request));
  if (begun.ok) return reply.redirect(`/n/${form.formId}/${attempt}?lang=${request.language}`, 303);
  const problem = { code: 'too_many', minutes: minutesOf(begun.refusal) } as const;
  return sendPage(reply, await drawForm(options, request, opened, { ...body, attempt }, [], problem), 429);
}

const minutesOf = ({ params }: Refusal): number => Math.max(1, Math.ceil(Number(params?.seconds ?? 60) / 60));

function siteOf({ company }: Opened, { assets }: FormRoutesOptions, path: string) {
  return { company: { name: company.name }, path, assetVersion: assets.version, demo: company.demo };
}

const EXAMPLES: Record<string, { example: string; dialCode: string }> = {
  RU: { example: '+7 912 345-67-89', dialCode: '+7' },
  KZ: { example: '+7 701 234-56-78', dialCode: '+7' },
};
const AGE_MAX = 120;

async function drawForm(
  options: FormRoutesOptions,
  request: FastifyRequest,
  opened: Opened,
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
  const heading = form.body.heading?.[language];
  const lead = form.body.lead?.[language];
  const data: RegistrationPageData = {
    site: siteOf(opened, options, `/n/${form.formId}`),
    action: `/n/${form.formId}?lang=${language}`,
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

function codeProblem({ code, params }: Refusal): NonNullable<CodePageData['problem']> {
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

function drawCode(
  options: FormRoutesOptions,
  request: FastifyRequest,
  opened: Opened & { registration: Registration },
  problem: CodePageData['problem'],
): string {
  const { form, registration, company } = opened;
  const { language } = request;
  const base = `/n/${form.formId}/${registration.attempt}`;
  const waited = registration.updatedAt.until(options.platform.clock.now()).total('seconds');
  const data: CodePageData = {
    site: siteOf(opened, options, base),
    action: `${base}?lang=${language}`,
    attempt: registration.attempt,
    phone: registration.phone,
    digits: codeLimits.digits,
    resend: {
      action: `${base}/resend?lang=${language}`,
      waitSeconds: Math.max(0, Math.ceil(codeLimits.pauseSeconds - waited)),
    },
    changeNumberUrl: `/n/${form.formId}?lang=${language}&attempt=${registration.attempt}`,
    ...(problem ? { problem } : {}),
    ...(company.demo ? { messagesUrl: `/demo/messages?lang=${language}` } : {}),
  };
  return codePage(data, guestTexts(request), language);
}

function drawConsent(
  options: FormRoutesOptions,
  request: FastifyRequest,
  opened: Opened,
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
