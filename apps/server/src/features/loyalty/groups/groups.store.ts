import type { Tenant } from '../../../platform/database/index.ts';
import type { AccountGroup, GroupTemplate } from '../model.ts';

export type ListedGroup = AccountGroup & { programme: string; accounts: number };
export const GROUPS_MAX = 1_000;

export async function selectListedGroups(tenant: Tenant, groupId: number | null = null): Promise<ListedGroup[]> {
  const rows = await tenant.query<{
    group_id: number;
    programme_id: number;
    programme: string;
    name: string;
    template: GroupTemplate | null;
    accounts: number;
  }>(
    `select g.group_id, g.programme_id, p.name as programme, g.name, g.template, coalesce(c.accounts, 0) as accounts
     from account_groups g
     join programmes p on p.company_id = g.company_id and p.programme_id = g.programme_id
     left join (select group_id, count(*)::integer as accounts from accounts where company_id = $1 group by group_id) c
       on c.group_id = g.group_id
     where g.company_id = $1 and ($2::integer is null or g.group_id = $2)
     order by g.group_id limit $3`,
    [tenant.companyId, groupId, GROUPS_MAX],
  );
  return rows.map(({ group_id: id, programme_id: programmeId, ...row }) => ({ groupId: id, programmeId, ...row }));
}

/** The next free number and how many groups there are. */
export async function selectNextGroup(tenant: Tenant): Promise<{ next: number; count: number }> {
  const rows = await tenant.query<{ next: number; count: number }>(
    `select coalesce(max(group_id), 0) + 1 as next, count(*)::integer as count from account_groups where company_id = $1`,
    [tenant.companyId],
  );
  return rows[0]!;
}

/** The name of a group; null when there is none. */
export async function selectGroupName(tenant: Tenant, groupId: number): Promise<string | null> {
  const rows = await tenant.query<{ name: string }>(
    'select name from account_groups where company_id = $1 and group_id = $2',
    [tenant.companyId, groupId],
  );
  return rows[0]?.name ?? null;
}

/** Changes a group; a new name is told to the cards that show it. false when there is no such group. */
export async function updateGroup(
  tenant: Tenant,
  { groupId, name, template }: { groupId: number; name: string; template: GroupTemplate | null },
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await tenant.query(
    `with before as (select name from account_groups where company_id = $1 and group_id = $2),
       told as (
         insert into outbox (company_id, kind, payload, created_at)
         select $1, 'group_renamed', '{}', $5 from before where name <> $3)
     update account_groups set name = $3, template = $4 where company_id = $1 and group_id = $2 returning group_id`,
    [tenant.companyId, groupId, name, template && JSON.stringify(template), now.toString()],
  );
  return rows.length > 0;
}
