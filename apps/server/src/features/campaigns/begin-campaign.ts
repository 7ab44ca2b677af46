import type { Tenant } from '../../platform/database/index.ts';
import { announcementsSince, beginCardsOperation, cardsOperationOf, moveCardsOperation } from '../wallet/index.ts';
import type { CampaignsPlatform } from './campaigns-platform.ts';
import { type CampaignRow, filterOf, isLate, quietSince } from './model.ts';
import { selectDue, updateBegun, updateProblem } from './store.ts';

/** Campaigns of a company that one look begins at most; they go one after the other anyway. */
const DUE_MAX = 20;

/** Begins what has come due, the earliest first; where too many changes of cards wait already, it is looked at again. */
export async function beginDue(platform: CampaignsPlatform, tenant: Tenant): Promise<void> {
  for (const campaign of await selectDue(tenant, platform.clock.now(), DUE_MAX)) {
    if ((await begin(platform, tenant, campaign)) === 'busy') return;
  }
}

/**
 * Begins the change of cards of a campaign. It is called as the campaign is, so whoever died behind the beginning finds it
 * and goes on. One that is hours late is not sent: its owner decides.
 */
async function begin(
  platform: CampaignsPlatform,
  tenant: Tenant,
  campaign: CampaignRow,
): Promise<'begun' | 'busy' | 'failed'> {
  const { campaignId, requestKey: operationKey, message, createdBy: userId } = campaign;
  const now = platform.clock.now();
  const known = await cardsOperationOf(tenant, { requestKey: operationKey });
  if (known) return attach(platform, tenant, campaignId, known.bulkId);
  if (isLate(campaign, now)) {
    await updateProblem(tenant, campaignId, 'campaign_late');
    return 'failed';
  }
  const since = quietSince(campaign, now);
  const filter = filterOf(campaign, since ? await announcementsSince(tenant, since) : []);
  const { timeZone } = await platform.companies.of(tenant);
  const wish = { operationKey, filter, change: { kind: 'announce', ...message } } as const;
  const begun = await beginCardsOperation(platform.wallet, tenant, wish, { userId, timeZone });
  if (begun.ok) return attach(platform, tenant, campaignId, begun.value.bulkId);
  const { code } = begun.refusal;
  if (code === 'pass_operation_queue') return 'busy';
  await updateProblem(tenant, campaignId, code);
  return 'failed';
}

async function attach(
  { wallet }: CampaignsPlatform,
  tenant: Tenant,
  campaignId: number,
  bulkId: number,
): Promise<'begun'> {
  // Somebody has called it off in this very moment.
  if (!(await updateBegun(tenant, campaignId, bulkId))) await moveCardsOperation(wallet, tenant, bulkId, 'cancel');
  return 'begun';
}
