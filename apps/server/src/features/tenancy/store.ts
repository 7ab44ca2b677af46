import type { Language } from '@tessera/contract/messages';
import type { Queryable, Tenant, TenantTransaction } from '../../platform/database/index.ts';
import type { Company, CompanySettings, NewCompany, PlacedVenue, Venue, VenuePlace } from './model.ts';

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

/** The venues of a company with where they are. */
export async function selectPlacedVenues(tenant: Tenant): Promise<PlacedVenue[]> {
  const rows = await tenant.query<Venue & { latitude: number | null; longitude: number | null; place_text: string }>(
    `select code, name, latitude, longitude, place_text from venues where company_id = $1 order by code limit 10000`,
    [tenant.companyId],
  );
  return rows.map(({ code, name, latitude, longitude, place_text: text }) => ({
    code,
    name,
    place: latitude === null || longitude === null ? null : { latitude, longitude, text },
  }));
}

/** Says where a venue is, in the transaction of what follows from it; false: there is no such venue. */
export async function updateVenuePlace(
  transaction: TenantTransaction,
  code: number,
  place: VenuePlace | null,
): Promise<boolean> {
  const rows = await transaction.query(
    `update venues set latitude = $3, longitude = $4, place_text = $5 where company_id = $1 and code = $2 returning code`,
    [transaction.companyId, code, place?.latitude ?? null, place?.longitude ?? null, place?.text ?? ''],
  );
  return rows.length > 0;
}
