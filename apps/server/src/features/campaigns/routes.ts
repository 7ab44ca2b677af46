import {
  Campaign,
  CampaignPage,
  CampaignParams,
  CampaignPlan,
  CampaignPreview,
  CampaignResults,
  CampaignsQuery,
  NewCampaign,
  type Result,
} from '@tessera/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tenant } from '../../platform/database/index.ts';
import { type Authorize, cursorOf, type Http, nextOf, sendRefusal } from '../../platform/http/index.ts';
import { announcementResults, cardsOperationsOf } from '../wallet/index.ts';
import type { CampaignsPlatform } from './campaigns-platform.ts';
import { tellCampaign } from './describe-campaign.ts';
import type { CampaignRow } from './model.ts';
import { cancelCampaign, createCampaign, previewCampaign, sendNow } from './plan-campaign.ts';
import { selectCampaign, selectCampaigns } from './store.ts';

const tags = ['campaigns'];
const PAGE_ROWS = 20;
/** A preview counts all cards that are meant. */
const config = { rateLimit: { max: 60, timeWindow: '1 minute' } };

type Options = { readonly platform: CampaignsPlatform; readonly authorize: Authorize };

/** Mailings over the cards of guests: /api/v1/campaigns. */
export function campaignRoutes(http: Http, { platform, authorize }: Options): void {
  const tell = async (request: FastifyRequest, tenant: Tenant, rows: readonly CampaignRow[]): Promise<Campaign[]> => {
    const begun = rows.flatMap(({ bulkId }) => (bulkId === null ? [] : [bulkId]));
    const operations = await cardsOperationsOf(tenant, begun);
    const reader = { companyId: tenant.companyId, now: platform.clock.now(), say: request.t };
    return rows.map((row) => tellCampaign(row, operations.get(row.bulkId ?? 0) ?? null, reader));
  };
  const answer = async (request: FastifyRequest, reply: FastifyReply, tenant: Tenant, found: Result<CampaignRow>) =>
    found.ok ? (await tell(request, tenant, [found.value]))[0]! : (sendRefusal(request, reply, found.refusal) as never);

  const list = { tags, querystring: CampaignsQuery, response: { 200: CampaignPage } };
  http.get('/api/v1/campaigns', { schema: list }, async (request, reply) => {
    const actor = await authorize(request, 'campaigns.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const { after, limit = PAGE_ROWS } = request.query;
    const rows = await selectCampaigns(tenant, cursorOf(after), limit);
    return { items: await tell(request, tenant, rows), next: nextOf(rows, limit, ({ campaignId }) => campaignId) };
  });

  const preview = { tags, body: CampaignPlan, response: { 200: CampaignPreview } };
  http.post('/api/v1/campaigns/preview', { schema: preview, config }, async (request, reply) => {
    const actor = await authorize(request, 'campaigns.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    return previewCampaign(platform, actor.value.tenant, request.body);
  });

  const create = { tags, body: NewCampaign, response: { 200: Campaign } };
  http.post('/api/v1/campaigns', { schema: create }, async (request, reply) => {
    const actor = await authorize(request, 'campaigns.write');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant, userId } = actor.value;
    return answer(request, reply, tenant, await createCampaign(platform, tenant, request.body, userId));
  });

  const one = { tags, params: CampaignParams, response: { 200: Campaign } };
  http.get('/api/v1/campaigns/:campaignId', { schema: one }, async (request, reply) => {
    const actor = await authorize(request, 'campaigns.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const row = await selectCampaign(tenant, tenant.companyId, request.params);
    const found: Result<CampaignRow> = row
      ? { ok: true, value: row }
      : { ok: false, refusal: { code: 'campaign_not_found' } };
    return answer(request, reply, tenant, found);
  });

  const results = { tags, params: CampaignParams, response: { 200: CampaignResults } };
  http.get('/api/v1/campaigns/:campaignId/results', { schema: results, config }, async (request, reply) => {
    const actor = await authorize(request, 'campaigns.read');
    if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
    const { tenant } = actor.value;
    const row = await selectCampaign(tenant, tenant.companyId, request.params);
    if (!row) return sendRefusal(request, reply, { code: 'campaign_not_found' }) as never;
    return announcementResults(tenant, row.bulkId);
  });

  for (const [path, act] of [
    ['send', sendNow],
    ['cancel', cancelCampaign],
  ] as const) {
    http.post(`/api/v1/campaigns/:campaignId/${path}`, { schema: one }, async (request, reply) => {
      const actor = await authorize(request, 'campaigns.write');
      if (!actor.ok) return sendRefusal(request, reply, actor.refusal) as never;
      const { tenant } = actor.value;
      const { campaignId } = request.params as { campaignId: number };
      return answer(request, reply, tenant, await act(platform, tenant, campaignId));
    });
  }
}
