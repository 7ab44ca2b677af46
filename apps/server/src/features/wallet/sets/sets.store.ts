import type { Queryable, Tenant } from '../../../platform/database/index.ts';
import { nameKey, type PassSet, type SetLink, type SetNumbers, type SetWay } from './model.ts';

type SetRow = {
  bundle_id: number;
  name: string;
  programme_id: number;
  design_ids: number[];
  archived_at: Temporal.Instant | null;
  created_at: Temporal.Instant;
};

const columns = 's.bundle_id, s.name, s.programme_id, s.design_ids, s.archived_at, s.created_at';

const toSet = (row: SetRow): PassSet => ({
  setId: row.bundle_id,
  name: row.name,
  programmeId: row.programme_id,
  designIds: row.design_ids,
  archivedAt: row.archived_at,
  createdAt: row.created_at,
});

export async function selectSet(queryable: Queryable, companyId: number, setId: number): Promise<PassSet | null> {
  const rows = await queryable.query<SetRow>(
    `select ${columns} from pass_bundles s where s.company_id = $1 and s.bundle_id = $2`,
    [companyId, setId],
  );
  return rows[0] ? toSet(rows[0]) : null;
}

export async function selectSetByName(queryable: Queryable, companyId: number, name: string): Promise<PassSet | null> {
  const rows = await queryable.query<SetRow>(
    `select ${columns} from pass_bundles s where s.company_id = $1 and s.name_key = $2`,
    [companyId, nameKey(name)],
  );
  return rows[0] ? toSet(rows[0]) : null;
}

export type ListedSet = PassSet & SetNumbers;

/** The newest first. */
export async function selectSets(
  queryable: Queryable,
  companyId: number,
  page: { setId: number | null; archived: boolean; before: number | null; limit: number },
): Promise<ListedSet[]> {
  const rows = await queryable.query<SetRow & Record<keyof SetNumbers, number>>(
    `select ${columns}, n.* from pass_bundles s cross join lateral (
       select count(*)::integer as links, count(*) filter (where l.opens > 0)::integer as opened,
         coalesce(sum(l.opens), 0)::integer as opens, coalesce(sum(l.apple_files), 0)::integer as "appleFiles",
         coalesce(sum(l.google_links), 0)::integer as "googleLinks"
       from pass_bundle_links l where l.company_id = $1 and l.bundle_id = s.bundle_id) n
     where s.company_id = $1 and ($2::integer is null or s.bundle_id = $2)
       and ($2::integer is not null or (s.archived_at is not null) = $3)
       and ($4::bigint is null or s.bundle_id < $4)
     order by s.bundle_id desc limit $5`,
    [companyId, page.setId, page.archived, page.before, page.limit],
  );
  return rows.map((row) => {
    const { links, opened, opens, appleFiles, googleLinks } = row;
    return { ...toSet(row), links, opened, opens, appleFiles, googleLinks };
  });
}

/** null: there is one of this name. */
export async function insertSet(
  tenant: Tenant,
  set: Pick<PassSet, 'name' | 'programmeId' | 'designIds'>,
  now: Temporal.Instant,
): Promise<number | null> {
  const rows = await tenant.query<{ bundle_id: number }>(
    `insert into pass_bundles (company_id, name, name_key, programme_id, design_ids, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $6) on conflict (company_id, name_key) do nothing returning bundle_id`,
    [tenant.companyId, set.name, nameKey(set.name), set.programmeId, set.designIds, now.toString()],
  );
  return rows[0]?.bundle_id ?? null;
}

export async function updateSet(
  tenant: Tenant,
  set: Pick<PassSet, 'setId' | 'name' | 'designIds'> & { archived: boolean },
  now: Temporal.Instant,
): Promise<void> {
  await tenant.query(
    `update pass_bundles set name = $3, name_key = $4, design_ids = $5, updated_at = $7,
       archived_at = case when $6 then coalesce(archived_at, $7::timestamptz) end
     where company_id = $1 and bundle_id = $2`,
    [tenant.companyId, set.setId, set.name, nameKey(set.name), set.designIds, set.archived, now.toString()],
  );
}

