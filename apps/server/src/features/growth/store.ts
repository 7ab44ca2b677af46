import type { Language } from '@tessera/contract/messages';
import type { Tenant } from '../../platform/database/index.ts';

/** The form that a programme's link leads to: its first one. */
export async function selectFormOfProgramme(tenant: Tenant, programmeId: number): Promise<string | null> {
  const rows = await tenant.query<{ form_id: string }>(
    `select f.form_id from forms f
     join account_groups g on g.company_id = f.company_id and g.group_id = f.group_id
     where f.company_id = $1 and g.programme_id = $2 and f.archived_at is null order by f.created_at, f.form_id limit 1`,
    [tenant.companyId, programmeId],
  );
  return rows[0]?.form_id ?? null;
}

/** The forms that give out cards of a design. */
export async function selectFormsOfDesign(tenant: Tenant, designId: number): Promise<string[]> {
  const rows = await tenant.query<{ form_id: string }>(
    'select form_id from forms where company_id = $1 and design_id = $2 order by created_at, form_id limit 20',
    [tenant.companyId, designId],
  );
  return rows.map((row) => row.form_id);
}

/** Every form in use with the programme that it leads into, oldest first. */
export async function selectForms(tenant: Tenant, limit: number): Promise<{ formId: string; programme: string }[]> {
  const rows = await tenant.query<{ form_id: string; programme: string }>(
    `select f.form_id, p.name as programme from forms f
     join account_groups g on g.company_id = f.company_id and g.group_id = f.group_id
     join programmes p on p.company_id = g.company_id and p.programme_id = g.programme_id
     where f.company_id = $1 and f.archived_at is null order by f.created_at, f.form_id limit $2`,
    [tenant.companyId, limit],
  );
  return rows.map((row) => ({ formId: row.form_id, programme: row.programme }));
}

/** The other cards of a card's guest that still work, the newest first, each by the name of its design. */
export async function selectCardsOfGuest(
  tenant: Tenant,
  passId: number,
  limit: number,
): Promise<{ guid: string; name: string }[]> {
  return tenant.query<{ guid: string; name: string }>(
    `select p.guid, d.name from passes own
     join accounts a on a.company_id = own.company_id and a.account_id = own.account_id
     join accounts o on o.company_id = a.company_id and o.guest_id = a.guest_id
     join passes p on p.company_id = o.company_id and p.account_id = o.account_id
     join designs d on d.company_id = p.company_id and d.design_id = p.design_id
     where own.company_id = $1 and own.pass_id = $2 and p.pass_id <> own.pass_id and not p.voided
     order by p.pass_id desc limit $3`,
    [tenant.companyId, passId, limit],
  );
}

export type Registration = {
  attempt: string;
  formId: string;
  language: Language;
  phone: string;
  profileSealed: Buffer;
  codeId: string | null;
  /** The card, once the phone is confirmed. */
  guid: string | null;
  updatedAt: Temporal.Instant;
};

type RegistrationRow = {
  attempt: string;
  form_id: string;
  language: Language;
  phone: string;
  profile_sealed: Buffer;
  code_id: string | null;
  guid: string | null;
  updated_at: Temporal.Instant;
};

/**
 * Keeps what was typed until the phone is confirmed. The same attempt again replaces it (a corrected number), unless it
 * has led to a card already: then false.
 */
export async function upsertRegistration(
  tenant: Tenant,
  registration: Omit<Registration, 'codeId' | 'guid' | 'updatedAt'> & { source: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await tenant.query(
    `insert into registrations (company_id, attempt, form_id, language, phone, profile_sealed, created_at, updated_at,
       source)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
     on conflict (company_id, attempt) do update
       set language = $4, phone = $5, profile_sealed = $6,
           -- The same number keeps its code and the moment it was sent; another one needs another code.
           code_id = case when registrations.phone = $5 then registrations.code_id end,
           updated_at = case when registrations.phone = $5 then registrations.updated_at else $7 end
       where registrations.guid is null and registrations.form_id = $3
     returning attempt`,
    [
      tenant.companyId,
      registration.attempt,
      registration.formId,
      registration.language,
      registration.phone,
      registration.profileSealed,
      now.toString(),
      registration.source,
    ],
  );
  return rows.length > 0;
}

/** Forgets what guests have typed and not confirmed. */
export async function deleteUnfinished(tenant: Tenant, before: Temporal.Instant): Promise<void> {
  await tenant.query('delete from registrations where company_id = $1 and guid is null and updated_at < $2', [
    tenant.companyId,
    before.toString(),
  ]);
}

export async function selectRegistration(
  tenant: Tenant,
  formId: string,
  attempt: string,
): Promise<Registration | null> {
  const rows = await tenant.query<RegistrationRow>(
    `select attempt, form_id, language, phone, profile_sealed, code_id, guid, updated_at
     from registrations where company_id = $1 and form_id = $2 and attempt = $3`,
    [tenant.companyId, formId, attempt],
  );
  const row = rows[0];
  if (!row) return null;
  const { form_id, profile_sealed, code_id, updated_at, ...rest } = row;
  return { ...rest, formId: form_id, profileSealed: profile_sealed, codeId: code_id, updatedAt: updated_at };
}

export async function setRegistrationCode(
  tenant: Tenant,
  attempt: string,
  codeId: string,
  now: Temporal.Instant,
): Promise<void> {
  await tenant.query(
    'update registrations set code_id = $3, updated_at = $4 where company_id = $1 and attempt = $2 and guid is null',
    [tenant.companyId, attempt, codeId, now.toString()],
  );
}

/**
 * Ends a registration with its card and forgets what was typed: it lives in the guest's profile now. The first outcome
 * stays: a page sent twice is one guest.
 */
export async function finishRegistration(
  tenant: Tenant,
  attempt: string,
  { guid, outcome, now }: { guid: string; outcome: 'new' | 'restored'; now: Temporal.Instant },
): Promise<void> {
  await tenant.query(
    `update registrations set guid = $3, outcome = $5, finished_at = $4, phone = '', profile_sealed = '', updated_at = $4
     where company_id = $1 and attempt = $2 and guid is null`,
    [tenant.companyId, attempt, guid, now.toString(), outcome],
  );
}
