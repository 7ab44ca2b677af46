import type { GuestErasure } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { countAnswersOf } from '../growth/index.ts';
import {
  type Erasure,
  type ErasureCounts,
  type ForgottenGuest,
  selectErasure,
  selectForgotten,
} from '../guests/index.ts';
import { holdingsOf } from '../loyalty/index.ts';
import { countCards } from '../wallet/index.ts';
import type { PrivacyPlatform } from './privacy-platform.ts';

/** What would go with a guest now, and the money that is his own. */
export async function countWhatGoes(
  platform: PrivacyPlatform,
  tenant: Tenant,
  { guestId, accountIds }: ForgottenGuest,
): Promise<{ counts: ErasureCounts; deposit: bigint }> {
  const [{ holdings, ...traces }, cards, answers] = await Promise.all([
    holdingsOf(platform, tenant, accountIds),
    countCards(tenant, accountIds),
    countAnswersOf(tenant, guestId),
  ]);
  const points = holdings.reduce((sum, holding) => sum + holding.points, 0n);
  const deposit = holdings.reduce((sum, holding) => sum + holding.deposit, 0n);
  return { counts: { ...traces, ...cards, answers, points }, deposit };
}

/**
 * What erasing a guest would take away, or the record of it where it has begun.
 * @returns null for an unknown guest
 */
export async function describeErasure(
  platform: PrivacyPlatform,
  tenant: Tenant,
  guestId: number,
): Promise<GuestErasure | null> {
  const record = await selectErasure(tenant, guestId);
  if (record) return fromRecord(record);
  const guest = await selectForgotten(tenant, tenant.companyId, guestId);
  if (!guest) return null;
  const { counts, deposit } = await countWhatGoes(platform, tenant, guest);
  return { guestId, state: 'none', goes: toGoes(counts), deposit: Number(deposit), record: null };
}

function fromRecord(record: Erasure): GuestErasure {
  const { guestId, basis, requestedOn, userName, startedAt, finishedAt } = record;
  return {
    guestId,
    state: finishedAt ? 'finished' : 'running',
    goes: toGoes(record),
    deposit: 0,
    record: {
      basis,
      requestedOn,
      by: userName,
      startedAt: startedAt.toString(),
      finishedAt: finishedAt?.toString() ?? null,
    },
  };
}

const toGoes = ({
  cards,
  devices,
  browsers,
  answers,
  photos,
  coupons,
  points,
}: ErasureCounts): GuestErasure['goes'] => ({
  cards,
  devices,
  browsers,
  answers,
  photos,
  coupons,
  points: Number(points),
});
