import { type SaleJson, type SaleRecord, saleFromJson } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { CheckSource, CheckStatus, KeyedReturnAnswer } from '../model.ts';

/** A check as it stands now, returns included. */
export type StoredCheck = {
  checkId: number;
  accountId: number;
  source: string;
  externalId: string;
  number: string;
  venueCode: number | null;
  stationCode: number | null;
  /** What the till told of the check for the record. */
  details: string | null;
  status: CheckStatus;
  recordedAt: Temporal.Instant;
  lineNames: Readonly<Record<string, string>>;
  sale: SaleRecord;
};

export async function selectCheck(tenant: Tenant, checkId: number): Promise<StoredCheck | null> {
  const rows = await tenant.query<{
    account_id: bigint;
    source: string;
    external_id: string;
    number: string;
    venue_code: number | null;
    station_code: number | null;
    details: string | null;
    status: CheckStatus;
    recorded_at: Temporal.Instant;
    line_names: Record<string, string> | null;
    sale: SaleJson;
  }>(
    `select account_id, source, external_id, number, venue_code, station_code, details, status, recorded_at, line_names, sale
     from checks where company_id = $1 and check_id = $2`,
    [tenant.companyId, checkId],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    checkId,
    accountId: Number(row.account_id),
    source: row.source,
    externalId: row.external_id,
    number: row.number,
    venueCode: row.venue_code,
    stationCode: row.station_code,
    details: row.details,
    status: row.status,
    recordedAt: row.recorded_at,
    lineNames: row.line_names ?? {},
    sale: saleFromJson(row.sale),
  };
}

/** The number of a check by its natural key; null for an unknown one. */
export async function selectCheckId(
  tenant: Tenant,
  { source, externalId }: { source: CheckSource; externalId: string },
): Promise<number | null> {
  const rows = await tenant.query<{ check_id: bigint }>(
    {
      name: 'check-by-key',
      text: 'select check_id from checks where company_id = $1 and source = $2 and external_id = $3',
    },
    [tenant.companyId, source, externalId],
  );
  return rows[0] ? Number(rows[0].check_id) : null;
}

export type StoredReturn = { returnKey: string; recordedAt: Temporal.Instant; answer: KeyedReturnAnswer };

/** The last returns of a check that came with a key, oldest first. */
export async function selectReturns(tenant: Tenant, checkId: number, limit: number): Promise<StoredReturn[]> {
  const rows = await tenant.query<{ external_id: string; recorded_at: Temporal.Instant; answer: KeyedReturnAnswer }>(
    `select external_id, recorded_at, answer from operations
     where company_id = $1 and check_id = $2 and kind = 'return' order by entry_sequence desc limit $3`,
    [tenant.companyId, checkId, limit],
  );
  return rows
    .reverse()
    .map(({ external_id, recorded_at, answer }) => ({ returnKey: external_id, recordedAt: recorded_at, answer }));
}
