import type { Entry, SaleRecord } from '@tessera/loyalty';
import { type EntryJson, entryFromJson, type SaleJson, saleFromJson, saleToJson } from '@tessera/loyalty';
import { createTenantGather, type Tenant, type TenantTransaction } from '../../platform/database/index.ts';
import { type AccountWrite, accountWrite, accountWriteValues } from './account-write.store.ts';
import { type AccountRow, RULES_COLUMNS, toLoadedAccount } from './accounts.store.ts';
import type { CheckSource, CheckStatus, LoadedAccount, ReturnAnswer, SaleAnswer } from './model.ts';

/** What the read of a sale finds: the account, a check with this key if there is one, a number for a new one. */
export type SaleReading = {
  account: LoadedAccount;
  checkId: number;
  existing: { fingerprint: Buffer; answer: SaleAnswer } | null;
};

/** Whose sale it is and its natural key. */
export type SaleKey = { accountId: number; source: CheckSource; externalId: string };

type SaleRow = AccountRow & { n: number; check_id: bigint; fingerprint: Buffer | null; answer: SaleAnswer | null };

/** The one read of a sale; sales of one company that come at the same time are read together. */
export const readForSale = createTenantGather(readForSales);

/**
 * The number for the check is drawn here, so that the answer can be stored with it. Keys travel as JSON since PostgreSQL
 * plans each length of an array anew; `offset 0` has every key looked up by itself, whatever the statistics of a young
 * table say.
 */
async function readForSales(tenant: Tenant, keys: readonly SaleKey[]): Promise<(SaleReading | null)[]> {
  const rows = await tenant.query<SaleRow>(
    {
      name: 'sale-read',
      text: `select k.n, a.*, nextval('checks_check_id_seq') as check_id, c.fingerprint, c.answer
             from json_to_recordset($2::json) as k(n integer, account_id bigint, source text, external_id text)
             cross join lateral (
               select a.account_id, a.guest_id, a.group_id, a.programme_id, a.version, a.state, ${RULES_COLUMNS}, a.referral
               from accounts a join programmes p on p.company_id = a.company_id and p.programme_id = a.programme_id
               where a.company_id = $1 and a.account_id = k.account_id offset 0) a
             left join lateral (
               select c.fingerprint, c.answer from checks c
               where c.company_id = $1 and c.source = k.source and c.external_id = k.external_id offset 0) c on true`,
    },
    [
      tenant.companyId,
      JSON.stringify(
        keys.map((key, n) => ({ n, account_id: key.accountId, source: key.source, external_id: key.externalId })),
      ),
    ],
  );
  const readings: (SaleReading | null)[] = keys.map(() => null);
  for (const row of rows) readings[row.n] = toSaleReading(row);
  return readings;
}

const toSaleReading = (row: SaleRow): SaleReading => ({
  account: toLoadedAccount(row),
  checkId: Number(row.check_id),
  existing: row.fingerprint && row.answer ? { fingerprint: row.fingerprint, answer: row.answer } : null,
});

export type NewCheck = {
  source: CheckSource;
  externalId: string;
  fingerprint: Buffer;
  number: string;
  venueCode: number | null;
  stationCode: number | null;
  details: string | null;
  lineNames: Readonly<Record<string, string>> | null;
  sale: SaleRecord;
  answer: SaleAnswer;
};

const saleWrite = accountWrite('sale-write', {
  set: 'last_sale_at = $12',
  also: `sold as (
           insert into checks (company_id, check_id, account_id, source, external_id, fingerprint, number, venue_code,
             station_code, money, spent, accrued, discount, details, rules_id, entry_sequence, sale, answer, status,
             occurred_at, recorded_at, line_names)
           select $1, $19, $2, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, 'sold', $35, $12, $36
           from account)`,
});

