import {
  type CampaignPlan,
  type CampaignPreview,
  type NewCampaign,
  type Result,
  refuse,
  succeed,
} from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import {
  announcementsSince,
  findOperationFault,
  keepPictures,
  moveCardsOperation,
  previewAnnouncement,
  sameJson,
} from '../wallet/index.ts';
import { beginDue } from './begin-campaign.ts';
import type { CampaignsPlatform } from './campaigns-platform.ts';
import { type CampaignRow, cardsOf, planOf, quietSince, readHour } from './model.ts';
import { cancelOpen, countOpen, insertCampaign, selectCampaign, updateDue } from './store.ts';

/** Campaigns that wait for their hour. */
const OPEN_MAX = 500;
/** A banner outlives the hour by this: a campaign that could not begin is sent a little later. */
const BANNER_DAYS = 30;

/** Whom a plan would reach and what the cards would say; nothing is written. */
export async function previewCampaign(
  { wallet, companies, clock }: CampaignsPlatform,
  tenant: Tenant,
  plan: CampaignPlan,
): Promise<CampaignPreview> {
  const since = quietSince(plan, clock.now());
  const wish = {
    filter: cardsOf(plan),
    announcement: plan.message,
    onlyAgreed: plan.purpose === 'advertising',
    toldBy: since ? await announcementsSince(tenant, since) : [],
  };
  return previewAnnouncement(wallet, tenant, wish, (await companies.of(tenant)).timeZone);
}

/**
 * Plans a campaign for an hour, or sends it at once. The same key again answers with the campaign that it made.
 * @returns idempotency_mismatch, campaign_hour, pass_field_unknown, picture_not_found, limit_reached
 */
export async function createCampaign(
  platform: CampaignsPlatform,
  tenant: Tenant,
  { campaignKey: requestKey, at, ...wish }: NewCampaign,
  userId: number | null,
): Promise<Result<CampaignRow>> {
  const plan = planOf(wish);
  const known = await selectCampaign(tenant, tenant.companyId, { requestKey });
  if (known) return again(known, plan);
  const now = platform.clock.now();
  const { timeZone } = await platform.companies.of(tenant);
  const dueAt = at === null ? now : readHour(at, timeZone, now);
  if (!dueAt) return refuse('campaign_hour');
  const fault = await findOperationFault(tenant, {
    filter: cardsOf(plan),
    change: { kind: 'announce', ...plan.message },
  });
  if (fault) return fault;
  const pictures = Object.values(plan.message.banner ?? {});
  const until = dueAt.add({ hours: 24 * BANNER_DAYS });
  if (pictures.length > 0 && !(await keepPictures(tenant, pictures, until))) return refuse('picture_not_found');
  if ((await countOpen(tenant)) >= OPEN_MAX) return refuse('limit_reached', { limit: OPEN_MAX });
  const row = { ...plan, requestKey, scheduled: at !== null, dueAt, createdBy: userId, createdAt: now };
  const made = await insertCampaign(tenant, row);
  const campaign = made ?? (await selectCampaign(tenant, tenant.companyId, { requestKey }))!;
  if (!made) return again(campaign, plan);
  await beginDue(platform, tenant);
  return succeed((await selectCampaign(tenant, tenant.companyId, campaign)) ?? campaign);
}

const again = (known: CampaignRow, plan: CampaignPlan): Result<CampaignRow> =>
  sameJson(planOf(known), plan) ? succeed(known) : refuse('idempotency_mismatch');

/** Sends at once what waits for its hour or could not begin. Twice is once. @returns campaign_not_found, campaign_state */
export async function sendNow(
  platform: CampaignsPlatform,
  tenant: Tenant,
  campaignId: number,
): Promise<Result<CampaignRow>> {
  const moved = await updateDue(tenant, campaignId, platform.clock.now());
  if (moved) await beginDue(platform, tenant);
  const campaign = await selectCampaign(tenant, tenant.companyId, { campaignId });
  if (!campaign) return refuse('campaign_not_found');
  return campaign.cancelledAt ? refuse('campaign_state') : succeed(campaign);
}

/**
 * Calls a campaign off; of one that is at work the cards that were told keep the text (it can be taken back). Twice is once.
 * @returns campaign_not_found, campaign_state (it is over)
 */
export async function cancelCampaign(
  { wallet, clock }: CampaignsPlatform,
  tenant: Tenant,
  campaignId: number,
): Promise<Result<CampaignRow>> {
  await cancelOpen(tenant, campaignId, clock.now());
  const campaign = await selectCampaign(tenant, tenant.companyId, { campaignId });
  if (!campaign) return refuse('campaign_not_found');
  if (campaign.bulkId === null) return succeed(campaign);
  const moved = await moveCardsOperation(wallet, tenant, campaign.bulkId, 'cancel');
  return moved.ok ? succeed(campaign) : refuse('campaign_state');
}
