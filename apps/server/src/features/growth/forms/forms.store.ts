import { isUniqueViolation, type Tenant } from '../../../platform/database/index.ts';
import type { Form } from '../model.ts';
import { completeForm, type FormDraft } from './form-body.ts';

/** A form with what stands around it. */
export type StoredForm = Form & {
  revision: number;
  createdAt: Temporal.Instant;
  archivedAt: Temporal.Instant | null;
  designName: string;
  groupName: string;
  programmeId: number;
  /** Whether the group opens accounts: one without a template does not. */
  opensAccounts: boolean;
};

type FormRow = {
  form_id: string;
  design_id: number;
  group_id: number;
  body: FormDraft;
  revision: number;
  created_at: Temporal.Instant;
  archived_at: Temporal.Instant | null;
  design_name: string;
  group_name: string;
  programme_id: number;
  opens: boolean;
};

const toForm = (row: FormRow): StoredForm => ({
  formId: row.form_id,
  designId: row.design_id,
  groupId: row.group_id,
  body: completeForm(row.body),
  revision: row.revision,
  createdAt: row.created_at,
  archivedAt: row.archived_at,
  designName: row.design_name,
  groupName: row.group_name,
  programmeId: row.programme_id,
  opensAccounts: row.opens,
});

const SELECT = `select f.form_id, f.design_id, f.group_id, f.body, f.revision, f.created_at, f.archived_at,
    d.name as design_name, g.name as group_name, g.programme_id, g.template is not null as opens
  from forms f
  join designs d on d.company_id = f.company_id and d.design_id = f.design_id
  join account_groups g on g.company_id = f.company_id and g.group_id = f.group_id
  where f.company_id = $1`;

/** false when the company has a form with this id. */
export async function insertForm(tenant: Tenant, form: Form, now: Temporal.Instant): Promise<boolean> {
  try {
    await tenant.query(
      `insert into forms (company_id, form_id, design_id, group_id, body, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $6)`,
      [tenant.companyId, form.formId, form.designId, form.groupId, JSON.stringify(form.body), now.toString()],
    );
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

export async function selectForm(tenant: Tenant, formId: string): Promise<StoredForm | null> {
  const rows = await tenant.query<FormRow>(`${SELECT} and f.form_id = $2`, [tenant.companyId, formId]);
  return rows[0] ? toForm(rows[0]) : null;
}

/** All forms of a company, those in use first, oldest first. */
export async function selectAllForms(tenant: Tenant, limit: number): Promise<StoredForm[]> {
  const rows = await tenant.query<FormRow>(
    `${SELECT} order by f.archived_at is not null, f.created_at, f.form_id limit $2`,
    [tenant.companyId, limit],
  );
  return rows.map(toForm);
}

export async function countForms(tenant: Tenant): Promise<number> {
  const rows = await tenant.query<{ forms: number }>(
    'select count(*)::integer as forms from forms where company_id = $1',
    [tenant.companyId],
  );
  return rows[0]!.forms;
}

/** false when the form has changed since `revision`, or there is none. */
export async function updateForm(
  tenant: Tenant,
  form: Form & { revision: number },
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await tenant.query(
    `update forms set design_id = $4, group_id = $5, body = $6, updated_at = $7, revision = revision + 1
     where company_id = $1 and form_id = $2 and revision = $3 returning form_id`,
    [
      tenant.companyId,
      form.formId,
      form.revision,
      form.designId,
      form.groupId,
      JSON.stringify(form.body),
      now.toString(),
    ],
  );
  return rows.length > 0;
}

/** Puts a form away or takes it back; doing so twice keeps the first moment. */
export async function updateArchived(tenant: Tenant, formId: string, at: Temporal.Instant | null): Promise<void> {
  await tenant.query(
    `update forms set archived_at = case when $3::timestamptz is null then null else coalesce(archived_at, $3) end
     where company_id = $1 and form_id = $2`,
    [tenant.companyId, formId, at?.toString() ?? null],
  );
}

export type DesignOfForm = { programmeId: number; archived: boolean };

export async function selectDesignOfForm(tenant: Tenant, designId: number): Promise<DesignOfForm | null> {
  const rows = await tenant.query<{ programme_id: number; archived: boolean }>(
    `select programme_id, archived_at is not null as archived from designs where company_id = $1 and design_id = $2`,
    [tenant.companyId, designId],
  );
  return rows[0] ? { programmeId: rows[0].programme_id, archived: rows[0].archived } : null;
}

export type Numbers = { visits: number; registrations: number; restored: number };
export type SourceNumbers = Numbers & { formId: string; source: string };

/**
 * Visits and cards by form and source since a moment. Visits are those of the journal; a registration counts on the day
 * of its card.
 */
export async function selectNumbers(
  tenant: Tenant,
  { formId, since }: { formId: string | null; since: Temporal.Instant },
): Promise<SourceNumbers[]> {
  const rows = await tenant.query<Numbers & { form_id: string; source: string }>(
    `select form_id, source, sum(visits)::integer as visits, sum(registrations)::integer as registrations,
       sum(restored)::integer as restored
     from (
       select form_id, coalesce(source, '') as source, sum(count) as visits, 0 as registrations, 0 as restored
       from wallet_events
       where company_id = $1 and kind = 'link_opened' and form_id is not null and at >= $2
         and ($3::text is null or form_id = $3)
       group by 1, 2
       union all
       select form_id, source, 0, count(*) filter (where outcome = 'new'), count(*) filter (where outcome = 'restored')
       from registrations
       where company_id = $1 and guid is not null and finished_at >= $2 and ($3::text is null or form_id = $3)
       group by 1, 2
     ) counted
     group by form_id, source order by form_id, visits desc, source limit 10000`,
    [tenant.companyId, since.toString(), formId],
  );
  return rows.map(({ form_id, ...row }) => ({ formId: form_id, ...row }));
}

export type NamedSource = { source: string; name: string };

export async function selectSources(tenant: Tenant, formId: string, limit: number): Promise<NamedSource[]> {
  return tenant.query<NamedSource>(
    'select source, name from form_sources where company_id = $1 and form_id = $2 order by created_at, source limit $3',
    [tenant.companyId, formId, limit],
  );
}

/** Names a link; false when the form has as many as it may have. */
export async function upsertSource(
  tenant: Tenant,
  { formId, source, name, max }: NamedSource & { formId: string; max: number },
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await tenant.query(
    `insert into form_sources (company_id, form_id, source, name, created_at)
     select $1, $2, $3, $4, $5
     where (select count(*) from form_sources where company_id = $1 and form_id = $2 and source <> $3) < $6
     on conflict (company_id, form_id, source) do update set name = excluded.name
     returning source`,
    [tenant.companyId, formId, source, name, now.toString(), max],
  );
  return rows.length > 0;
}

/** Forgets the name of a link; what was counted under its tag stays. */
export async function deleteSource(tenant: Tenant, formId: string, source: string): Promise<void> {
  await tenant.query('delete from form_sources where company_id = $1 and form_id = $2 and source = $3', [
    tenant.companyId,
    formId,
    source,
  ]);
}
