import type { ErrorCode } from '@tessera/contract';
import type { Queryable, Tenant, TenantTransaction } from '../../platform/database/index.ts';
import type { CampaignRow } from './model.ts';

type Row = {
  campaign_id: number;
  request_key: string;
  purpose: CampaignRow['purpose'];
  scope: CampaignRow['scope'];
  filter: CampaignRow['filter'];
  message: CampaignRow['message'];
  quiet_hours: number;
  scheduled: boolean;
  due_at: Temporal.Instant;
  bulk_id: number | null;
  cancelled_at: Temporal.Instant | null;
  problem: ErrorCode | null;
  created_by: number | null;
  created_at: Temporal.Instant;
};

const COLUMNS = `campaign_id, request_key, purpose, scope, filter, message, quiet_hours, scheduled, due_at, bulk_id,
  cancelled_at, problem, created_by, created_at`;
/** It has neither begun nor ended. */
const OPEN = 'bulk_id is null and cancelled_at is null and problem is null';

const toCampaign = (row: Row): CampaignRow => ({
  campaignId: row.campaign_id,
  requestKey: row.request_key,
  purpose: row.purpose,
  scope: row.scope,
  filter: row.filter,
  message: row.message,
  quietHours: row.quiet_hours,
  scheduled: row.scheduled,
  dueAt: row.due_at,
  bulkId: row.bulk_id,
  cancelledAt: row.cancelled_at,
  problem: row.problem,
  createdBy: row.created_by,
  createdAt: row.created_at,
});

export async function selectCampaign(
  queryable: Queryable,
  companyId: number,
  by: { campaignId: number } | { requestKey: string },
): Promise<CampaignRow | null> {
  const [column, value] = 'campaignId' in by ? ['campaign_id', by.campaignId] : ['request_key', by.requestKey];
  const rows = await queryable.query<Row>(`select ${COLUMNS} from campaigns where company_id = $1 and ${column} = $2`, [
    companyId,
    value,
  ]);
  return rows[0] ? toCampaign(rows[0]) : null;
}

/** Newest first; `before` is the last one of the page above. */
export async function selectCampaigns(tenant: Tenant, before: number | null, limit: number): Promise<CampaignRow[]> {
  const rows = await tenant.query<Row>(
    `select ${COLUMNS} from campaigns where company_id = $1 and ($2::integer is null or campaign_id < $2)
     order by campaign_id desc limit $3`,
    [tenant.companyId, before, limit],
  );
  return rows.map(toCampaign);
}

/** Those whose hour has come, the earliest first. */
export async function selectDue(tenant: Tenant, now: Temporal.Instant, limit: number): Promise<CampaignRow[]> {
  const rows = await tenant.query<Row>(
    `select ${COLUMNS} from campaigns where company_id = $1 and due_at <= $2 and ${OPEN}
     order by due_at, campaign_id limit $3`,
    [tenant.companyId, now.toString(), limit],
  );
  return rows.map(toCampaign);
}

export async function countOpen(tenant: Tenant): Promise<number> {
  const rows = await tenant.query<{ count: number }>(
    `select count(*)::integer as count from campaigns where company_id = $1 and ${OPEN}`,
    [tenant.companyId],
  );
  return rows[0]!.count;
}

type NewRow = Omit<CampaignRow, 'campaignId' | 'bulkId' | 'cancelledAt' | 'problem'>;

/** null: there is one with this key already. */
export async function insertCampaign(tenant: Tenant, campaign: NewRow): Promise<CampaignRow | null> {
  const rows = await tenant.query<Row>(
    `insert into campaigns (company_id, request_key, purpose, scope, filter, message, quiet_hours, scheduled, due_at,
       created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (company_id, request_key) do nothing
     returning ${COLUMNS}`,
    [
      tenant.companyId,
      campaign.requestKey,
      campaign.purpose,
      JSON.stringify(campaign.scope),
      JSON.stringify(campaign.filter),
      JSON.stringify(campaign.message),
      campaign.quietHours,
      campaign.scheduled,
      campaign.dueAt.toString(),
      campaign.createdBy,
      campaign.createdAt.toString(),
    ],
  );
  return rows[0] ? toCampaign(rows[0]) : null;
}

/** Notes which change of cards a campaign has begun; false when it was cancelled meanwhile. */
export async function updateBegun(tenant: Tenant, campaignId: number, bulkId: number): Promise<boolean> {
  const rows = await tenant.query(
    `update campaigns set bulk_id = $3 where company_id = $1 and campaign_id = $2 and cancelled_at is null
     returning campaign_id`,
    [tenant.companyId, campaignId, bulkId],
  );
  return rows.length > 0;
}

export async function updateProblem(tenant: Tenant, campaignId: number, problem: ErrorCode): Promise<void> {
  await tenant.query(`update campaigns set problem = $3 where company_id = $1 and campaign_id = $2 and ${OPEN}`, [
    tenant.companyId,
    campaignId,
    problem,
  ]);
}

/** Calls off what has not begun. @returns whether it had not */
export async function cancelOpen(tenant: Tenant, campaignId: number, now: Temporal.Instant): Promise<boolean> {
  const rows = await tenant.query(
    `update campaigns set cancelled_at = $3
     where company_id = $1 and campaign_id = $2 and bulk_id is null and cancelled_at is null returning campaign_id`,
    [tenant.companyId, campaignId, now.toString()],
  );
  return rows.length > 0;
}

/** Makes now the hour of what has not begun, or could not. @returns whether there was such a one */
export async function updateDue(tenant: Tenant, campaignId: number, now: Temporal.Instant): Promise<boolean> {
  const rows = await tenant.query(
    `update campaigns set due_at = $3, problem = null
     where company_id = $1 and campaign_id = $2 and bulk_id is null and cancelled_at is null returning campaign_id`,
    [tenant.companyId, campaignId, now.toString()],
  );
  return rows.length > 0;
}

/** Takes the words out of campaigns that name a guest who is to be forgotten. */
export async function blankMessages(
  transaction: TenantTransaction,
  told: readonly string[],
  phones: readonly string[],
): Promise<void> {
  await transaction.query(
    `update campaigns set message = message || '{"text": "…"}'
     where company_id = $1 and (bulk_id is not null or cancelled_at is not null or problem is not null)
       and (exists (select from unnest($2::text[]) as n(text) where position(lower(n.text) in lower(message ->> 'text')) > 0)
         or exists (select from unnest($3::text[]) as n(phone)
           where position(n.phone in regexp_replace(message ->> 'text', '\\D', '', 'g')) > 0))`,
    [transaction.companyId, told, phones],
  );
}