type LinkRow = {
  guid: string;
  bundle_id: number | null;
  account_id: bigint;
  opens: number;
  last_opened_at: Temporal.Instant | null;
};

const linkColumns = 'l.guid, l.bundle_id, l.account_id, l.opens, l.last_opened_at';

const toLink = (row: LinkRow): SetLink => ({
  guid: row.guid,
  setId: row.bundle_id,
  accountId: Number(row.account_id),
  opens: row.opens,
  lastOpenedAt: row.last_opened_at,
});

export async function selectLink(tenant: Tenant, guid: string): Promise<SetLink | null> {
  const rows = await tenant.query<LinkRow>(
    `select ${linkColumns} from pass_bundle_links l where l.company_id = $1 and l.guid = $2`,
    [tenant.companyId, guid],
  );
  return rows[0] ? toLink(rows[0]) : null;
}

export async function selectLinkOf(tenant: Tenant, setId: number | null, accountId: number): Promise<SetLink | null> {
  const rows = await tenant.query<LinkRow>(
    `select ${linkColumns} from pass_bundle_links l
     where l.company_id = $1 and l.bundle_id is not distinct from $2 and l.account_id = $3`,
    [tenant.companyId, setId, accountId],
  );
  return rows[0] ? toLink(rows[0]) : null;
}

/** false: the guest has a link to this set, or there is no such account. */
export async function insertLink(
  tenant: Tenant,
  link: { guid: string; setId: number | null; accountId: number },
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await tenant.query(
    `insert into pass_bundle_links (company_id, guid, bundle_id, account_id, created_at)
     values ($1, $2, $3, $4, $5) on conflict (company_id, bundle_id, account_id) do nothing returning guid`,
    [tenant.companyId, link.guid, link.setId, link.accountId, now.toString()],
  );
  return rows.length > 0;
}

/** The links of a set, the last opened first; links that nobody has opened come last. */
export async function selectLinks(
  tenant: Tenant,
  setId: number,
  page: { after: { at: Temporal.Instant | null; guid: string } | null; limit: number },
): Promise<SetLink[]> {
  const rows = await tenant.query<LinkRow>(
    `select ${linkColumns} from pass_bundle_links l
     where l.company_id = $1 and l.bundle_id = $2 and ($3::uuid is null
       or (coalesce(l.last_opened_at, '-infinity'), l.guid) < (coalesce($4::timestamptz, '-infinity'), $3::uuid))
     order by coalesce(l.last_opened_at, '-infinity') desc, l.guid desc limit $5`,
    [tenant.companyId, setId, page.after?.guid ?? null, page.after?.at?.toString() ?? null, page.limit],
  );
  return rows.map(toLink);
}

/** Counts that somebody has followed a link, and how he took the cards. */
export async function countOpening(tenant: Tenant, guid: string, way: SetWay, now: Temporal.Instant): Promise<void> {
  await tenant.query(
    `update pass_bundle_links set opens = opens + ($3 = 'page')::integer, apple_files = apple_files + ($3 = 'apple')::integer,
       google_links = google_links + ($3 = 'google')::integer, last_opened_at = $4
     where company_id = $1 and guid = $2`,
    [tenant.companyId, guid, way, now.toString()],
  );
}

/** The cards of an account that live, the newest first. */
export async function selectLivingPasses(tenant: Tenant, accountId: number, limit: number): Promise<number[]> {
  const rows = await tenant.query<{ pass_id: bigint }>(
    `select pass_id from passes where company_id = $1 and account_id = $2 and not voided order by pass_id desc limit $3`,
    [tenant.companyId, accountId, limit],
  );
  return rows.map((row) => Number(row.pass_id));
}
