import { FormParams, FormQrQuery, FormSourceParams, FormSources, FormsQuery, NewFormSource } from '@tessera/contract';
import { drawCodePicture, drawPrintedCode } from '../../../platform/barcode.ts';
import { type Http, sendRefusal } from '../../../platform/http/index.ts';
import { DAYS, forgetSource, nameSource, sinceDays, sourcesOfForm } from './form-numbers.ts';
import { selectForm } from './forms.store.ts';
import { addressOf, type FormApiOptions } from './options.ts';

const tags = ['forms'];

/** Links of a form by source, what each has brought, and their codes: …/sources, …/qr. */
export function sourceRoutes(http: Http, options: FormApiOptions): void {
  numbersRoute(http, options);
  linkRoutes(http, options);
  codeRoute(http, options);
}

function numbersRoute(http: Http, { platform, authorize }: FormApiOptions): void {
  const list = { tags, params: FormParams, querystring: FormsQuery, response: { 200: FormSources } };
  http.get('/api/v1/forms/:formId/sources', { schema: list }, async (request, reply) => {
    const actor = await authorize(request, 'forms.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { formId } = request.params;
    if (!(await selectForm(tenant, formId))) return sendRefusal(request, reply, { code: 'form_not_found' }) as never;
    const { days = DAYS } = request.query;
    const since = sinceDays(platform.clock.now(), await platform.companies.of(tenant), days);
    const sources = await sourcesOfForm(tenant, formId, since);
    return { days, items: sources.map((one) => ({ ...one, url: addressOf({ platform }, formId, one.source) })) };
  });
}

function linkRoutes(http: Http, { platform, authorize }: FormApiOptions): void {
  const put = { tags, params: FormSourceParams, body: NewFormSource };
  http.put('/api/v1/forms/:formId/sources/:source', { schema: put }, async (request, reply) => {
    const actor = await authorize(request, 'forms.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
    const named = await nameSource(platform, actor.value.tenant, { ...request.params, ...request.body });
    return named.ok ? reply.code(204).send() : sendRefusal(request, reply, named.refusal);
  });

  const remove = { tags, params: FormSourceParams };
  http.delete('/api/v1/forms/:formId/sources/:source', { schema: remove }, async (request, reply) => {
    const actor = await authorize(request, 'forms.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
    await forgetSource(actor.value.tenant, request.params.formId, request.params.source);
    return reply.code(204).send();
  });
}

function codeRoute(http: Http, { platform, authorize }: FormApiOptions): void {
  const schema = { tags, params: FormParams, querystring: FormQrQuery };
  http.get('/api/v1/forms/:formId/qr', { schema }, async (request, reply) => {
    const actor = await authorize(request, 'forms.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal);
    const { formId } = request.params;
    if (!(await selectForm(actor.value.tenant, formId))) return sendRefusal(request, reply, { code: 'form_not_found' });
    const { source = '', format = 'svg' } = request.query;
    const url = addressOf({ platform }, formId, source);
    const name = [formId, source].filter(Boolean).join('-');
    reply.header('content-disposition', `attachment; filename="${name}.${format}"`);
    if (format === 'png') return reply.type('image/png').send(await drawCodePicture(url));
    return reply.type('image/svg+xml').send(drawPrintedCode(url));
  });
}