/** The one write of a sale, guarded by the account's version; false when another write was first. */
export async function writeSale(
  tenant: Tenant | TenantTransaction,
  account: AccountWrite,
  check: NewCheck,
): Promise<boolean> {
  const { sale } = check;
  const rows = await tenant.query(saleWrite, [
    ...accountWriteValues(tenant.companyId, account),
    check.source,
    check.externalId,
    check.fingerprint,
    check.number,
    check.venueCode,
    check.stationCode,
    sale.money,
    sale.spent,
    sale.earned,
    sale.discount,
    check.details,
    // A version of the rules bears its own number.
    Number(account.rules.id),
    account.stored[0]!.entry.id,
    JSON.stringify(saleToJson(sale)),
    JSON.stringify(check.answer),
    sale.occurredAt.toString(),
    check.lineNames && JSON.stringify(check.lineNames),
  ]);
  return rows.length > 0;
}

export type CheckReading = {
  account: LoadedAccount;
  checkId: number;
  source: CheckSource;
  sale: SaleRecord;
  entrySequence: number;
  venueCode: number | null;
  status: CheckStatus;
  returnAnswer: ReturnAnswer | null;
};

/** A check and its account, read for a return: by our own number, or by the caller's. */
export async function readForReturn(
  tenant: Tenant,
  key: { checkId: number } | { source: CheckSource; externalId: string },
): Promise<CheckReading | null> {
  const byId = 'checkId' in key;
  const rows = await tenant.query<
    AccountRow & {
      check_id: bigint;
      source: CheckSource;
      sale: SaleJson;
      entry_sequence: number;
      venue_code: number | null;
      status: CheckStatus;
      return_answer: ReturnAnswer | null;
    }
  >(
    `select a.account_id, a.guest_id, a.group_id, a.programme_id, a.version, a.state, ${RULES_COLUMNS}, a.referral,
       c.check_id, c.source, c.sale, c.entry_sequence, c.venue_code, c.status, c.return_answer
     from checks c
     join accounts a on a.company_id = c.company_id and a.account_id = c.account_id
     join programmes p on p.company_id = a.company_id and p.programme_id = a.programme_id
     where c.company_id = $1 and ${byId ? 'c.check_id = $2' : 'c.source = $2 and c.external_id = $3'}`,
    byId ? [tenant.companyId, key.checkId] : [tenant.companyId, key.source, key.externalId],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    account: toLoadedAccount(row),
    checkId: Number(row.check_id),
    source: row.source,
    sale: saleFromJson(row.sale),
    entrySequence: row.entry_sequence,
    venueCode: row.venue_code,
    status: row.status,
    returnAnswer: row.return_answer,
  };
}

/** Whose check it is; null for an unknown one. */
export async function selectAccountIdOfCheck(tenant: Tenant, checkId: number): Promise<number | null> {
  const rows = await tenant.query<{ account_id: bigint }>(
    'select account_id from checks where company_id = $1 and check_id = $2',
    [tenant.companyId, checkId],
  );
  return rows[0] ? Number(rows[0].account_id) : null;
}

const ENTRIES_PAGE = 1_000;

/** Entries of an account from one on: what became of the points of a sale. Read in pages, so that no answer is too large. */
export async function selectEntriesFrom(tenant: Tenant, accountId: number, sequence: number): Promise<Entry[]> {
  const found: Entry[] = [];
  for (let from = sequence; ; ) {
    const rows = await tenant.query<{ body: EntryJson }>(
      {
        name: 'entries-from',
        text: `select body from entries where company_id = $1 and account_id = $2 and sequence >= $3
               order by sequence limit ${ENTRIES_PAGE}`,
      },
      [tenant.companyId, accountId, from],
    );
    const entries = rows.map((row) => entryFromJson(row.body));
    found.push(...entries);
    if (entries.length < ENTRIES_PAGE) return found;
    from = entries.at(-1)!.id + 1;
  }
}

const returnWrite = accountWrite('return-write', {
  also: `returned as (
           update checks set sale = $20, status = $21, return_answer = $22
           where company_id = $1 and check_id = $19 and exists (select from account))`,
});

/** The one write of a return, guarded like a sale's. */
export async function writeReturn(
  tenant: Tenant | TenantTransaction,
  account: AccountWrite,
  check: { sale: SaleRecord; status: CheckStatus; answer: ReturnAnswer },
): Promise<boolean> {
  const rows = await tenant.query(returnWrite, [
    ...accountWriteValues(tenant.companyId, account),
    JSON.stringify(saleToJson(check.sale)),
    check.status,
    JSON.stringify(check.answer),
  ]);
  return rows.length > 0;
}
