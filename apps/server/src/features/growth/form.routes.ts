import { newUuid } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { type Http, type Reply, type Request, withForms } from '../../platform/http/index.ts';
import { type ConsentPurpose, consentTextFor, normalizePhone } from '../guests/index.ts';
import {
  codeProblem,
  drawCode,
  drawConsent,
  drawForm,
  drawThanks,
  type FormOptions,
  minutesOf,
  type OpenedForm,
  readerOf,
} from './form-pages.ts';
import { languageOf, wordsOf } from './forms/form-body.ts';
import { type StoredForm, selectForm } from './forms/forms.store.ts';
import { missingOf } from './forms/missing.ts';
import { type RegistrationBody, readInvite, readRegistration } from './model.ts';
import { noteFormOpened } from './note-visit.ts';
import { beginRegistration, confirmRegistration, registerAtOnce, sendCode } from './register-guest.ts';
import { type Registration, selectRegistration } from './store.ts';
import { presentAsPage, sendErrorPage, sendPage, visitorOf } from './visit.ts';

type FormParams = { formId: string };
type AttemptParams = FormParams & { attempt: string };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const pageConfig = { presentRefusal: presentAsPage };
const postConfig = { ...pageConfig, rateLimit: { max: 30, timeWindow: '1 minute' } };

/** /n/:formId: the form, the code, the card. Works without JavaScript; a page sent twice registers once. */
export function formRoutes(http: Http, options: FormOptions): void {
  withForms(http, (scope) => routes(scope, options));
}

function routes(http: Http, options: FormOptions): void {
  const { platform } = options;

  http.get<{ Params: FormParams }>(
    '/n/:formId',
    { config: pageConfig, schema: { hide: true } },
    async (request, reply) => {
      const opened = await openForm(options, request);
      if (!opened) return sendErrorPage(request, reply, { code: 'form_not_found' });
      if (await isClosed(opened)) return sendErrorPage(request, reply, { code: 'form_closed' });
      noteFormOpened(platform, request, opened);
      const kept = await keptAttempt(opened, (request.query as { attempt?: unknown }).attempt);
      const { invite } = readInvite(textsOf(request.query));
      const came = invite ? { invite: invite.code, touch: invite.touchId ?? '' } : {};
      const attempt = kept ?? newUuid(platform.random);
      const page = await drawForm(options, readerOf(request), opened, { body: { attempt, ...came } });
      return sendPage(reply, page);
    },
  );

  http.post<{ Params: FormParams; Body: RegistrationBody | undefined }>(
    '/n/:formId',
    { config: postConfig, schema: { hide: true } },
    async (request, reply) => {
      const opened = await openForm(options, request);
      if (!opened) return sendErrorPage(request, reply, { code: 'form_not_found' });
      if (await isClosed(opened)) return sendErrorPage(request, reply, { code: 'form_closed' });
      return submitForm(options, request, reply, opened, textsOf(request.body));
    },
  );

  http.get<{ Params: AttemptParams }>(
    '/n/:formId/:attempt',
    { config: pageConfig, schema: { hide: true } },
    async (request, reply) => {
      const found = await openAttempt(options, request);
      if (!found) return reply.redirect(`/n/${encodeURIComponent(request.params.formId)}`, 303);
      const { registration } = found;
      if (registration.guid) return sendCard(options, request, reply, found, registration.guid);
      return sendPage(reply, await drawCode(options, request, found, undefined));
    },
  );

  http.post<{ Params: AttemptParams; Body: { code?: string } | undefined }>(
    '/n/:formId/:attempt',
    { config: postConfig, schema: { hide: true } },
    async (request, reply) => {
      const found = await openAttempt(options, request);
      if (!found) return sendErrorPage(request, reply, { code: 'not_found' });
      const code = textsOf(request.body).code ?? '';
      if (code.trim() === '' && !found.registration.guid) {
        return sendPage(reply, await drawCode(options, request, found, { code: 'missing' }), 400);
      }
      const { attempt } = request.params;
      const confirmed = await confirmRegistration(platform, found.tenant, found.form, { attempt, code });
      if (confirmed.ok) return reply.redirect(afterwards(request, found, attempt, confirmed.value.guid), 303);
      return sendPage(reply, await drawCode(options, request, found, codeProblem(confirmed.refusal)), 400);
    },
  );

  http.post<{ Params: AttemptParams }>(
    '/n/:formId/:attempt/resend',
    { config: postConfig, schema: { hide: true } },
    async (request, reply) => {
      const found = await openAttempt(options, request);
      if (!found) return sendErrorPage(request, reply, { code: 'not_found' });
      const { registration, tenant } = found;
      const { attempt, phone } = registration;
      if (registration.guid) return reply.redirect(`/c/${registration.guid}`, 303);
      const sent = await sendCode(platform, tenant, { attempt, phone, visitor: visitorOf(request) });
      if (sent.ok) return reply.redirect(`/n/${found.form.formId}/${attempt}?lang=${request.language}`, 303);
      return sendPage(reply, await drawCode(options, request, found, codeProblem(sent.refusal)), 429);
    },
  );

  http.get<{ Params: FormParams & { purpose: string } }>(
    '/n/:formId/consent/:purpose',
    { config: pageConfig, schema: { hide: true } },
    async (request, reply) => {
      const opened = await openForm(options, request);
      const purpose = purposes[request.params.purpose];
      const text = opened && purpose ? await consentTextFor(opened.tenant, purpose, request.language) : null;
      if (!opened || !text) return sendErrorPage(request, reply, { code: 'not_found' });
      return sendPage(reply, drawConsent(options, request, opened, text));
    },
  );
}

