import {
  ChangedForm,
  FormAnswers,
  FormAnswersQuery,
  FormList,
  FormParams,
  FormPreview,
  FormPreviewAnswer,
  FormsQuery,
  FormView,
  NewForm,
} from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import { cursorOf, type Http, nextOf, sendRefusal } from '../../../platform/http/index.ts';
import { fullName } from '../../guests/index.ts';
import { drawForm } from '../form-pages.ts';
import { selectAnswers } from './answers.store.ts';
import { consentTextRoutes } from './consents.routes.ts';
import { completeForm, languageOf } from './form-body.ts';
import { DAYS, NONE, numbersOfForms, sinceDays } from './form-numbers.ts';
import { type StoredForm, selectAllForms, selectForm } from './forms.store.ts';
import { missingOf } from './missing.ts';
import { addressOf, type FormApiOptions } from './options.ts';
import { archiveForm, changeForm, createForm, FORMS_MAX } from './save-form.ts';
import { sourceRoutes } from './sources.routes.ts';

const tags = ['forms'];
const READ = 'forms.read';
const WRITE = 'forms.write';
const ANSWERS = 50;

/** Registration forms for those who make them: /api/v1/forms. */
export function formApiRoutes(http: Http, options: FormApiOptions): void {
  listRoutes(http, options);
  changeRoutes(http, options);
  previewRoute(http, options);
  answersRoute(http, options);
  sourceRoutes(http, options);
  consentTextRoutes(http, options);
}

async function tellForm(house: Pick<FormApiOptions, 'platform'>, tenant: Tenant, form: StoredForm): Promise<FormView> {
  const { opensAccounts: _opens, ...told } = form;
  return {
    ...told,
    url: addressOf(house, form.formId),
    createdAt: form.createdAt.toString(),
    archivedAt: form.archivedAt?.toString() ?? null,
    missing: await missingOf(tenant, form),
  };
}

function listRoutes(http: Http, { platform, authorize }: FormApiOptions): void {
  const list = { tags, querystring: FormsQuery, response: { 200: FormList } };
  http.get('/api/v1/forms', { schema: list }, async (request, reply) => {
    const actor = await authorize(request, READ);
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { days = DAYS } = request.query;
    const since = sinceDays(platform.clock.now(), await platform.companies.of(tenant), days);
    const numbers = await numbersOfForms(tenant, since);
    const forms = await selectAllForms(tenant, FORMS_MAX);
    const items = forms.map(async (form) => ({
      formId: form.formId,
      url: addressOf({ platform }, form.formId),
      designId: form.designId,
      designName: form.designName,
      createdAt: form.createdAt.toString(),
      archivedAt: form.archivedAt?.toString() ?? null,
      missing: await missingOf(tenant, form),
      numbers: numbers.get(form.formId) ?? NONE,
    }));
    return { days, items: await Promise.all(items) };
  });

  const one = { tags, params: FormParams, response: { 200: FormView } };
  http.get('/api/v1/forms/:formId', { schema: one }, async (request, reply) => {
    const actor = await authorize(request, READ);
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const form = await selectForm(tenant, request.params.formId);
    if (!form) return sendRefusal(request, reply, { code: 'form_not_found' }) as never;
    return tellForm({ platform }, tenant, form);
  });
}

function changeRoutes(http: Http, { platform, authorize }: FormApiOptions): void {
  const add = { tags, body: NewForm, response: { 200: FormView } };
  http.post('/api/v1/forms', { schema: add }, async (request, reply) => {
    const actor = await authorize(request, WRITE);
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const made = await createForm(platform, tenant, request.body);
    return made.ok ? tellForm({ platform }, tenant, made.value) : (sendRefusal(request, reply, made.refusal) as never);
  });

  const change = { tags, params: FormParams, body: ChangedForm, response: { 200: FormView } };
  http.put('/api/v1/forms/:formId', { schema: change }, async (request, reply) => {
    const actor = await authorize(request, WRITE);
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const saved = await changeForm(platform, tenant, { ...request.body, ...request.params });
    if (!saved.ok) return sendRefusal(request, reply, saved.refusal) as never;
    return tellForm({ platform }, tenant, saved.value);
  });

  for (const [verb, archived] of [
    ['archive', true],
    ['restore', false],
  ] as const) {
    const schema = { tags, params: FormParams, response: { 200: FormView } };
    http.post(`/api/v1/forms/:formId/${verb}`, { schema }, async (request, reply) => {
      const actor = await authorize(request, WRITE);
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const put = await archiveForm(platform, tenant, request.params.formId, archived);
      return put.ok ? tellForm({ platform }, tenant, put.value) : (sendRefusal(request, reply, put.refusal) as never);
    });
  }
}

/** The page of a form that is only being written: the same page, by the same code, with nothing typed. */
function previewRoute(http: Http, options: FormApiOptions): void {
  const { platform, authorize } = options;
  const schema = { tags, body: FormPreview, response: { 200: FormPreviewAnswer } };
  http.post('/api/v1/forms/preview', { schema }, async (request, reply) => {
    const actor = await authorize(request, READ);
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const body = completeForm(request.body.body);
    const language = languageOf(body, request.body.language);
    const reader = { language, t: platform.texts(language) };
    const form = { formId: 'preview', designId: request.body.designId, groupId: 0, body };
    const company = await platform.companies.of(tenant);
    return { html: await drawForm(options, reader, { tenant, form, company }, { body: {}, still: true }) };
  });
}

function answersRoute(http: Http, { authorize }: FormApiOptions): void {
  const schema = { tags, params: FormParams, querystring: FormAnswersQuery, response: { 200: FormAnswers } };
  http.get('/api/v1/forms/:formId/answers', { schema }, async (request, reply) => {
    // What guests tell of themselves is theirs to see who may see guests.
    const actor = await authorize(request, 'accounts.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { after, limit = ANSWERS } = request.query;
    const { formId } = request.params;
    if (!(await selectForm(tenant, formId))) return sendRefusal(request, reply, { code: 'form_not_found' }) as never;
    const answers = await selectAnswers(tenant, formId, { before: cursorOf(after), limit });
    const items = answers.map(({ answeredAt, accountId, question, label, text, ...guest }) => ({
      answeredAt: answeredAt.toString(),
      accountId,
      guest: fullName(guest),
      question,
      label,
      text,
    }));
    return { items, next: nextOf(answers, limit, ({ answerId }) => answerId) };
  });
}
