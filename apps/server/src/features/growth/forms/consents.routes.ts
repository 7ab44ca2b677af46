import { ConsentTexts, NewConsentText } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import { type Http, sendRefusal } from '../../../platform/http/index.ts';
import { consentTextsOf } from '../../guests/index.ts';
import type { FormApiOptions } from './options.ts';
import { publishConsent } from './publish-consent.ts';

const tags = ['forms'];

/** What guests agree to, by purpose and language: /api/v1/consent-texts. */
export function consentTextRoutes(http: Http, { platform, authorize }: FormApiOptions): void {
  const tell = async (tenant: Tenant): Promise<ConsentTexts> => ({
    items: (await consentTextsOf(tenant)).map(({ purpose, language, version, body, createdAt }) => ({
      purpose,
      language,
      version,
      text: body,
      publishedAt: createdAt.toString(),
    })),
  });

  const list = { tags, response: { 200: ConsentTexts } };
  http.get('/api/v1/consent-texts', { schema: list }, async (request, reply) => {
    const actor = await authorize(request, 'forms.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return tell(actor.value.tenant);
  });

  const add = { tags, body: NewConsentText, response: { 200: ConsentTexts } };
  http.post('/api/v1/consent-texts', { schema: add }, async (request, reply) => {
    const actor = await authorize(request, 'forms.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    await publishConsent(platform, tenant, request.body);
    return tell(tenant);
  });
}
