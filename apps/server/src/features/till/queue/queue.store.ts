import type { Tenant } from '../../../platform/database/index.ts';

export type NewKeptSale = {
  operationKey: string;
  stationId: number | null;
  userId: number | null;
  query: string;
  accountId: number | null;
  amount: bigint;
  venueCode: number | null;
  occurredAt: Temporal.Instant;
  problem: string;
  now: Temporal.Instant;
};

export type KeptSaleState = 'open' | 'booked' | 'dismissed' | 'withdrawn';
export type KeptSaleView = Omit<NewKeptSale, 'now' | 'stationId' | 'userId'> & {
  number: number;
  state: KeptSaleState;
  station: string | null;
  seller: string | null;
  stationId: number | null;
  receivedAt: Temporal.Instant;
};

type SaleRow = {
  operation_key: string;
  sale_number: bigint;
  station_id: number | null;
  station: string | null;
  seller: string | null;
  query: string;
  account_id: bigint | null;
  amount: bigint;
  venue_code: number | null;
  occurred_at: Temporal.Instant;
  received_at: Temporal.Instant;
  problem: string;
  state: KeptSaleState;
};

const SALE_COLUMNS = `q.operation_key, q.sale_number, q.station_id, s.name as station, u.name as seller, q.query,
  q.account_id, q.amount, q.venue_code, q.occurred_at, q.received_at, q.problem, q.state`;
const SALE_JOINS = `left join stations s on s.company_id = q.company_id and s.station_id = q.station_id
  left join users u on u.company_id = q.company_id and u.user_id = q.user_id`;

const toSale = (row: SaleRow): KeptSaleView => ({
  operationKey: row.operation_key,
  number: Number(row.sale_number),
  stationId: row.station_id,
  station: row.station,
  seller: row.seller,
  query: row.query,
  accountId: row.account_id === null ? null : Number(row.account_id),
  amount: row.amount,
  venueCode: row.venue_code,
  occurredAt: row.occurred_at,
  receivedAt: row.received_at,
  problem: row.problem,
  state: row.state,
});

/** Keeps a sale for a manager; one that is kept already keeps its time and gets the newest reason. */
export async function keepSale(tenant: Tenant, sale: NewKeptSale): Promise<void> {
  await tenant.query(
    `insert into queued_sales (company_id, operation_key, station_id, user_id, query, account_id, amount, venue_code,
       occurred_at, received_at, problem)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (company_id, operation_key) do update set problem = $11 where queued_sales.state = 'open'`,
    [
      tenant.companyId,
      sale.operationKey,
      sale.stationId,
      sale.userId,
      sale.query,
      sale.accountId,
      sale.amount,
      sale.venueCode,
      sale.occurredAt.toString(),
      sale.now.toString(),
      sale.problem,
    ],
  );
}

export async function selectKeptSale(tenant: Tenant, operationKey: string): Promise<KeptSaleView | null> {
  const rows = await tenant.query<SaleRow>(
    `select ${SALE_COLUMNS} from queued_sales q ${SALE_JOINS} where q.company_id = $1 and q.operation_key = $2`,
    [tenant.companyId, operationKey],
  );
  return rows[0] ? toSale(rows[0]) : null;
}

/** The sales that wait for a manager, newest first, below a number. */
export async function selectOpenSales(
  tenant: Tenant,
  { before, limit }: { before: number | null; limit: number },
): Promise<KeptSaleView[]> {
  const rows = await tenant.query<SaleRow>(
    `select ${SALE_COLUMNS} from queued_sales q ${SALE_JOINS}
     where q.company_id = $1 and q.state = 'open' and ($2::bigint is null or q.sale_number < $2)
     order by q.sale_number desc limit $3`,
    [tenant.companyId, before, limit],
  );
  return rows.map(toSale);
}

/** Ends the waiting of a kept sale; false when it did not wait. */
export async function settleSale(
  tenant: Tenant,
  operationKey: string,
  settled: { state: Exclude<KeptSaleState, 'open'>; userId: number | null; now: Temporal.Instant },
): Promise<boolean> {
  const rows = await tenant.query(
    `update queued_sales set state = $3, settled_by = $4, settled_at = $5
     where company_id = $1 and operation_key = $2 and state = 'open' returning operation_key`,
    [tenant.companyId, operationKey, settled.state, settled.userId, settled.now.toString()],
  );
  return rows.length > 0;
}

export type ParkedReturnState = 'waiting' | 'applied' | 'over';
export type ParkedReturnView = {
  saleKey: string;
  number: number;
  stationId: number | null;
  parkedAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
  state: ParkedReturnState;
};

type ReturnRow = {
  sale_key: string;
  return_number: bigint;
  station_id: number | null;
  parked_at: Temporal.Instant;
  expires_at: Temporal.Instant;
  state: ParkedReturnState;
};
const RETURN_COLUMNS = 'sale_key, return_number, station_id, parked_at, expires_at, state';

const toReturn = (row: ReturnRow): ParkedReturnView => ({
  saleKey: row.sale_key,
  number: Number(row.return_number),
  stationId: row.station_id,
  parkedAt: row.parked_at,
  expiresAt: row.expires_at,
  state: row.state,
});

export type NewParkedReturn = {
  saleKey: string;
  returnKey: string;
  stationId: number | null;
  userId: number | null;
  now: Temporal.Instant;
  expiresAt: Temporal.Instant;
};

/** Parks a return for a sale, once; the second for one sale is the first. */
export async function parkReturn(tenant: Tenant, parked: NewParkedReturn): Promise<ParkedReturnView> {
  const rows = await tenant.query<ReturnRow>(
    `insert into parked_returns (company_id, sale_key, return_key, station_id, user_id, parked_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (company_id, sale_key) do update set sale_key = $2
     returning ${RETURN_COLUMNS}`,
    [
      tenant.companyId,
      parked.saleKey,
      parked.returnKey,
      parked.stationId,
      parked.userId,
      parked.now.toString(),
      parked.expiresAt.toString(),
    ],
  );
  return toReturn(rows[0]!);
}

/** The returns that wait for their sale, oldest first; of one sale, or of all. */
export async function selectWaitingReturns(
  tenant: Tenant,
  { saleKey = null, limit }: { saleKey?: string | null; limit: number },
): Promise<ParkedReturnView[]> {
  const rows = await tenant.query<ReturnRow>(
    `select ${RETURN_COLUMNS} from parked_returns
     where company_id = $1 and state = 'waiting' and ($2::uuid is null or sale_key = $2)
     order by expires_at limit $3`,
    [tenant.companyId, saleKey, limit],
  );
  return rows.map(toReturn);
}

/** The parked returns of a company, newest first, below a number. */
export async function selectParkedReturns(
  tenant: Tenant,
  { before, limit }: { before: number | null; limit: number },
): Promise<ParkedReturnView[]> {
  const rows = await tenant.query<ReturnRow>(
    `select ${RETURN_COLUMNS} from parked_returns
     where company_id = $1 and ($2::bigint is null or return_number < $2) order by return_number desc limit $3`,
    [tenant.companyId, before, limit],
  );
  return rows.map(toReturn);
}

/** Ends the waiting of a return; false when it did not wait any more. */
export async function settleReturn(
  tenant: Tenant,
  saleKey: string,
  state: Exclude<ParkedReturnState, 'waiting'>,
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await tenant.query(
    `update parked_returns set state = $3, settled_at = $4
     where company_id = $1 and sale_key = $2 and state = 'waiting' returning sale_key`,
    [tenant.companyId, saleKey, state, now.toString()],
  );
  return rows.length > 0;
}
