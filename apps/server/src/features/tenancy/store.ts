import type { Language } from '@tessera/contract/messages';
import type { Queryable, Tenant } from '../../platform/database/index.ts';
import type { Company, CompanySettings, NewCompany, Venue } from './model.ts';

type CompanyRow = {
  company_id: number;
  name: string;
  language: Language;
  currency: string;
  time_zone: string;
  country: string;
  settings: CompanySettings;
  demo: boolean;
};

/** The number of the next company: taken before its first row, because row security asks which company writes. */
export async function nextCompanyId(platform: Queryable): Promise<number> {
  const rows = await platform.query<{ company_id: bigint }>(
    `select nextval(pg_get_serial_sequence('companies', 'company_id')) as company_id`,
    [],
  );
  return Number(rows[0]!.company_id);
}

export async function insertCompany(tenant: Tenant, company: NewCompany, now: Temporal.Instant): Promise<void> {
  await tenant.query(
    `insert into companies (company_id, name, language, currency, time_zone, country, settings, demo, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tenant.companyId,
      company.name,
      company.language,
      company.currency,
      company.timeZone,
      company.country,
      JSON.stringify(company.settings ?? {}),
      company.demo,
      now.toString(),
    ],
  );
}

export async function selectCompany(tenant: Tenant): Promise<Company | null> {
  const rows = await tenant.query<CompanyRow>(
    `select company_id, name, language, currency, time_zone, country, settings, demo
     from companies where company_id = $1`,
    [tenant.companyId],
  );
  const row = rows[0];
  if (!row) return null;
  const { company_id, time_zone, ...rest } = row;
  return { ...rest, companyId: company_id, timeZone: time_zone };
}

export async function insertVenue(tenant: Tenant, venue: Venue): Promise<void> {
  await tenant.query(
    'insert into venues (company_id, code, name) values ($1, $2, $3) on conflict (company_id, code) do update set name = $3',
    [tenant.companyId, venue.code, venue.name],
  );
}

/** The venues of a company by code. */
export async function selectVenues(tenant: Tenant): Promise<Venue[]> {
  return tenant.query<Venue>('select code, name from venues where company_id = $1 order by code limit 10000', [
    tenant.companyId,
  ]);
}