const purposes: Record<string, ConsentPurpose | undefined> = {
  'personal-data': 'personal_data',
  marketing: 'marketing',
};

/** A form's fields, or a link's, as text; anything else is not ours. */
function textsOf(body: unknown): Record<string, string | undefined> {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The form of an address, and from here on the language that it speaks with this reader. */
async function openForm(
  { platform }: FormOptions,
  request: Request & { params: { formId: string } },
): Promise<(OpenedForm & { form: StoredForm }) | null> {
  // People type it as they like.
  const formId = request.params.formId.toLowerCase();
  const companyId = await platform.directory.find('form', formId);
  if (companyId === null) return null;
  const tenant = platform.database.tenant(companyId);
  const form = await selectForm(tenant, formId);
  if (!form) return null;
  request.language = languageOf(form.body, request.language);
  request.t = platform.texts(request.language);
  return { tenant, form, company: await platform.companies.of(tenant) };
}

/** Put away, or without what a registration needs. Guests who have begun may end it. */
const isClosed = async ({ tenant, form }: { tenant: Tenant; form: StoredForm }): Promise<boolean> =>
  form.archivedAt !== null || (await missingOf(tenant, form)).length > 0;

async function openAttempt(
  options: FormOptions,
  request: Request & { params: AttemptParams },
): Promise<(OpenedForm & { form: StoredForm; registration: Registration }) | null> {
  const { attempt } = request.params;
  const opened = UUID.test(attempt) ? await openForm(options, request) : null;
  const registration = opened && (await selectRegistration(opened.tenant, opened.form.formId, attempt));
  return opened && registration ? { ...opened, registration } : null;
}

/** Where a guest goes with his new card: to it, or to what the company says first. */
const afterwards = (request: Request, { form }: OpenedForm, attempt: string, guid: string): string =>
  wordsOf(form.body, form.body.thanks, request.language)
    ? `/n/${form.formId}/${attempt}?lang=${request.language}`
    : `/c/${guid}`;

async function sendCard(
  options: FormOptions,
  request: Request,
  reply: Reply,
  opened: OpenedForm,
  guid: string,
): Promise<Reply> {
  const text = wordsOf(opened.form.body, opened.form.body.thanks, request.language);
  if (!text) return reply.redirect(`/c/${guid}`, 303);
  return sendPage(reply, await drawThanks(options, request, opened, { text, guid }));
}

/** «Change the number» leads back to the form with the same attempt. */
async function keptAttempt({ tenant, form }: OpenedForm, attempt: unknown): Promise<string | null> {
  if (typeof attempt !== 'string' || !UUID.test(attempt)) return null;
  const registration = await selectRegistration(tenant, form.formId, attempt);
  return registration && registration.guid === null ? attempt : null;
}

async function submitForm(
  options: FormOptions,
  request: Request,
  reply: Reply,
  opened: OpenedForm,
  sent: RegistrationBody,
): Promise<Reply> {
  const { platform } = options;
  const { tenant, form, company } = opened;
  const attempt = UUID.test(sent.attempt ?? '') ? sent.attempt! : newUuid(platform.random);
  const body = { ...sent, attempt };
  const today = platform.clock.now().toZonedDateTimeISO(company.timeZone).toPlainDate();
  const read = readRegistration(body, form.body, today, (text) => normalizePhone(text, company.country));
  const reader = readerOf(request);
  if (!read.ok) {
    return sendPage(reply, await drawForm(options, reader, opened, { body, problems: read.problems }), 400);
  }
  const input = { ...read.input, attempt, source: reader.from };
  if (form.body.phone !== 'code') {
    const made = await registerAtOnce(platform, tenant, form, input, visitorOf(request));
    if (!made.ok) return sendErrorPage(request, reply, made.refusal);
    return reply.redirect(afterwards(request, opened, attempt, made.value.guid), 303);
  }
  const begun = await beginRegistration(platform, tenant, form, input, visitorOf(request));
  if (begun.ok) return reply.redirect(`/n/${form.formId}/${attempt}?lang=${request.language}`, 303);
  const problem = { code: 'too_many', minutes: minutesOf(begun.refusal) } as const;
  return sendPage(reply, await drawForm(options, reader, opened, { body, problem }), 429);
}
