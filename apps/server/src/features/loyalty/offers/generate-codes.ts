import { type Result, refuse, succeed } from '@tessera/contract';
import { couponExpiry } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { type Batch, insertBatch, insertCodes, selectBatch, selectCodes, selectKind } from './issue.store.ts';
import { usesOf } from './issue-coupon.ts';
import { calendarOfKind } from './kinds.store.ts';
import { newCode } from './model.ts';

export const CODES_MAX = 100_000;
const CHUNK = 1_000;

/** Orders codes of a kind; a job makes them. Once for one key. */
export async function orderCodes(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: { kindId: number; count: number; key: string },
): Promise<Result<Batch>> {
  const kind = await selectKind(tenant, tenant.companyId, wish.kindId);
  if (kind?.mode !== 'unique' || !kind.active) return refuse('coupon_kind_not_found');
  const now = platform.clock.now();
  await insertBatch(tenant, { kindId: wish.kindId, wanted: wish.count, requestKey: wish.key, now });
  const batch = (await selectBatch(tenant, { requestKey: wish.key }))!;
  platform.wake();
  const same = batch.kindId === wish.kindId && batch.wanted === wish.count;
  return same ? succeed(batch) : refuse('idempotency_mismatch');
}

/** Makes what is missing of a batch, a thousand at a time. It may be ended at any moment and begun again. */
export async function generateCodes(platform: LoyaltyPlatform, tenant: Tenant, batchId: number): Promise<void> {
  const batch = await selectBatch(tenant, { batchId });
  if (!batch) return;
  const kind = await selectKind(tenant, tenant.companyId, batch.kindId);
  if (!kind) return;
  const calendar = await calendarOfKind(tenant, kind.kindId);
  const ends = couponExpiry(kind.terms, batch.createdAt.epochMilliseconds, calendar);
  const expiresAt = ends === null ? null : Temporal.Instant.fromEpochMilliseconds(ends);
  let { made } = batch;
  while (made < batch.wanted) {
    const codes = Array.from({ length: Math.min(CHUNK, batch.wanted - made) }, () => newCode(platform.random));
    const now = platform.clock.now();
    made = await insertCodes(tenant, batch, { termsId: kind.termsId, codes, usesLeft: usesOf(kind), expiresAt, now });
  }
}

const FILE_ROWS = 5_000;

/** All codes of a batch, page by page. */
export async function* everyCode(tenant: Tenant, batchId: number) {
  let after = 0;
  for (;;) {
    const page = await selectCodes(tenant, { batchId, after, limit: FILE_ROWS });
    if (page.length > 0) yield page;
    if (page.length < FILE_ROWS) return;
    after = page.at(-1)!.couponId;
  }
}
