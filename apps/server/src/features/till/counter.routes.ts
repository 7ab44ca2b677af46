import {
  Id,
  Strict,
  TillForms,
  TillGuest,
  TillSearch,
  TillSearchAnswer,
  TillStamp,
  TillStampAnswer,
  TillVisit,
  TillVisitAnswer,
} from '@tessera/contract';
import { type Authorize, type Http, sendRefusal } from '../../platform/http/index.ts';
import { formsOfCompany } from '../growth/index.ts';
import { shortName, tillSettingsOf } from '../guests/index.ts';
import { countVisit, findByName, giveStamp } from '../loyalty/index.ts';
import { phoneHint } from '../messaging/index.ts';
import { drawBarcode } from '../wallet/index.ts';
import { askerOf, modeFor } from './authorise/model.ts';
import { showTillGuest, type TillPlatform } from './find-guest.ts';

const tags = ['till'];
const HITS = 10;
const FORMS = 5;
/** Somebody who types names of guests one after another is stopped here. */
const searches = { rateLimit: { max: 60, timeWindow: '1 minute' } };

/** What happens at the counter besides sales: names, a guest shown again, stamps, visits, forms for newcomers. */
export function counterRoutes(
  http: Http,
  { platform, authorize }: { platform: TillPlatform; authorize: Authorize },
): void {
  http.post(
    '/api/v1/till/search',
    { schema: { tags, body: TillSearch, response: { 200: TillSearchAnswer } }, config: searches },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      // A name is known to more people than a phone: where that does not do, a name does not.
      const mode = modeFor(await tillSettingsOf(actor.value.tenant), askerOf(actor.value));
      if (mode === 'always') return sendRefusal(request, reply, { code: 'pin_needed' }) as never;
      const found = await findByName(platform, actor.value.tenant, request.body.name, HITS);
      if (!found.ok) return sendRefusal(request, reply, found.refusal) as never;
      const items = found.value.items.map((hit) => ({
        accountId: hit.accountId,
        name: shortName(hit),
        phoneHint: hit.phone ? phoneHint(hit.phone) : '',
        level: hit.level,
        blocked: hit.blocked,
      }));
      return { items, more: found.value.more };
    },
  );

  http.get(
    '/api/v1/till/guests/:accountId',
    { schema: { tags, params: Strict({ accountId: Id }), response: { 200: TillGuest } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const shown = await showTillGuest(platform, actor.value.tenant, request.params.accountId);
      return shown.ok ? shown.value : (sendRefusal(request, reply, shown.refusal) as never);
    },
  );

  http.post(
    '/api/v1/till/visits',
    { schema: { tags, body: TillVisit, response: { 200: TillVisitAnswer } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant, userId } = actor.value;
      const { operationKey, accountId } = request.body;
      const call = { accountId, source: 'till', externalId: operationKey.toLowerCase(), userId };
      const counted = await countVisit(platform, tenant, call);
      return counted.ok ? counted.value : (sendRefusal(request, reply, counted.refusal) as never);
    },
  );

  http.post(
    '/api/v1/till/stamps',
    { schema: { tags, body: TillStamp, response: { 200: TillStampAnswer } } },
    async (request, reply) => {
      const actor = await authorize(request, 'till.sell');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant, userId } = actor.value;
      const { operationKey, accountId, wallet } = request.body;
      const call = { accountId, wallet, source: 'till', externalId: operationKey.toLowerCase(), userId };
      const given = await giveStamp(platform, tenant, call);
      return given.ok ? given.value : (sendRefusal(request, reply, given.refusal) as never);
    },
  );

  http.get('/api/v1/till/forms', { schema: { tags, response: { 200: TillForms } } }, async (request, reply) => {
    const actor = await authorize(request, 'till.sell');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const forms = await formsOfCompany(actor.value.tenant, FORMS);
    return {
      items: forms.map(({ formId, programme }) => {
        const address = `${platform.publicUrl}/n/${formId}`;
        return { address, programme, qr: drawBarcode({ format: 'qr', message: address, altText: '' }).svg };
      }),
    };
  });
}
