import { type ErrorCode, errors, type Refusal, type Result, refuse, succeed } from '@tessera/contract';
import type { Actor } from '../../../platform/http/index.ts';
import { registerCheck } from '../../loyalty/index.ts';
import { findMemberByText, type TillPlatform } from '../find-guest.ts';
import { isTooLate, LATENESS_HOURS, occurredAtOf } from './model.ts';
import { keepSale, selectKeptSale, settleSale } from './queue.store.ts';
import { applyParkedReturn } from './take-queued-return.ts';

/** A sale that a till kept while it had no network. It only earns. */
export type LateSale = {
  operationKey: string;
  query: string | null;
  accountId: number | null;
  amount: bigint;
  occurredAt: Temporal.Instant;
  sentAt: Temporal.Instant;
  venueCode: number | null;
};

export type LateSaleAnswer =
  | { state: 'booked' | 'returned'; checkId: number; accrued: number }
  /** A manager has it in his list. */
  | { state: 'kept'; why: Refusal };

/**
 * Takes a sale of a till's queue, at its own time: finds the guest by what the cashier typed or scanned and registers a
 * priced check that spends nothing. What cannot be booked is kept for a manager, never lost. A return that came first is
 * applied at once.
 * @returns the first answer to this key; or idempotency_mismatch, value_invalid, and what may be sent again (in_progress)
 */
export async function takeQueuedSale(
  platform: TillPlatform,
  actor: Pick<Actor, 'tenant' | 'userId' | 'station'>,
  sale: LateSale,
): Promise<Result<LateSaleAnswer>> {
  const { tenant } = actor;
  if ((sale.query === null) === (sale.accountId === null)) return refuse('value_invalid', { field: 'query' });
  const now = platform.clock.now();
  const kept = await selectKeptSale(tenant, sale.operationKey);
  if (kept && kept.amount !== sale.amount) return refuse('idempotency_mismatch');
  if (kept && (kept.state === 'dismissed' || kept.state === 'withdrawn')) return tellKept(platform, kept.problem);
  const occurredAt = kept?.occurredAt ?? occurredAtOf(sale, now);
  const keep = async (code: ErrorCode): Promise<Result<LateSaleAnswer>> => {
    const { operationKey, amount, venueCode, accountId } = sale;
    const facts = {
      operationKey,
      amount,
      venueCode,
      accountId,
      query: sale.query ?? '',
      occurredAt,
      problem: code,
      now,
    };
    await keepSale(tenant, { ...facts, userId: actor.userId, stationId: actor.station?.stationId ?? null });
    return tellKept(platform, code);
  };
  const found = await accountOf(platform, actor, sale, occurredAt);
  if (!found.ok) return keep(found.refusal.code);
  const accountId = found.value;
  const late = kept?.state !== 'booked' && isTooLate(occurredAt, now);
  const booked = await book(platform, actor, { ...sale, accountId, occurredAt, late });
  if (booked.ok || booked.refusal.code === 'idempotency_mismatch') return booked;
  if (errors[booked.refusal.code].retryable) return booked;
  return keep(booked.refusal.code);
}

async function accountOf(
  platform: TillPlatform,
  { tenant }: Pick<Actor, 'tenant'>,
  { accountId, query }: LateSale,
  at: Temporal.Instant,
): Promise<Result<number>> {
  if (accountId !== null) return succeed(accountId);
  const found = await findMemberByText(platform, tenant, { query: query ?? '', at });
  return found.ok ? succeed(found.value.account.accountId) : found;
}

type Booking = {
  operationKey: string;
  accountId: number;
  amount: bigint;
  occurredAt: Temporal.Instant;
  venueCode: number | null;
  /** It came too late to be booked by itself; a repeated key is answered all the same. */
  late: boolean;
};

/** Registers the check of a queued sale, and what follows from it here: nobody need look at it, a parked return is due. */
export async function book(
  platform: TillPlatform,
  { tenant, userId, station }: Pick<Actor, 'tenant' | 'userId' | 'station'>,
  { operationKey, accountId, amount, occurredAt, venueCode, late }: Booking,
): Promise<Result<LateSaleAnswer>> {
  if (late) return refuse('sale_too_late', { hours: LATENESS_HOURS });
  const sale = {
    mode: 'priced',
    source: 'till',
    externalId: operationKey,
    accountId,
    total: amount,
    spend: 0n,
  } as const;
  const where = {
    venueCode: venueCode ?? station?.venueCode ?? undefined,
    stationCode: station?.stationId,
    channel: 'till',
    occurredAt,
  };
  const sold = await registerCheck(platform, tenant, { ...sale, ...where }, { onReusedKey: 'first_answer' });
  if (!sold.ok) return sold;
  const { checkId, money, spent, accrued, discount = 0 } = sold.value;
  // The key is known with another sum. The guest may differ: a card can have moved since.
  if (BigInt(money + spent + discount) !== amount) return refuse('idempotency_mismatch');
  await settleSale(tenant, operationKey, { state: 'booked', userId, now: platform.clock.now() });
  const returned = await applyParkedReturn(platform, tenant, operationKey);
  platform.metrics.tillQueue.inc({ kind: 'sale', result: 'booked' });
  return succeed({ state: returned ? 'returned' : 'booked', checkId, accrued });
}

function tellKept(platform: TillPlatform, problem: string): Result<LateSaleAnswer> {
  platform.metrics.tillQueue.inc({ kind: 'sale', result: 'kept' });
  return succeed({ state: 'kept', why: { code: problem as ErrorCode, params: { hours: LATENESS_HOURS } } });
}
